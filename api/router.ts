import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { refusal } from '../core/refusal.ts'
import { isEmpty } from '../db/desk.ts'
import { alert } from './alert.ts'
import { alias } from './alias.ts'
import { backup } from './backup.ts'
import { chart } from './chart.ts'
import type { Context } from './context.ts'
import type { contract } from './contract/contract.ts'
import { delivery } from './delivery.ts'
import { fillDemonstration, readDemonstration } from './demo/fill.ts'
import { draft } from './draft.ts'
import { hold } from './hold.ts'
import { item, norm } from './item.ts'
import { ledger } from './ledger.ts'
import { liaison } from './liaison.ts'
import { commitment, depot, report, supplier, unit } from './place.ts'
import { policy } from './policy.ts'
import { os, refuse } from './procedure.ts'
import { request } from './request.ts'
import { round } from './round.ts'
import { search } from './search.ts'
import { session } from './session.ts'
import { setting } from './setting.ts'
import { shelf } from './shelf.ts'
import { slip } from './slip.ts'
import { stock } from './stock.ts'
import { stocktake } from './stocktake.ts'
import { today } from './today.ts'
import { transfer } from './transfer.ts'

/** All procedures in this process, as this person: what the demonstration is made with, and what tests call. */
export const clientFor = (context: Context): ContractRouterClient<typeof contract> =>
  createRouterClient(router, { context })

const fill = os.setting.fillDemonstration.handler(async ({ context: { desk, person } }) => {
  if (!isEmpty(desk.database) && readDemonstration(desk)?.done !== false)
    refuse(refusal('in-use', { field: 'database' }))
  await fillDemonstration(desk, person, clientFor)
  return { done: true }
})

/** Every procedure of the contract; a missing one does not compile. */
export const router = os.router({
  session,
  setting: { ...setting, fillDemonstration: fill },
  draft,
  search,
  today,
  chart,
  item,
  norm,
  unit,
  report,
  request,
  supplier,
  depot,
  shelf,
  commitment,
  liaison,
  alias,
  hold,
  ledger,
  transfer,
  stocktake,
  alert,
  backup,
  delivery,
  stock,
  policy,
  round,
  slip,
})
