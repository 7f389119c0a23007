import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import type { Choice } from '../grid/cell-value.ts'
import { api } from '../query.ts'
import { nameOf, useLanguage } from '../text/text.ts'

/** The item as a choice: found by name, pinyin, initials or code. */
function itemChoice(item: ItemRow, name: string): Choice {
  return { value: item.itemId, label: [name, item.specification].filter(Boolean).join(' · '), search: item.search }
}

export type ItemChoices = {
  /** Items that can be chosen; undefined while they are read. */
  readonly choices: readonly Choice[] | undefined
  /** Archived ones too, to name what was chosen before. */
  readonly byId: ReadonlyMap<number, ItemRow>
}

export function useItemChoices(): ItemChoices {
  const language = useLanguage()
  const active = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const archived = useQuery(api.item.list.queryOptions({ input: { archived: true } }))
  return useMemo(
    () => ({
      choices: active.data?.map((item) => itemChoice(item, nameOf(item, language))),
      byId: new Map([...(active.data ?? []), ...(archived.data ?? [])].map((item) => [item.itemId, item])),
    }),
    [active.data, archived.data, language],
  )
}
