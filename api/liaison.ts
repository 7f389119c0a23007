import { Checks } from '../core/checks.ts'
import { addDays } from '../core/civil-date.ts'
import { decideCommitment } from '../core/commitment.ts'
import { runsOutOn, workOutNeeds } from '../core/need.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { nameKey, normaliseText } from '../core/text.ts'
import { listNames, replaceNames } from '../db/alias.ts'
import { getCommitment, saveCommitment } from '../db/commitment.ts'
import { getItem } from '../db/item.ts'
import {
  addBlocker,
  addCall,
  getBlocker,
  getCall,
  getSupplierDetail,
  listCalls,
  listFulfilment,
  listLastCalls,
  listOpenBlockers,
  readDelivered,
  readItemFulfilment,
  readLiaisonDays,
  readPromised,
  resolveBlocker,
  saveSupplierDetail,
  setFulfilment,
} from '../db/liaison.ts'
import { readNeedFacts } from '../db/need.ts'
import { listNorms } from '../db/norm.ts'
import { getPlace, listSuppliers, listUnits } from '../db/place.ts'
import type { Reader } from '../db/statement.ts'
import type { BoardRow } from './contract/liaison.ts'
import { os, refuse, runCommand } from './procedure.ts'

const recordDays = 14

type WorstOff = { runsOutOn: string; unit: string; unitEn: string; tier: number; below: number }

/** For each item: when the unit runs out that runs out first, and how many have less than two days of it. */
function worstOffByItem(db: Reader, today: string): Map<number, WorstOff> {
  const worst = new Map<number, WorstOff & { cover: number }>()
  for (const need of workOutNeeds(listUnits(db, false), listNorms(db), readNeedFacts(db, null), today)) {
    const { unit, itemId } = need
    const cover = need.coverMilliDays!
    const found = worst.get(itemId)
    const below = (found?.below ?? 0) + (cover < 2000 ? 1 : 0)
    const isWorse = !found || cover < found.cover || (cover === found.cover && unit.tier < found.tier)
    worst.set(
      itemId,
      isWorse
        ? {
            cover,
            below,
            runsOutOn: runsOutOn(need.stockBase, need.useMilliPerDay, today)!,
            unit: unit.name,
            unitEn: unit.nameEn,
            tier: unit.tier,
          }
        : { ...found, below },
    )
  }
  return worst
}

function readBoard(db: Reader, today: string): BoardRow[] {
  const key = (row: { supplierId: number; itemId: number }): string => `${row.supplierId}/${row.itemId}`
  const promised = new Map(readPromised(db, today, addDays(today, 6)).map((row) => [key(row), row]))
  const delivered = new Map(readDelivered(db, addDays(today, -6), today).map((row) => [key(row), row]))
  const fulfilment = readItemFulfilment(db, addDays(today, -recordDays), addDays(today, -1))
  const blockers = listOpenBlockers(db)
  const calls = new Map(listLastCalls(db).map((call) => [call.supplierId, call]))
  const worst = worstOffByItem(db, today)
  const suppliers = listSuppliers(db, false)
  const capacity = new Map<string, number>(
    suppliers.flatMap((one) => one.capacity.map((row) => [`${one.placeId}/${row.itemId}`, row.perDayBase] as const)),
  )
  const known = new Set(suppliers.map((one) => one.placeId))
  const keys = new Set([...promised.keys(), ...delivered.keys(), ...capacity.keys()])
  const rows = [...keys].flatMap((one): BoardRow[] => {
    const [supplierId, itemId] = one.split('/').map(Number) as [number, number]
    if (!known.has(supplierId)) return []
    const promise = promised.get(one)
    const arrived = delivered.get(one)
    const need = worst.get(itemId)
    return [
      {
        supplierId,
        itemId,
        capacityPerDayBase: capacity.get(one) ?? null,
        promisedTodayBase: promise?.promisedTodayBase ?? 0,
        promisedWeekBase: promise?.promisedWeekBase ?? 0,
        deliveredTodayBase: arrived?.deliveredTodayBase ?? 0,
        deliveredWeekBase: arrived?.deliveredWeekBase ?? 0,
        gapBase: promise?.gapBase ?? 0,
        lateSince: promise?.lateSince ?? null,
        nextDueOn: promise?.nextDueOn ?? null,
        fulfilmentPercent: fulfilment.get(one) ?? null,
        blockers: blockers.filter(
          (blocker) => blocker.supplierId === supplierId && (blocker.itemId ?? itemId) === itemId,
        ),
        lastCall: calls.get(supplierId) ?? null,
        runsOutOn: need?.runsOutOn ?? null,
        runsOutUnit: need?.unit ?? null,
        runsOutUnitEn: need?.unitEn ?? null,
        runsOutTier: need?.tier ?? null,
        unitsBelowTwoDays: need?.below ?? 0,
      },
    ]
  })
  return rows.sort(compareBoardRows)
}

