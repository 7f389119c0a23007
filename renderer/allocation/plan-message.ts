import { formatNumber } from '../format.ts'
import type { allocationText } from '../text/allocation.ts'
import type { Translate } from '../text/text.ts'
import { mostPacks } from './cell-block.ts'
import type { CellNotice, TextProblem } from './matrix.tsx'
import type { RoundNames } from './round-names.ts'
import type { EditRefusal } from './round-state.ts'
import type { ItemPlan } from './solve-round.ts'

type AllocationTranslate = Translate<(typeof allocationText.keys)[number]>

/** Why an item has no plan, with the numbers. */
export function refusalMessage(plan: ItemPlan, names: RoundNames, t: AllocationTranslate): string {
  const { refusal } = plan
  if (!refusal) return ''
  if (refusal.kind === 'malformed')
    return t('malformed', { path: refusal.path, given: refusal.given, allowed: refusal.allowed })
  return t('pinsExceed', {
    item: names.item(plan.item),
    pinned: formatNumber(refusal.pinnedPacks),
    pack: names.packName(plan.item),
    supply: formatNumber(refusal.supplyPacks),
  })
}

/** What to say at the cell whose pin does not fit; null when the edit was no single cell's. */
export function refusedCellNotice(refused: EditRefusal, names: RoundNames, t: AllocationTranslate): CellNotice | null {
  const { cell, plans } = refused
  const plan = plans[0]
  if (!cell || !plan) return null
  const refusal = plan.refusal
  if (refusal?.kind !== 'pins-above-supply' || plan.item !== cell.item) {
    return { unit: cell.unit, item: cell.item, text: refusalMessage(plan, names, t) }
  }
  const others = refusal.pinnedPacks - cell.packs
  return {
    unit: cell.unit,
    item: cell.item,
    text: t('pinExceeds', {
      packs: formatNumber(cell.packs),
      pack: names.packName(cell.item),
      item: names.item(cell.item),
      supply: formatNumber(refusal.supplyPacks),
      others: formatNumber(others),
      most: formatNumber(Math.max(0, refusal.supplyPacks - others)),
    }),
  }
}

/** What to say of text that is not a number of packs: at the first such cell, with the count of the others. */
export function problemNotice(
  problems: readonly TextProblem[],
  names: RoundNames,
  t: AllocationTranslate,
): CellNotice | null {
  const [first] = problems
  if (!first) return null
  const sentence = t(`problem-${first.problem}`, {
    given: first.given,
    most: formatNumber(mostPacks),
    pack: names.packName(first.item),
  })
  const more = problems.length > 1 ? t('problemMore', { count: problems.length - 1 }) : ''
  return { unit: first.unit, item: first.item, text: sentence + more }
}
