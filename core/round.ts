import type { Item, Plan, Problem, PromisedDelivery, Rounding, Rung, Unit, UnitLine } from './allocation/problem.ts'
import { type NeedFacts, normsByItem, workOutUnitNeed } from './need.ts'
import { type Refusal, refusal } from './refusal.ts'

/** What the database knows about a round's choice. */
export type RoundFacts = {
  readonly date: string
  readonly horizonDays: number
  readonly rounding: Rounding
  readonly rungs: readonly Rung[]
  readonly items: readonly {
    readonly itemId: number
    readonly code: string
    readonly packSizeBase: number
    readonly reserveBase: number
    /** In place of the reserve above, in packs. */
    readonly reservePacks: number | null
    readonly lots: readonly {
      readonly lotId: number
      readonly depotCode: string
      /** On hand less reserved. */
      readonly availableBase: number
      readonly expiresOn: string | null
      readonly hold: boolean
    }[]
  }[]
  readonly units: readonly {
    readonly unitId: number
    readonly code: string
    readonly tier: number
    readonly headcount: readonly { readonly dutyId: number; readonly people: number }[]
  }[]
  readonly norms: readonly { readonly dutyId: number; readonly itemId: number; readonly milliPerPersonDay: number }[]
  /** By `unitId/itemId`. */
  readonly needs: ReadonlyMap<string, NeedFacts>
  /** Open requests by `unitId/itemId`, in base units. They only cap. */
  readonly requests: ReadonlyMap<string, number>
  /** Codes of the items that may be given in place of one, by its code. */
  readonly substitutes: ReadonlyMap<string, readonly string[]>
  /** Depots that a unit may draw on and how far they are, by unit; a unit that isn't there draws on all. */
  readonly depotsOfUnits: ReadonlyMap<
    number,
    readonly { readonly depot: string; readonly allowed: boolean; readonly metres: number }[]
  >
  /** What manufacturers have promised and not yet delivered, by item code. */
  readonly promises: ReadonlyMap<string, readonly PromisedDelivery[]>
  readonly rollingDays: number | null
  readonly nearExpiry: boolean
  /** Rounding credits of the last approved round, by `unitId/itemId`, in thousandths of a pack. */
  readonly credits: ReadonlyMap<string, number>
}

/**
 * The problem of a round, in the plan file's form. Items and units are named by their codes, depots by theirs, lots by
 * their number in the database (lot numbers are not unique). A lot counts in whole packs: loose pieces stay where they
 * are. What is on slips not yet dispatched counts as the unit's own, so that nobody is served twice.
 */
export function buildProblem(facts: RoundFacts): Problem {
  const norms = normsByItem(facts.norms)
  const codes = new Set(facts.items.map((item) => item.code))
  const items = facts.items.map(
    (item): Item => ({
      item: item.code,
      packBase: item.packSizeBase,
      reservePacks: item.reservePacks ?? Math.ceil(item.reserveBase / item.packSizeBase),
      lots: item.lots
        .map((lot) => ({
          lot: String(lot.lotId),
          depot: lot.depotCode,
          packs: Math.floor(lot.availableBase / item.packSizeBase),
          expiresOn: lot.expiresOn,
          ...(lot.hold ? { held: true } : {}),
        }))
        .filter((lot) => lot.packs > 0),
      ...substitutesOf(facts, item.code, codes),
      ...(facts.rollingDays === null ? {} : { promises: facts.promises.get(item.code) ?? [] }),
    }),
  )
  const stocked = [...new Set(items.flatMap((item) => item.lots.map((lot) => lot.depot)))].sort()
  const units = facts.units.map((unit): Unit => {
    const lines: UnitLine[] = []
    const depots = facts.depotsOfUnits.get(unit.unitId)
    const barred = new Set(depots?.filter((one) => !one.allowed).map((one) => one.depot))
    const reach = barred.size > 0 ? stocked.filter((depot) => !barred.has(depot)) : null
    for (const item of facts.items) {
      const key = `${unit.unitId}/${item.itemId}`
      const { useMilliPerDay, stockBase } = workOutUnitNeed(
        { placeId: unit.unitId, headcount: unit.headcount },
        item.itemId,
        norms.get(item.itemId) ?? new Map(),
        facts.needs,
        facts.date,
      )
      if (useMilliPerDay === 0 && stockBase === 0) continue
      lines.push({
        item: item.code,
        stockBase,
        useMilliPerDay,
        requestBase: facts.requests.get(key) ?? null,
        capBase: null,
        pinPacks: null,
        creditMilli: facts.credits.get(key) ?? 0,
        depots: reach,
      })
    }
    const distances = depots ? { distances: distancesTo(stocked, depots) } : {}
    return { unit: unit.code, tier: unit.tier, lines, ...distances }
  })
  return {
    format: 'frontstock-plan/1',
    date: facts.date,
    horizonDays: facts.horizonDays,
    rounding: facts.rounding,
    rungs: facts.rungs,
    items,
    units: units.filter((unit) => unit.lines.length > 0),
    ...(facts.nearExpiry ? { nearExpiry: true } : {}),
    ...(facts.rollingDays === null ? {} : { rollingDays: facts.rollingDays }),
  }
}

