import { milliDays } from './check-problem.ts'
import { coverMilliDays } from './explain.ts'
import { type Ladder, rungOfPack, scaleOf } from './order.ts'
import { type Group, mostPacks, type Prepared, prepare, rungsOf } from './prepare.ts'
import type { Line, LotDraw, Plan, Problem } from './problem.ts'
import { describeRefusal } from './refusal.ts'
import { serviceLevelOf } from './service-level.ts'
import { checkBound, checkCertificate } from './verify-certificate.ts'
import { type Checked, isPackCount } from './verify-checked.ts'
import type { Failure } from './verify-failure.ts'
import { checkLots } from './verify-lots.ts'

export type Verification =
  | { readonly ok: true; readonly lines: number; readonly packs: number }
  | { readonly ok: false; readonly failures: readonly Failure[] }

/** Failures that are collected before the check gives up. */
const mostFailures = 20

/**
 * Checks a plan against its problem without solving it: every hard rule (pins, whole packs, no more than there is, only
 * lots that the unit may take, reserve, request and cap, near expiry), the numbers of each line, first-expiry-first-out
 * where lots are open to all, and the certificate: every line that is refused a pack stands before a set of lots that is
 * used up by packs which all precede it. O(lines) for each set of lots in the certificate. Not checked: that transport is
 * least and split lines few, first-expiry order where lots are restricted, and the places in the queue.
 */
export function verifyPlan(problem: Problem, plan: Plan): Verification {
  const failures: Failure[] = []
  const fail: Checked['fail'] = (kind, where, given = '', expected = '') => {
    if (failures.length < mostFailures) failures.push({ kind, where, given: String(given), expected: String(expected) })
  }
  const preparation = prepare(problem)
  if (!preparation.ok) {
    fail('problem-refused', 'problem', describeRefusal(preparation.refusal, 'en'))
    return { ok: false, failures }
  }
  const { prepared } = preparation
  const lines = new Map<string, Line>()
  for (const line of plan.lines) {
    const key = keyOf(line.unit, line.item)
    if (lines.has(key)) fail('line-twice', `${line.unit} ${line.item}`)
    lines.set(key, line)
  }
  let packs = 0
  for (const group of prepared.groups) {
    const own = linesOfGroup(prepared, group, lines, fail)
    if (!own) continue
    const checked = checkedOf(prepared, group, own, plan, fail)
    if (!checked) continue
    checkLots(checked)
    checkNumbers(checked)
    checkTotals(checked, plan)
    if (failures.length > 0) continue
    if (checked.isExact) checkCertificate(checked, plan)
    else checkBound(checked, plan)
    for (const each of checked.packs) packs += each
  }
  for (const { unit, item } of lines.values()) fail('line-unknown', `${unit} ${item}`)
  return failures.length > 0 ? { ok: false, failures } : { ok: true, lines: plan.lines.length, packs }
}

function keyOf(unit: string, item: string): string {
  return JSON.stringify([unit, item])
}

/** Takes the lines of a group out of the plan's; null when one is missing or its packs are no whole number. */
function linesOfGroup(
  prepared: Prepared,
  group: Group,
  lines: Map<string, Line>,
  fail: Checked['fail'],
): readonly Line[] | null {
  const own: Line[] = []
  let isComplete = true
  for (let at = 0; at < group.lines.count; at++) {
    const unit = prepared.units[group.lines.unit[at]!]!
    const { item } = group.lines.source[at]!
    const key = keyOf(unit, item)
    const line = lines.get(key)
    lines.delete(key)
    if (!line) fail('line-missing', `${unit} ${item}`)
    else if (!isPackCount(line.packs)) fail('packs-not-whole', `${unit} ${item}`, line.packs)
    else {
      own.push(line)
      continue
    }
    isComplete = false
  }
  return isComplete ? own : null
}

function checkedOf(
  prepared: Prepared,
  group: Group,
  lines: readonly Line[],
  plan: Plan,
  fail: Checked['fail'],
): Checked | null {
  const { sizes } = group.supply
  const packBase = sizes[0] ?? prepared.problem.items[group.items[0]!]!.packBase
  const isExact = sizes.length <= 1 && group.items.every((item) => prepared.problem.items[item]!.packBase === packBase)
  const quantityBase = new Float64Array(lines.length)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    for (const draw of line.lots) {
      quantityBase[at] = quantityBase[at]! + draw.packs * packBaseOfDraw({ prepared, group }, at, draw)
    }
    if (quantityBase[at] !== line.quantityBase) {
      fail('quantity-wrong', `${line.unit} ${line.item}`, line.quantityBase, quantityBase[at])
    }
  }
  const rungs = groupRungs(prepared, group, plan, fail)
  const shift = isExact ? prepared.shift : 0
  const scale = isExact ? group.scale : scaleOf(group.lines, 1)
  const ladder: Ladder = { lines: group.lines, scale, rungs, packBase: scale.packBase, shift }
  const packs = Float64Array.from(lines, (line) => line.packs)
  return { prepared, plan, group, lines, packs, quantityBase, ladder, isExact, fail }
}

