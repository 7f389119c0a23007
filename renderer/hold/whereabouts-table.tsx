import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { formatBlock } from '../grid/clipboard.ts'
import { copyCell, type GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { showDone } from '../ledger/show-done.ts'
import { api, outcomeOf } from '../query.ts'
import { holdText } from '../text/hold.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import { copyText } from './copy-text.ts'
import styles from './hold.module.css'
import { sortWhereabouts, sumWhereabouts, type Whereabouts } from './whereabouts.ts'

export type ShownLot = {
  readonly lotId: number
  readonly lot: string
  readonly itemName: string
  readonly unit: string
}

const rowId = (row: Whereabouts) => `${row.kind}/${row.code}/${row.placeId}`

/** Every unit and depot that has a lot, and every slip that waits with it: whom to call in a recall. */
export function WhereaboutsTable({ shown }: { readonly shown: ShownLot | null }) {
  const t = useText(holdText)
  const language = useLanguage()
  const found = useQuery(
    api.hold.whereabouts.queryOptions({ input: { lotId: shown?.lotId ?? 1 }, enabled: shown !== null }),
  )
  const rows = useMemo(() => (shown === null ? [] : found.data && sortWhereabouts(found.data)), [shown, found.data])
  const sum = sumWhereabouts(rows ?? [])
  const unit = shown === null ? '' : measureName(shown.unit, language)
  const columns = useMemo<readonly GridColumn<Whereabouts>[]>(
    () => [
      {
        id: 'kind',
        header: t('placeKind'),
        kind: 'text',
        value: (row) => t(`place-${row.kind}`),
        width: 125,
      },
      { id: 'place', header: t('place'), kind: 'text', value: (row) => nameOf(row, language), grow: 2, width: 180 },
      {
        id: 'quantity',
        header: t('quantity'),
        kind: 'number',
        value: (row) => row.quantityBase,
        width: 110,
      },
      { id: 'contact', header: t('contact'), kind: 'text', value: (row) => row.contact, width: 110 },
      { id: 'phone', header: t('phone'), kind: 'text', value: (row) => row.phone, width: 130 },
      { id: 'lastOn', header: t('lastOn'), kind: 'date', value: (row) => row.lastOn, width: 115 },
      { id: 'code', header: t('code'), kind: 'text', value: (row) => row.code, width: 150 },
    ],
    [t, language],
  )
  const copy = () => {
    if (!rows || rows.length === 0) return
    const block = [
      columns.map(({ header }) => header),
      ...rows.map((row) => columns.map((column) => copyCell(column, row))),
    ]
    if (copyText(formatBlock(block))) showDone(t('copied', { count: rows.length }))
  }
  useKeys('keysScreen', shown === null ? [] : [{ chord: 'Alt+C', label: t('keyCopy'), run: copy }])
  const quantity = (base: number) => `${formatNumber(base)} ${unit}`
  return (
    <section className={styles.part} aria-labelledby="hold-whereabouts">
      <div className={styles.bar}>
        <h2 id="hold-whereabouts">
          {shown === null ? t('place') : t('whereabouts', { lot: `${shown.lot} ${shown.itemName}` })}
        </h2>
        {shown !== null && rows !== undefined && rows.length > 0 && (
          <>
            <span className={styles.sums}>
              {sum.unit.count > 0 && (
                <strong>{t('unitsSum', { count: sum.unit.count, quantity: quantity(sum.unit.quantityBase) })}</strong>
              )}
              {sum.slip.count > 0 && (
                <span>{t('slipsSum', { count: sum.slip.count, quantity: quantity(sum.slip.quantityBase) })}</span>
              )}
              {sum.depot.count > 0 && <span>{t('depotsSum', { quantity: quantity(sum.depot.quantityBase) })}</span>}
            </span>
            <Button
              variant="default"
              leftSection={<IconCopy size={16} aria-hidden />}
              rightSection={<kbd>Alt+C</kbd>}
              onClick={copy}
            >
              {t('copyList')}
            </Button>
          </>
        )}
      </div>
      {found.isError && <Refusals {...outcomeOf(found.error)} />}
      <Grid
        label={t('place')}
        stateKey="whereabouts"
        rows={rows}
        columns={columns}
        rowId={rowId}
        emptyText={t(shown === null ? 'whereaboutsNone' : 'whereaboutsEmpty')}
        keysHint={false}
      />
    </section>
  )
}
