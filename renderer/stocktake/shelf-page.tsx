import { Button, NativeSelect } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import ledgerStyles from '../ledger/ledger.module.css'
import { api, client, outcomeOf, sendCommand } from '../query.ts'
import { stocktakeText } from '../text/stocktake.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'

type Row = {
  readonly itemId: number
  readonly code: string
  readonly item: string
  readonly onHand: string
  readonly shelf: string
}
const blank: Row = { itemId: 0, code: '', item: '', onHand: '', shelf: '' }
const keyOf = (row: Row) => String(row.itemId)
const rowKey = (row: EditRow<Row>) => row.key
const searchOf = (row: EditRow<Row>) => `${row.base.code} ${row.base.item} ${row.base.shelf}`

/** Where in a depot each item lies. Typed or pasted as a column; each cell is saved as it is left. */
export function ShelfPage() {
  const t = useText(stocktakeText)
  const words = useText(wordText)
  const language = useLanguage()
  const canEdit = useMe().can('clerk', 'manager')
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<number | null>(null)
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const stock = useQuery(api.stock.grid.queryOptions())
  const depotId = chosen ?? depots.data?.[0]?.placeId ?? null
  const shelves = useQuery({
    ...api.shelf.list.queryOptions({ input: { depotId: depotId ?? 0 } }),
    enabled: depotId !== null,
  })
  const rows = useMemo(() => {
    if (!items.data || !stock.data || !shelves.data) return undefined
    const onHand = new Map(
      stock.data.rows.filter((row) => row.depotId === depotId).map((row) => [row.itemId, row.onHandBase]),
    )
    const shelfOf = new Map(shelves.data.map((row) => [row.itemId, row.shelf]))
    return items.data
      .filter(({ itemId }) => (onHand.get(itemId) ?? 0) > 0 || shelfOf.has(itemId))
      .map(
        (item): Row => ({
          itemId: item.itemId,
          code: item.code,
          item: [nameOf(item, language), item.specification].filter(Boolean).join(' '),
          onHand: `${formatNumber(onHand.get(item.itemId) ?? 0)} ${measureName(item.baseUnit, language)}`,
          shelf: shelfOf.get(item.itemId) ?? '',
        }),
      )
  }, [items.data, stock.data, shelves.data, depotId, language])
  const fields = useMemo(
    (): Field<Row>[] => [
      { id: 'code', header: words('code'), kind: 'text', read: (row) => row.code, width: 110 },
      { id: 'item', header: t('item'), kind: 'text', read: (row) => row.item, width: 300 },
      { id: 'onHand', header: t('shelfStock'), kind: 'text', read: (row) => row.onHand, width: 130 },
      { id: 'shelf', header: t('shelf'), kind: 'text', read: (row) => row.shelf, width: 160, editable: canEdit },
    ],
    [t, words, canEdit],
  )
  const save = useCallback(
    async ({ values, base, requestId }: SentRow<Row>) => {
      const shelf = String(values.shelf ?? '')
      const shelves = [{ itemId: base.itemId, shelf }]
      const outcome = await sendCommand(client.shelf.save, { requestId, depotId: depotId ?? 0, shelves })
      return outcome.ok ? { ok: true as const, value: { ...base, shelf } } : outcome
    },
    [depotId],
  )
  const edits = useRowEdits({ rows, keyOf, blank, fields, save })
  return (
    <Page
      title={t('shelfTitle')}
      lead={t('shelfLead')}
      search={{ value: search, onChange: setSearch, placeholder: t('shelfSearch') }}
      filters={
        <NativeSelect
          size="xs"
          className={ledgerStyles.short ?? ''}
          aria-label={t('shelfOf')}
          value={depotId === null ? '' : String(depotId)}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
          data={(depots.data ?? []).map((depot) => ({ value: String(depot.placeId), label: nameOf(depot, language) }))}
        />
      }
      actions={
        <Button
          component={Link}
          href="/stocktakes"
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
        >
          {t('toStocktakes')}
        </Button>
      }
    >
      {shelves.isError && <Refusals {...outcomeOf(shelves.error)} />}
      <Refusals refusals={[]} fault={edits.fault} />
      <Grid
        key={depotId}
        label={t('shelfTitle')}
        stateKey="shelves"
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits } : {})}
        problemOf={edits.problemOf}
        onFocusCell={edits.onFocusCell}
        onLeave={edits.onLeave}
        search={search}
        searchOf={searchOf}
        emptyText={t('shelfNone')}
      />
    </Page>
  )
}
