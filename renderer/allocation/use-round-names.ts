import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../query.ts'
import { useLanguage } from '../text/text.ts'
import { type RoundNames, roundNames } from './round-names.ts'

/** Names of everything that a round can be about, archived or not; null while they are being read. */
export function useRoundNames(): RoundNames | null {
  const language = useLanguage()
  const units = useQuery(api.unit.list.queryOptions({ input: { archived: false } }))
  const oldUnits = useQuery(api.unit.list.queryOptions({ input: { archived: true } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const oldItems = useQuery(api.item.list.queryOptions({ input: { archived: true } }))
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const read = [units.data, oldUnits.data, items.data, oldItems.data, depots.data] as const
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is these five
  return useMemo(() => {
    const [a, b, c, d, e] = read
    return a && b && c && d && e ? roundNames(language, [...b, ...a], [...d, ...c], e) : null
  }, [language, ...read])
}
