import { usableBefore } from './allowance.ts'
import { isUsable, packBaseOf } from './sources.ts'
import { type Checked, isPackCount } from './verify-checked.ts'

/** What has been drawn, by source of the group and by lot. */
type Drawn = { readonly bySource: Float64Array; readonly byLot: Map<string, number> }

/** Every draw is of a lot that exists, is usable and open to the unit, and nothing is drawn twice over. */
export function checkLots(checked: Checked): void {
  const { prepared, group, lines, fail } = checked
  const { sources, patterns, patternOf } = group.supply
  const { problem } = prepared
  const itemAt = new Map(problem.items.map((item, index) => [item.item, index]))
  const sourceOf = new Map<string, number>()
  sources.forEach((source, at) => {
    for (const { lot } of source.lots) sourceOf.set(JSON.stringify([source.item, source.depot, lot]), at)
  })
  const drawn: Drawn = { bySource: new Float64Array(sources.length), byLot: new Map() }
  lines.forEach((line, index) => {
    const own = new Float64Array(sources.length)
    let packs = 0
    for (const draw of line.lots) {
      const where = `${line.unit} ${line.item} ${draw.depot} ${draw.lot}`
      if (!isPackCount(draw.packs) || draw.packs === 0) fail('packs-not-whole', where, draw.packs)
      packs += draw.packs
      const item = itemAt.get(draw.item ?? line.item)
      const lot =
        item === undefined
          ? undefined
          : problem.items[item]!.lots.find((each) => each.lot === draw.lot && each.depot === draw.depot)
      if (item === undefined || !lot) {
        fail('lot-unknown', where)
        continue
      }
      if (!isUsable(lot, problem.date)) {
        fail('lot-not-usable', where)
        continue
      }
      const key = JSON.stringify([item, draw.depot, draw.lot])
      const source = sourceOf.get(key)
      if (source === undefined || patterns[patternOf[index]!]![source] !== 1) {
        fail('lot-not-open', where)
        continue
      }
      const packBase = packBaseOf(problem.items[item]!, lot)
      const given = draw.packBase ?? problem.items[itemAt.get(line.item)!]!.packBase
      if (given !== packBase) fail('quantity-wrong', where, given, packBase)
      own[source] = own[source]! + draw.packs
      drawn.bySource[source] = drawn.bySource[source]! + draw.packs
      const total = (drawn.byLot.get(key) ?? 0) + draw.packs
      drawn.byLot.set(key, total)
      if (total > lot.packs) fail('lot-overdrawn', where, total, lot.packs)
    }
    if (packs !== line.packs) fail('lots-differ', `${line.unit} ${line.item}`, packs, line.packs)
    if (problem.nearExpiry === true) checkExpiry(checked, index, own)
  })
  checkReserve(checked, drawn.bySource)
  if (group.isPooled) checkFirstExpiry(checked, drawn)
}

/** Pieces drawn from lots that expire by a date are no more than the unit uses until then. */
function checkExpiry({ group, lines, fail }: Checked, index: number, own: Float64Array): void {
  const { sources } = group.supply
  let pieces = 0
  sources.forEach((source, at) => {
    pieces += own[at]! * source.packBase
    const limit = usableBefore(group.lines.use[index]!, group.lines.stock[index]!, 1, source.expiresIn)
    if (own[at]! > 0 && pieces > limit) {
      const { unit, item } = lines[index]!
      fail('expires-unused', `${unit} ${item} ${source.depot} ${source.lots[0]!.lot}`, pieces, limit)
    }
  })
}

function checkReserve(checked: Checked, drawn: Float64Array): void {
  const { prepared, group, isExact, fail } = checked
  for (const index of group.items) {
    const { item, reservePacks, packBase } = prepared.problem.items[index]!
    let usableBase = 0
    let drawnBase = 0
    group.supply.sources.forEach((source, at) => {
      if (source.item !== index) return
      usableBase += source.packs * source.packBase
      drawnBase += drawn[at]! * source.packBase
    })
    const mayBase = Math.max(0, usableBase - reservePacks * packBase)
    if (drawnBase > mayBase) fail('reserve-drawn', item, drawnBase / packBase, Math.floor(mayBase / packBase))
    else if (isExact) checkLeft(checked, index, (mayBase - drawnBase) / packBase)
  }
}

function checkLeft({ prepared, fail, plan }: Checked, index: number, leftPacks: number): void {
  const { item } = prepared.problem.items[index]!
  const given = plan.items.find((result) => result.item === item)?.leftPacks
  if (given !== leftPacks) fail('total-wrong', item, given, leftPacks)
}

/** Open lots: a lot is drawn on only when all that expire before it are used up. */
function checkFirstExpiry({ group, prepared, fail }: Checked, drawn: Drawn): void {
  const { sources } = group.supply
  let earlierLeft = false
  for (let from = 0; from < sources.length; ) {
    let to = from
    let left = 0
    let taken = 0
    while (to < sources.length && sources[to]!.expiresIn === sources[from]!.expiresIn) {
      left += sources[to]!.packs - drawn.bySource[to]!
      taken += drawn.bySource[to]!
      to++
    }
    if (earlierLeft && taken > 0) {
      fail('later-lot-first', `${prepared.problem.items[group.items[0]!]!.item} ${sources[from]!.lots[0]!.lot}`)
      return
    }
    earlierLeft ||= left > 0
    from = to
  }
}
