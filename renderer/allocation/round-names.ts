import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow, UnitRow } from '../../api/contract/place.ts'
import { formatNumber } from '../format.ts'
import { allocationText } from '../text/allocation.ts'
import { type Language, nameOf, textIn } from '../text/text.ts'
import { measureName, packWord, wordText } from '../text/words.ts'
import type { MatrixItem } from './matrix-columns.ts'
import type { UnitFacts } from './matrix-rows.ts'

/** Words for the codes of a problem, in the reader's language. A code without a row stands for itself. */
export type RoundNames = {
  readonly unit: (code: string) => string
  readonly item: (code: string) => string
  readonly depot: (code: string) => string
  readonly packName: (item: string) => string
  readonly baseUnit: (item: string) => string
  readonly unitRow: (code: string) => UnitRow | undefined
  /** 0 for a code without a row. */
  readonly itemId: (code: string) => number
  readonly facts: (code: string, tier: number) => UnitFacts
  readonly column: (code: string, packBase: number) => MatrixItem
  /** The heading of a group of units: a town, a kind, a tier. */
  readonly group: (grouping: string, value: string) => string
}

export function roundNames(
  language: Language,
  units: readonly UnitRow[],
  items: readonly ItemRow[],
  depots: readonly DepotRow[],
): RoundNames {
  const unitByCode = new Map(units.map((unit) => [unit.code, unit]))
  const itemByCode = new Map(items.map((item) => [item.code, item]))
  const depotByCode = new Map(depots.map((depot) => [depot.code, depot]))
  const t = textIn(allocationText, language)
  const w = textIn(wordText, language)
  const name = (row: { name: string; nameEn: string } | undefined, code: string) => (row ? nameOf(row, language) : code)
  const words = new Set<string>(wordText.keys)
  const word = (key: string, otherwise: string) =>
    words.has(key) ? w(key as (typeof wordText.keys)[number]) : otherwise
  return {
    unit: (code) => name(unitByCode.get(code), code),
    item: (code) => name(itemByCode.get(code), code),
    depot: (code) => name(depotByCode.get(code), code),
    packName: (code) => packWord(itemByCode.get(code)?.packName ?? '', language),
    baseUnit: (code) => measureName(itemByCode.get(code)?.baseUnit ?? '', language),
    unitRow: (code) => unitByCode.get(code),
    itemId: (code) => itemByCode.get(code)?.itemId ?? 0,
    facts: (code, tier) => {
      const row = unitByCode.get(code)
      return {
        unit: code,
        tier,
        name: name(row, code),
        town: row?.town ?? '',
        unitKind: row?.unitKind ?? '',
        search: `${code} ${row?.search ?? ''} ${row?.nameEn ?? ''} ${row?.name ?? ''} ${row?.town ?? ''}`.toLowerCase(),
      }
    },
    column: (code, packBase) => {
      const row = itemByCode.get(code)
      const pack = row?.packName ?? ''
      return {
        code,
        name: name(row, code),
        specification: row?.specification ?? '',
        pack: t('packOf', {
          pack: packWord(pack, language),
          size: formatNumber(packBase),
          unit: measureName(row?.baseUnit ?? '', language),
        }),
        packName: pack,
      }
    },
    group: (grouping, value) =>
      grouping === 'unitKind'
        ? word(`unitKind-${value}`, value)
        : grouping === 'tier'
          ? word(`tier-${value}`, value)
          : value || w('none'),
  }
}
