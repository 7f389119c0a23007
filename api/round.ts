import { nextCredits } from '../core/allocation/credit.ts'
import { canonicalProblemText } from '../core/allocation/plan-file.ts'
import { prepare as prepareProblem } from '../core/allocation/prepare.ts'
import type { Plan, Problem } from '../core/allocation/problem.ts'
import type { PlanRefusal } from '../core/allocation/refusal.ts'
import type { Solution } from '../core/allocation/solution.ts'
import { planOf, solveGroup } from '../core/allocation/solve.ts'
import { addDays } from '../core/civil-date.ts'
import { workOutNeed } from '../core/need.ts'
import { fitRungs, plainRung } from '../core/policy.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { buildProblem, cutSlips, describeChanges, type PlacedPin, withPins } from '../core/round.ts'
import { canonicalJson } from '../db/canonical.ts'
import { getItem } from '../db/item.ts'
import { readItemFulfilment } from '../db/liaison.ts'
import { listDepots } from '../db/place.ts'
import { getPolicy, markPolicyUsed } from '../db/policy.ts'
import {
  addRound,
  getRound,
  getRoundFile,
  listRoundLines,
  listRounds,
  markRoundCancelled,
  type NewRoundLine,
  readReport,
  readReportNames,
  readRoundFacts,
  sha256,
} from '../db/round.ts'
import { readPromises } from '../db/round-depth.ts'
import { sealRound } from '../db/seal.ts'
import { addSlip, cancelSlip, listSlips } from '../db/slip.ts'
import type { Reader } from '../db/statement.ts'
import type { Pin, RoundChoice } from './contract/round.ts'
import { os, refuse, runCommand } from './procedure.ts'

type Prepared = {
  readonly problem: Problem
  readonly problemHash: string
  readonly policyId: number
  readonly units: readonly { unitId: number; code: string; tier: number }[]
  readonly items: readonly { itemId: number; code: string; name: string; packSizeBase: number }[]
  readonly reports: readonly { unitId: number; itemId: number; reportedOn: string }[]
}

/** A manufacturer's own record of the last days decides how much of its promises is counted on; 80 % until there is one. */
const recordDays = 14
const haircutWithoutRecord = 80

/** The problem of a choice as it stands now. Refuses a policy that isn't there and settings out of range. */
function prepare(db: Reader, date: string, choice: RoundChoice): Prepared {
  const policy = getPolicy(db, choice.policyId)
  if (!policy) refuse(refusal('not-found', { field: 'policyId', given: choice.policyId }))
  const horizonDays = choice.horizonDays ?? policy.horizonDays
  if (!Number.isInteger(horizonDays) || horizonDays < 1 || horizonDays > 365) {
    refuse(
      refusal('out-of-range', {
        field: 'horizonDays',
        given: horizonDays,
        allowed: '1–365',
        about: { min: 1, max: 365 },
      }),
    )
  }
  const reserves = new Map(choice.reserves.map(({ itemId, packs }) => [itemId, packs]))
  for (const [itemId, packs] of reserves) {
    if (!Number.isInteger(packs) || packs < 0 || packs > 1_000_000_000) {
      refuse(
        refusal('out-of-range', {
          field: 'reserves',
          given: packs,
          allowed: '0–1000000000',
          about: { item: itemId, min: 0, max: 1_000_000_000 },
        }),
      )
    }
  }
  const facts = readRoundFacts(db, choice)
  // Of each item by itself, as the liaison board shows it: masks and litres can't be added.
  const record = readItemFulfilment(db, addDays(date, -recordDays), addDays(date, -1))
  const problem = buildProblem({
    date,
    horizonDays,
    rounding: policy.rounding,
    rungs: fitRungs(policy.rungs.map(plainRung), policy.horizonDays, horizonDays),
    ...facts,
    rollingDays: policy.rollingDays,
    nearExpiry: policy.nearExpiry,
    promises: readPromises(
      db,
      date,
      (supplierId, itemId) => record.get(`${supplierId}/${itemId}`) ?? haircutWithoutRecord,
    ),
    items: facts.items.map((item) => ({ ...item, reservePacks: reserves.get(item.itemId) ?? null })),
  })
  const reports = [...facts.needs].flatMap(([key, known]) => {
    const [unitId, itemId] = key.split('/').map(Number)
    return known.reported ? [{ unitId: unitId!, itemId: itemId!, reportedOn: known.reported.reportedOn }] : []
  })
  return {
    problem,
    problemHash: sha256(canonicalJson(problem)),
    policyId: policy.policyId,
    units: facts.units.map(({ unitId, code, tier }) => ({ unitId, code, tier })),
    items: facts.items.map(({ itemId, code, name, packSizeBase }) => ({ itemId, code, name, packSizeBase })),
    reports,
  }
}

