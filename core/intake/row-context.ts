import type { CivilDate } from '../civil-date.ts'
import { normaliseText } from '../text.ts'
import type { CatalogueItem } from './catalogue.ts'
import type { PackBase } from './convert-quantity.ts'
import type { DatePurpose, DateReading } from './date-text.ts'
import type { IntakeKind } from './header-words.ts'
import type { NameMatcher } from './match-name.ts'
import type { Reason } from './reasons.ts'
import type { Cell } from './sheet.ts'

/** What a row is read with, and what was read before it. */
export interface RowContext {
  readonly kind: IntakeKind
  readonly today: CivilDate
  readonly epoch: 1900 | 1904
  /** Null when there is no catalogue: names are read and not matched. */
  readonly matcher: NameMatcher | null
  /** Whether the list has a column for the sender or recipient; without one the form asks once. */
  readonly hasParty: boolean
  /** What was read before in this list, so that a value seen again costs a look-up. Made by `createMemory`. */
  readonly memory: RowMemory
}

export interface RememberedMatch {
  readonly item: CatalogueItem | null
  readonly reasons: readonly Reason[]
}

export interface RowMemory {
  /** By name, then by what stands beside it. */
  readonly matches: Map<string, Map<string, RememberedMatch>>
  readonly dates: Readonly<Record<DatePurpose, Map<string | number, DateReading>>>
  /** Ten years from today: an expiry beyond it is doubted. */
  readonly farExpiry: CivilDate
  /** Text as it stands in a cell → tidied. */
  readonly texts: Map<string, string>
  /** By item (or its name, when it is not on file), then by the text that holds the pack size, then by the unit. */
  readonly packs: Map<CatalogueItem | string, Map<string, Map<string, PackBase>>>
}

export function createMemory(today: CivilDate): RowMemory {
  return {
    farExpiry: `${String(Number(today.slice(0, 4)) + 10).padStart(4, '0')}${today.slice(4)}`,
    matches: new Map(),
    dates: { made: new Map(), expiry: new Map(), day: new Map(), coming: new Map() },
    texts: new Map(),
    packs: new Map(),
  }
}

/** What `map` has under `key`, made when it is missing; not kept once the map is full. */
export function remember<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = make()
  if (map.size < memoryLimit) map.set(key, value)
  return value
}

/** Values remembered at most, so that a list of a hundred thousand different ones doesn't fill the memory. */
export const memoryLimit = 20_000

/** What a spreadsheet leaves in a cell whose formula failed, or which is too narrow for its number. */
export const errorValue = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$|^#{3,}$/

/** A cell as normalised text; null when it holds nothing to see. */
export const asText = (cell: Cell): string | null => {
  if (cell === null) return null
  const text = typeof cell === 'number' ? String(cell) : normaliseText(cell)
  return text === '' ? null : text
}
