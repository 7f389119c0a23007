import { Button, Checkbox, Group, MultiSelect, TextInput } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { unitKinds } from '../../api/contract/place.ts'
import { readDate } from '../../core/intake/date-text.ts'
import { formatDays, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { CellValue } from '../grid/cell-value.ts'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, outcomeOf } from '../query.ts'
import { printText } from '../text/print.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { openPreview } from './print.tsx'
import { publicNoticeRequest } from './public-notice.tsx'
import { readNotice } from './read-notice.ts'
import styles from './report.module.css'
import { type ReportMeasure, reportMeasures } from './report-measures.ts'
import { type ReportCell, type ReportUnit, tabulateReport } from './report-table.ts'

type Chosen = {
  readonly rounds: readonly string[]
  readonly from: string
  readonly to: string
  readonly towns: readonly string[]
  readonly kinds: readonly string[]
  readonly items: readonly string[]
}

const nothingChosen: Chosen = { rounds: [], from: '', to: '', towns: [], kinds: [], items: [] }
const orAll = <T,>(values: readonly T[]): T[] | null => (values.length === 0 ? null : [...values])
const orNull = (date: string): string | null => (date === '' ? null : date)
const total = { unitId: -1, code: '', name: '', nameEn: '', town: '', unitKind: '', tier: 0 }

function figureOf(cell: ReportCell | null, measure: ReportMeasure): number | null {
  if (cell === null) return null
  if (measure === 'requested') return cell.requestedBase
  return measure === 'allocated' ? cell.allocatedBase : cell.coverMilliDays
}

const rowId = (row: ReportUnit) => String(row.unitId)