/** Pins by code; each must be a whole number of packs for a unit and an item of the round. */
function placePins(prepared: Prepared, pins: readonly Pin[]): PlacedPin[] {
  const units = new Map(prepared.units.map((unit) => [unit.unitId, unit]))
  const items = new Map(prepared.items.map((item) => [item.itemId, item]))
  const refusals: Refusal[] = []
  const placed = pins.flatMap(({ unitId, itemId, packs }) => {
    const unit = units.get(unitId)
    const item = items.get(itemId)
    if (!unit) refusals.push(refusal('not-found', { field: 'unitId', given: unitId }))
    if (!item) refusals.push(refusal('not-found', { field: 'itemId', given: itemId }))
    if (!Number.isInteger(packs) || packs < 0 || packs > 1_000_000_000) {
      refusals.push(
        refusal('out-of-range', {
          field: 'packs',
          given: packs,
          allowed: '0–1000000000',
          about: { unit: unit?.code ?? '', item: item?.code ?? '', min: 0, max: 1_000_000_000 },
        }),
      )
    }
    return unit && item ? [{ unit: unit.code, tier: unit.tier, item: item.code, packs }] : []
  })
  if (refusals.length > 0) refuse(...refusals)
  return placed
}

/** In the words of a round: pins that ask for more than there is name their cells. */
function refusePlan(reason: PlanRefusal): never {
  if (reason.kind === 'malformed') {
    refuse(refusal('malformed', { field: reason.path, given: reason.given, allowed: reason.allowed }))
  }
  refuse(
    ...reason.pins.map((pin) =>
      refusal('pins-exceed-supply', {
        field: 'pins',
        given: reason.pinnedPacks,
        allowed: reason.supplyPacks,
        about: { unit: pin.unit, item: pin.item, packs: pin.pinPacks },
      }),
    ),
  )
}

/** The plan, and the rounding credit that each of its lines carries into the next round (by unit and item code). */
function solveOrRefuse(problem: Problem): { plan: Plan; credits: Map<string, number> } {
  const preparation = prepareProblem(problem)
  if (!preparation.ok) refusePlan(preparation.refusal)
  const { prepared } = preparation
  const credits = new Map<string, number>()
  const solutions: Solution[] = []
  for (const group of prepared.groups) {
    const solved = solveGroup(prepared, group)
    if (!solved.ok) refusePlan(solved.refusal)
    solutions.push(solved.solution)
    const next = nextCredits(solved.solution)
    group.lines.source.forEach((line, index) => {
      credits.set(JSON.stringify([prepared.units[group.lines.unit[index]!]!, line.item]), next[index]!)
    })
  }
  return { plan: planOf(prepared, solutions), credits }
}

/** The plan's lines that are worth keeping: what was given, pinned, or needed. */
function roundLines(
  prepared: Prepared,
  problem: Problem,
  plan: Plan,
  credits: ReadonlyMap<string, number>,
): NewRoundLine[] {
  const units = new Map(prepared.units.map((unit) => [unit.code, unit.unitId]))
  const items = new Map(prepared.items.map((item) => [item.code, item]))
  const inputs = new Map(
    problem.units.flatMap((unit) => unit.lines.map((line) => [JSON.stringify([unit.unit, line.item]), line] as const)),
  )
  return plan.lines.flatMap((line): NewRoundLine[] => {
    const key = JSON.stringify([line.unit, line.item])
    const input = inputs.get(key)!
    const item = items.get(line.item)!
    const needBase = workOutNeed(input.stockBase, input.useMilliPerDay, problem.horizonDays)
    if (line.packs === 0 && needBase === 0 && input.pinPacks === null) return []
    return [
      {
        unitId: units.get(line.unit)!,
        itemId: item.itemId,
        needBase,
        stockBase: input.stockBase,
        useMilliPerDay: input.useMilliPerDay,
        packs: line.packs,
        packSizeBase: item.packSizeBase,
        quantityBase: line.quantityBase,
        pinned: input.pinPacks !== null,
        rung: line.rung ?? 0,
        reason: line.reason,
        queuePacks: line.queuePacks,
        creditMilli: credits.get(key) ?? 0,
      },
    ]
  })
}

const getHead = (db: Reader, roundId: number) =>
  getRound(db, roundId) ?? refuse(refusal('not-found', { field: 'roundId', given: roundId }))

