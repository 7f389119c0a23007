import { Checks, largestQuantity } from '../core/checks.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { varianceOf } from '../core/stock-move.ts'
import { lotExists } from '../db/hold.ts'
import { virtualPlaceIds } from '../db/place.ts'
import { sealDocument } from '../db/seal.ts'
import { listShelves } from '../db/shelf.ts'
import type { Reader } from '../db/statement.ts'
import {
  addStocktake,
  cancelStocktake,
  getStocktake,
  listStocktakeLines,
  listStocktakes,
  lotOnHand,
  postStocktake,
  setCount,
  setReason,
} from '../db/stocktake.ts'
import { expectPlaceOf, pastDate } from './ledger.ts'
import { postOpening } from './opening.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { checkShelf } from './shelf.ts'

function getDocument(db: Reader, stocktakeId: number) {
  const head = getStocktake(db, stocktakeId)
  if (!head) refuse(refusal('not-found', { field: 'stocktakeId', given: stocktakeId }))
  const lines = listStocktakeLines(db, stocktakeId).map(({ startedBase, expectedBase, ...line }) => ({
    ...line,
    // Blind: nobody who has still to count a lot is told what should be there.
    expectedBase: expectedBase ?? (head.blind && head.state === 'open' ? null : startedBase),
    varianceBase: varianceOf({ countedBase: line.countedBase, expectedBase }),
  }))
  return { head, lines }
}

function expectOpen(db: Reader, stocktakeId: number) {
  const head = getStocktake(db, stocktakeId)
  if (!head) refuse(refusal('not-found', { field: 'stocktakeId', given: stocktakeId }))
  if (head.state !== 'open') {
    refuse(refusal('stocktake-not-open', { field: 'stocktakeId', given: head.number, about: { state: head.state } }))
  }
  return head
}

export const stocktake = {
  list: os.stocktake.list.handler(({ context }) => listStocktakes(context.desk.database)),

  get: os.stocktake.get.handler(({ input, context }) => getDocument(context.desk.database, input.stocktakeId)),

  start: os.stocktake.start.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['stocktake'],
      (db, stamp) => {
        const checks = new Checks()
        expectPlaceOf(db, checks, 'depot', 'depotId', input.depotId)
        const note = checks.text('note', input.note, { longest: 500 })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const { depotId, category, blind } = input
        const shelf = checkShelf(checks, 'shelf', input.shelf)
        if (shelf !== '' && !listShelves(db, depotId).some((row) => row.shelf === shelf)) {
          checks.refuse('not-found', { field: 'shelf', given: shelf })
        }
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const asked = { depotId, category, shelf, blind, note }
        const stocktakeId = addStocktake(db, stamp, asked, context.desk.businessDate())
        sealDocument(db, stamp, 'stocktake', stocktakeId)
        return { stocktakeId }
      },
      (db, { stocktakeId }) => getDocument(db, stocktakeId),
    ),
  ),

  count: os.stocktake.count.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['stocktake'],
      (db, stamp) => {
        const head = expectOpen(db, input.stocktakeId)
        const refusals: Refusal[] = []
        input.counts.forEach((given, index) => {
          const checks = new Checks(index + 1)
          if (!lotExists(db, given.lotId)) checks.refuse('not-found', { field: 'lotId', given: given.lotId })
          const countedBase = checks.wholeOrNull('countedBase', given.countedBase ?? null, 0, largestQuantity)
          const reason = checks.text('reason', given.reason, { longest: 100 })
          const about = { stocktakeId: input.stocktakeId, lotId: given.lotId }
          // A reason that is written later must not compare the old count with what the ledger says by then.
          if (given.countedBase === undefined && checks.refusals.length === 0 && !setReason(db, { ...about, reason })) {
            checks.refuse('not-found', { field: 'lotId', given: given.lotId })
          }
          refusals.push(...checks.refusals)
          if (checks.refusals.length > 0 || given.countedBase === undefined) return
          const { onHandBase } = lotOnHand(db, head.depotId, given.lotId)
          const expectedBase = countedBase === null ? null : onHandBase
          setCount(db, stamp, { ...about, countedBase, expectedBase, reason })
        })
        if (refusals.length > 0) refuse(...refusals)
        sealDocument(db, stamp, 'stocktake', input.stocktakeId)
        return { stocktakeId: input.stocktakeId }
      },
      (db, { stocktakeId }) => getDocument(db, stocktakeId),
    ),
  ),

  post: os.stocktake.post.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['stocktake', 'stock', 'ledger'],
      (db, stamp) => {
        const head = expectOpen(db, input.stocktakeId)
        const checks = new Checks()
        const businessDate = pastDate(checks, 'businessDate', input.businessDate, context.desk.businessDate())
        const lines = listStocktakeLines(db, input.stocktakeId)
        if (!lines.some((line) => line.countedBase !== null)) checks.refuse('nothing-to-post', { field: 'counts' })
        const differing = lines.flatMap((line, index) => {
          const varianceBase = varianceOf(line) ?? 0
          if (varianceBase === 0) return []
          if (line.reason === '') {
            checks.refuse('reason-missing', { line: index + 1, field: 'reason', about: { item: line.itemName } })
          }
          // What is missing can't be more than is free: the rest is promised to slips that stand open.
          const { onHandBase, reservedBase } = lotOnHand(db, head.depotId, line.lotId)
          if (varianceBase < 0 && onHandBase - reservedBase + varianceBase < 0) {
            checks.refuse('not-enough-stock', {
              line: index + 1,
              field: 'countedBase',
              given: -varianceBase,
              allowed: onHandBase - reservedBase,
              about: { item: line.itemName, lot: line.lot },
            })
          }
          return [{ line, varianceBase }]
        })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        postStocktake(db, stamp, input.stocktakeId, {
          postingId: input.requestId,
          businessDate,
          movements: differing.map(({ line, varianceBase }) => ({
            lotId: line.lotId,
            itemId: line.itemId,
            fromPlaceId: varianceBase > 0 ? virtualPlaceIds.variance : head.depotId,
            toPlaceId: varianceBase > 0 ? head.depotId : virtualPlaceIds.variance,
            quantityBase: Math.abs(varianceBase),
          })),
        })
        return { stocktakeId: input.stocktakeId }
      },
      (db, { stocktakeId }) => getDocument(db, stocktakeId),
    ),
  ),

  postOpening,

  cancel: os.stocktake.cancel.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['stocktake'],
      (db, stamp) => {
        expectOpen(db, input.stocktakeId)
        cancelStocktake(db, stamp, input.stocktakeId)
        sealDocument(db, stamp, 'stocktake', input.stocktakeId)
        return { stocktakeId: input.stocktakeId }
      },
      (db, { stocktakeId }) => getDocument(db, stocktakeId),
    ),
  ),
}
