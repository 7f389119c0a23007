import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../query.ts'
import { frameText } from '../text/frame.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { furtherEntries, pageEntries } from './pages.ts'

export type FoundKind = 'item' | 'unit' | 'supplier' | 'depot' | 'delivery' | 'round' | 'slip'

/** Where a thing that was found is shown. */
export function pathOf(kind: FoundKind, id: number): string {
  switch (kind) {
    case 'item':
      return `/stock/${id}`
    case 'unit':
      return `/units/${id}`
    case 'supplier':
      return `/manufacturers/${id}`
    case 'depot':
      return '/depots'
    case 'delivery':
      return `/deliveries/${id}`
    case 'round':
      return `/allocation/${id}`
    case 'slip':
      return `/slips/${id}`
  }
}

/** Ctrl+K: pages, and everything that has a name or a number. */
export function Finder() {
  const t = useText(frameText)
  const language = useLanguage()
  const [, go] = useLocation()
  const [typed, setTyped] = useState('')
  // Never an answer to an earlier text: Enter would open what is no longer meant.
  const text = typed.trim()
  const found = useQuery({
    ...api.search.find.queryOptions({ input: { text, limit: 30 } }),
    enabled: text !== '',
    gcTime: 60_000,
  })

  const lower = text.toLowerCase()
  const pages: SpotlightActionData[] = [...pageEntries, ...furtherEntries]
    .filter((page) => lower === '' || t(page.text).toLowerCase().includes(lower) || page.path.includes(lower))
    .map(({ path, text: label, icon: Icon, chord }) => ({
      id: path,
      label: t(label),
      leftSection: <Icon size={18} aria-hidden />,
      rightSection: chord === null ? undefined : <kbd>{chord}</kbd>,
      onClick: () => go(path),
    }))
  const groups = new Map<FoundKind, SpotlightActionData[]>()
  if (text !== '') {
    for (const row of found.data ?? []) {
      const actions = groups.get(row.kind) ?? []
      actions.push({
        id: `${row.kind}-${row.id}`,
        label: nameOf(row, language) || row.code,
        description: nameOf(row, language) === '' ? '' : row.code,
        onClick: () => go(pathOf(row.kind, row.id)),
      })
      groups.set(row.kind, actions)
    }
  }
  const actions: SpotlightActionGroupData[] = [
    ...[...groups].map(([kind, entries]) => ({ group: t(`found-${kind}`), actions: entries })),
    ...(pages.length > 0 ? [{ group: t('findPages'), actions: pages }] : []),
  ]
  return (
    <Spotlight
      actions={actions}
      // What the API found is found; filtering its answer again by label would lose pinyin.
      filter={(_, all) => all}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={() => setTyped('')}
      nothingFound={found.isFetching ? t('waiting') : t('findNothing', { text })}
      shortcut={null}
      scrollable
      maxHeight={420}
      highlightQuery={false}
      centered={false}
      yOffset={64}
      overlayProps={{ blur: 0 }}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('find') } }}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('findPlaceholder'),
        'aria-label': t('find'),
      }}
    />
  )
}
