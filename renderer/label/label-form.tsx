import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPrinter, IconRuler2, IconTrash } from '@tabler/icons-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import { labelKinds, labelSizes } from '../../core/label.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { Grid } from '../grid/grid.tsx'
import { useSettled } from '../ledger/form-actions.tsx'
import { headError } from '../ledger/head-error.ts'
import type { TypedCells } from '../ledger/typed-cells.ts'
import { typedRowId, useTypedCells } from '../ledger/use-typed-cells.ts'
import { openPreview } from '../print/print.tsx'
import { titleIn } from '../print/table-paper.tsx'
import type { KnownCode } from '../scan/scan-lines.ts'
import { labelText } from '../text/label.ts'
import { useLanguage, useText } from '../text/text.ts'
import { AddLabel } from './add-label.tsx'
import styles from './label.module.css'
import { labelPapers, testLabelPapers } from './label-paper.tsx'
import { type LabelSource, readLabelRows } from './label-rows.ts'
import { useLabelColumns } from './use-label-columns.ts'
import { useLabelSettings } from './use-label-settings.ts'

type Props = {
  readonly items: ReadonlyMap<number, ItemRow>
  readonly codes: readonly KnownCode[]
  readonly sources: readonly LabelSource[]
  /** Where the rows are from, in words. */
  readonly from: string
}

const sourceId = (source: LabelSource): string => source.rowId

export function LabelForm({ items, codes, sources, from }: Props) {
  const t = useText(labelText)
  const language = useLanguage()
  const me = useMe()
  const { settings, change, x, y, typeX, typeY, offset, refusals } = useLabelSettings()
  const { kind } = settings
  const size = labelSizes.find(({ id }) => id === settings.size)!
  const [rows, setRows] = useState(sources)
  const [nothing, setNothing] = useState(false)
  const focused = useRef<string | null>(null)
  const xRef = useRef<HTMLInputElement>(null)
  const yRef = useRef<HTMLInputElement>(null)
  const itemRef = useRef<HTMLInputElement>(null)
  const problemsOf = useCallback((typed: TypedCells) => readLabelRows(kind, rows, typed).problems, [kind, rows])
  const cells = useTypedCells<LabelSource>(rows, sourceId, problemsOf)
  const read = useMemo(() => readLabelRows(kind, rows, cells.typed), [kind, rows, cells.typed])
  const columns = useLabelColumns(kind, me.businessDate)

  const offsetOrFocus = () => {
    if (offset === null) (refusals.some(({ field }) => field === 'offsetX') ? xRef : yRef).current?.focus()
    return offset
  }
  const preview = useSettled(() => {
    const at = offsetOrFocus()
    const [wrong] = read.problems
    if (wrong) return cells.focusCell(wrong.rowId, wrong.columnId)
    setNothing(read.count === 0)
    if (at === null || read.count === 0 || read.tooMany !== null) return
    const { labels } = read
    openPreview({
      kind: 'papers',
      title: titleIn(`label-${kind}`),
      build: ({ language: chosen, businessDate: today }) =>
        labelPapers(labels, { kind, size, language: chosen, today, offset: at }),
    })
  }, cells.grid)
  const test = () => {
    const at = offsetOrFocus()
    if (at === null) return
    openPreview({
      kind: 'papers',
      title: titleIn('label-test'),
      build: ({ language: chosen, businessDate: today }) =>
        testLabelPapers({ kind, size, language: chosen, today, offset: at }),
    })
  }
  const remove = () => {
    const at = focused.current
    if (at !== null) setRows((before) => before.filter(({ rowId }) => rowId !== at))
    focused.current = null
  }
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: t('keyPreview'), run: preview },
    { chord: 'Alt+T', label: t('keyTest'), run: test },
    { chord: 'Alt+N', label: t('keyAdd'), run: () => itemRef.current?.focus() },
    { chord: 'Alt+X', label: t('keyRemove'), run: remove },
  ])
  return (
    <Page
      title={t('title')}
      lead={from === '' ? t('lead') : from}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            rightSection={<kbd>Alt+X</kbd>}
            onClick={remove}
          >
            {t('remove')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconRuler2 size={16} aria-hidden />}
            rightSection={<kbd>Alt+T</kbd>}
            onClick={test}
          >
            {t('test')}
          </Button>
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            onClick={preview}
          >
            {t('preview')}
          </Button>
        </>
      }
    >
      <div className={styles.settings}>
        <NativeSelect
          label={t('kind')}
          value={kind}
          onChange={(event) => change({ kind: labelKinds.find((one) => one === event.currentTarget.value) ?? 'lot' })}
          data={labelKinds.map((value) => ({ value: value as string, label: t(`kind-${value}`) }))}
        />
        <NativeSelect
          label={t('size')}
          value={settings.size}
          onChange={(event) =>
            change({ size: labelSizes.find(({ id }) => id === event.currentTarget.value)?.id ?? '50x30' })
          }
          data={labelSizes.map(({ id }) => ({ value: id as string, label: t(`size-${id}`) }))}
        />
        {(
          [
            ['offsetX', x, typeX, xRef],
            ['offsetY', y, typeY, yRef],
          ] as const
        ).map(([field, value, type, ref]) => (
          <TextInput
            key={field}
            ref={ref}
            label={t(field)}
            title={t('offsetHint')}
            inputMode="decimal"
            autoComplete="off"
            value={value}
            error={headError(refusals, field, language)}
            onChange={(event) => type(event.currentTarget.value)}
            onFocus={(event) => event.currentTarget.select()}
          />
        ))}
      </div>
      <AddLabel
        kind={kind}
        items={items}
        codes={codes}
        itemRef={itemRef}
        onAdd={(source) => {
          setRows((before) => [...before, source])
          setNothing(false)
        }}
      />
      {read.tooMany !== null && <Refusals refusals={[read.tooMany]} />}
      {nothing && read.count === 0 && read.problems.length === 0 && (
        <p className={styles.nothing} role="alert">
          {t('nothingToPrint')}
        </p>
      )}
      <Grid
        label={t('rows')}
        stateKey={`labels-${kind}`}
        key={kind}
        rows={cells.rows}
        columns={columns}
        rowId={typedRowId}
        onEdits={cells.onEdits}
        onReady={cells.onReady}
        problemOf={cells.problemOf}
        onFocusCell={(row) => {
          focused.current = row.rowId
        }}
        emptyText={t('noRows')}
      />
      <div className={styles.sum} role="status">
        {read.count > 0 && t('sum', { count: read.count, labels: read.count.toLocaleString('en-US') })}
      </div>
    </Page>
  )
}
