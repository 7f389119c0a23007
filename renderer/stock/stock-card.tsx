import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow } from '../../api/contract/place.ts'
import { addDays } from '../../core/civil-date.ts'
import { formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { openPreview } from '../print/print.tsx'
import { stockCardRequest } from '../print/stock-card-paper.tsx'
import { api, client, type Output, outcomeOf } from '../query.ts'
import { printText } from '../text/print.ts'
import { stockText } from '../text/stock.ts'
import { nameOf, pickName, useLanguage, useText } from '../text/text.ts'
import { type WordKey, wordText } from '../text/words.ts'
import { readWholeCard } from './read-card.ts'
import styles from './stock.module.css'

type Card = Output<typeof client.stock.card>[number]
type Before = { readonly movementSeq: number; readonly balanceBase: number } | null
const pageRows = 200
/** What is printed: all of the card, or its last so many days. */
const spans = ['all', '30', '90', '365'] as const
type Span = (typeof spans)[number]
const rowKey = (row: Card) => String(row.movementSeq)
const wordKeys = new Set<string>(wordText.keys)

type Props = { readonly item: ItemRow; readonly depots: readonly DepotRow[]; readonly first: number | null }

/** 收发存明细: everything that came to or left a depot, newest first, with the balance after each row. */
export function StockCard({ item, depots, first }: Props) {
  const t = useText(stockText)
  const words = useText(wordText)
  const language = useLanguage()
  const [, go] = useLocation()
  const [chosen, setChosen] = useState<number | null>(null)
  const depotId = chosen ?? first ?? depots[0]?.placeId ?? 0
  const card = useInfiniteQuery(
    api.stock.card.infiniteOptions({
      input: (before: Before) => ({ itemId: item.itemId, depotId, before, limit: pageRows }),
      initialPageParam: null as Before,
      getNextPageParam: (page): Before => {
        const oldest = page.at(-1)
        if (!oldest || page.length < pageRows) return null
        return { movementSeq: oldest.movementSeq, balanceBase: oldest.balanceBase - oldest.inBase + oldest.outBase }
      },
      enabled: depotId !== 0,
    }),
  )
  const rows = useMemo(() => card.data?.pages.flat(), [card.data])
  const print = useText(printText)
  const me = useMe()
  const [span, setSpan] = useState<Span>('all')
  const [reading, setReading] = useState(false)
  const [failure, setFailure] = useState<ReturnType<typeof outcomeOf> | null>(null)
  /** Every row of the chosen span, also those that the screen has not read. */
  const printCard = async () => {
    const depot = depots.find(({ placeId }) => placeId === depotId)
    if (depot === undefined || reading) return
    setReading(true)
    setFailure(null)
    try {
      const from = span === 'all' ? null : addDays(me.businessDate, -Number(span))
      const whole = await readWholeCard({ itemId: item.itemId, depotId, from }, client.stock.card)
      openPreview(stockCardRequest({ item, depot, rows: whole }))
    } catch (error) {
      setFailure(outcomeOf(error))
    } finally {
      setReading(false)
    }
  }
  useKeys('keysScreen', [{ chord: 'Ctrl+P', label: print('printCard'), run: () => void printCard() }])
  const columns = useMemo((): GridColumn<Card>[] => {
    const kindWord = (kind: string) => (wordKeys.has(`posting-${kind}`) ? words(`posting-${kind}` as WordKey) : kind)
    const amount = (value: unknown) => (value === 0 ? '' : formatNumber(value as number))
    const still = { sortable: false, filter: false }
    return [
      { id: 'businessDate', header: t('date'), kind: 'date', value: (row) => row.businessDate, width: 110, ag: still },
      { id: 'kind', header: t('document'), kind: 'text', value: (row) => kindWord(row.kind), width: 84, ag: still },
      { id: 'number', header: t('number'), kind: 'text', value: (row) => row.number, width: 150, ag: still },
      { id: 'inBase', header: t('in'), kind: 'number', value: (row) => row.inBase, show: amount, width: 96, ag: still },
      {
        id: 'outBase',
        header: t('out'),
        kind: 'number',
        value: (row) => row.outBase,
        show: amount,
        width: 96,
        ag: still,
      },
      {
        id: 'balanceBase',
        header: t('balance'),
        kind: 'number',
        value: (row) => row.balanceBase,
        width: 110,
        className: () => styles.balance,
        ag: still,
      },
      {
        id: 'place',
        header: t('otherPlace'),
        kind: 'text',
        value: (row) => pickName(row.place, row.placeEn, language),
        width: 180,
        grow: 1,
        ag: still,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: (row) => row.lot, width: 130, ag: still },
      { id: 'person', header: t('person'), kind: 'text', value: (row) => row.person, width: 100, ag: still },
    ]
  }, [t, words, language])
  return (
    <section className={styles.part} aria-labelledby="stock-card">
      <div className={styles.bar}>
        <h2 id="stock-card">{t('card')}</h2>
        <div className={styles.bar}>
          <NativeSelect
            size="xs"
            aria-label={print('cardSpan')}
            value={span}
            onChange={(event) => setSpan(spans.find((known) => known === event.currentTarget.value) ?? 'all')}
            data={spans.map((value) => ({ value, label: print(`cardSpan-${value}`) }))}
          />
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            disabled={rows === undefined}
            aria-busy={reading}
            onClick={() => void printCard()}
          >
            {print('printCard')}
          </Button>
          {card.hasNextPage && (
            <Button variant="default" loading={card.isFetchingNextPage} onClick={() => void card.fetchNextPage()}>
              {t('older', { count: pageRows })}
            </Button>
          )}
          {depots.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={t('depot')}
              value={String(depotId)}
              data={depots.map((depot) => ({ value: String(depot.placeId), label: nameOf(depot, language) }))}
              onChange={(value) => setChosen(Number(value))}
            />
          )}
        </div>
      </div>
      {failure !== null && <Refusals {...failure} />}
      <Grid
        key={depotId}
        label={t('card')}
        stateKey="stock-card"
        rows={rows}
        columns={columns}
        rowId={rowKey}
        onOpen={(row) => go(row.kind === 'delivery' ? `/deliveries/${row.postingSeq}` : `/ledger/${row.postingSeq}`)}
        emptyText={t('noCard')}
      />
    </section>
  )
}
