import type { UnitKind } from '../place.ts'
import { nameKey, normaliseText } from '../text.ts'
import { type Duty, type DutyPeople, headcountText, readHeadcount } from './headcount.ts'
import type { Field } from './header-words.ts'
import type { DraftRow } from './read-row.ts'
import { guess, type Reason, worstOf, wrong } from './reasons.ts'
import { createSimilarityIndex, type SimilarityIndex } from './similarity.ts'
import { readUnitKind, unitKindNames, unitKindNamesEn, usualDuty, usualTier } from './unit-kind.ts'

/**
 * Rows of a list as frontline units: those on file are found again by name, alias or code, and what the list would change
 * of them is a doubt that a clerk confirms; the others are new. Nothing is overwritten unseen.
 */
export type KnownUnit = {
  readonly placeId: number
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly town: string
  readonly address: string
  readonly contact: string
  readonly phone: string
  readonly note: string
  readonly unitKind: UnitKind
  readonly tier: 1 | 2 | 3
  readonly route: string
  readonly headcount: readonly DutyPeople[]
}

export type UnitFacts = {
  readonly duties: readonly Duty[]
  readonly units: ReadonlyMap<number, KnownUnit>
  /** `nameKey` of every name, English name, alias and code → the units that bear it. */
  readonly byName: ReadonlyMap<string, readonly number[]>
  readonly near: SimilarityIndex<number>
}

/** A unit as the list describes it. Null: the list doesn't say, and what is on file stands. */
export type ReadUnit = {
  readonly name: string
  readonly unitKind: UnitKind | null
  readonly tier: 1 | 2 | 3 | null
  readonly headcount: readonly DutyPeople[]
  readonly aliases: readonly string[]
  readonly texts: Readonly<Partial<Record<TextField, string>>>
}

/** Longest text of each field, as core/place.ts takes it. */
const textFields = { unitCode: 60, nameEn: 60, town: 60, address: 200, contact: 60, phone: 60, route: 60 } as const
type TextField = keyof typeof textFields
const onFile: Readonly<Record<TextField, keyof KnownUnit & string>> = {
  unitCode: 'code',
  nameEn: 'nameEn',
  town: 'town',
  address: 'address',
  contact: 'contact',
  phone: 'phone',
  route: 'route',
}
const textFieldNames = Object.keys(textFields) as TextField[]

/** What the list can say of a unit besides its name. */
export const unitFields = [
  ...textFieldNames,
  'category',
  'tier',
  'headcount',
  'alias',
] as const satisfies readonly Field[]
export type UnitField = (typeof unitFields)[number]
export const isUnitField = (field: string): field is UnitField => (unitFields as readonly string[]).includes(field)

const nearEnough = 0.85
const mostAliases = 20

export function unitFacts(
  units: readonly KnownUnit[],
  aliases: readonly { readonly alias: string; readonly targetId: number }[],
  duties: readonly Duty[],
): UnitFacts {
  const byName = new Map<string, number[]>()
  const near = createSimilarityIndex<number>()
  const add = (name: string, placeId: number) => {
    const key = nameKey(name)
    if (key === '') return
    const known = byName.get(key)
    if (known === undefined) byName.set(key, [placeId])
    else if (!known.includes(placeId)) known.push(placeId)
  }
  const map = new Map(units.map((unit) => [unit.placeId, unit]))
  for (const unit of units) {
    for (const name of [unit.name, unit.nameEn, unit.code]) add(name, unit.placeId)
    near.add(nameKey(unit.name), unit.placeId)
  }
  // What a clerk chose stands, whatever else is called so.
  for (const { alias, targetId } of aliases) if (map.has(targetId)) byName.set(nameKey(alias), [targetId])
  return { duties, units: map, byName, near }
}

/** The unit on file that a row is: by its code, else by its name; null where none fits or several do. */
export function findUnit(row: Pick<DraftRow, 'party' | 'more'>, facts: UnitFacts): number | null {
  for (const name of [row.more?.unitCode, row.party]) {
    const found = facts.byName.get(nameKey(name ?? ''))
    if (found?.length === 1) return found[0]!
    // Of several of the same name it is the one in the town that the list says.
    const town = nameKey(row.more?.town ?? '')
    const there = (found ?? []).filter((one) => town !== '' && nameKey(facts.units.get(one)?.town ?? '') === town)
    if (there.length === 1) return there[0]!
  }
  return null
}

/** What rows of the same unit share, on file or not: the name as written, in one town. */
export const placeKeyOf = (row: Pick<DraftRow, 'party' | 'more'>): string =>
  `${nameKey(row.party ?? '')}|${nameKey(row.more?.town ?? '')}`

