import { Checks, largestQuantity } from '../core/checks.ts'
import { workOutNeed, workOutUse } from '../core/need.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { getItem } from '../db/item.ts'
import { listNorms } from '../db/norm.ts'
import { getPlace, listUnits } from '../db/place.ts'
import { listPolicies } from '../db/policy.ts'
import { addRequest, listRequests, withdrawRequest } from '../db/round-depth.ts'
import { os, refuse, runCommand } from './procedure.ts'

export const request = {
  list: os.request.list.handler(({ input, context }) => {
    const db = context.desk.database
    const horizonDays = listPolicies(db, false)[0]?.horizonDays ?? 14
    const units = new Map(listUnits(db, false).map((unit) => [unit.placeId, unit]))
    const normsByItem = Map.groupBy(listNorms(db), (norm) => norm.itemId)
    return listRequests(db, input.unitId, input.openOnly).map((row) => {
      const norms = new Map((normsByItem.get(row.itemId) ?? []).map((norm) => [norm.dutyId, norm.milliPerPersonDay]))
      const useMilliPerDay = workOutUse(units.get(row.unitId)?.headcount ?? [], norms)
      const normBase = workOutNeed(0, useMilliPerDay, horizonDays)
      return { ...row, normBase, aboveNorm: row.quantityBase > normBase }
    })
  }),

  save: os.request.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['request', 'unit'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        const today = context.desk.businessDate()
        input.requests.forEach((given, index) => {
          const checks = new Checks(index + 1)
          const quantityBase = checks.whole('quantityBase', given.quantityBase, 0, largestQuantity)
          const requestedOn = checks.date('requestedOn', given.requestedOn)
          if (requestedOn > today) {
            checks.refuse('date-in-future', { field: 'requestedOn', given: requestedOn, allowed: today })
          }
          const note = checks.text('note', given.note, { longest: 500 })
          if (!getPlace(db, 'unit', given.unitId)) checks.refuse('not-found', { field: 'unitId', given: given.unitId })
          if (!getItem(db, given.itemId)) checks.refuse('not-found', { field: 'itemId', given: given.itemId })
          refusals.push(...checks.refusals)
          if (checks.refusals.length === 0) {
            addRequest(db, stamp, { unitId: given.unitId, itemId: given.itemId, quantityBase, requestedOn, note })
          }
        })
        if (refusals.length > 0) refuse(...refusals)
        return { saved: input.requests.length }
      },
      (_db, receipt) => receipt,
    ),
  ),

  withdraw: os.request.withdraw.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['request', 'unit'],
      (db, stamp) => {
        if (!withdrawRequest(db, stamp, input.requestSeq)) {
          refuse(refusal('not-found', { field: 'requestSeq', given: input.requestSeq }))
        }
        return { withdrawn: true }
      },
      (_db, receipt) => receipt,
    ),
  ),
}