/** What the front line will miss first: soonest run-out, the front tier, most units, then the larger gap. */
function compareBoardRows(a: BoardRow, b: BoardRow): number {
  const date = (row: BoardRow) => row.runsOutOn ?? '9999-12-31'
  if (date(a) !== date(b)) return date(a) < date(b) ? -1 : 1
  return (
    (a.runsOutTier ?? 9) - (b.runsOutTier ?? 9) ||
    b.unitsBelowTwoDays - a.unitsBelowTwoDays ||
    b.gapBase - a.gapBase ||
    a.supplierId - b.supplierId ||
    a.itemId - b.itemId
  )
}

function expectSupplier(db: Reader, supplierId: number) {
  return (
    getPlace(db, 'supplier', supplierId) ?? refuse(refusal('not-found', { field: 'supplierId', given: supplierId }))
  )
}

function expectItem(db: Reader, itemId: number | null): void {
  if (itemId !== null && !getItem(db, itemId)) refuse(refusal('not-found', { field: 'itemId', given: itemId }))
}

const detailOf = (db: Reader, supplierId: number) => {
  const { contacts, licences } = getSupplierDetail(db, supplierId)
  const aliases = listNames(db).filter((row) => row.kind === 'supplier' && row.targetId === supplierId)
  return { contacts: [...contacts], licences: [...licences], aliases: aliases.map((row) => row.alias) }
}

