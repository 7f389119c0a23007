import { addDays, daysBetween } from './civil-date.ts'
import { type Flow, type Reported, workOutBurn } from './need.ts'

/**
 * What a unit really uses, as far as it can be known. Days between two of its counts are taken by these and what reached
 * it between them (`reported`). Other days that a report says the use of are taken at its word (`stated`). A unit of
 * which neither is known is taken by what we sent it: what came before the newest shipment is used up over the days
 * between the first and the newest (`implied`). For all other days the norm stands.
 */
export type UseSource = 'reported' | 'stated' | 'implied' | 'norm'
export type KnownUse = Exclude<UseSource, 'norm'>

/** What a report says was used, over so many days up to its own, that day among them. */
export type StatedUse = { readonly quantityBase: number; readonly days: number }

/** Use a day, in thousandths of the base unit, from the first day to the last, both included. */
export type UseSpan = {
  readonly from: string
  readonly to: string
  readonly milliPerDay: number
  readonly source: KnownUse
}

/** Reports and arrivals of one unit and item; `at` orders what is of one day. */
export type UseFacts = {
  readonly reports: readonly (Reported & { readonly at: number; readonly used?: StatedUse | null })[]
  /** Negative: went back, or never came as the signature says. */
  readonly flows: readonly (Flow & { readonly at: number })[]
}

/** Counts and shipments this long before the days that are asked for are looked at. */
export const useLookbackDays = 60

type Report = UseFacts['reports'][number]
type Moment = { readonly on: string; readonly at: number }
const isAfter = (one: Moment, other: Moment): boolean => one.on > other.on || (one.on === other.on && one.at > other.at)
const byMoment = (one: Report, other: Report): number => {
  const [a, b] = [momentOf(one), momentOf(other)]
  return isAfter(a, b) ? 1 : isAfter(b, a) ? -1 : 0
}
const momentOf = (report: Report): Moment => ({ on: report.reportedOn, at: report.at })

/** Use a day by what a report states, in thousandths. */
export const statedMilliPerDay = ({ quantityBase, days }: StatedUse): number => Math.floor((quantityBase * 1000) / days)

/** Use a day as the newest of the reports that state any says, in thousandths; null where none does. */
export function newestStated(reports: UseFacts['reports']): number | null {
  const newest = reports
    .filter(({ used }) => used)
    .toSorted(byDay)
    .at(-1)
  return newest?.used ? statedMilliPerDay(newest.used) : null
}

/** Reports of one day keep their order, in which they were written. */
const byDay = (one: Report, other: Report): number =>
  one.reportedOn === other.reportedOn ? 0 : one.reportedOn > other.reportedOn ? 1 : -1

/** Of each day the newest count, with the newest word on use of that day; the oldest day first. */
function countsOf(reports: UseFacts['reports']): Report[] {
  const byDay = new Map<string, Report>()
  for (const report of reports.toSorted(byMoment)) {
    byDay.set(report.reportedOn, { ...report, used: report.used ?? byDay.get(report.reportedOn)?.used ?? null })
  }
  return [...byDay.values()]
}

/** The spans of days whose use is known, the oldest first; they don't overlap. */
export function spansOfUse({ reports, flows }: UseFacts): UseSpan[] {
  const spans: UseSpan[] = []
  const counts = countsOf(reports)
  for (const [index, latest] of counts.entries()) {
    const previous = counts[index - 1]
    const to = latest.reportedOn
    const counted = previous === undefined ? null : burnBetween(previous, flows, latest)
    if (previous !== undefined && counted !== null) {
      spans.push({ from: addDays(previous.reportedOn, 1), to, milliPerDay: counted, source: 'reported' })
    } else if (latest.used) {
      const begin = addDays(to, 1 - latest.used.days)
      const known = spans.at(-1)?.to
      const from = known === undefined || begin > known ? begin : addDays(known, 1)
      spans.push({ from, to, milliPerDay: statedMilliPerDay(latest.used), source: 'stated' })
    }
  }
  return spans.length > 0 ? spans : impliedSpan(flows)
}

function burnBetween(previous: Report, flows: UseFacts['flows'], latest: Report): number | null {
  const between = flows.filter((flow) => isAfter(flow, momentOf(previous)) && !isAfter(flow, momentOf(latest)))
  return workOutBurn(previous, between, latest)
}

/**
 * Whether what a unit says it used and what its counts say differ by more than a tenth of the larger. Neither is
 * refused: goods that came past us, or were lost, look the same, so someone asks.
 */
export function usesDiffer(oneMilliPerDay: number, otherMilliPerDay: number): boolean {
  return Math.abs(oneMilliPerDay - otherMilliPerDay) * 10 > Math.max(oneMilliPerDay, otherMilliPerDay)
}

function impliedSpan(flows: UseFacts['flows']): UseSpan[] {
  const byDay = new Map<string, number>()
  for (const { on, quantityBase } of flows) byDay.set(on, (byDay.get(on) ?? 0) + quantityBase)
  const shipments = [...byDay].filter(([, quantity]) => quantity > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  const [first, last] = [shipments[0], shipments.at(-1)]
  if (first === undefined || last === undefined || first === last) return []
  // What went back counts against what came before the newest shipment, whenever that was.
  const used = [...byDay].reduce((sum, [on, quantity]) => (on < last[0] ? sum + quantity : sum), 0)
  if (used <= 0) return []
  const milliPerDay = Math.floor((used * 1000) / daysBetween(first[0], last[0]))
  return [{ from: first[0], to: addDays(last[0], -1), milliPerDay, source: 'implied' }]
}

export type UseOfDay = {
  readonly reportedMilli: number
  readonly statedMilli: number
  readonly impliedMilli: number
  readonly normMilli: number
}

/**
 * Use of all together on each of the days, by where the figure is from: the norm where nothing better is known.
 * @param pairs one for each unit and item, with its use by norm
 * @param days one after the other
 */
export function useByDay(
  pairs: readonly { readonly normMilliPerDay: number; readonly spans: readonly UseSpan[] }[],
  days: readonly string[],
): UseOfDay[] {
  const [first] = days
  if (first === undefined) return []
  // What a span adds on its first day goes again on the day after its last.
  const steps = days.map(() => ({ reported: 0, stated: 0, implied: 0, norm: 0 }))
  const add = (source: UseSource, from: number, to: number, milli: number) => {
    const [start, end] = [Math.max(0, from), Math.min(days.length - 1, to)]
    if (start > end) return
    steps[start]![source] += milli
    const after = steps[end + 1]
    if (after !== undefined) after[source] -= milli
  }
  for (const { normMilliPerDay, spans } of pairs) {
    add('norm', 0, days.length - 1, normMilliPerDay)
    for (const { from, to, milliPerDay, source } of spans) {
      const [start, end] = [daysBetween(first, from), daysBetween(first, to)]
      add(source, start, end, milliPerDay)
      add('norm', start, end, -normMilliPerDay)
    }
  }
  const sum = { reported: 0, stated: 0, implied: 0, norm: 0 }
  return steps.map((step) => {
    sum.reported += step.reported
    sum.stated += step.stated
    sum.implied += step.implied
    sum.norm += step.norm
    return { reportedMilli: sum.reported, statedMilli: sum.stated, impliedMilli: sum.implied, normMilli: sum.norm }
  })
}
