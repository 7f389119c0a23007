import type { DepotRow, UnitRow } from '../../api/contract/place.ts'
import { type Duty, headcountText } from '../../core/intake/headcount.ts'
import { renderReason } from '../../core/intake/reasons.ts'
import {
  findUnit,
  type KnownUnit,
  markUnit,
  mergeUnitRows,
  placeKeyOf,
  readUnit,
  type UnitFacts,
  unitFacts,
  unitToSave,
} from '../../core/intake/unit-list.ts'
import { unitKinds } from '../../core/place.ts'
import { normaliseText } from '../../core/text.ts'
import type { Offer } from '../delivery/offer-list.tsx'
import { type Language, nameOf } from '../text/text.ts'
import type { Learnt } from './known-names.ts'
import type { Reading } from './list-reader.ts'
import type { ListColumn, ListRow } from './list-rows.ts'

/** What is known of units when a list of them is read. */
export function factsOfUnits(units: readonly UnitRow[], learnt: Learnt, duties: readonly Duty[]): UnitFacts {
  const aliases = learnt.names.filter(({ kind }) => kind === 'unit')
  return unitFacts(units satisfies readonly KnownUnit[], aliases, duties)
}

/** One row for each unit of the list, with its doubts. */
export function unitRowsOf(reading: Reading, facts: UnitFacts, newKey: () => number): ListRow[] {
  const tableOf = new Map(reading.rows.map(({ table, row }) => [row.source, table]))
  return mergeUnitRows(
    reading.rows.map(({ row }) => row),
    facts,
  ).map((row) => {
    const placeId = findUnit(row, facts)
    return { key: newKey(), table: tableOf.get(row.source) ?? 0, row: markUnit(row, placeId, facts), placeId }
  })
}

/** The offer before the units on file: none of them, a new one. */
export const newUnitOffer = -1
const mostOffered = 8

export function offerPlaces(units: readonly DepotRow[], typed: string, language: Language): Offer[] {
  const parts = normaliseText(typed).toLowerCase().split(' ').filter(Boolean)
  return units
    .filter((unit) => parts.every((part) => unit.search.includes(part)))
    .slice(0, mostOffered)
    .map((unit) => ({ id: unit.placeId, label: nameOf(unit, language), detail: `${unit.code} · ${unit.town}` }))
}

/** Kinds as offers; the place in the list of kinds is the id. */
export function offerKinds(typed: string, labelOf: (kind: (typeof unitKinds)[number]) => string): Offer[] {
  const part = normaliseText(typed).toLowerCase()
  return unitKinds
    .map((kind, index) => ({ id: index, label: labelOf(kind), detail: kind }))
    .filter(({ label, detail }) => part === '' || label.toLowerCase().includes(part) || detail.includes(part))
}

/**
 * Units that rows of a list name and the register doesn't have: the one of this row, and the others in the order of the
 * list. What the list leaves open is guessed and said; a kind that nothing tells is null.
 */
export function missingUnits(row: ListRow, rows: readonly ListRow[], facts: UnitFacts) {
  const ofRow = placeKeyOf(row.row)
  const merged = mergeUnitRows(
    rows.flatMap((one) => (one.placeId === null && normaliseText(one.row.party ?? '') !== '' ? [one.row] : [])),
    facts,
  )
  const all = (merged.some((one) => placeKeyOf(one) === ofRow) ? merged : [row.row, ...merged]).map((draft) => {
    const marked = markUnit(draft, null, facts)
    const kind = readUnit(marked, null, facts).unit.unitKind
    const telling = marked.reasons.filter(({ code }) => doubtsOfNew.has(code))
    const unit = unitToSave(
      kind === null ? { ...marked, more: { ...marked.more, category: 'enterprise' } } : marked,
      null,
      facts,
    )
    return {
      key: placeKeyOf(draft),
      kind,
      doubts: {
        zh: telling.map((one) => renderReason(one, 'zh')).join('；'),
        en: telling.map((one) => renderReason(one, 'en')).join('; '),
      },
      input: {
        placeId: null,
        version: null,
        ...(unit ?? blankUnit),
        name: normaliseText(draft.party ?? '').slice(0, 60),
      },
    }
  })
  const first = all.find(({ key }) => key === ofRow) ?? all[0]!
  return { first, others: all.filter((one) => one !== first) }
}
const doubtsOfNew: ReadonlySet<string> = new Set([
  'unit-similar',
  'unit-in-two-towns',
  'unit-several',
  'unit-rows-differ',
])
const blankUnit = {
  code: '',
  nameEn: '',
  town: '',
  address: '',
  contact: '',
  phone: '',
  route: '',
  note: '',
  unitKind: 'enterprise' as const,
  tier: 3 as const,
  headcount: [],
  aliases: [],
}

/** What a cell of a list of units says: what would be saved where the list left it to the program, else as written. */
export function createUnitText(
  facts: UnitFacts,
  language: Language,
  labelOf: (kind: (typeof unitKinds)[number]) => string,
): (row: ListRow, column: ListColumn) => string | null {
  const read = new WeakMap<ListRow, ReturnType<typeof readUnit>['unit']>()
  return (row, column) => {
    if (column !== 'category' && column !== 'tier' && column !== 'headcount') return null
    let unit = read.get(row)
    if (unit === undefined) {
      unit = readUnit(row.row, row.placeId, facts).unit
      read.set(row, unit)
    }
    if (column === 'category') return unit.unitKind === null ? null : labelOf(unit.unitKind)
    if (column === 'tier') return unit.tier === null ? null : String(unit.tier)
    return unit.headcount.length === 0 ? null : headcountText(unit.headcount, facts.duties, language)
  }
}

/** Rows as the units that are saved, in their order; rows that can't be are left out. */
export function unitsToSave(rows: readonly ListRow[], units: readonly UnitRow[], facts: UnitFacts) {
  const versions = new Map(units.map((unit) => [unit.placeId, unit.version]))
  return rows.flatMap((row) => {
    const unit = unitToSave(row.row, row.placeId, facts)
    if (unit === null) return []
    const { placeId } = row
    return [{ row, input: { placeId, version: placeId === null ? null : (versions.get(placeId) ?? null), ...unit } }]
  })
}
