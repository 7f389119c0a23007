import { Alert, Button, Tabs, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconDownload,
  IconListCheck,
  IconPrinter,
  IconReportAnalytics,
  IconX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useLocation, useParams, useSearchParams } from 'wouter'
import type { RoundHead, SlipHead } from '../../api/contract/round.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { openPreview } from '../print/print.tsx'
import { api, client, outcomeOf, useCommand } from '../query.ts'
import { getShell } from '../shell/shell.ts'
import { allocationText } from '../text/allocation.ts'
import { allocationApproveText } from '../text/allocation-approve.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import type { MatrixShow } from './cell-view.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { EquityPanel } from './equity-panel.tsx'
import { type Cell, Matrix, type MatrixHandle } from './matrix.tsx'
import type { MatrixView } from './matrix-rows.ts'
import { focusPanel, Panel, type PanelTab } from './panel.tsx'
import { roundStateKey } from './round-list.tsx'
import type { RoundNames } from './round-names.ts'
import { Legend, ViewBar } from './round-toolbar.tsx'
import { type StoredPlan, storedPlan } from './stored-plan.ts'
import styles from './toolbar.module.css'
import { useMatrix } from './use-matrix.ts'
import { useRoundNames } from './use-round-names.ts'
import { WhyPanel } from './why-panel.tsx'

/** An approved round: what was decided and why, its slips, and the way to paper. */
export function RoundPage() {
  const roundId = Number(useParams<{ roundId: string }>().roundId)
  const t = useText(allocationApproveText)
  const document = useQuery(api.round.get.queryOptions({ input: { roundId } }))
  const file = useQuery(api.round.file.queryOptions({ input: { roundId } }))
  const slips = useQuery(api.slip.list.queryOptions({ input: { roundId, state: null, limit: 10_000 } }))
  const names = useRoundNames()
  const failed = [document, file, slips].find((query) => query.isError)
  const plan = useMemo(
    () =>
      file.data && names
        ? storedPlan(file.data.problem, file.data.result, (code) => names.unitRow(code)?.placeId ?? 0, names.itemId)
        : null,
    [file.data, names],
  )
  if (failed) {
    const { refusals, fault } = outcomeOf(failed.error)
    return (
      <Page title={t('roundTitle', { number: '' })} scroll>
        <Refusals refusals={refusals} fault={fault} />
      </Page>
    )
  }
  if (!document.data || !slips.data || !plan || !names) return <Reading />
  return <Round head={document.data.head} slips={slips.data} plan={plan} names={names} />
}

type RoundProps = {
  readonly head: RoundHead
  readonly slips: readonly SlipHead[]
  readonly plan: StoredPlan
  readonly names: RoundNames
}

