import { Button, Group, Modal, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Field, IntakeKind } from '../../core/intake/header-words.ts'
import type { Mapping } from '../../core/intake/layout.ts'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import { type ColumnChoice, changeField, choicesOf, mappingOfChoices } from './column-choices.ts'
import { fields, isField } from './fields.ts'
import styles from './intake.module.css'
import type { ReadTable } from './protocol.ts'

/** What each column of a list was taken for, to be changed; the list is then read again. */
export function ColumnsDialog(props: {
  readonly kind: IntakeKind
  readonly tables: readonly ReadTable[]
  readonly onClose: () => void
  readonly onApply: (mappings: readonly Mapping[]) => Promise<void>
}) {
  const { tables, kind } = props
  const t = useText(intakeText)
  const [at, setAt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [choices, setChoices] = useState<readonly (readonly ColumnChoice[])[]>(() => tables.map(choicesOf))
  const shown = choices[at] ?? []
  const set = (index: number, field: Field | null) =>
    setChoices((before) => before.map((one, table) => (table === at ? changeField(one, index, field) : one)))
  return (
    <Modal
      opened
      size="xl"
      onClose={props.onClose}
      title={t('columns')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {tables.length > 1 && (
        <NativeSelect
          label={t('table')}
          value={String(at)}
          data={tables.map((table, index) => ({
            value: String(index),
            label: t('tableOf', { sheet: table.sheet, row: table.headerRow ?? 1, rows: table.rowCount }),
          }))}
          onChange={(event) => setAt(Number(event.currentTarget.value))}
        />
      )}
      <table className={styles.columnTable}>
        <thead>
          <tr>
            <th scope="col">{t('columnNumber')}</th>
            <th scope="col">{t('columnHeading')}</th>
            <th scope="col">{t('columnSample')}</th>
            <th scope="col">{t('columnField')}</th>
            <th scope="col">{t('columnBy')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((choice, index) => (
            <tr key={choice.index}>
              <td>{columnLetters(choice.index)}</td>
              <td>{choice.heading}</td>
              <td className={styles.sample}>{choice.samples.join(' · ')}</td>
              <td>
                {choice.item !== null ? (
                  t('itemColumn', { item: choice.item })
                ) : (
                  <NativeSelect
                    aria-label={`${columnLetters(choice.index)} ${t('columnField')}`}
                    {...(index === 0 ? { 'data-autofocus': true } : {})}
                    value={choice.field ?? ''}
                    data={[
                      { value: '', label: t('fieldNone') },
                      ...fields.map((field) => ({ value: field, label: t(`field-${field}`) })),
                    ]}
                    onChange={(event) => {
                      const { value } = event.currentTarget
                      set(choice.index, isField(value) ? value : null)
                    }}
                  />
                )}
              </td>
              <td>{t(`by-${choice.by}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group justify="flex-end" mt="sm">
        <Button variant="default" onClick={props.onClose}>
          {t('close')}
        </Button>
        <Button
          aria-busy={busy}
          onClick={async () => {
            setBusy(true)
            await props.onApply(tables.map((table, index) => mappingOfChoices(kind, table, choices[index] ?? [])))
          }}
        >
          {t('apply')}
        </Button>
      </Group>
    </Modal>
  )
}

/** 0 → A, 26 → AA, as the spreadsheet shows it. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter
}
