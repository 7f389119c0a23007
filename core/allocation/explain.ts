import { drawLots } from './lots.ts'
import { ceilingOf, compareLevels, type Place, rungOfPack } from './order.ts'
import type { Prepared } from './prepare.ts'
import type { ItemResult, Line, LotDraw, LotName, PackPlace, Reason, TightSet } from './problem.ts'
import { queuePlaceOf, queuePlacesOf } from './queue.ts'
import type { Tight } from './restricted.ts'
import { quantityBaseOf, type Solution } from './solution.ts'

/** The numbers behind one line; the screen and the slip put them into words. Rungs count from 1, days in thousandths. */
export type LineExplanation = {
  readonly unit: string
  readonly item: string
  readonly tier: number
  readonly packs: number
  readonly quantityBase: number
  readonly stockBase: number
  readonly needBase: number
  /** Asked for more than the norm: it changes nothing, and is flagged. */
  readonly isRequestAboveNeed: boolean
  readonly coverBeforeMilliDays: number | null
  readonly coverAfterMilliDays: number | null
  /** Rung of the last pack; null without packs or when pinned. */
  readonly rung: number | null
  readonly packsByRung: readonly { readonly rung: number; readonly packs: number }[]
  readonly reason: Reason
  /** Rung in which the supply ended, and the level there, in weighted days; null when it did not end. */
  readonly cutRung: number | null
  readonly cutLevelMilliDays: number | null
  readonly nextRung: number | null
  /** Weighted days at which the next pack of this line stands in its rung. */
  readonly nextLevelMilliDays: number | null
  /** Lines that would be served before this one's next pack, and the packs they would take with it. */
  readonly linesAhead: number | null
  readonly queuePacks: number | null
}

/** Plain days of cover in thousandths, rounded down; null when nothing is used. */
export function coverMilliDays(pieces: number, useMilliPerDay: number): number | null {
  return useMilliPerDay > 0 ? Math.floor((pieces * 1_000_000) / useMilliPerDay) : null
}

function needBaseOf(solution: Solution, line: number): number {
  const { use, stock } = solution.group.lines
  return Math.max(0, Math.ceil((solution.horizonMilliDays * use[line]! - 1_000_000 * stock[line]!) / 1_000_000))
}

/** Weighted days in thousandths at which a pack stands in its rung, rounded down. */
function levelMilliDays(solution: Solution, place: Place): number {
  const { ladder } = solution
  const { stock, use, tier } = ladder.lines
  const doubled = 2 * stock[place.line]! + ladder.packBase * (2 * place.pack + ladder.shift)
  const weight = ladder.rungs[place.rung]!.weight[tier[place.line]!]!
  return Math.floor((doubled * 50_000_000) / (weight * use[place.line]!))
}

/** What the line waits for: the proof of the lots that ran out for it. */
function proofOf(solution: Solution, line: number): { readonly last: Place | null; readonly first: Place | null } {
  if (!solution.tight) return solution
  return solution.tight[solution.stops?.[line] ?? -1] ?? { last: null, first: null }
}

function reasonOf(solution: Solution, line: number): Reason {
  const { ladder, packs, most, pin, stops, tight, group } = solution
  const quantityBase = quantityBaseOf(solution, line)
  if (pin[line]! >= 0) return 'pin'
  const inOrder = !solution.isExact ? Math.min(quantityBase, most[line]!) : packs[line]!
  const next = rungOfPack(ladder, line, inOrder)
  if (next < 0) return quantityBase >= needBaseOf(solution, line) ? 'need' : 'floor'
  if (inOrder >= most[line]!) return 'cap'
  if (!solution.isExact) return smallestPack(solution, line) > most[line]! - inOrder ? 'cap' : 'level'
  const set = tight?.[stops?.[line] ?? -1]?.set
  if (set && set.allowance[line]! > 0) return 'expiry'
  if (set?.marks.includes(0)) {
    const isOwn = group.supply.sources.every((_, at) => set.marks[at] === 1 || !isOpenToAny(solution, at))
    if (!isOwn) return 'source'
  }
  const { last, first } = proofOf(solution, line)
  if (first && next > first.rung) return 'floor'
  if (!last || last.rung !== next) return 'level'
  const same = compareLevels(ladder, ladder.rungs[next]!, line, packs[line]!, last.line, last.pack) === 0
  return same ? 'tie' : 'level'
}

function isOpenToAny(solution: Solution, source: number): boolean {
  return solution.group.supply.patterns.some((pattern) => pattern[source] === 1)
}

function smallestPack(solution: Solution, line: number): number {
  const { sources, patterns, patternOf } = solution.group.supply
  const pattern = patterns[patternOf[line]!]!
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < sources.length; at++) if (pattern[at] === 1) least = Math.min(least, sources[at]!.packBase)
  return least
}

/** Rung (from 0) of the last pack of a line, −1 for none. */
function lastRungOf(solution: Solution, line: number): number {
  if (solution.pin[line]! >= 0) return -1
  const last =
    (!solution.isExact ? Math.min(quantityBaseOf(solution, line), solution.most[line]!) : solution.packs[line]!) - 1
  return last < 0 ? -1 : rungOfPack(solution.ladder, line, last)
}

