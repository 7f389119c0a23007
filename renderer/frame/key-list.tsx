import { Modal, Table } from '@mantine/core'
import { frameText } from '../text/frame.ts'
import { useText } from '../text/text.ts'
import { useRegisteredKeys } from './keys.tsx'

const gridKeys = [
  ['Enter / F2', 'keyEdit'],
  ['Enter', 'keyOpen'],
  ['← ↑ → ↓', 'keyMove'],
  ['Esc', 'keyLeave'],
  ['Ctrl+C', 'keyCopy'],
  ['Ctrl+V', 'keyPaste'],
  ['Ctrl+D', 'keyFill'],
  ['Delete', 'keyClear'],
  ['Ctrl+Z', 'keyUndo'],
  ['Ctrl+Y', 'keyRedo'],
] as const

/** F1: every key that works here and now. */
export function KeyList({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText(frameText)
  const registered = useRegisteredKeys()
  const groups = ['keysScreen', 'keysEverywhere'].map((group) => ({
    group,
    keys: registered
      .filter((one) => one.group === group)
      .flatMap((one) => one.keys.map(({ chord, label }) => [chord, label] as const)),
  }))
  const grid = { group: 'keysGrid', keys: gridKeys.map(([chord, key]) => [chord, t(key)] as const) }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {[groups[0]!, grid, groups[1]!]
        .filter(({ keys }) => keys.length > 0)
        .map(({ group, keys }) => (
          <Table key={group} captionSide="top" mb="sm">
            <Table.Caption ta="left">{t(group as 'keysGrid')}</Table.Caption>
            <Table.Tbody>
              {keys.map(([chord, label]) => (
                <Table.Tr key={`${chord} ${label}`}>
                  <Table.Td w={140}>
                    <kbd>{chord}</kbd>
                  </Table.Td>
                  <Table.Td>{label}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ))}
    </Modal>
  )
}
