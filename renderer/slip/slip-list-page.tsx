import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconCheckbox, IconClipboardList, IconPrinter, IconTruckDelivery, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { SlipHead } from '../../api/contract/round.ts'
import { formatInstant } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import { api, outcomeOf } from '../query.ts'
import { slipText } from '../text/slip.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import styles from './slip.module.css'
import { useSlipActions } from './use-slip-actions.tsx'

const states = ['approved', 'dispatched', 'signed', 'cancelled'] as const
type State = (typeof states)[number]

const rowId = (row: SlipHead) => String(row.slipId)
const searchOf = (row: SlipHead) =>
  [row.number, row.unitName, row.unitNameEn, row.unitCode, row.town, row.roundNumber, row.route, row.contact].join(' ')

/** Slips of every round, filtered; many are dispatched or printed in one go. `?round=<id>` opens one round's. */
export function SlipListPage() {
  const t = useText(slipText)
  const language = useLanguage()
  const [, go] = useLocation()
  const [address] = useSearchParams()
  const [search, setSearch] = useState('')
  const [roundId, setRoundId] = useState<number | null>(Number(address.get('round')) || null)
  const [state, setState] = useState<State | null>(roundId === null ? 'approved' : null)
  const [marked, setMarked] = useState<readonly SlipHead[]>([])
  const [focused, setFocused] = useState<SlipHead | null>(null)
  const grid = useRef<GridApi<SlipHead> | null>(null)
  const rounds = useQuery(api.round.list.queryOptions({ input: { limit: 1000 } }))
  const list = useQuery(api.slip.list.queryOptions({ input: { roundId, state, limit: 10_000 } }))
  const actions = useSlipActions()

  // Rows are read again after each dispatch: what is chosen is shown as it is now.
  const rows = list.data
  const current = useMemo(() => new Map(rows?.map((row) => [row.slipId, row])), [rows])
  const still = (chosen: readonly SlipHead[]) => chosen.flatMap((slip) => current.get(slip.slipId) ?? [])
  const chosenMarks = still(marked)
  const chosen = chosenMarks.length > 0 ? chosenMarks : still(focused === null ? [] : [focused])
  const none = chosen.length === 0

  useFirstRowFocus(grid, 'number', rows)
  const markAll = () => grid.current?.selectAll('filtered')
  useKeys('keysScreen', [
    { chord: 'Alt+A', label: t('keyMarkAll'), run: markAll },
    { chord: 'Ctrl+P', label: t('keyPrint'), run: () => actions.print(chosen, 'slips') },
    { chord: 'Alt+P', label: t('keyPickList'), run: () => actions.print(chosen, 'pick-lists') },
    ...(actions.canDispatch
      ? [{ chord: 'Alt+F', label: t('keyDispatch'), run: () => actions.ask('dispatch', chosen) }]
      : []),
    ...(actions.canCancel ? [{ chord: 'Alt+Q', label: t('keyCancel'), run: () => actions.ask('cancel', chosen) }] : []),
  ])

  const columns = useMemo<readonly GridColumn<SlipHead>[]>(
    () => [
      { id: 'number', header: t('number'), kind: 'text', value: (row) => row.number, width: 150 },
      { id: 'state', header: t('state'), kind: 'text', value: (row) => t(`state-${row.state}`), width: 95 },
      {
        id: 'unit',
        header: t('unit'),
        kind: 'text',
        value: (row) => pickName(row.unitName, row.unitNameEn, language),
        grow: 2,
        width: 190,
      },
      { id: 'town', header: t('town'), kind: 'text', value: (row) => row.town, width: 75 },
      { id: 'tier', header: t('tier'), kind: 'number', value: (row) => row.tier, width: 70 },
      { id: 'route', header: t('route'), kind: 'text', value: (row) => row.route, width: 90 },
      {
        id: 'depot',
        header: t('depot'),
        kind: 'text',
        value: (row) => pickName(row.depotName, row.depotNameEn, language),
        grow: 1,
        width: 115,
      },
      { id: 'packs', header: t('packs'), kind: 'number', value: (row) => row.packs, width: 85 },
      { id: 'round', header: t('round'), kind: 'text', value: (row) => row.roundNumber, width: 150 },
      {
        id: 'dispatchedAt',
        header: t('dispatchedAt'),
        kind: 'text',
        value: (row) => formatInstant(row.dispatchedAt),
        width: 145,
      },
    ],
    [t, language],
  )
  const onFocusCell = useCallback((row: SlipHead | null) => setFocused(row), [])
  const onReady = useCallback((ready: GridApi<SlipHead>) => {
    grid.current = ready
  }, [])
  return (
    <Page
      title={t('title')}
      lead={chosenMarks.length > 0 ? t('leadChosen', { count: chosenMarks.length }) : t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      filters={
        <>
          <NativeSelect
            className={styles.round ?? ''}
            size="xs"
            aria-label={t('roundFilter')}
            value={roundId === null ? '' : String(roundId)}
            onChange={(event) => setRoundId(Number(event.currentTarget.value) || null)}
            data={[
              { value: '', label: t('allRounds') },
              ...(rounds.data ?? []).map((round) => ({ value: String(round.roundId), label: round.number })),
            ]}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('stateFilter')}
            value={state ?? 'all'}
            onChange={(value) => setState(states.find((known) => known === value) ?? null)}
            data={[
              ...states.map((value) => ({ value: value as string, label: t(`state-${value}`) })),
              { value: 'all', label: t('allStates') },
            ]}
          />
        </>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconCheckbox size={16} aria-hidden />}
            rightSection={<kbd>Alt+A</kbd>}
            onClick={markAll}
          >
            {t('markAll')}
          </Button>
          {actions.canCancel && (
            <Button
              variant="default"
              leftSection={<IconX size={16} aria-hidden />}
              rightSection={<kbd>Alt+Q</kbd>}
              disabled={none}
              onClick={() => actions.ask('cancel', chosen)}
            >
              {t('cancel')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconClipboardList size={16} aria-hidden />}
            rightSection={<kbd>Alt+P</kbd>}
            disabled={none}
            onClick={() => actions.print(chosen, 'pick-lists')}
          >
            {t('pickList')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            disabled={none}
            onClick={() => actions.print(chosen, 'slips')}
          >
            {t('print')}
          </Button>
          {actions.canDispatch && (
            <Button
              leftSection={<IconTruckDelivery size={16} aria-hidden />}
              rightSection={<kbd>Alt+F</kbd>}
              disabled={none}
              onClick={() => actions.ask('dispatch', chosen)}
            >
              {t('dispatch')}
            </Button>
          )}
        </>
      }
    >
      {list.error !== null && <Refusals {...outcomeOf(list.error)} />}
      <div className={styles.table}>
        <Grid
          label={t('title')}
          rows={rows}
          columns={columns}
          rowId={rowId}
          stateKey="slip"
          search={search}
          searchOf={searchOf}
          emptyText={
            <>
              {t('empty')} <Link href="/allocation">{t('goAllocate')}</Link>
            </>
          }
          onOpen={(row) => go(`/slips/${row.slipId}`)}
          onFocusCell={onFocusCell}
          onMark={setMarked}
          onReady={onReady}
        />
      </div>
      {actions.dialog}
    </Page>
  )
}
