import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../query.ts'
import { type Language, nameOf } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import type { RequestNames } from './request-fields.ts'

/** Names of units and items, those archived since included; what can be chosen is what is not. */
export function useRequestNames(language: Language): RequestNames & {
  readonly ready: boolean
  readonly search: (unitId: number, itemId: number) => string
} {
  const units = useQuery(api.unit.list.queryOptions({ input: { archived: false } }))
  const pastUnits = useQuery(api.unit.list.queryOptions({ input: { archived: true } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const pastItems = useQuery(api.item.list.queryOptions({ input: { archived: true } }))
  const ready = units.data !== undefined && items.data !== undefined && !pastUnits.isPending && !pastItems.isPending
  return useMemo(() => {
    const unitOf = new Map([...(units.data ?? []), ...(pastUnits.data ?? [])].map((unit) => [unit.placeId, unit]))
    const itemOf = new Map([...(items.data ?? []), ...(pastItems.data ?? [])].map((item) => [item.itemId, item]))
    const itemName = (itemId: number) => {
      const item = itemOf.get(itemId)
      if (!item) return ''
      return `${[nameOf(item, language), item.specification].filter(Boolean).join(' · ')} (${measureName(item.baseUnit, language)})`
    }
    const unitName = (unitId: number) => {
      const unit = unitOf.get(unitId)
      return unit ? nameOf(unit, language) : ''
    }
    return {
      ready,
      unit: unitName,
      town: (unitId) => unitOf.get(unitId)?.town ?? '',
      tier: (unitId) => unitOf.get(unitId)?.tier ?? null,
      item: itemName,
      search: (unitId, itemId) => `${unitOf.get(unitId)?.search ?? ''} ${itemOf.get(itemId)?.search ?? ''}`,
      unitChoices: (units.data ?? []).map((unit) => ({
        value: unit.placeId,
        label: unitName(unit.placeId),
        search: unit.search,
      })),
      itemChoices: (items.data ?? []).map((item) => ({
        value: item.itemId,
        label: itemName(item.itemId),
        search: item.search,
      })),
    }
  }, [units.data, pastUnits.data, items.data, pastItems.data, language, ready])
}
