import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconArrowRight, IconBellRinging, IconClockPause, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { alertKinds } from '../../api/contract/ledger.ts'
import { formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { alertListRequest } from '../print/alert-list.tsx'
import { openPreview } from '../print/print.tsx'
import { api, outcomeOf } from '../query.ts'
import { alertText } from '../text/alert.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './alert.module.css'
import { type Alert, alertWords, digest } from './alert-words.ts'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { useSnooze } from './use-snooze.ts'

type Row = Alert & { readonly words: ReturnType<typeof alertWords> }
const rowId = (row: Row) => row.key
const searchOf = (row: Row) =>
  [row.words.about, row.words.detail, ...Object.values(row.about).map((value) => String(value))].join(' ')

/** What needs someone, the urgent first, each with its remedy one key away. */
export function AlertPage() {
  const t = useText(alertText)
  const language = useLanguage()
  const [, go] = useLocation()
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<Alert['kind'] | null>(null)
  const [isSnoozed, setIsSnoozed] = useState(false)
  const [focused, setFocused] = useState<string | null>(null)
  const [marked, setMarked] = useState<readonly Row[]>([])
  const [asked, setAsked] = useState<readonly Row[] | null>(null)
  const list = useQuery(api.alert.list.queryOptions())
  const snooze = useSnooze()
  const me = useMe()
  const rows = useMemo(
    () =>
      list.data
        ?.filter((alert) => (alert.snoozedUntil !== null) === isSnoozed && (kind === null || alert.kind === kind))
        .map((alert): Row => ({ ...alert, words: alertWords(alert, language) })),
    [list.data, isSnoozed, kind, language],
  )
  const grid = useRef<GridApi<Row> | null>(null)
  useFirstRowFocus(grid, 'about', rows)
  const onReady = useCallback((api: GridApi<Row>) => {
    grid.current = api
  }, [])
  const current = rows?.find((row) => row.key === focused) ?? null
  const stillMarked = marked.filter(({ key }) => rows?.some((row) => row.key === key))
  const chosen = stillMarked.length > 0 ? stillMarked : current === null ? [] : [current]
  const open = () => current && go(current.path)
  const putOff = () => chosen.length > 0 && setAsked(chosen)
  const print = () => {
    const alerts = (list.data ?? []).filter(({ snoozedUntil }) => snoozedUntil === null)
    openPreview(alertListRequest({ today: me.businessDate, alerts }))
  }
  const wake = async () => {
    if (chosen.length === 0) return
    const done = await snooze.run(chosen, null)
    if (done > 0) showDone(t('wokenDone', { count: done }))
  }
  useKeys(
    'keysScreen',
    asked !== null
      ? []
      : [
          { chord: 'Alt+G', label: t('keyGo'), run: open },
          { chord: 'Ctrl+P', label: t('keyPrint'), run: print },
          isSnoozed
            ? { chord: 'Alt+Z', label: t('keyWake'), run: () => void wake() }
            : { chord: 'Alt+Z', label: t('keySnooze'), run: putOff },
        ],
  )
  const columns = useMemo<readonly GridColumn<Row>[]>(
    () => [
      {
        id: 'severity',
        header: t('severity'),
        kind: 'text',
        value: (row) => row.severity,
        show: (value) => (value === 'now' ? `▲ ${t('severity-now')}` : `△ ${t('severity-soon')}`),
        className: (row) => (row.severity === 'now' ? styles.now : styles.soon),
        width: 92,
      },
      { id: 'kind', header: t('kind'), kind: 'text', value: (row) => t(`kind-${row.kind}`), width: 118 },
      { id: 'about', header: t('about'), kind: 'text', value: (row) => row.words.about, grow: 2, width: 210 },
      { id: 'detail', header: t('detail'), kind: 'text', value: (row) => row.words.detail, grow: 3, width: 320 },
      isSnoozed
        ? { id: 'until', header: t('until'), kind: 'date', value: (row) => row.snoozedUntil, width: 110 }
        : {
            id: 'remedy',
            header: t('remedy'),
            kind: 'text',
            value: (row) => `${t(`remedy-${row.kind}`)} ›`,
            className: () => styles.remedy,
            width: 120,
            ag: { onCellClicked: ({ data }) => data && go(data.path) },
          },
    ],
    [t, isSnoozed, go],
  )
  const onFocusCell = useCallback((row: Row | null) => row !== null && setFocused(row.key), [])
  const sum = digest(list.data ?? [])
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      actions={
        <>
          {isSnoozed ? (
            <Button
              variant="default"
              disabled={chosen.length === 0}
              leftSection={<IconBellRinging size={16} aria-hidden />}
              rightSection={<kbd>Alt+Z</kbd>}
              onClick={() => void wake()}
            >
              {t('wake')}
            </Button>
          ) : (
            <Button
              variant="default"
              disabled={chosen.length === 0}
              leftSection={<IconClockPause size={16} aria-hidden />}
              rightSection={<kbd>Alt+Z</kbd>}
              onClick={putOff}
            >
              {t('snooze')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            onClick={print}
          >
            {t('print')}
          </Button>
          <Button
            disabled={current === null}
            leftSection={<IconArrowRight size={16} aria-hidden />}
            rightSection={<kbd>Alt+G</kbd>}
            onClick={open}
          >
            {t('go')}
          </Button>
        </>
      }
    >
      <div className={ledgerStyles.bar}>
        <NativeSelect
          className={ledgerStyles.short ?? ''}
          size="xs"
          aria-label={t('kindFilter')}
          value={kind ?? ''}
          onChange={(event) => setKind(alertKinds.find((one) => one === event.currentTarget.value) ?? null)}
          data={[
            { value: '', label: t('allKinds') },
            ...alertKinds.map((value) => ({ value: value as string, label: t(`kind-${value}`) })),
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('shownFilter')}
          value={isSnoozed ? 'snoozed' : 'shown'}
          onChange={(value) => setIsSnoozed(value === 'snoozed')}
          data={[
            { value: 'shown', label: t('shown') },
            { value: 'snoozed', label: t('snoozed') },
          ]}
        />
        {sum.open > 0 && (
          <div className={ledgerStyles.sum}>
            <strong>{t('digestNow', { count: sum.now })}</strong>
            {sum.kinds.map((one) => (
              <span key={one.kind}>
                {t('digestPart', { kind: t(`kind-${one.kind}`), count: formatNumber(one.count) })}
              </span>
            ))}
          </div>
        )}
      </div>
      {list.isError && <Refusals {...outcomeOf(list.error)} />}
      <Refusals refusals={snooze.refusals} fault={snooze.fault} />
      <Grid
        key={String(isSnoozed)}
        label={t('list')}
        stateKey={isSnoozed ? 'alerts-snoozed' : 'alerts'}
        rows={rows}
        columns={columns}
        rowId={rowId}
        onReady={onReady}
        search={search}
        searchOf={searchOf}
        emptyText={t(isSnoozed ? 'noneSnoozed' : 'none')}
        onFocusCell={onFocusCell}
        onMark={setMarked}
        onOpen={(row) => go(row.path)}
      />
      {asked !== null && <SnoozeDialog alerts={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}