export const round = {
  list: os.round.list.handler(({ input, context }) => listRounds(context.desk.database, input.limit)),

  get: os.round.get.handler(({ input, context }) => ({
    head: getHead(context.desk.database, input.roundId),
    lines: listRoundLines(context.desk.database, input.roundId),
  })),

  prepare: os.round.prepare.handler(({ input, context }) => {
    const { problem, problemHash, units, items, reports } = prepare(
      context.desk.database,
      context.desk.businessDate(),
      input,
    )
    return {
      problem,
      problemHash,
      units: units.map(({ unitId, code }) => ({ unitId, code })),
      items: items.map(({ itemId, code }) => ({ itemId, code })),
      reports: [...reports],
    }
  }),

  approve: os.round.approve.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['round', 'slip', 'stock', 'policy', 'unit'],
      (db, stamp) => {
        const businessDate = context.desk.businessDate()
        const prepared = prepare(db, businessDate, input.choice)
        if (prepared.problemHash !== input.problemHash) {
          // An item that has gone altogether is no longer in the problem, and still has a name.
          const rows = input.supply.flatMap(({ itemId, packs }) => {
            const row = getItem(db, itemId)
            return row ? [{ code: row.code, name: row.name, packs }] : []
          })
          const planned = new Map(rows.map((row) => [row.code, row.packs]))
          const names = new Map([...prepared.items, ...rows].map((row) => [row.code, row.name]))
          refuse(...describeChanges(planned, prepared.problem, names))
        }
        const problem = withPins(prepared.problem, placePins(prepared, input.pins))
        const { plan, credits } = solveOrRefuse(problem)
        if (!plan.lines.some((line) => line.packs > 0))
          refuse(refusal('nothing-allocated', { field: 'lines', given: 0 }))
        const problemText = canonicalJson(problem)
        const problemHash = sha256(problemText)
        const lines = roundLines(prepared, problem, plan, credits)
        const roundId = addRound(db, stamp, {
          policyId: prepared.policyId,
          businessDate,
          horizonDays: problem.horizonDays,
          note: input.note.trim(),
          problem: problemText,
          result: canonicalJson({ ...plan, problemSha256: problemHash }),
          problemHash,
          lines,
        })
        markPolicyUsed(db, prepared.policyId)
        const units = new Map(prepared.units.map((unit) => [unit.code, unit.unitId]))
        const items = new Map(prepared.items.map((item) => [item.code, item]))
        const depots = new Map(listDepots(db, false).map((depot) => [depot.code, depot.placeId]))
        const needs = new Map(lines.map((line) => [`${line.unitId}/${line.itemId}`, line.needBase]))
        for (const cut of cutSlips(plan)) {
          const unitId = units.get(cut.unit)!
          addSlip(
            db,
            stamp,
            {
              roundId,
              unitId,
              depotId: depots.get(cut.depot)!,
              lines: cut.lines.map((line) => {
                const item = items.get(line.item)!
                const forItem = items.get(line.forItem)!
                return {
                  itemId: item.itemId,
                  lotId: Number(line.lot),
                  packs: line.packs,
                  packSizeBase: item.packSizeBase,
                  needBase: needs.get(`${unitId}/${forItem.itemId}`) ?? 0,
                  forItemId: forItem.itemId === item.itemId ? null : forItem.itemId,
                }
              }),
            },
            businessDate,
          )
        }
        sealRound(db, stamp, roundId)
        return { roundId }
      },
      (db, { roundId }) => ({
        head: getHead(db, roundId),
        slipIds: listSlips(db, { roundId, state: null, limit: 100_000 })
          .map((slip) => slip.slipId)
          .sort((a, b) => a - b),
      }),
    ),
  ),

  cancel: os.round.cancel.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['round', 'slip', 'stock', 'unit'],
      (db, stamp) => {
        const head = getHead(db, input.roundId)
        const slips = listSlips(db, { roundId: input.roundId, state: 'approved', limit: 100_000 })
        if (head.state !== 'approved' || slips.length === 0) {
          refuse(
            refusal('round-not-open', {
              field: 'roundId',
              given: head.state,
              about: { number: head.number, dispatched: head.slipsDispatched },
            }),
          )
        }
        for (const slip of slips) cancelSlip(db, stamp, slip.slipId)
        // A round of which something has gone stays as it is, with its open slips cancelled.
        if (head.slipsDispatched === 0) markRoundCancelled(db, stamp, input.roundId)
        return { roundId: input.roundId }
      },
      (db, { roundId }) => getHead(db, roundId),
    ),
  ),

  file: os.round.file.handler(({ input, context }) => {
    const file = getRoundFile(context.desk.database, input.roundId)
    if (!file) refuse(refusal('not-found', { field: 'roundId', given: input.roundId }))
    const problem = JSON.parse(file.problem) as Problem
    // The hash of the plan file's own canonical form, which whoever checks the file works out without our database.
    const problemSha256 = sha256(canonicalProblemText(problem))
    return { problem, result: { ...(JSON.parse(file.result) as Plan), problemSha256 } }
  }),

  report: os.round.report.handler(({ input, context }) => {
    const db = context.desk.database
    const { roundIds, lines } = readReport(db, input)
    const names = readReportNames(
      db,
      [...new Set(lines.map((line) => line.unitId))],
      [...new Set(lines.map((line) => line.itemId))],
    )
    return { rounds: roundIds.map((roundId) => getHead(db, roundId)), ...names, lines }
  }),
}
