import { Alert, Button, Modal, Table, Textarea, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import type { PolicyRow } from '../../api/contract/round.ts'
import { formatDays, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { allocationText } from '../text/allocation.ts'
import { allocationApproveText } from '../text/allocation-approve.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import styles from './approve.module.css'
import { type ApproveIntention, type ApproveOutcome, approveRound, newIntention } from './approve-round.ts'
import type { ChangedInputs } from './changed-inputs.ts'
import { ChangeSummary, MoveTable } from './changes-panel.tsx'
import { worstOverall } from './matrix-rows.ts'
import { diffPlans } from './plan-diff.ts'
import { countPins, isOwnLadder } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import type { RoundState } from './round-state.ts'
import { inPlay, type Solved } from './solve-round.ts'

export type ApproveDialogProps = {
  readonly state: RoundState
  readonly policy: PolicyRow
  readonly names: RoundNames
  readonly tierOf: ReadonlyMap<string, number>
  readonly note: string
  readonly onNote: (note: string) => void
  readonly onClose: () => void
  /** After every try: approved, or what stands in the way (the round has to go on with what the outcome brings). */
  readonly onOutcome: (outcome: ApproveOutcome) => void
}

/** What approval will do, in numbers, before it does it. Ctrl+Enter confirms. */
export function ApproveDialog(props: ApproveDialogProps) {
  const { state, policy, names, tierOf, note, onNote, onClose, onOutcome } = props
  const t = useText(allocationApproveText)
  const a = useText(allocationText)
  const language = useLanguage()
  const { round, solved, alone } = state
  const own = isOwnLadder(round.inputs, round.work)
  const [policyName, setPolicyName] = useState(() =>
    t('policyNameSuggestion', { policy: nameOf(policy, language), date: round.inputs.problem.date }).slice(0, 60),
  )
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Extract<ApproveOutcome, { kind: 'failed' }> | null>(null)
  const [changed, setChanged] = useState<ChangedInputs | null>(null)
  const before = useRef<Solved | null>(null)
  const intention = useRef<ApproveIntention>(newIntention())
  const totals = useMemo(() => planTotals(solved), [solved])
  const worst = useMemo(() => worstOverall(inPlay(solved), tierOf), [solved, tierOf])
  const unsolved = [...solved.items.values()].some((plan) => plan.refusal)
  const canApprove = !busy && !unsolved && totals.packs > 0 && (!own || policyName.trim() !== '')
  const diff = useMemo(() => diffPlans(before.current ?? alone, solved), [alone, solved])

  async function approve() {
    if (!canApprove) return
    setBusy(true)
    const planned = solved
    const outcome = await approveRound(round, policy, policyName.trim(), note, intention.current)
    setBusy(false)
    setFailed(outcome.kind === 'failed' ? outcome : null)
    if (outcome.kind === 'changed') {
      before.current = planned
      setChanged(outcome.changes)
      intention.current = newIntention()
    } else if (outcome.kind === 'failed' && outcome.fault === null) intention.current = newIntention()
    onOutcome(outcome)
  }
  useKeys('keysScreen', [{ chord: 'Ctrl+Enter', label: a('approveKey'), run: () => void approve() }])

  return (
    <Modal opened onClose={onClose} title={t('title')} size="xl" closeButtonProps={{ 'aria-label': t('close') }}>
      {changed && <Changed changes={changed} names={names} />}
      {failed && <Refusals refusals={failed.refusals} fault={failed.fault} />}
      <p className={styles.reserves}>
        {t('reserves', {
          packs: formatNumber(totals.packs),
          items: formatNumber(totals.items),
          units: formatNumber(totals.units),
          slips: formatNumber(totals.slips),
        })}
      </p>
      <p className={styles.lead}>
        {countPins(round.work.pins) === 0 ? t('pinsNone') : t('pins', { count: countPins(round.work.pins) })}
        {' · '}
        {t('worst')}{' '}
        {[...worst]
          .sort(([x], [y]) => x - y)
          .map(([tier, found]) => a('worstTier', { tier, days: formatDays(found.coverMilliDays) }))
          .join(' · ')}
      </p>
      {(totals.packs === 0 || unsolved) && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t(unsolved ? 'unsolved' : 'nothing')}
        </Alert>
      )}
      <div className={styles.columns}>
        <div>
          <h3 className={styles.heading}>{t('byItem')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by the keyboard too */}
          <section className={styles.scroll} tabIndex={0} aria-label={t('byItem')}>
            <ItemTable state={state} names={names} />
          </section>
        </div>
        <div>
          <h3 className={styles.heading}>{changed ? t('changedTitle') : t('against')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by the keyboard too */}
          <section className={styles.scroll} tabIndex={0} aria-label={t('against')}>
            <ChangeSummary diff={diff} />
            <MoveTable moves={diff.moves} date={round.inputs.problem.date} names={names} onGo={null} />
          </section>
        </div>
      </div>
      {own && (
        <TextInput
          label={t('policyName')}
          description={t('policyNameHint', { policy: nameOf(policy, language) })}
          value={policyName}
          maxLength={60}
          required
          onChange={(event) => setPolicyName(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('note')}
        placeholder={t('noteHint')}
        value={note}
        maxLength={500}
        autosize
        minRows={1}
        maxRows={3}
        mt="xs"
        onChange={(event) => onNote(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <span className={styles.lead}>{busy ? t('checking') : t('lead')}</span>
        <Button variant="default" onClick={onClose}>
          {t('back')}
        </Button>
        <Button
          data-autofocus
          disabled={!canApprove}
          loading={busy}
          leftSection={<IconCheck size={16} aria-hidden />}
          rightSection={<kbd>Ctrl+Enter</kbd>}
          onClick={() => void approve()}
        >
          {t('confirm', { packs: formatNumber(totals.packs) })}
        </Button>
      </div>
    </Modal>
  )
}

/** Packs, items and units with something, and slips: one for each unit and depot that it draws on. */
function planTotals(solved: Solved) {
  const units = new Set<string>()
  const slips = new Set<string>()
  let packs = 0
  let items = 0
  for (const plan of solved.items.values()) {
    if (plan.grantedPacks > 0) items += 1
    packs += plan.grantedPacks
    for (const line of plan.lines()) {
      if (line.packs === 0) continue
      units.add(line.unit)
      for (const draw of line.lots) slips.add(`${line.unit}\u0000${draw.depot}`)
    }
  }
  return { packs, items, units: units.size, slips: slips.size }
}

function ItemTable({ state, names }: { readonly state: RoundState; readonly names: RoundNames }) {
  const t = useText(allocationApproveText)
  const { inputs, work } = state.round
  const rows = inputs.problem.items.flatMap((item) => {
    const plan = inPlay(state.solved).items.get(item.item)
    if (!plan) return []
    const reserve = work.adjustment.reservePacks[item.item] ?? item.reservePacks
    const units = plan.packs.filter((packs) => packs > 0).length
    return [{ code: item.item, granted: plan.grantedPacks, left: plan.leftPacks, reserve, units }]
  })
  return (
    <Table className={styles.table ?? ''} stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('colItem')}</Table.Th>
          <Table.Th className={styles.number}>{t('colGranted')}</Table.Th>
          <Table.Th className={styles.number}>{t('colUnits')}</Table.Th>
          <Table.Th className={styles.number}>{t('colLeft')}</Table.Th>
          <Table.Th className={styles.number}>{t('colReserve')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.code}>
            <Table.Td>{names.item(row.code)}</Table.Td>
            <Table.Td className={styles.number}>
              {formatNumber(row.granted)} {names.packName(row.code)}
            </Table.Td>
            <Table.Td className={styles.number}>{formatNumber(row.units)}</Table.Td>
            <Table.Td className={styles.number}>{formatNumber(row.left)}</Table.Td>
            <Table.Td className={styles.number}>{formatNumber(row.reserve)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const mostChanges = 12

function Changed({ changes, names }: { readonly changes: ChangedInputs; readonly names: RoundNames }) {
  const t = useText(allocationApproveText)
  const p = useText(allocationText)
  return (
    <div role="alert" className={styles.changed}>
      <h3 className={styles.heading}>
        <IconAlertTriangle size={16} aria-hidden /> {t('changedTitle')}
      </h3>
      <p>{t('changedLead')}</p>
      <ul className={styles.changes}>
        {changes.supply.slice(0, mostChanges).map(({ item, packsBefore, packsNow }) => (
          <li key={item}>
            {t('changedSupply', {
              item: names.item(item),
              before: formatNumber(packsBefore),
              after: formatNumber(packsNow),
              pack: names.packName(item),
            })}
          </li>
        ))}
        {changes.supply.length > mostChanges && (
          <li>{p('pickCount', { count: changes.supply.length - mostChanges })}</li>
        )}
        {changes.needs.length > 0 && <li>{t('changedNeeds', { count: changes.needs.length })}</li>}
        {changes.rule && <li>{t('changedRule')}</li>}
      </ul>
    </div>
  )
}