function Round({ head, slips, plan, names }: RoundProps) {
  const t = useText(allocationApproveText)
  const a = useText(allocationText)
  const language = useLanguage()
  const [search] = useSearchParams()
  const me = useQuery(api.session.me.queryOptions())
  const isManager = me.data?.roles.includes('manager') ?? false
  const [tab, setTab] = useState<'lines' | 'slips'>('lines')
  const [cancelling, setCancelling] = useState(false)
  const [failure, setFailure] = useState<ReturnType<typeof outcomeOf> | null>(null)
  const cancel = useCommand(client.round.cancel)
  const open = slips.filter((slip) => slip.state === 'approved')
  const living = slips.filter((slip) => slip.state !== 'cancelled' && slip.state !== 'reversed')

  const printed = async (kind: 'slips' | 'pick-lists') => {
    try {
      setFailure(null)
      const slipIds = living.map((slip) => slip.slipId)
      const documents = []
      for (let from = 0; from < slipIds.length; from += 500) {
        documents.push(...(await client.slip.get({ slipIds: slipIds.slice(from, from + 500) })))
      }
      openPreview(kind === 'slips' ? { kind, documents, contents: true } : { kind, documents })
    } catch (error) {
      setFailure(outcomeOf(error))
    }
  }
  const printReport = async () => {
    try {
      setFailure(null)
      const report = await client.round.report({
        roundIds: [head.roundId],
        from: null,
        to: null,
        towns: null,
        unitKinds: null,
        itemIds: null,
      })
      openPreview({
        kind: 'report',
        report,
        measures: ['requested', 'allocated', 'cover'],
        chosen: { dates: head.number, towns: '', unitKinds: '', items: '' },
      })
    } catch (error) {
      setFailure(outcomeOf(error))
    }
  }
  const exportFile = async () => {
    const { problem, result } = await client.round.file({ roundId: head.roundId })
    const bytes = new TextEncoder().encode(`${JSON.stringify({ problem, result }, null, 1)}\n`)
    await getShell().saveFile(`${head.number}-plan.json`, 'application/json', bytes)
  }
  useKeys('keysScreen', [{ chord: 'Ctrl+P', label: t('printSlips'), run: () => void printed('slips') }])

  return (
    <Page
      title={t('roundTitle', { number: head.number })}
      lead={t('totals', {
        units: formatNumber(head.units),
        items: formatNumber(head.items),
        packs: formatNumber(head.packs),
        slips: formatNumber(head.slips),
        dispatched: formatNumber(head.slipsDispatched),
      })}
      actions={
        <>
          <Tooltip label={t('planFileHint')}>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => void exportFile()}
            >
              {t('planFile')}
            </Button>
          </Tooltip>
          {isManager && open.length > 0 && (
            <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={() => setCancelling(true)}>
              {t('cancel')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconReportAnalytics size={16} aria-hidden />}
            onClick={() => void printReport()}
          >
            {t('printReport')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconListCheck size={16} aria-hidden />}
            disabled={living.length === 0}
            onClick={() => void printed('pick-lists')}
          >
            {t('printPicks')}
          </Button>
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            disabled={living.length === 0}
            onClick={() => void printed('slips')}
          >
            {t('printSlips')}
          </Button>
        </>
      }
    >
      <p className={styles.facts}>
        {t('facts', {
          state: a(roundStateKey(head)),
          date: head.businessDate,
          policy: pickName(head.policyName, head.policyNameEn, language),
          days: head.horizonDays,
          by: head.approvedBy,
          at: formatInstant(head.approvedAt),
        })}
        {head.cancelledAt !== null && ` · ${t('cancelledAt', { at: formatInstant(head.cancelledAt) })}`}
        {head.note !== '' && ` · ${head.note}`}
      </p>
      {search.get('approved') !== null && head.state === 'approved' && (
        <div role="status" className={`${styles.message} ${styles.good}`}>
          <IconCircleCheck size={18} aria-hidden />
          {t('approved', { packs: formatNumber(head.packs), slips: formatNumber(head.slips) })}
        </div>
      )}
      {failure && <Refusals refusals={failure.refusals} fault={failure.fault} onClose={() => setFailure(null)} />}
      {!plan.verified && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t('verifyFailed')}
        </Alert>
      )}
      <Tabs value={tab} onChange={(value) => setTab(value === 'slips' ? 'slips' : 'lines')}>
        <Tabs.List>
          <Tabs.Tab value="lines">{t('tabLines')}</Tabs.Tab>
          <Tabs.Tab value="slips">
            {t('tabSlips')} {formatNumber(slips.length)}
          </Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {tab === 'lines' ? <PlanMatrix plan={plan} names={names} /> : <SlipGrid slips={slips} />}
      {cancelling && (
        <ConfirmDialog
          title={t('cancelTitle', { number: head.number })}
          text={t('cancelLead', { count: open.length })}
          confirm={t('cancelConfirm', { count: open.length })}
          onClose={() => setCancelling(false)}
          onConfirm={async () => {
            const outcome = await cancel.run({ roundId: head.roundId })
            if (outcome.ok) setCancelling(false)
          }}
        >
          <Refusals refusals={cancel.refusals} fault={cancel.fault} />
        </ConfirmDialog>
      )}
    </Page>
  )
}