/** The row of a report or a request with the unit that it is of; that it is in another town than on file is a doubt. */
export function placeRow(row: DraftRow, facts: UnitFacts): { readonly placeId: number | null; readonly row: DraftRow } {
  const placeId = findUnit(row, facts)
  const before = placeId === null ? '' : (facts.units.get(placeId)?.town ?? '')
  const given = normaliseText(row.more?.town ?? '')
  const [onFileKey, givenKey] = [nameKey(before), nameKey(given)]
  if (onFileKey === '' || givenKey === '' || onFileKey.includes(givenKey) || givenKey.includes(onFileKey))
    return { placeId, row }
  const reasons = [...row.reasons, guess('place', 'unit-in-another-town', { before, given })]
  return { placeId, row: { ...row, reasons, status: worstOf(reasons) } }
}

const writtenAliases = (text: string): string[] =>
  normaliseText(text)
    .split(/[;；、,/|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, mostAliases)

/** What a row says of its unit, with the doubts of every field. */
export function readUnit(
  row: DraftRow,
  placeId: number | null,
  facts: UnitFacts,
): { readonly unit: ReadUnit; readonly reasons: readonly Reason[] } {
  const known = placeId === null ? null : (facts.units.get(placeId) ?? null)
  const more = row.more ?? {}
  const name = normaliseText(row.party ?? '')
  const reasons: Reason[] = []
  if (name === '') reasons.push(wrong('party', 'party-missing'))
  else if ([...name].length > 60)
    reasons.push(wrong('party', 'text-too-long', { length: [...name].length, allowed: 60 }))
  checkPlace(name, known, facts, reasons)
  const kind = readUnitKind(more.category ?? '', known === null ? name : null)
  if (kind.reason !== null) reasons.push(kind.reason)
  const tier = readTier(more.tier ?? '', known === null ? kind.value : null, reasons)
  const people = readHeadcount(more.headcount ?? '', facts.duties, usualDuty(kind.value ?? known?.unitKind ?? null))
  reasons.push(...people.reasons)
  const texts: Partial<Record<TextField, string>> = {}
  for (const field of textFieldNames) {
    const text = normaliseText(more[field] ?? '')
    if (text === '') continue
    texts[field] = text
    if ([...text].length > textFields[field])
      reasons.push(wrong(field, 'text-too-long', { length: [...text].length, allowed: textFields[field] }))
  }
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(texts.phone ?? ''))
    reasons.push(wrong('phone', 'phone-damaged', { given: texts.phone! }))
  const holder = facts.byName.get(nameKey(texts.unitCode ?? ''))?.find((one) => one !== placeId)
  if (texts.unitCode !== undefined && holder !== undefined)
    reasons.push(wrong('unitCode', 'unit-code-of-another', { given: texts.unitCode, value: nameOfUnit(holder, facts) }))
  const aliases = writtenAliases(more.alias ?? '')
  for (const given of aliases) {
    const other = facts.byName.get(nameKey(given))?.find((one) => one !== placeId)
    if (other !== undefined)
      reasons.push(wrong('alias', 'alias-of-another', { given, value: nameOfUnit(other, facts) }))
  }
  const unit: ReadUnit = { name, unitKind: kind.value, tier, headcount: people.people, aliases, texts }
  if (known !== null) reasons.push(...changesOf(unit, known, facts))
  return { unit, reasons }
}

const nameOfUnit = (placeId: number, facts: UnitFacts): string => facts.units.get(placeId)?.name ?? ''

function checkPlace(name: string, known: KnownUnit | null, facts: UnitFacts, reasons: Reason[]): void {
  if (known !== null || name === '') return
  const bearers = facts.byName.get(nameKey(name)) ?? []
  if (bearers.length > 1) {
    const candidates = bearers.map((one) => nameOfUnit(one, facts)).join('、')
    reasons.push(wrong('place', 'unit-several', { given: name, candidates }))
    return
  }
  const near = facts.near.search(nameKey(name), 3).filter(({ score }) => score >= nearEnough)
  if (near.length > 0) {
    const candidates = near.map(({ value }) => nameOfUnit(value, facts)).join('、')
    reasons.push(guess('place', 'unit-similar', { given: name, candidates }))
  }
}

