/**
 * The problem and the result of an allocation, as they stand in a plan file (`frontstock-plan/1` and `frontstock-result/1`).
 *
 * Quantities end in their unit: `Base` is pieces in the item's base unit, `Packs` whole packs, `Milli` thousandths,
 * `Percent` hundredths. Every number is an integer, except days, which may have three decimals. Dates are `YYYY-MM-DD`.
 */

/** Which pack of a unit competes at which level: cover before the pack (d = 0), in its middle (d = ½), after it (d = 1). */
export type Rounding = 'runs-out-first' | 'nearest' | 'least-over'

/** One rung of the ladder: these tiers are raised to so many plain days; the weights order the packs within the rung. */
export type Rung = {
  readonly tiers: readonly number[]
  readonly days: number
  /** By tier; a tier that is not named weighs 100. */
  readonly weightPercent?: Readonly<Record<string, number>>
  /** What people call it; decides nothing. */
  readonly name?: string
  readonly nameEn?: string
}

export type Lot = {
  readonly lot: string
  readonly depot: string
  /** Packs that may be given: on hand less reserved. */
  readonly packs: number
  /** The last day of use; null never expires and is drawn last. */
  readonly expiresOn: string | null
  /** A lot on hold goes to nobody. */
  readonly held?: boolean
  /** Pieces in a pack of this lot, where it differs from the item's. */
  readonly packBase?: number
}

/** A manufacturer's promise that the rolling horizon counts on, less what its record says it will fall short. */
export type PromisedDelivery = {
  readonly on: string
  readonly quantityBase: number
  /** Share of the promise that is expected to arrive; 80 where the manufacturer has no record. */
  readonly haircutPercent: number
}

export type Item = {
  readonly item: string
  readonly packBase: number
  readonly reservePacks: number
  readonly lots: readonly Lot[]
  /** Items whose lots may be given in place of this one, unless the unit's line says otherwise. */
  readonly substitutes?: readonly string[]
  readonly promises?: readonly PromisedDelivery[]
}

export type UnitLine = {
  readonly item: string
  readonly stockBase: number
  readonly useMilliPerDay: number
  /** Only caps: asking for more than the norm changes nothing. */
  readonly requestBase: number | null
  /** The most that may be given now; a pin overrules it. */
  readonly capBase: number | null
  /** Fixed by the manager, in packs of the item's own size. */
  readonly pinPacks: number | null
  /** Carried rounding credit in thousandths of a pack; the larger wins a tie. */
  readonly creditMilli: number
  /** Depots that this unit can draw on; null is all. */
  readonly depots: readonly string[] | null
  /** Lots that the unit's grade permits; null is all. */
  readonly lots?: readonly string[] | null
  /** Overrules the item's list of substitutes; null keeps it. */
  readonly substitutes?: readonly string[] | null
}

export type Unit = {
  readonly unit: string
  readonly tier: number
  readonly lines: readonly UnitLine[]
  /** Cost of carrying one pack from each depot (metres, minutes, cents: any one measure). */
  readonly distances?: Readonly<Record<string, number>> | null
}

export type Problem = {
  readonly format: 'frontstock-plan/1'
  readonly date: string
  readonly horizonDays: number
  readonly rounding: Rounding
  readonly rungs: readonly Rung[]
  readonly items: readonly Item[]
  readonly units: readonly Unit[]
  /** Give short-dated packs only to a unit that will use them before they expire. Off when left out. */
  readonly nearExpiry?: boolean
  /** Look so many days ahead and hold back today what promised deliveries may not replace. Off when null or left out. */
  readonly rollingDays?: number | null
}

/**
 * What stopped a line where it stands.
 * pin: the manager fixed it. need: it has all it needs. cap: its cap or its own request is reached.
 * floor: its rung is full and the supply ended before its next rung (or the policy has no further rung for it).
 * level: units that would run out sooner took the last packs. tie: equal cover, and credit, use or code decided.
 * expiry: it would not use more before it expires. source: what this unit may draw on is used up.
 */
export type Reason = 'pin' | 'floor' | 'level' | 'cap' | 'expiry' | 'source' | 'tie' | 'need'

/** Packs drawn from one lot. `item` and `packBase` are there only where they differ from the line's item. */
export type LotDraw = {
  readonly lot: string
  readonly depot: string
  readonly packs: number
  readonly item?: string
  readonly packBase?: number
}

export type Line = {
  readonly unit: string
  readonly item: string
  readonly packs: number
  readonly quantityBase: number
  /** Rung (from 1) of the last pack; null when there is none or the line is pinned. */
  readonly rung: number | null
  /** Plain days, three decimals, rounded down; null when the unit uses none. */
  readonly coverBeforeDays: number | null
  readonly coverAfterDays: number | null
  readonly reason: Reason
  /** The next pack of this line would be so many-th of further packs; null when it can take no more. */
  readonly queuePacks: number | null
  readonly lots: readonly LotDraw[]
}

/** A pack's place in the order: `pack` is how many packs the line holds before it. */
export type PackPlace = {
  readonly unit: string
  readonly item: string
  readonly pack: number
  readonly rung: number
}

/** A lot by name, within its item and depot. */
export type LotName = { readonly item: string; readonly depot: string; readonly lot: string }

/** Lots that are used up among the lines that depend on them: the proof that no refused line there could have more. */
export type TightSet = {
  readonly lots: readonly LotName[]
  readonly lastGranted: PackPlace | null
  readonly firstRefused: PackPlace
}

/**
 * Proof of the plan: every granted pack precedes every refused one. `tight` is there where lots are restricted (by depot,
 * grade, substitute or near expiry), and holds one proof for each set of lots that ran out.
 */
export type Certificate = {
  readonly lastGranted: PackPlace | null
  readonly firstRefused: PackPlace | null
  readonly tight?: readonly TightSet[]
}

/** For a plan that is not proven best: the worst-off unit of the first unfinished rung, and what no plan can exceed. */
export type Bound = {
  readonly rung: number
  /** Weighted days in thousandths. */
  readonly worstOffMilliDays: number
  readonly boundMilliDays: number
}

/** The rolling horizon's finding for an item: the share of normal use that lasts, and the day that decides it. */
export type ServiceLevel = {
  /** In hundredths of a percent, at most 10,000. */
  readonly levelBasisPoints: number
  /** The tightest day; null when everything is covered. */
  readonly tightestOn: string | null
  /** Packs that would be given with the switch off. */
  readonly grantedPacksWithout: number
}

export type ItemResult = {
  readonly item: string
  /** Packs given to lines of this item, substitutes included. */
  readonly grantedPacks: number
  /** Usable packs of this item's lots that stay in the depots beyond the reserve. */
  readonly leftPacks: number
  readonly exact: boolean
  readonly certificate: Certificate
  readonly bound?: Bound
  readonly serviceLevel?: ServiceLevel
}

/** Lines are ordered by item as in the problem, then by unit code point. */
export type Plan = {
  readonly format: 'frontstock-result/1'
  /** Hash of the problem's canonical text; empty until the plan is written to a file. */
  readonly problemSha256: string
  readonly lines: readonly Line[]
  readonly items: readonly ItemResult[]
}
