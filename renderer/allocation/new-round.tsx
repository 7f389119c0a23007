import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { PolicyRow, RoundChoice } from '../../api/contract/round.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api, newRequestId, outcomeOf } from '../query.ts'
import { allocationText } from '../text/allocation.ts'
import { useText } from '../text/text.ts'
import { type RoundDraft, readRoundDraft } from './round-draft.ts'
import { noWork } from './round-model.ts'
import { RoundWork } from './round-work.tsx'
import styles from './toolbar.module.css'
import { useRoundNames } from './use-round-names.ts'

export const draftKind = 'round'
const newDraftKey = () => `round/${newRequestId()}`

function defaultChoice(policy: PolicyRow): RoundChoice {
  return {
    depotIds: null,
    itemIds: null,
    unitIds: null,
    policyId: policy.policyId,
    horizonDays: null,
    reserves: [],
  }
}

type Start = { readonly key: string; readonly draft: RoundDraft | null; readonly savedAt: number | null }

/**
 * A round to be: at once with everything in stock, every unit and the first policy, so that there is a plan to look at
 * before anything was chosen. A draft that is there is gone on with; `?draft=` names one, `?draft=new` begins another.
 */
export function NewRoundPage() {
  const t = useText(allocationText)
  const [search, setSearch] = useSearchParams()
  const wanted = search.get('draft')
  const me = useQuery(api.session.me.queryOptions())
  const isStaff = me.data?.roles.some((role) => role === 'clerk' || role === 'manager') ?? false
  const drafts = useQuery({ ...api.draft.list.queryOptions({ input: { kind: draftKind } }), enabled: isStaff })
  const policies = useQuery(api.policy.list.queryOptions({ input: { archived: false } }))
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const units = useQuery(api.unit.list.queryOptions({ input: { archived: false } }))
  const names = useRoundNames()
  const [start, setStart] = useState<Start | null>(null)
  const begun = useRef<string | null>(null)

  const ready = me.data !== undefined && (!isStaff || drafts.data !== undefined)
  useEffect(() => {
    // Which draft it is decides once: it is saved, and listed anew, while it is worked on.
    if (!ready || (start !== null && begun.current === wanted)) return
    begun.current = wanted
    const all = drafts.data ?? []
    const found =
      wanted === 'new'
        ? undefined
        : wanted === null
          ? [...all].sort((a, b) => b.updatedAt - a.updatedAt)[0]
          : all.find((one) => one.key === wanted)
    const draft = found ? readRoundDraft(found.content) : null
    const key = found?.key ?? (wanted?.startsWith(`${draftKind}/`) ? wanted : newDraftKey())
    setStart({ key, draft, savedAt: draft && found ? found.updatedAt : null })
    // The address names the draft from now on: a page that is read again goes on with it.
    begun.current = key
    setSearch({ draft: key }, { replace: true })
  }, [ready, drafts.data, wanted, start, setSearch])

  const failed = [policies, depots, items, units, drafts].find((query) => query.isError)
  const lists = useMemo(
    () =>
      policies.data && depots.data && items.data && units.data
        ? { policies: policies.data, depots: depots.data, items: items.data, units: units.data }
        : null,
    [policies.data, depots.data, items.data, units.data],
  )
  if (failed) {
    const { refusals, fault } = outcomeOf(failed.error)
    return (
      <Page title={t('newTitle')} scroll>
        <Refusals refusals={refusals} fault={fault} />
      </Page>
    )
  }
  if (!lists || !names || !start || !me.data) return <Reading />
  const [first] = lists.policies
  if (!first) {
    return (
      <Page title={t('newTitle')} scroll>
        <div className={styles.nothing}>
          <p>{t('noPolicy')}</p>
          <Button component={Link} href="/policies">
            {t('goPolicies')}
          </Button>
        </div>
      </Page>
    )
  }
  const known = start.draft && lists.policies.some((policy) => policy.policyId === start.draft!.choice.policyId)
  return (
    <RoundWork
      key={start.key}
      draftKey={start.key}
      savedAt={start.savedAt}
      choice={known ? start.draft!.choice : { ...(start.draft?.choice ?? {}), ...defaultChoice(first) }}
      work={start.draft?.work ?? noWork}
      note={start.draft?.note ?? ''}
      lists={lists}
      names={names}
      canSave={isStaff}
      canApprove={me.data.roles.includes('manager')}
      onStartAfresh={() => setSearch({ draft: 'new' })}
    />
  )
}
