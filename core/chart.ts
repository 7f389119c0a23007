import { addDays, daysBetween } from './civil-date.ts'
import { workOutCover } from './need.ts'

/** A change of what lies in the depots, by item and business date. */
export type NetOfDay = { readonly itemId: number; readonly day: string; readonly netBase: number }

export type CoverOfDay = {
  readonly day: string
  /** Half of the items last longer, half shorter; of an even number the lower of the two in the middle. */
  readonly medianMilliDays: number | null
  readonly shortItems: number
}

/** All days from the first to the last, both included. */
export const daysFrom = (from: string, to: string): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index))

/**
 * Days of cover at the end of each day, counted back from what is there now: stock of a day = stock now − what came and
 * left on the days after it. Use is that of now: what norms and people on duty were then is not kept.
 * @param useMilliPerDay by item; items without use have no cover.
 */
export function coverByDay(
  onHandNow: ReadonlyMap<number, number>,
  after: readonly NetOfDay[],
  useMilliPerDay: ReadonlyMap<number, number>,
  days: readonly string[],
  shortBelowDays: number,
): CoverOfDay[] {
  const byDay = Map.groupBy(after, ({ day }) => day)
  const stock = new Map(onHandNow)
  const takeBack = (day: string) => {
    for (const { itemId, netBase } of byDay.get(day) ?? []) stock.set(itemId, (stock.get(itemId) ?? 0) - netBase)
    byDay.delete(day)
  }
  const last = days.at(-1)
  // What is later than the last day asked for is taken back before it is looked at.
  for (const day of [...byDay.keys()]) if (last !== undefined && day > last) takeBack(day)
  const found: CoverOfDay[] = []
  for (const day of days.toReversed()) {
    const covers = [...useMilliPerDay].flatMap(
      ([itemId, use]) => workOutCover(Math.max(0, stock.get(itemId) ?? 0), use) ?? [],
    )
    covers.sort((left, right) => left - right)
    found.push({
      day,
      medianMilliDays: covers.length === 0 ? null : covers[Math.floor((covers.length - 1) / 2)]!,
      shortItems: covers.filter((cover) => cover < shortBelowDays * 1000).length,
    })
    takeBack(day)
  }
  return found.reverse()
}

export type ShareFacts = { readonly group: string; readonly givenBase: number; readonly useMilliPerDay: number }
export type Share = {
  readonly group: string
  readonly givenBase: number
  /** Tenths of a percent of all that was given, and of all that is used a day; null where that is nothing. */
  readonly givenMille: number | null
  readonly useMille: number | null
}

/** What each group of units was given and what it uses, as shares of the whole, in the order of the groups' names. */
export function sharesOf(rows: readonly ShareFacts[]): Share[] {
  const total = (name: 'givenBase' | 'useMilliPerDay', of: readonly ShareFacts[]) =>
    of.reduce((sum, row) => sum + row[name], 0)
  const given = total('givenBase', rows)
  const use = total('useMilliPerDay', rows)
  const mille = (part: number, whole: number) => (whole <= 0 ? null : Math.round((part * 1000) / whole))
  return [...Map.groupBy(rows, ({ group }) => group)]
    .map(([group, of]) => ({
      group,
      givenBase: total('givenBase', of),
      givenMille: mille(total('givenBase', of), given),
      useMille: mille(total('useMilliPerDay', of), use),
    }))
    .sort((left, right) => (left.group < right.group ? -1 : 1))
}

export type ExpiryWeek = {
  readonly from: string | null
  readonly to: string
  readonly lots: number
  readonly onHandBase: number
}

/** Lots by the week in which they expire, from today on: seven days each, the first with what has expired before it. */
export function expiryByWeek(
  lots: readonly { readonly expiresOn: string; readonly onHandBase: number }[],
  today: string,
  weeks: number,
): ExpiryWeek[] {
  const bins = Array.from({ length: weeks + 1 }, (_, index) => ({
    from: index === 0 ? null : addDays(today, (index - 1) * 7),
    to: addDays(today, index * 7 - 1),
    lots: 0,
    onHandBase: 0,
  }))
  for (const { expiresOn, onHandBase } of lots) {
    const bin = bins[Math.max(0, Math.floor(daysBetween(today, expiresOn) / 7) + 1)]
    if (bin === undefined) continue
    bin.lots += 1
    bin.onHandBase += onHandBase
  }
  return bins
}

/** Of each unit the item that runs out first, the soonest first. */
export function firstToRunOut<Row extends { readonly unitId: number; readonly coverMilliDays: number }>(
  rows: readonly Row[],
): Row[] {
  const first = new Map<number, Row>()
  for (const row of rows) {
    const known = first.get(row.unitId)
    if (known === undefined || row.coverMilliDays < known.coverMilliDays) first.set(row.unitId, row)
  }
  return [...first.values()].sort((left, right) => left.coverMilliDays - right.coverMilliDays)
}
