import { backup } from './backup.ts'
import { chart } from './chart.ts'
import { delivery } from './delivery.ts'
import { draft, search, setting, today } from './desk.ts'
import { item, norm } from './item.ts'
import { alert, ledger, stocktake, transfer } from './ledger.ts'
import { alias, hold, liaison } from './liaison.ts'
import { commitment, depot, report, request, shelf, supplier, unit } from './place.ts'
import { policy, round, slip } from './round.ts'
import { session } from './session.ts'
import { stock } from './stock.ts'

/** Everything that a window can ask of Frontstock, by feature. Knows no transport; safe for a browser. */
export const contract = {
  session,
  setting,
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
}