export const liaison = {
  board: os.liaison.board.handler(({ context: { desk } }) => readBoard(desk.database, desk.businessDate())),

  detail: os.liaison.detail.handler(({ input, context: { desk } }) => {
    expectSupplier(desk.database, input.supplierId)
    return detailOf(desk.database, input.supplierId)
  }),

  saveDetail: os.liaison.saveDetail.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['liaison', 'alias'],
      (db, stamp) => {
        expectSupplier(db, input.supplierId)
        const refusals: Refusal[] = []
        const contacts = input.contacts.map((given, index) => {
          const checks = new Checks(index + 1)
          const contact = {
            name: checks.text('contactName', given.name, { longest: 60, required: true }),
            post: checks.text('post', given.post, { longest: 60 }),
            phone: checks.text('phone', given.phone, { longest: 60 }),
          }
          refusals.push(...checks.refusals)
          return contact
        })
        const licences = input.licences.map((given, index) => {
          const checks = new Checks(index + 1)
          const licence = {
            itemId: given.itemId,
            number: checks.text('licenceNumber', given.number, { longest: 60, required: true }),
            standard: checks.text('standard', given.standard, { longest: 60 }),
            validUntil: checks.dateOrNull('validUntil', given.validUntil),
          }
          if (given.itemId !== null && !getItem(db, given.itemId)) {
            checks.refuse('not-found', { field: 'itemId', given: given.itemId })
          }
          refusals.push(...checks.refusals)
          return licence
        })
        if (refusals.length > 0) refuse(...refusals)
        saveSupplierDetail(db, stamp, input.supplierId, { contacts, licences })
        const names = input.aliases.map(normaliseText).filter((alias) => nameKey(alias) !== '')
        replaceNames(
          db,
          stamp,
          'supplier',
          input.supplierId,
          names.map((alias) => ({ key: nameKey(alias), alias })),
        )
        return { supplierId: input.supplierId }
      },
      (db, { supplierId }) => detailOf(db, supplierId),
    ),
  ),

  addBlocker: os.liaison.addBlocker.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['liaison'],
      (db, stamp) => {
        expectSupplier(db, input.supplierId)
        expectItem(db, input.itemId)
        const checks = new Checks()
        const note = checks.text('note', input.note, { longest: 500, required: input.kind === 'other' })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const { supplierId, itemId, kind } = input
        return { blockerId: addBlocker(db, stamp, { supplierId, itemId, kind, note }) }
      },
      (db, { blockerId }) => getBlocker(db, blockerId)!,
    ),
  ),

  resolveBlocker: os.liaison.resolveBlocker.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['liaison'],
      (db, stamp) => {
        const row = getBlocker(db, input.blockerId)
        if (!row) refuse(refusal('not-found', { field: 'blockerId', given: input.blockerId }))
        if (row.resolvedAt !== null) refuse(refusal('already-closed', { field: 'blockerId', given: row.kind }))
        resolveBlocker(db, stamp, input.blockerId)
        return { blockerId: input.blockerId }
      },
      (db, { blockerId }) => getBlocker(db, blockerId)!,
    ),
  ),

  calls: os.liaison.calls.handler(({ input, context }) =>
    listCalls(context.desk.database, input.supplierId, input.limit),
  ),

  addCall: os.liaison.addCall.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['liaison'],
      (db, stamp) => {
        expectSupplier(db, input.supplierId)
        expectItem(db, input.itemId)
        const checks = new Checks()
        const call = {
          supplierId: input.supplierId,
          itemId: input.itemId,
          spokeWith: checks.text('spokeWith', input.spokeWith, { longest: 60 }),
          note: checks.text('note', input.note, { longest: 500, required: true }),
          nextOn: checks.dateOrNull('nextOn', input.nextOn),
          nextWith: checks.text('nextWith', input.nextWith, { longest: 60 }),
        }
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        return { callSeq: addCall(db, stamp, call) }
      },
      (db, { callSeq }) => getCall(db, callSeq)!,
    ),
  ),

  days: os.liaison.days.handler(({ input, context }) => {
    const checks = new Checks()
    const from = checks.date('from', input.from)
    const to = checks.date('to', input.to)
    if (checks.refusals.length > 0) refuse(...checks.refusals)
    const rows = new Map(readLiaisonDays(context.desk.database, input).map((row) => [row.day, row]))
    const days = []
    for (let day = from; day <= to && days.length < 400; day = addDays(day, 1)) {
      days.push(rows.get(day) ?? { day, promisedBase: 0, deliveredBase: 0 })
    }
    return days
  }),

  saveCommitments: os.liaison.saveCommitments.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['commitment', 'supplier'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        const ids: number[] = []
        input.commitments.forEach((given, index) => {
          const line = index + 1
          const decision = decideCommitment(given)
          if (!decision.ok) refusals.push(...decision.refusals.map((one) => ({ ...one, line })))
          if (!getPlace(db, 'supplier', given.supplierId)) {
            refusals.push(refusal('not-found', { line, field: 'supplierId', given: given.supplierId }))
          }
          if (!getItem(db, given.itemId))
            refusals.push(refusal('not-found', { line, field: 'itemId', given: given.itemId }))
          if (refusals.length > 0 || !decision.ok) return
          const { supplierId, itemId } = given
          ids.push(saveCommitment(db, stamp, null, { ...decision.value, supplierId, itemId }))
        })
        if (refusals.length > 0) refuse(...refusals)
        return { ids }
      },
      (db, { ids }) => ids.map((commitmentId) => getCommitment(db, commitmentId)!),
    ),
  ),

  fulfilment: os.liaison.fulfilment.handler(({ input, context }) =>
    listFulfilment(context.desk.database, input.commitmentId),
  ),

  saveFulfilment: os.liaison.saveFulfilment.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['commitment', 'supplier'],
      (db, stamp) => {
        const commitment = getCommitment(db, input.commitmentId)
        if (!commitment) refuse(refusal('not-found', { field: 'commitmentId', given: input.commitmentId }))
        const row = listFulfilment(db, input.commitmentId).find(
          (one) => one.postingSeq === input.postingSeq && one.line === input.line,
        )
        if (!row) refuse(refusal('not-found', { field: 'postingSeq', given: input.postingSeq }))
        const checks = new Checks()
        // Neither more than the line still has, nor more than the commitment still wants.
        const room = commitment.quantityBase - commitment.deliveredBase + row.quantityBase
        const quantityBase = checks.whole(
          'quantityBase',
          input.quantityBase,
          0,
          Math.min(room, row.freeBase + row.quantityBase),
        )
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const { commitmentId, postingSeq, line } = input
        setFulfilment(db, stamp, { commitmentId, postingSeq, line, quantityBase })
        return { commitmentId }
      },
      (db, { commitmentId }) => getCommitment(db, commitmentId)!,
    ),
  ),
}
