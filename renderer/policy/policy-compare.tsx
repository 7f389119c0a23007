import { Select, Table } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { PolicyRow } from '../../api/contract/round.ts'
import type { Problem } from '../../core/allocation/problem.ts'
import { rungsOfPolicy } from '../allocation/use-round.ts'
import { formatDays, formatNumber } from '../format.ts'
import { Refusals } from '../frame/refusals.tsx'
import { api, outcomeOf } from '../query.ts'
import { policyText } from '../text/policy.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { type ComparedPolicy, type Comparison, comparePolicy } from './compare.ts'
import { type PolicyDraft, rungsOfDraft } from './ladder-draft.ts'
import styles from './policy.module.css'

type Row = {
  readonly key: string
  readonly name: string
  readonly isDraft: boolean
  readonly problem: Problem
  readonly policy: ComparedPolicy
}

/** Every policy, and the one being edited, on the stock and needs of this moment. */
export function PolicyCompare({
  policies,
  draft,
}: {
  readonly policies: readonly PolicyRow[]
  /** null where nothing is being edited. */
  readonly draft: PolicyDraft | null
}) {
  const t = useText(policyText)
  const language = useLanguage()
  const [item, setItem] = useState<string | null>(null)
  // Each policy has a problem of its own: only a rolling one brings the promises of manufacturers with it.
  const prepared = useQueries({
    queries: policies.map(({ policyId }) => ({
      ...api.round.prepare.queryOptions({
        input: { depotIds: null, itemIds: null, unitIds: null, policyId, horizonDays: null, reserves: [] },
      }),
      // Read when the page opens: stock moves while it is closed.
      staleTime: 0,
    })),
    combine: (results) => ({
      failed: results.find((result) => result.isError)?.error ?? null,
      problems: results.every((result) => result.data) ? results.map((result) => result.data!.problem) : null,
    }),
  })
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const { problems } = prepared
  const rows = useMemo<readonly Row[]>(() => {
    if (!problems) return []
    const saved = policies.map((policy, index) => ({
      key: String(policy.policyId),
      name: nameOf(policy, language),
      isDraft: false,
      problem: problems[index]!,
      policy: {
        rungs: rungsOfPolicy(policy),
        horizonDays: policy.horizonDays,
        rounding: policy.rounding,
        rollingDays: policy.rollingDays,
        nearExpiry: policy.nearExpiry,
      },
    }))
    const rungs = draft ? rungsOfDraft(draft) : null
    const base = problems.find((problem) => draft?.rollingDays === null || typeof problem.rollingDays === 'number')
    if (!draft || !rungs || !base) return saved
    const { rounding, rollingDays, nearExpiry } = draft
    const policy = { rungs, horizonDays: draft.horizonDays ?? 14, rounding, rollingDays, nearExpiry }
    return [{ key: 'draft', name: draft.name, isDraft: true, problem: base, policy }, ...saved]
  }, [policies, problems, draft, language])

  const [results, setResults] = useState<ReadonlyMap<string, Comparison>>(new Map())
  useEffect(() => {
    // One policy at a time, with the window free in between.
    const waiting = [...rows]
    let timer: ReturnType<typeof setTimeout>
    const step = () => {
      const row = waiting.shift()
      if (!row) return
      const result = comparePolicy(row.problem, row.policy, item)
      setResults((present) => new Map([...present, [row.key, result]]))
      timer = setTimeout(step, 10)
    }
    timer = setTimeout(step, 60)
    return () => clearTimeout(timer)
  }, [rows, item])

  if (prepared.failed) {
    const { refusals, fault } = outcomeOf(prepared.failed)
    return <Refusals refusals={refusals} fault={fault} />
  }
  const problem = problems?.[0]
  const names = new Map(items.data?.map((one) => [one.code, nameOf(one, language)]))
  const givable = problem?.items.filter((one) => one.lots.some((lot) => lot.packs > 0)) ?? []
  if (problem && givable.length === 0) return <p className={styles.muted}>{t('compareNone')}</p>
  const shape = [...results.values()][0]
  return (
    <>
      <div className={styles.compareHead}>
        <p className={styles.muted}>{t('compareLead')}</p>
        <Select
          size="xs"
          aria-label={t('compareItem')}
          searchable
          allowDeselect={false}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          data={[
            { value: '', label: t('compareAll') },
            ...givable.map((one) => ({ value: one.item, label: names.get(one.item) ?? one.item })),
          ]}
          value={item ?? ''}
          onChange={(value) => setItem(value === '' ? null : value)}
        />
      </div>
      {!shape && <p role="status">{t('comparing')}</p>}
      {shape && (
        <Table className={styles.compare ?? ''} aria-label={t('compare')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('colPolicy')}</Table.Th>
              {shape.worst.map(({ tier }) => (
                <Table.Th key={tier} className={styles.right}>
                  {t(item === null ? 'colWorstMean' : 'colWorst', { tier })}
                </Table.Th>
              ))}
              {shape.under.map(({ days }) => (
                <Table.Th key={days} className={styles.right}>
                  {t('colUnder', { days })}
                </Table.Th>
              ))}
              <Table.Th className={styles.right}>{t('colLeft')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const result = results.get(row.key)
              return (
                <Table.Tr key={row.key} data-draft={row.isDraft || undefined}>
                  <Table.Td>
                    {row.name}
                    {row.isDraft && <span className={styles.badge}>{t('thisDraft')}</span>}
                  </Table.Td>
                  {shape.worst.map(({ tier }) => {
                    const worst = result?.worst.find((one) => one.tier === tier)
                    const value = item === null ? worst?.mean : worst?.lowest
                    return (
                      <Table.Td key={tier} className={styles.right}>
                        {value === null || value === undefined ? '' : formatDays(value)}
                      </Table.Td>
                    )
                  })}
                  {shape.under.map(({ days }) => (
                    <Table.Td key={days} className={styles.right}>
                      {formatNumber(result?.under.find((one) => one.days === days)?.units)}
                    </Table.Td>
                  ))}
                  <Table.Td className={styles.right}>{formatNumber(result?.leftPacks)}</Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      )}
    </>
  )
}
