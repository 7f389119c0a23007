import { demandOn, type SourceSet, sourceSetOf } from './allowance.ts'
import { comparePlaces, type Place, rungOfPack } from './order.ts'
import { splitSizes } from './pack-size.ts'
import { mostPacks } from './prepare.ts'
import type { Certificate, LotName, PackPlace, Plan } from './problem.ts'
import { boundOf } from './sizes-bound.ts'
import type { Checked } from './verify-checked.ts'

function nameOf(checked: Checked, place: Place | null): string {
  if (!place) return 'none'
  const { unit, item } = checked.lines[place.line]!
  return `${unit} ${item} pack ${place.pack} rung ${place.rung + 1}`
}

function isSame(checked: Checked, place: Place | null, given: PackPlace | null): boolean {
  if (!place || !given) return !place && !given
  const { unit, item } = checked.lines[place.line]!
  return given.unit === unit && given.item === item && given.pack === place.pack && given.rung === place.rung + 1
}

function later(checked: Checked, a: Place | null, b: Place): Place {
  return a && comparePlaces(checked.ladder, a, b) >= 0 ? a : b
}

/** The largest granted place that draws on a set. */
function lastOn(checked: Checked, set: SourceSet): Place | null {
  const { group, packs, ladder } = checked
  let last: Place | null = null
  for (let line = 0; line < packs.length; line++) {
    if (group.lines.pin[line]! >= 0 || packs[line]! <= set.allowance[line]!) continue
    const pack = packs[line]! - 1
    last = later(checked, last, { rung: rungOfPack(ladder, line, pack), line, pack })
  }
  return last
}

/** Places of the packs that lines are refused: they could take one more by rungs, request and cap. */
function refusedPlaces(checked: Checked): Place[] {
  const { group, packs, ladder } = checked
  const most = mostPacks(group.lines, group.lines.pin, ladder.packBase)
  const refused: Place[] = []
  for (let line = 0; line < packs.length; line++) {
    if (packs[line]! >= most[line]!) continue
    const rung = rungOfPack(ladder, line, packs[line]!)
    if (rung >= 0) refused.push({ rung, line, pack: packs[line]! })
  }
  return refused
}

/**
 * A plan is the first packs in order if every refused pack meets a set of lots that is used up, and everything drawn on
 * that set precedes it: taken in order, the set would have been used up by then. And the lots carry the plan, which the
 * draws have shown.
 */
export function checkCertificate(checked: Checked, plan: Plan): void {
  const { prepared, group, ladder, packs, fail } = checked
  const names = new Set(group.items.map((index) => prepared.problem.items[index]!.item))
  const code = [...names][0]!
  const certificate = plan.items.find((result) => result.item === code)!.certificate
  const sets = setsOf(checked, certificate)
  if (!sets) return
  const refused = refusedPlaces(checked)
  const lasts = sets.map((set) => lastOn(checked, set))
  const used = sets.map((set) => demandOn(set, packs) === set.supply)
  let first: Place | null = null
  for (const place of refused) {
    if (!first || comparePlaces(ladder, place, first) < 0) first = place
    let isProven = false
    let isUsed = false
    for (let at = 0; at < sets.length && !isProven; at++) {
      const last = lasts[at]!
      if (!used[at] || packs[place.line]! < sets[at]!.allowance[place.line]!) continue
      isUsed = true
      isProven = !last || comparePlaces(ladder, last, place) < 0
    }
    if (isProven) continue
    const last = lasts.find((each) => each !== null) ?? null
    if (isUsed) fail('pack-out-of-order', nameOf(checked, place), nameOf(checked, last))
    else fail('set-not-used-up', nameOf(checked, place))
    return
  }
  if (!isSame(checked, first, certificate.firstRefused)) {
    fail('certificate-wrong', code, describe(certificate.firstRefused), nameOf(checked, first))
  }
  if (certificate.tight) {
    certificate.tight.forEach((tight, at) => {
      if (!isSame(checked, lasts[at]!, tight.lastGranted)) {
        fail('certificate-wrong', `${code} set ${at + 1}`, describe(tight.lastGranted), nameOf(checked, lasts[at]!))
      }
    })
  } else if (!isSame(checked, lasts[0]!, certificate.lastGranted)) {
    fail('certificate-wrong', code, describe(certificate.lastGranted), nameOf(checked, lasts[0]!))
  }
}

function describe(place: PackPlace | null): string {
  return place ? `${place.unit} ${place.item} pack ${place.pack} rung ${place.rung}` : 'none'
}

/** The certificate's sets of lots as sets of sources; all sources where lots are open to all. */
function setsOf(checked: Checked, certificate: Certificate): SourceSet[] | null {
  const { prepared, group, ladder, fail } = checked
  const { sources } = group.supply
  if (group.isPooled) return [sourceSetOf(prepared, group, ladder.packBase, new Uint8Array(sources.length).fill(1))]
  const sets: SourceSet[] = []
  for (const { lots } of certificate.tight ?? []) {
    const marks = marksOf(checked, lots)
    if (!marks) {
      fail('certificate-wrong', lots.map(({ item, lot }) => `${item} ${lot}`).join(', '))
      return null
    }
    sets.push(sourceSetOf(prepared, group, ladder.packBase, marks))
  }
  return sets
}

function marksOf({ prepared, group }: Checked, lots: readonly LotName[]): Uint8Array | null {
  const wanted = new Set(lots.map(({ item, depot, lot }) => JSON.stringify([item, depot, lot])))
  const { sources } = group.supply
  const marks = new Uint8Array(sources.length)
  let found = 0
  for (let at = 0; at < sources.length; at++) {
    const source = sources[at]!
    const { item } = prepared.problem.items[source.item]!
    const named = source.lots.filter(({ lot }) => wanted.has(JSON.stringify([item, source.depot, lot])))
    if (named.length > 0 && named.length < source.lots.length) return null
    if (named.length > 0) marks[at] = 1
    found += named.length
  }
  return found === wanted.size ? marks : null
}

/** With several pack sizes: the worst-off line and the bound are worked out again, and are what the result says. */
export function checkBound(checked: Checked, plan: Plan): void {
  const { prepared, group, ladder, quantityBase, fail } = checked
  const bound = boundOf(ladder, splitSizes(prepared, group), group.lines.pin, quantityBase)
  for (const index of group.items) {
    const { item } = prepared.problem.items[index]!
    const given = plan.items.find((result) => result.item === item)?.bound
    const isEqual =
      given?.rung === bound?.rung &&
      given?.worstOffMilliDays === bound?.worstOffMilliDays &&
      given?.boundMilliDays === bound?.boundMilliDays
    if (!isEqual) fail('bound-wrong', item, JSON.stringify(given), JSON.stringify(bound))
  }
}