export function explainLine(prepared: Prepared, solution: Solution, line: number): LineExplanation {
  const { ladder, packs, group, pin, isExact, most } = solution
  const quantityBase = quantityBaseOf(solution, line)
  const { stock, use, unit, tier, source, requestBase } = group.lines
  const rung = lastRungOf(solution, line)
  const reason = reasonOf(solution, line)
  const { first } = proofOf(solution, line)
  const isWaiting = pin[line]! < 0 && isExact && packs[line]! < most[line]!
  const nextRung = isWaiting ? rungOfPack(ladder, line, packs[line]!) : -1
  const queue = queuePlaceOf(solution, line)
  const needBase = needBaseOf(solution, line)
  const asked = requestBase[line]!
  return {
    unit: prepared.units[unit[line]!]!,
    item: source[line]!.item,
    tier: tier[line]!,
    packs: packs[line]!,
    quantityBase,
    stockBase: stock[line]!,
    needBase,
    isRequestAboveNeed: asked !== Number.POSITIVE_INFINITY && asked > needBase,
    coverBeforeMilliDays: coverMilliDays(stock[line]!, use[line]!),
    coverAfterMilliDays: coverMilliDays(stock[line]! + quantityBase, use[line]!),
    rung: rung < 0 ? null : rung + 1,
    packsByRung: pin[line]! < 0 && isExact ? packsByRung(solution, line) : [],
    reason,
    cutRung: first ? first.rung + 1 : null,
    cutLevelMilliDays: first ? levelMilliDays(solution, first) : null,
    nextRung: nextRung < 0 ? null : nextRung + 1,
    nextLevelMilliDays: nextRung < 0 ? null : levelMilliDays(solution, { rung: nextRung, line, pack: packs[line]! }),
    linesAhead: queue?.linesAhead ?? null,
    queuePacks: queue?.queuePacks ?? null,
  }
}

function packsByRung(solution: Solution, line: number): { rung: number; packs: number }[] {
  const { ladder, packs } = solution
  const parts: { rung: number; packs: number }[] = []
  let held = 0
  ladder.rungs.forEach((each, rung) => {
    const reached = Math.min(packs[line]!, ceilingOf(ladder, each, line))
    if (reached <= held) return
    parts.push({ rung: rung + 1, packs: reached - held })
    held = reached
  })
  return parts
}

function days(milliDays: number | null): number | null {
  return milliDays === null ? null : milliDays / 1000
}

/** Lots of each line of a solution, over all its pack sizes. */
function drawsOf(prepared: Prepared, solution: Solution): readonly LotDraw[][] {
  const portions = solution.portions.map(({ group, packBase, packs }) => drawLots(prepared, group, packBase, packs))
  if (portions.length === 1) return portions[0]!
  return Array.from({ length: solution.group.lines.count }, (_, line) => portions.flatMap((draws) => draws[line]!))
}

/** The lines of a solution as they stand in a result, in the order of its columns. */
export function linesOf(prepared: Prepared, solution: Solution, withoutQueue = false): Line[] {
  const { group, packs } = solution
  const { stock, use, unit, source, count } = group.lines
  const draws = drawsOf(prepared, solution)
  const queue = withoutQueue ? null : queuePlacesOf(solution)
  const lines: Line[] = []
  for (let line = 0; line < count; line++) {
    const quantityBase = quantityBaseOf(solution, line)
    const rung = lastRungOf(solution, line)
    lines.push({
      unit: prepared.units[unit[line]!]!,
      item: source[line]!.item,
      packs: packs[line]!,
      quantityBase,
      rung: rung < 0 ? null : rung + 1,
      coverBeforeDays: days(coverMilliDays(stock[line]!, use[line]!)),
      coverAfterDays: days(coverMilliDays(stock[line]! + quantityBase, use[line]!)),
      reason: reasonOf(solution, line),
      queuePacks: queue && !Number.isNaN(queue[line]!) ? queue[line]! : null,
      lots: draws[line]!,
    })
  }
  return lines
}

export function itemResultsOf(prepared: Prepared, solution: Solution, lines: readonly Line[]): ItemResult[] {
  const { group, isExact, bound, service, tight } = solution
  const placed = (place: Place | null): PackPlace | null => (place ? packPlaceOf(prepared, solution, place) : null)
  const certificate = {
    lastGranted: placed(solution.last),
    firstRefused: placed(solution.first),
    ...(tight ? { tight: tight.map((each) => tightSetOf(prepared, solution, each)) } : {}),
  }
  const drawn = new Map<string, number>()
  const granted = new Map<string, number>()
  for (const line of lines) {
    granted.set(line.item, (granted.get(line.item) ?? 0) + line.packs)
    for (const draw of line.lots) {
      const item = draw.item ?? line.item
      drawn.set(item, (drawn.get(item) ?? 0) + draw.packs)
    }
  }
  return group.items.map((index) => {
    const { item } = prepared.problem.items[index]!
    let capacity = 0
    for (const portion of solution.portions) capacity += portion.group.supply.capacity.get(index) ?? 0
    return {
      item,
      grantedPacks: granted.get(item) ?? 0,
      leftPacks: capacity - (drawn.get(item) ?? 0),
      exact: isExact,
      certificate,
      ...(bound ? { bound } : {}),
      ...(service ? { serviceLevel: service } : {}),
    }
  })
}

function packPlaceOf(prepared: Prepared, solution: Solution, place: Place): PackPlace {
  const { unit, source } = solution.group.lines
  return {
    unit: prepared.units[unit[place.line]!]!,
    item: source[place.line]!.item,
    pack: place.pack,
    rung: place.rung + 1,
  }
}

function tightSetOf(prepared: Prepared, solution: Solution, { set, last, first }: Tight): TightSet {
  const lots: LotName[] = []
  solution.group.supply.sources.forEach((source, at) => {
    if (set.marks[at] === 0) return
    const { item } = prepared.problem.items[source.item]!
    for (const { lot } of source.lots) lots.push({ item, depot: source.depot, lot })
  })
  return {
    lots,
    lastGranted: last ? packPlaceOf(prepared, solution, last) : null,
    firstRefused: packPlaceOf(prepared, solution, first),
  }
}
