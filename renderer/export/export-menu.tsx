import { Button, Menu } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { gridText } from '../text/grid.ts'
import { useText } from '../text/text.ts'
import type { SheetFormat } from './save-sheet.ts'
import { exportChords } from './use-export.ts'

const formats: readonly SheetFormat[] = ['csv', 'xlsx']

/** Saves the rows of a grid as a file, as they are shown. */
export function ExportMenu({ onSave }: { readonly onSave: (format: SheetFormat) => void }) {
  const t = useText(gridText)
  return (
    // Its placeholder for the first focus is a child that a menu must not have; the first entry takes the focus itself.
    <Menu position="top-end" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          mih={24}
          leftSection={<IconFileExport size={14} aria-hidden />}
          rightSection={<kbd>{exportChords.csv}</kbd>}
        >
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} rightSection={<kbd>{exportChords[format]}</kbd>} onClick={() => onSave(format)}>
            {t(format === 'csv' ? 'exportCsv' : 'exportXlsx')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