/** The rungs that the plan was made with: shortened where a rolling horizon held packs back. */
function groupRungs(prepared: Prepared, group: Group, plan: Plan, fail: Checked['fail']): Ladder['rungs'] {
  const { problem } = prepared
  if (problem.rollingDays == null) return prepared.rungs
  const finding = serviceLevelOf(prepared, group, problem.rollingDays)
  for (const index of group.items) {
    const { item } = problem.items[index]!
    const given = plan.items.find((result) => result.item === item)?.serviceLevel
    if (given?.levelBasisPoints !== finding.levelBasisPoints || given.tightestOn !== finding.tightestOn) {
      fail('service-level-wrong', item, given?.levelBasisPoints, finding.levelBasisPoints)
    }
  }
  return rungsOf(problem, Math.floor((milliDays(problem.horizonDays) * finding.levelBasisPoints) / 10_000))
}

function packBaseOfDraw({ prepared, group }: Pick<Checked, 'prepared' | 'group'>, line: number, draw: LotDraw): number {
  return draw.packBase ?? prepared.problem.items[group.lines.item[line]!]!.packBase
}

/** Pins, request and cap, cover, rung. */
function checkNumbers(checked: Checked): void {
  const { group, lines, packs, quantityBase, ladder, isExact, fail } = checked
  const { pin, stock, use, requestBase, capBase } = group.lines
  const most = mostPacks(group.lines, pin, ladder.packBase)
  lines.forEach((line, at) => {
    const where = `${line.unit} ${line.item}`
    const quantity = quantityBase[at]!
    if (pin[at]! >= 0) {
      if (packs[at] !== pin[at]) fail('pin-not-kept', where, packs[at], pin[at])
    } else if (isExact ? packs[at]! > most[at]! : quantity > capBase[at]!) {
      fail('above-cap', where, packs[at], isExact ? most[at] : capBase[at])
    } else if (!isExact && line.lots.length > 0) {
      const smallest = Math.min(...line.lots.map((draw) => packBaseOfDraw(checked, at, draw)))
      if (quantity - smallest >= requestBase[at]!) fail('above-cap', where, quantity, requestBase[at])
    }
    if ((line.reason === 'pin') !== pin[at]! >= 0) fail('reason-wrong', where, line.reason)
    const before = coverMilliDays(stock[at]!, use[at]!)
    const after = coverMilliDays(stock[at]! + quantity, use[at]!)
    if (line.coverBeforeDays !== (before === null ? null : before / 1000)) {
      fail('cover-wrong', where, line.coverBeforeDays, before === null ? null : before / 1000)
    }
    if (line.coverAfterDays !== (after === null ? null : after / 1000)) {
      fail('cover-wrong', where, line.coverAfterDays, after === null ? null : after / 1000)
    }
    const held = isExact ? packs[at]! : Math.min(quantity, requestBase[at]!, capBase[at]!)
    const rung = pin[at]! >= 0 || held === 0 ? -1 : rungOfPack(ladder, at, held - 1)
    if (line.rung !== (rung < 0 ? null : rung + 1)) fail('rung-wrong', where, line.rung, rung < 0 ? null : rung + 1)
  })
}

function checkTotals({ prepared, group, lines, isExact, fail }: Checked, plan: Plan): void {
  const granted = new Map<string, number>()
  for (const line of lines) granted.set(line.item, (granted.get(line.item) ?? 0) + line.packs)
  for (const index of group.items) {
    const { item } = prepared.problem.items[index]!
    const results = plan.items.filter((result) => result.item === item)
    const result = results[0]
    if (!result || results.length > 1) {
      fail('item-missing', item)
      continue
    }
    if (result.grantedPacks !== (granted.get(item) ?? 0)) {
      fail('total-wrong', item, result.grantedPacks, granted.get(item) ?? 0)
    }
    if (result.exact !== isExact) fail('exact-wrong', item, result.exact, isExact)
  }
}
