import type { CatalogueItem } from './catalogue.ts'
import { readFamily } from './grade.ts'
import { countByPackSize, type PackSize } from './pack-size.ts'
import { guess, type Reason, wrong } from './reasons.ts'
import { isPackWord, isSameUnit, knownUnit } from './unit-of-measure.ts'

/** How many of the base unit one written unit holds, with what makes it doubtful. */
export interface PackBase {
  readonly packBase: number | null
  readonly reasons: readonly Reason[]
}

const sure = (packBase: number | null): PackBase => ({ packBase, reasons: [] })
const asGuess = (packBase: number, reason: Reason): PackBase => ({ packBase, reasons: [reason] })
const garments = new Set(['coverall', 'isolation-gown', 'surgical-gown'])
const garmentUnits = new Set(['件', '套', '身', '个'])
/** Things that come in a bag but are not counted in bags. */
const countedSingly = new Set([
  'mask',
  'glove',
  'goggles',
  'face-shield',
  'coverall',
  'shoe-cover',
  'boot-cover',
  'cap',
])
const singles = new Set(['goggles', 'face-shield', 'thermometer'])

/**
 * @param written the unit as written; null when the list gives none.
 * @param itemName the name on file or as written, which decides what 件 and 副 mean: one garment, or a case.
 * @param specificationText as written, for the words of the reason.
 */
export function findPackBase(
  written: string | null,
  item: CatalogueItem | null,
  itemName: string,
  packSize: PackSize,
  specificationText: string,
): PackBase {
  if (item === null) return withoutItem(written, itemName, packSize, specificationText)
  const base = item.baseUnit
  if (written === null) return base === '' ? sure(1) : asGuess(1, guess('unit', 'unit-missing', { value: base }))
  if (base === '' ? !isPackWord(written) : isSameUnit(written, base))
    return ownUnit(written, base, packSize, specificationText)
  const family = readFamily(itemName)
  const unit = knownUnit(written)?.unit ?? written
  const baseWord = knownUnit(base)?.unit ?? base
  if (
    family !== null &&
    garments.has(family) &&
    garmentUnits.has(unit) &&
    garmentUnits.has(baseWord) &&
    !packNames(packSize, unit)
  )
    return sure(1)
  const inPairs = pairs(unit, baseWord, family)
  if (inPairs !== null)
    return inPairs === 1
      ? sure(1)
      : asGuess(inPairs, guess('packBase', 'pack-guessed', { given: written, value: inPairs, base, text: written }))
  return byPacks(written, unit, base, item, packSize, specificationText)
}

const packNames = (packSize: PackSize, unit: string): boolean =>
  packSize.steps.some((step) => step.outer !== null && isSameUnit(step.outer, unit))

/** 双 of gloves and shoe covers counted by the single one; 副 of goggles is one thing. */
function pairs(unit: string, base: string, family: string | null): number | null {
  const isPiece = (word: string) => knownUnit(word)?.class === 'piece' || word === '套'
  if (unit === '双' && isPiece(base)) return 2
  if (unit === '副' && isPiece(base)) return family !== null && singles.has(family) ? 1 : 2
  if (base === '副' && isPiece(unit) && family !== null && singles.has(family)) return 1
  return null
}

/** The list counts in the item's own unit; a specification that uses that word for a pack makes it doubtful. */
function ownUnit(written: string, base: string, packSize: PackSize, specificationText: string): PackBase {
  const step = packSize.steps.find((one) => one.outer !== null && isSameUnit(one.outer, written) && one.count > 1)
  if (!step || !isPackWord(written) || step.inner === null || isSameUnit(step.inner, written)) return sure(1)
  return asGuess(
    1,
    guess('packBase', 'pack-guessed', { given: written, value: 1, base: base || written, text: specificationText }),
  )
}

