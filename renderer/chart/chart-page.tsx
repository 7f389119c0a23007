import { Button, NativeSelect } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { addDays } from '../../core/civil-date.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { openPreview } from '../print/print.tsx'
import { api, outcomeOf } from '../query.ts'
import { chartText } from '../text/chart.ts'
import { nameOf, textIn, useLanguage, useText } from '../text/text.ts'
import { boardCharts } from './board-charts.ts'
import { chartPapers } from './board-paper.tsx'
import styles from './chart.module.css'
import { ChartPanel } from './chart-panel.tsx'

const ranges = [14, 30, 90, 180] as const

/** How the district stands and how it came to it. The filters stand in the address: `?days=30&depot=2&item=7`. */
export function ChartPage() {
  const t = useText(chartText)
  const language = useLanguage()
  const today = useMe().businessDate
  const [address, setAddress] = useSearchParams()
  const days = ranges.find((range) => String(range) === address.get('days')) ?? 30
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const depot = depots.data?.find(({ placeId }) => String(placeId) === address.get('depot'))
  const item = items.data?.find(({ itemId }) => String(itemId) === address.get('item'))
  const input = {
    from: addDays(today || '1970-01-01', 1 - days),
    to: today,
    depotId: depot?.placeId ?? null,
    itemId: item?.itemId ?? null,
  }
  const board = useQuery({
    ...api.chart.board.queryOptions({ input }),
    enabled: today !== '' && depots.data !== undefined && items.data !== undefined,
    placeholderData: keepPreviousData,
  })
  const { depotId, itemId } = input
  const charts = useMemo(
    () => (board.data ? boardCharts(board.data, { depotId, itemId }, t, language) : null),
    [board.data, depotId, itemId, t, language],
  )
  const choose = (name: 'days' | 'depot' | 'item', value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const print = () => {
    const { data } = board
    if (data === undefined) return
    openPreview({
      kind: 'papers',
      title: { zh: textIn(chartText, 'zh')('title'), en: textIn(chartText, 'en')('title') },
      build: (choice, organisation) =>
        chartPapers(data, { ...input, depot: depot ?? null, item: item ?? null }, choice, organisation),
    })
  }
  useKeys('keysScreen', [{ chord: 'Ctrl+P', label: t('keyPrint'), run: print }])
  const failed = board.error ?? depots.error ?? items.error
  return (
    <Page
      title={t('title')}
      lead={`${t('lead', { from: input.from, to: input.to })} · ${t('openHint')}`}
      scroll
      filters={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('range')}
            value={String(days)}
            onChange={(event) => choose('days', event.currentTarget.value)}
            data={ranges.map((range) => ({ value: String(range), label: t(`range-${range}`) }))}
          />
          <NativeSelect
            size="xs"
            aria-label={t('depot')}
            value={depot === undefined ? '' : String(depot.placeId)}
            onChange={(event) => choose('depot', event.currentTarget.value)}
            data={[
              { value: '', label: t('allDepots') },
              ...(depots.data ?? []).map((row) => ({ value: String(row.placeId), label: nameOf(row, language) })),
            ]}
          />
          <NativeSelect
            size="xs"
            aria-label={t('item')}
            value={item === undefined ? '' : String(item.itemId)}
            onChange={(event) => choose('item', event.currentTarget.value)}
            data={[
              { value: '', label: t('allItems') },
              ...(items.data ?? []).map((row) => ({
                value: String(row.itemId),
                label: `${row.code} ${nameOf(row, language)}`,
              })),
            ]}
          />
        </>
      }
      actions={
        <Button leftSection={<IconPrinter size={16} aria-hidden />} rightSection={<kbd>Ctrl+P</kbd>} onClick={print}>
          {t('print')}
        </Button>
      }
    >
      {failed && <Refusals {...outcomeOf(failed)} />}
      {charts === null ? (
        !failed && <Reading />
      ) : (
        <div className={styles.board}>
          {charts.map((chart) => (
            <ChartPanel key={chart.id} chart={chart} />
          ))}
        </div>
      )}
    </Page>
  )
}