/** 分配汇总表: what of which rounds, towns, kinds of unit and items; seen at once, and printed from here. */
export function ReportPage() {
  const t = useText(printText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [measures, setMeasures] = useState<readonly ReportMeasure[]>(reportMeasures)
  const rounds = useQuery(api.round.list.queryOptions({ input: { limit: 1000 } }))
  const units = useQuery(api.unit.list.queryOptions({ input: { archived: false } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  // The newest round is what most want; everything ever allocated is a choice of its own.
  useEffect(() => {
    const newest = rounds.data?.find((round) => round.state === 'approved') ?? rounds.data?.[0]
    if (rounds.data !== undefined) {
      setChosen(
        (before) => before ?? { ...nothingChosen, rounds: newest === undefined ? [] : [String(newest.roundId)] },
      )
    }
  }, [rounds.data])
  const filter = chosen ?? nothingChosen
  const report = useQuery({
    ...api.round.report.queryOptions({
      input: {
        roundIds: orAll(filter.rounds.map(Number)),
        from: orNull(filter.from),
        to: orNull(filter.to),
        towns: orAll(filter.towns),
        unitKinds: orAll(filter.kinds),
        itemIds: orAll(filter.items.map(Number)),
      },
    }),
    enabled: chosen !== null,
    placeholderData: keepPreviousData,
  })
  const table = useMemo(() => (report.data === undefined ? null : tabulateReport(report.data)), [report.data])
  const towns = useMemo(
    () => [...new Set((units.data ?? []).map((unit) => unit.town))].filter((town) => town !== '').sort(),
    [units.data],
  )
  const comma = language === 'zh' ? '、' : ', '
  const preview = () => {
    if (report.data === undefined) return
    const named = new Map((items.data ?? []).map((item) => [String(item.itemId), nameOf(item, language)]))
    openPreview({
      kind: 'report',
      report: report.data,
      measures,
      chosen: {
        dates: filter.from === '' && filter.to === '' ? '' : `${filter.from} – ${filter.to}`,
        towns: filter.towns.join(comma),
        unitKinds: filter.kinds.map((kind) => words(`unitKind-${kind}` as 'unitKind-school')).join(comma),
        items: filter.items.map((id) => named.get(id) ?? id).join(comma),
      },
    })
  }
  const notice = useQuery({
    queryKey: ['print', 'public-notice', filter.from, filter.to],
    queryFn: () => readNotice(filter.from || me.businessDate, filter.to || me.businessDate),
    enabled: false,
    gcTime: 0,
  })
  const previewNotice = async () => {
    const { data } = await notice.refetch()
    if (data !== undefined) openPreview(publicNoticeRequest(data))
  }
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: t('keyPreview'), run: preview },
    { chord: 'Alt+P', label: t('printNotice'), run: () => void previewNotice() },
  ])

  const columns = useMemo<readonly GridColumn<ReportUnit>[]>(() => {
    if (table === null) return []
    return [
      {
        id: 'unit',
        header: t('unit'),
        kind: 'text',
        value: (row) => (row.unitId === -1 ? t('total') : nameOf(row, language)),
        width: 230,
        pinned: 'left',
      },
      { id: 'tier', header: t('tier'), kind: 'number', value: (row) => row.tier || null, width: 70 },
      { id: 'town', header: t('town'), kind: 'text', value: (row) => row.town, width: 90 },
      {
        id: 'packs',
        header: t('packs'),
        kind: 'number',
        value: (row) => (row.unitId === -1 ? table.packs : table.unitPacks(row.unitId)),
        width: 90,
      },
      ...table.items.flatMap((item) =>
        measures.map((measure) => ({
          id: `item${item.itemId}-${measure}`,
          group: [nameOf(item, language), item.specification, measureName(item.baseUnit, language)]
            .filter((word) => word !== '')
            .join(' · '),
          header: t(`measure-${measure}`),
          kind: 'number' as const,
          value: (row: ReportUnit) =>
            figureOf(row.unitId === -1 ? table.itemTotal(item.itemId) : table.cell(row.unitId, item.itemId), measure),
          ...(measure === 'cover'
            ? { show: (value: CellValue) => formatDays(value === null ? null : Number(value)) }
            : {}),
          width: measures.length === 1 ? 180 : 112,
        })),
      ),
    ]
  }, [table, measures, t, language])

  if (chosen === null || rounds.data === undefined) {
    return rounds.isError ? <Refusals {...outcomeOf(rounds.error)} /> : <Reading />
  }
  if (rounds.data.length === 0) {
    return (
      <Page title={t('report')} lead={t('reportLead')} scroll>
        <p>{t('empty')}</p>
        <div>
          <Button component={Link} href="/allocation">
            {t('goAllocate')}
          </Button>
        </div>
      </Page>
    )
  }
  const change = (part: Partial<Chosen>) => setChosen({ ...chosen, ...part })
  return (
    <Page
      title={t('report')}
      lead={
        table === null
          ? t('reportLead')
          : t('summary', {
              units: formatNumber(table.units.length),
              items: formatNumber(table.items.length),
              packs: formatNumber(table.packs),
            })
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Alt+P</kbd>}
            aria-busy={notice.isFetching}
            onClick={() => void previewNotice()}
          >
            {t('printNotice')}
          </Button>
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            disabled={table === null || table.units.length === 0}
            onClick={preview}
          >
            {t('previewReport')}
          </Button>
        </>
      }
    >
      <div className={styles.choices}>
        <Choice
          label={t('rounds')}
          values={chosen.rounds}
          onChange={(values) => change({ rounds: values })}
          data={rounds.data.map((round) => ({
            value: String(round.roundId),
            label: `${round.number}${round.state === 'cancelled' ? ` (${words('state-cancelled')})` : ''}`,
          }))}
        />
        <Choice
          label={t('towns')}
          values={chosen.towns}
          onChange={(values) => change({ towns: values })}
          data={towns.map((town) => ({ value: town, label: town }))}
        />
        <Choice
          label={t('unitKinds')}
          values={chosen.kinds}
          onChange={(values) => change({ kinds: values })}
          data={unitKinds.map((kind) => ({ value: kind, label: words(`unitKind-${kind}`) }))}
        />
        <DateField
          label={t('from')}
          value={chosen.from}
          today={me.businessDate}
          onChange={(from) => change({ from })}
        />
        <DateField label={t('to')} value={chosen.to} today={me.businessDate} onChange={(to) => change({ to })} />
        <Choice
          label={t('items')}
          values={chosen.items}
          onChange={(values) => change({ items: values })}
          data={(items.data ?? []).map((item) => ({
            value: String(item.itemId),
            label: `${nameOf(item, language)} ${item.code}`,
          }))}
        />
        <Checkbox.Group
          className={styles.measures ?? ''}
          label={t('measures')}
          value={[...measures]}
          onChange={(values) => setMeasures(reportMeasures.filter((measure) => values.includes(measure)))}
        >
          <Group gap="sm" mt={4}>
            {reportMeasures.map((measure) => (
              <Checkbox key={measure} value={measure} label={t(`measure-${measure}`)} />
            ))}
          </Group>
        </Checkbox.Group>
      </div>
      {notice.isError && <Refusals {...outcomeOf(notice.error)} />}
      {report.isError && <Refusals {...outcomeOf(report.error)} />}
      <div className={styles.table}>
        <Grid
          label={t('report')}
          rows={table === null ? undefined : table.units}
          columns={columns}
          rowId={rowId}
          emptyText={t('emptyChoice')}
          pinnedBottom={table === null || table.units.length === 0 ? [] : [total]}
        />
      </div>
    </Page>
  )
}

function Choice(props: {
  readonly label: string
  readonly values: readonly string[]
  readonly onChange: (values: string[]) => void
  readonly data: readonly { readonly value: string; readonly label: string }[]
}) {
  const t = useText(printText)
  return (
    <MultiSelect
      size="xs"
      label={props.label}
      value={[...props.values]}
      onChange={props.onChange}
      data={[...props.data]}
      searchable
      hidePickedOptions
      {...(props.values.length === 0 ? { placeholder: t('all') } : {})}
      nothingFoundMessage="—"
    />
  )
}

/** Empty means no limit. What can't be read as a day is refused by the report itself, at this field. */
function DateField(props: {
  readonly label: string
  readonly value: string
  readonly today: string
  readonly onChange: (date: string) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed === null) return
    const { date } = readDate(typed, { purpose: 'day', epoch: 1900, today: props.today })
    props.onChange(date ?? typed.trim().slice(0, 10))
    setTyped(null)
  }
  return (
    <TextInput
      size="xs"
      label={props.label}
      value={typed ?? props.value}
      placeholder="YYYY-MM-DD"
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && take()}
    />
  )
}