/** A depot whose distance nobody has entered counts as far as the farthest known: it is drawn on last, not first. */
function distancesTo(
  stocked: readonly string[],
  known: readonly { readonly depot: string; readonly metres: number }[],
): Record<string, number> {
  const farthest = Math.max(...known.map((one) => one.metres))
  const metres = new Map(known.map((one) => [one.depot, one.metres]))
  return Object.fromEntries(
    [...new Set([...stocked, ...metres.keys()])].map((depot) => [depot, metres.get(depot) ?? farthest]),
  )
}

/** Substitutes that are in the round themselves: what isn't counted can't be given. */
function substitutesOf(
  facts: RoundFacts,
  code: string,
  codes: ReadonlySet<string>,
): { substitutes?: readonly string[] } {
  const present = (facts.substitutes.get(code) ?? []).filter((one) => codes.has(one))
  return present.length === 0 ? {} : { substitutes: present }
}

export type PlacedPin = { readonly unit: string; readonly tier: number; readonly item: string; readonly packs: number }

/** The problem with these cells fixed; a cell that had no line (nothing used, nothing there) gets one. */
export function withPins(problem: Problem, pins: readonly PlacedPin[]): Problem {
  if (pins.length === 0) return problem
  const byUnit = new Map<string, Map<string, number>>()
  const tiers = new Map<string, number>()
  for (const pin of pins) {
    const cells = byUnit.get(pin.unit) ?? new Map<string, number>()
    byUnit.set(pin.unit, cells.set(pin.item, pin.packs))
    tiers.set(pin.unit, pin.tier)
  }
  const units = problem.units.map((unit) => {
    const cells = byUnit.get(unit.unit)
    if (!cells) return unit
    byUnit.delete(unit.unit)
    return { ...unit, lines: pinLines(unit.lines, cells) }
  })
  for (const [unit, cells] of byUnit) units.push({ unit, tier: tiers.get(unit) ?? 3, lines: pinLines([], cells) })
  return { ...problem, units }
}

function pinLines(lines: readonly UnitLine[], cells: Map<string, number>): UnitLine[] {
  const left = new Map(cells)
  const pinned = lines.map((line) => {
    const pinPacks = left.get(line.item)
    left.delete(line.item)
    return pinPacks === undefined ? line : { ...line, pinPacks }
  })
  for (const [item, pinPacks] of left) {
    pinned.push({
      item,
      stockBase: 0,
      useMilliPerDay: 0,
      requestBase: null,
      capBase: null,
      pinPacks,
      creditMilli: 0,
      depots: null,
    })
  }
  return pinned
}

/** Usable packs of an item for a round on that date, before the reserve: neither held nor expired. */
export function supplyPacks(item: Item, date: string): number {
  return item.lots.reduce(
    (sum, lot) => (lot.held || (lot.expiresOn !== null && lot.expiresOn < date) ? sum : sum + lot.packs),
    0,
  )
}

/** One refusal for each item whose supply differs from what the plan was made with; one for the needs when only they do. */
export function describeChanges(
  planned: ReadonlyMap<string, number>,
  now: Problem,
  names: ReadonlyMap<string, string>,
): Refusal[] {
  const changed: Refusal[] = []
  const codes = new Set([...planned.keys(), ...now.items.map((item) => item.item)])
  const present = new Map(now.items.map((item) => [item.item, supplyPacks(item, now.date)]))
  for (const code of codes) {
    const before = planned.get(code) ?? 0
    const after = present.get(code) ?? 0
    if (before === after) continue
    changed.push(
      refusal('plan-inputs-changed', {
        field: 'supply',
        given: before,
        allowed: after,
        about: { item: code, name: names.get(code) ?? code },
      }),
    )
  }
  return changed.length > 0 ? changed : [refusal('plan-inputs-changed', { field: 'needs' })]
}

export type CutSlipLine = {
  /** What is given: the substitute where there is one. */
  readonly item: string
  /** What it is given for. */
  readonly forItem: string
  readonly lot: string
  readonly packs: number
}
export type CutSlip = { readonly unit: string; readonly depot: string; readonly lines: readonly CutSlipLine[] }

/** One slip for each unit and depot that it draws on, units by code, lines by item and then in the order lots leave. */
export function cutSlips(plan: Plan): CutSlip[] {
  const slips = new Map<string, { unit: string; depot: string; lines: CutSlipLine[] }>()
  for (const line of plan.lines) {
    for (const draw of line.lots) {
      if (draw.packs === 0) continue
      const key = JSON.stringify([line.unit, draw.depot])
      const slip = slips.get(key) ?? { unit: line.unit, depot: draw.depot, lines: [] }
      slips.set(key, slip)
      slip.lines.push({ item: draw.item ?? line.item, forItem: line.item, lot: draw.lot, packs: draw.packs })
    }
  }
  return [...slips.values()].sort((a, b) =>
    a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : a.depot < b.depot ? -1 : a.depot > b.depot ? 1 : 0,
  )
}