/** 1, 2 级, 第三类; our own `1 级 · 直接接触`. Blank for a new unit: what its kind mostly is, to be confirmed. */
function readTier(text: string, kindOfNew: UnitKind | null, reasons: Reason[]): 1 | 2 | 3 | null {
  const given = normaliseText(text)
  if (given === '') {
    if (kindOfNew === null) return null
    const value = usualTier(kindOfNew)
    reasons.push(guess('tier', 'tier-by-kind', { value }))
    return value
  }
  const read = /^(?:第|tier\s*)?([123一二三ⅠⅡⅢ])\s*(?:级|类|档|层|梯队)?(?:\s*[·(:].*)?$/i.exec(given)
  const at =
    read === null
      ? -1
      : ('123'.indexOf(read[1]!) + 1 || '一二三'.indexOf(read[1]!) + 1 || 'ⅠⅡⅢ'.indexOf(read[1]!) + 1) - 1
  if (at < 0) {
    reasons.push(wrong('tier', 'tier-unknown', { given }))
    return null
  }
  return (at + 1) as 1 | 2 | 3
}

/** What confirming the row would change of the unit on file, each as a doubt. */
function changesOf(unit: ReadUnit, known: KnownUnit, facts: UnitFacts): Reason[] {
  const reasons: Reason[] = []
  const compare = (
    field: string,
    before: string,
    given: string,
    english: { beforeEn?: string; givenEn?: string } = {},
  ) => {
    if (given === before) return
    reasons.push(
      before === ''
        ? guess(field, 'adds-to-file', { given, ...english })
        : guess(field, 'differs-from-file', { before, given, ...english }),
    )
  }
  for (const field of textFieldNames) {
    const given = unit.texts[field]
    if (given !== undefined) compare(field, String(known[onFile[field]]), given)
  }
  if (unit.unitKind !== null)
    compare('category', unitKindNames[known.unitKind], unitKindNames[unit.unitKind], {
      beforeEn: unitKindNamesEn[known.unitKind],
      givenEn: unitKindNamesEn[unit.unitKind],
    })
  if (unit.tier !== null) compare('tier', String(known.tier), String(unit.tier))
  const changed = unit.headcount.filter(
    ({ dutyId, people }) => (known.headcount.find((one) => one.dutyId === dutyId)?.people ?? 0) !== people,
  )
  const duties = new Set(changed.map(({ dutyId }) => dutyId))
  const before = known.headcount.filter(({ dutyId }) => duties.has(dutyId))
  const peopleIn = (people: readonly DutyPeople[], language: 'zh' | 'en') =>
    headcountText(people, facts.duties, language)
  compare('headcount', peopleIn(before, 'zh'), peopleIn(changed, 'zh'), {
    beforeEn: peopleIn(before, 'en'),
    givenEn: peopleIn(changed, 'en'),
  })
  return reasons
}

/** Doubts of the reading that are about the name of the unit; all others are about goods. */
const readingFields: ReadonlySet<string> = new Set(['party', 'note'])
const ofTheList: ReadonlySet<string> = new Set(['unit-rows-differ', 'unit-in-two-towns', 'unit-code-twice'])

/** The row with the doubts that a unit has, and none that an item would have. */
export function markUnit(row: DraftRow, placeId: number | null, facts: UnitFacts): DraftRow {
  const own = readUnit(row, placeId, facts).reasons
  const kept = row.reasons.filter(
    (reason) =>
      (readingFields.has(reason.field) || ofTheList.has(reason.code)) &&
      reason.code !== 'carried-down' &&
      !own.some((one) => one.field === reason.field && one.code === reason.code),
  )
  const reasons = [...kept, ...own]
  return { ...row, reasons, status: worstOf(reasons) }
}

/** After an edit of one field: its doubts, and those that follow from it, are asked anew; the others stay as they are. */
export function remarkUnit(
  before: DraftRow,
  row: DraftRow,
  field: string,
  placeId: number | null,
  facts: UnitFacts,
): DraftRow {
  const asked = new Set(followsFrom[field] ?? [field])
  const fresh = readUnit(row, placeId, facts).reasons
  const reasons = [
    ...before.reasons.filter((reason) => !asked.has(reason.field)),
    ...fresh.filter((reason) => asked.has(reason.field)),
  ]
  return { ...row, reasons, status: worstOf(reasons) }
}

/** The unit as it is saved: what the list says upon what is on file; null while the row has no name or no kind. */
export function unitToSave(row: DraftRow, placeId: number | null, facts: UnitFacts) {
  const { unit } = readUnit(row, placeId, facts)
  const known = placeId === null ? null : (facts.units.get(placeId) ?? null)
  const unitKind = unit.unitKind ?? known?.unitKind ?? null
  const tier = unit.tier ?? known?.tier ?? null
  if (unit.name === '' || unitKind === null || tier === null) return null
  const said = new Set(unit.headcount.map(({ dutyId }) => dutyId))
  const { unitCode, ...texts } = unit.texts
  return {
    code: unitCode ?? known?.code ?? '',
    // Found by an alias or a code, it keeps the name that it has.
    name: known?.name ?? unit.name,
    nameEn: texts.nameEn ?? known?.nameEn ?? '',
    town: texts.town ?? known?.town ?? '',
    address: texts.address ?? known?.address ?? '',
    contact: texts.contact ?? known?.contact ?? '',
    phone: texts.phone ?? known?.phone ?? '',
    route: texts.route ?? known?.route ?? '',
    note: known?.note || (row.note ?? '').slice(0, 500),
    unitKind,
    tier,
    headcount: [...(known?.headcount ?? []).filter(({ dutyId }) => !said.has(dutyId)), ...unit.headcount],
    aliases: [...unit.aliases],
  }
}

const followsFrom: Readonly<Record<string, readonly string[]>> = {
  party: ['party', 'place', 'category', 'tier'],
  category: ['category', 'tier', 'headcount'],
}

/**
 * One row for each unit: rows of the same name become the first, which takes what it lacks from the others. Where they
 * contradict each other the first stands and the difference is a doubt; the same name in two towns stays two rows.
 */
export function mergeUnitRows(rows: readonly DraftRow[], facts: UnitFacts): DraftRow[] {
  const merged: DraftRow[] = []
  const byUnit = new Map<string, number[]>()
  for (const row of rows) {
    const carried = row.reasons.some((reason) => reason.field === 'party' && reason.code === 'carried-down')
    const says = unitFields.some((field) => (row.more?.[field] ?? '') !== '')
    if (carried && says) {
      // Whose phone this is can't be told: the name above it is another unit's, or the same one's.
      const reasons = [wrong('party', 'party-missing'), ...row.reasons.filter((one) => one.code !== 'carried-down')]
      merged.push({ ...row, party: null, reasons, status: 'wrong' })
      continue
    }
    if (row.party === null) {
      merged.push(row)
      continue
    }
    const placeId = findUnit(row, facts)
    const key = placeId === null ? nameKey(row.party) : `#${placeId}`
    const before = byUnit.get(key) ?? []
    const town = nameKey(row.more?.town ?? '')
    const same = before.find((at) => {
      const other = nameKey(merged[at]!.more?.town ?? '')
      return town === '' || other === '' || town === other
    })
    if (same === undefined) {
      const first = before[0]
      byUnit.set(key, [...before, merged.length])
      merged.push(first === undefined ? row : inTwoTowns(row, merged[first]!))
    } else merged[same] = mergeInto(merged[same]!, row)
  }
  return withCodesOnce(merged)
}

/** A code that two rows give is nobody's yet. */
function withCodesOnce(rows: readonly DraftRow[]): DraftRow[] {
  const first = new Map<string, number>()
  return rows.map((row) => {
    const given = normaliseText(row.more?.unitCode ?? '')
    if (given === '') return row
    const before = first.get(nameKey(given))
    if (before === undefined) {
      first.set(nameKey(given), row.source.row)
      return row
    }
    return {
      ...row,
      reasons: [...row.reasons, wrong('unitCode', 'unit-code-twice', { given, row: before })],
      status: 'wrong',
    }
  })
}

function inTwoTowns(row: DraftRow, first: DraftRow): DraftRow {
  const reason = guess('party', 'unit-in-two-towns', {
    row: first.source.row,
    given: row.party ?? '',
    other: first.more?.town ?? '',
  })
  const reasons = [...row.reasons, reason]
  return { ...row, reasons, status: worstOf(reasons) }
}

function mergeInto(first: DraftRow, row: DraftRow): DraftRow {
  let { more, reasons, note } = first
  for (const field of unitFields) {
    const other = row.more?.[field] ?? ''
    const given = more?.[field] ?? ''
    if (other === '' || nameKey(other) === nameKey(given)) continue
    if (given === '') more = { ...more, [field]: other }
    else if (!reasons.some((one) => one.field === field && one.code === 'unit-rows-differ'))
      reasons = [...reasons, guess(field, 'unit-rows-differ', { row: row.source.row, given, other })]
  }
  if (note === null) note = row.note
  if (more === first.more && reasons === first.reasons && note === first.note) return first
  return { ...first, more, note, reasons, status: worstOf(reasons) }
}