function PlanMatrix({ plan, names }: { readonly plan: StoredPlan; readonly names: RoundNames }) {
  const t = useText(allocationApproveText)
  const a = useText(allocationText)
  const [view, setView] = useState<MatrixView>({ grouping: 'none', order: 'tier', filter: '', shut: new Set() })
  const [show, setShow] = useState<MatrixShow>('packs')
  const [tab, setTab] = useState<PanelTab>('why')
  const [cell, setCell] = useState<Cell | null>(null)
  const matrix = useRef<MatrixHandle>(null)
  const { inputs, work, solved } = plan
  const parts = useMatrix(inputs, work, solved, solved, view, names, false)
  useKeys('keysScreen', [
    {
      chord: 'F6',
      label: a('panelKey'),
      run: () => {
        if (!focusPanel() && (!cell || !matrix.current?.focus(cell))) matrix.current?.focusFirst()
      },
    },
  ])
  const onGo = (next: Cell) => {
    setCell(next)
    matrix.current?.focus(next)
  }
  return (
    <>
      <div className={styles.bar}>
        <ViewBar
          grouping={view.grouping}
          order={view.order}
          show={show}
          onGrouping={(grouping) => setView((present) => ({ ...present, grouping, shut: new Set() }))}
          onOrder={(order) => setView((present) => ({ ...present, order }))}
          onShow={setShow}
        />
        <span className={styles.spacer} />
        <Legend />
      </div>
      <div className={styles.work}>
        <Matrix
          label={a('matrixLabel')}
          source={parts.source}
          rows={parts.rows}
          items={parts.items}
          words={parts.words}
          show={show}
          editable={false}
          above={parts.above.slice(0, 2)}
          below={parts.below}
          sheets={parts.sheets}
          onSelect={setCell}
          onToggleGroup={(value) =>
            setView((present) => {
              const shut = new Set(present.shut)
              if (!shut.delete(value)) shut.add(value)
              return { ...present, shut }
            })
          }
          handle={matrix}
        />
        <Panel
          tabs={['why', 'equity']}
          tab={tab}
          onTab={setTab}
          content={(open) =>
            open === 'equity' ? (
              <EquityPanel
                inputs={inputs}
                work={work}
                solved={solved}
                tierOf={parts.tierOf}
                names={names}
                item={cell?.item ?? null}
                onGo={onGo}
              />
            ) : (
              <WhyPanel
                cell={cell}
                plan={cell ? solved.items.get(cell.item) : undefined}
                inputs={inputs}
                work={work}
                rungs={inputs.problem.rungs}
                horizonDays={inputs.problem.horizonDays}
                names={names}
                onUnpin={null}
                isPast
                onGo={onGo}
              />
            )
          }
        />
      </div>
      <div className={styles.foot}>
        <span>{plan.verified && t('verified', { hash: inputs.problemHash.slice(0, 12) })}</span>
        <ExportMenu onSave={(format) => matrix.current?.save(format)} />
      </div>
    </>
  )
}

function SlipGrid({ slips }: { readonly slips: readonly SlipHead[] }) {
  const t = useText(allocationApproveText)
  const language = useLanguage()
  const [, go] = useLocation()
  const columns = useMemo<GridColumn<SlipHead>[]>(
    () => [
      { id: 'number', header: t('colSlip'), kind: 'text', value: (row) => row.number, width: 150 },
      { id: 'state', header: t('colState'), kind: 'text', value: (row) => t(`slip-${row.state}`), width: 100 },
      {
        id: 'unit',
        header: t('colUnit'),
        kind: 'text',
        value: (row) => pickName(row.unitName, row.unitNameEn, language),
        width: 200,
        grow: 1,
      },
      { id: 'town', header: t('colTown'), kind: 'text', value: (row) => row.town, width: 90 },
      {
        id: 'depot',
        header: t('colDepot'),
        kind: 'text',
        value: (row) => pickName(row.depotName, row.depotNameEn, language),
        width: 150,
      },
      { id: 'lines', header: t('colLines'), kind: 'number', value: (row) => row.lines, width: 80 },
      { id: 'packs', header: t('colPacks'), kind: 'number', value: (row) => row.packs, width: 90 },
      {
        id: 'dispatched',
        header: t('colDispatchedAt'),
        kind: 'text',
        value: (row) => formatInstant(row.dispatchedAt),
        width: 150,
      },
    ],
    [t, language],
  )
  return (
    <Grid
      label={t('tabSlips')}
      rows={slips}
      columns={columns}
      rowId={(row) => String(row.slipId)}
      stateKey="round-slips"
      onOpen={(row) => go(`/slips/${row.slipId}`)}
      emptyText={t('noSlips')}
    />
  )
}