function byPacks(
  written: string,
  unit: string,
  base: string,
  item: CatalogueItem,
  packSize: PackSize,
  specificationText: string,
): PackBase {
  const onFile = item.packs.find((pack) => isSameUnit(pack.unit, written))
  const said =
    countByPackSize(packSize, written, base === '' ? null : base) ?? throughItemPacks(written, item, packSize)
  if (said) {
    if (onFile && onFile.sizeBase !== said.count) {
      return asGuess(
        said.count,
        guess('packBase', 'pack-differs-from-item', {
          given: written,
          value: said.count,
          base,
          other: onFile.sizeBase,
        }),
      )
    }
    if (said.doubt === 'unit-differs') {
      const other = packSize.steps[0]?.outer ?? ''
      return asGuess(said.count, guess('packBase', 'pack-unit-differs', { given: written, other }))
    }
    if (said.doubt === 'guess' && onFile === undefined) {
      return asGuess(
        said.count,
        guess('packBase', 'pack-guessed', { given: written, value: said.count, base, text: specificationText }),
      )
    }
    return sure(said.count)
  }
  if (onFile) return sure(onFile.sizeBase)
  if (unit === '打') return sure(12)
  // One single carton on file answers for 件 and 箱 alike, but not without asking.
  const carton = item.packs.filter((pack) => ['箱', '件'].includes(knownUnit(pack.unit)?.unit ?? pack.unit))
  if ((unit === '件' || unit === '箱') && carton.length === 1) {
    return asGuess(
      carton[0]!.sizeBase,
      guess('packBase', 'pack-unit-differs', { given: written, other: carton[0]!.unit }),
    )
  }
  if (packSize.doubt === 'not-whole' || packSize.doubt === 'several')
    return { packBase: null, reasons: [wrong('packBase', 'pack-unreadable', { text: specificationText })] }
  if (unit === '件' && knownUnit(base)?.class !== 'pack')
    return { packBase: null, reasons: [wrong('unit', 'piece-or-case', { given: written })] }
  if (knownUnit(written) === null)
    return { packBase: null, reasons: [wrong('unit', 'unit-unknown', { given: written })] }
  return { packBase: null, reasons: [wrong('packBase', 'pack-unknown', { given: written, base: base || '?' })] }
}

/** `20盒/箱` with 盒 known to the item as 50: one 箱 is 1,000. */
function throughItemPacks(
  written: string,
  item: CatalogueItem,
  packSize: PackSize,
): ReturnType<typeof countByPackSize> {
  for (const pack of item.packs) {
    const outer = countByPackSize(packSize, written, pack.unit)
    if (outer && !isSameUnit(pack.unit, written)) return { count: outer.count * pack.sizeBase, doubt: outer.doubt }
  }
  return null
}

/** No item on file: the innermost unit of the specification is what there is to count in. */
function withoutItem(
  written: string | null,
  itemName: string,
  packSize: PackSize,
  specificationText: string,
): PackBase {
  if (written === null) return sure(null)
  const unit = knownUnit(written)
  if (unit === null) return asUnknown(written)
  const said = countByPackSize(packSize, written, null)
  if (said) {
    if (said.doubt === 'unit-differs') {
      return asGuess(
        said.count,
        guess('packBase', 'pack-unit-differs', { given: written, other: packSize.steps[0]?.outer ?? '' }),
      )
    }
    if (said.doubt === 'guess') {
      const base = packSize.steps[packSize.steps.length - 1]?.inner ?? '个'
      return asGuess(
        said.count,
        guess('packBase', 'pack-guessed', { given: written, value: said.count, base, text: specificationText }),
      )
    }
    return sure(said.count)
  }
  if (unit.class === 'vessel' && countedSingly.has(readFamily(itemName) ?? '')) return sure(null)
  if (unit.class !== 'pack' && unit.class !== 'other') return sure(1)
  const innermost = packSize.steps[packSize.steps.length - 1]?.inner
  if (innermost && isSameUnit(innermost, written)) return sure(1)
  if (packSize.doubt === 'not-whole' || packSize.doubt === 'several')
    return { packBase: null, reasons: [guess('packBase', 'pack-unreadable', { text: specificationText })] }
  if (unit.unit === '件') {
    const family = readFamily(itemName)
    if (family !== null && garments.has(family)) return sure(1)
    return { packBase: null, reasons: [guess('unit', 'piece-or-case', { given: written })] }
  }
  return sure(null)
}

const asUnknown = (written: string): PackBase => ({
  packBase: null,
  reasons: [guess('unit', 'unit-unknown', { given: written })],
})
