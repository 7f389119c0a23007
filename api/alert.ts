import { Checks } from '../core/checks.ts'
import { addDays } from '../core/civil-date.ts'
import { listExpiring, readSnoozes, saveSnooze } from '../db/alert.ts'
import { listHolds } from '../db/hold.ts'
import { listItems } from '../db/item.ts'
import { readUse } from '../db/need.ts'
import { listUnsigned } from '../db/pick.ts'
import type { Reader } from '../db/statement.ts'
import { readStock } from '../db/stock.ts'
import { listDue } from '../db/today.ts'
import { listTransfers } from '../db/transfer.ts'
import type { Backups } from './context.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { getSettings } from './setting.ts'
import { coverOfItems, unitsRunningOut } from './today.ts'

type Alert = {
  key: string
  kind: 'low' | 'near-expiry' | 'expired' | 'run-out' | 'promise-late' | 'unsigned' | 'hold' | 'transfer' | 'backup'
  severity: 'now' | 'soon'
  about: { [name: string]: string | number }
  path: string
}

/** The nearer of the two thresholds of near expiry: a third of the setting's days. */
const soonShare = 3
const most = 50
const mostExpired = 200

function expiryAlert(
  row: ReturnType<typeof listExpiring>[number],
  kind: 'near-expiry' | 'expired',
  severity: Alert['severity'],
  path: string,
): Alert {
  const { itemName: name, itemNameEn: nameEn, lot, expiresOn, onHandBase, baseUnit } = row
  // One lot may stand in two depots, and each of them is a thing to do.
  const key = `${kind}/${row.lotId}/${row.depotId}`
  return { key, kind, severity, about: { name, nameEn, lot, expiresOn, onHandBase, baseUnit }, path }
}

/** Everyone hears of it: whoever sits here can plug the stick in again. */
function backupAlerts(backups: Backups | null): Alert[] {
  const warning = backups?.warning() ?? null
  if (warning === null) return []
  const { severity, reason, problem, hours } = warning
  const about = { reason, problem, hours }
  return [{ key: `backup/${reason}`, kind: 'backup', severity, about, path: '/settings/backup' }]
}

function readAlerts(db: Reader, today: string): Alert[] {
  const settings = getSettings(db)
  const low = coverOfItems(db, today)
    .filter((row) => row.coverMilliDays < settings.shortBelowDays * 1000 || row.availableBase < row.item.reserveBase)
    .map(
      ({ item, availableBase, coverMilliDays }): Alert => ({
        key: `low/${item.itemId}`,
        kind: 'low',
        severity: coverMilliDays < 1000 ? 'now' : 'soon',
        about: { name: item.name, nameEn: item.nameEn, availableBase, baseUnit: item.baseUnit, coverMilliDays },
        path: `/stock/${item.itemId}`,
      }),
    )
  // Nobody is known to use it, so it lasts for ever; what is held back of it is missing all the same.
  const used = new Set(readUse(db).keys())
  const available = Map.groupBy(readStock(db, today), (row) => row.itemId)
  const belowReserve = listItems(db, false).flatMap((item): Alert[] => {
    const availableBase = (available.get(item.itemId) ?? []).reduce((sum, row) => sum + row.availableBase, 0)
    if (used.has(item.itemId) || availableBase >= item.reserveBase) return []
    const { name, nameEn, baseUnit, reserveBase } = item
    const about = { name, nameEn, availableBase, baseUnit, reserveBase }
    return [{ key: `low/${item.itemId}`, kind: 'low', severity: 'soon', about, path: `/stock/${item.itemId}` }]
  })
  const until = addDays(today, settings.nearExpiryDays)
  const soon = addDays(today, Math.floor(settings.nearExpiryDays / soonShare))
  const near = listExpiring(db, today, until, most).map((row) =>
    expiryAlert(row, 'near-expiry', row.expiresOn <= soon ? 'now' : 'soon', `/stock/${row.itemId}`),
  )
  const expired = listExpiring(db, '0001-01-01', addDays(today, -1), mostExpired).map((row) =>
    expiryAlert(row, 'expired', 'now', `/ledger/write-off?lot=${row.lotId}`),
  )
  const units = unitsRunningOut(db, today, 1)
    .slice(0, most)
    .map(
      (row): Alert => ({
        key: `run-out/${row.unitId}/${row.itemId}`,
        kind: 'run-out',
        severity: row.tier === 1 ? 'now' : 'soon',
        about: {
          unit: row.unitName,
          unitEn: row.unitNameEn,
          name: row.itemName,
          nameEn: row.itemNameEn,
          tier: row.tier,
          coverMilliDays: row.coverMilliDays,
        },
        path: '/allocation/new',
      }),
    )
  const late = listDue(db, addDays(today, -1), most).map(
    (row): Alert => ({
      key: `promise-late/${row.commitmentId}`,
      kind: 'promise-late',
      severity: row.dueOn < addDays(today, -2) ? 'now' : 'soon',
      about: {
        supplier: row.supplierName,
        supplierEn: row.supplierNameEn,
        name: row.itemName,
        nameEn: row.itemNameEn,
        outstandingBase: row.outstandingBase,
        baseUnit: row.baseUnit,
        dueOn: row.dueOn,
      },
      path: `/manufacturers?supplier=${row.supplierId}`,
    }),
  )
  const unsigned = listUnsigned(db, addDays(today, -settings.unsignedAfterDays), most).map(
    (row): Alert => ({
      key: `unsigned/${row.slipId}`,
      kind: 'unsigned',
      severity: 'soon',
      about: { number: row.number, unit: row.unitName, unitEn: row.unitNameEn, dispatchedOn: row.dispatchedOn },
      path: `/slips/sign?number=${row.number}`,
    }),
  )
  const holds = listHolds(db, true).map(
    (row): Alert => ({
      key: `hold/${row.holdId}`,
      kind: 'hold',
      severity: row.kind === 'recall' ? 'now' : 'soon',
      about: {
        name: row.itemName,
        nameEn: row.itemNameEn,
        lot: row.lot,
        onHandBase: row.onHandBase,
        baseUnit: row.baseUnit,
        hold: row.kind,
      },
      path: `/holds?lot=${row.lotId}`,
    }),
  )
  const transfers = listTransfers(db, true).map(
    (row): Alert => ({
      key: `transfer/${row.transferId}`,
      kind: 'transfer',
      severity: 'soon',
      about: {
        number: row.number,
        from: row.fromName,
        fromEn: row.fromNameEn,
        to: row.toName,
        toEn: row.toNameEn,
        sentOn: row.sentOn,
      },
      path: `/ledger/transfers/${row.transferId}`,
    }),
  )
  return [...expired, ...units, ...low, ...belowReserve, ...late, ...holds, ...near, ...unsigned, ...transfers]
}

export const alert = {
  list: os.alert.list.handler(({ context: { desk, person } }) => {
    const today = desk.businessDate()
    const snoozes = readSnoozes(desk.database, person.personId, today)
    return [...backupAlerts(desk.backups), ...readAlerts(desk.database, today)]
      .map((one) => ({ ...one, snoozedUntil: snoozes.get(one.key) ?? null }))
      .sort((a, b) => Number(a.severity === 'soon') - Number(b.severity === 'soon'))
  }),

  snooze: os.alert.snooze.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['setting'],
      (db, stamp) => {
        const checks = new Checks()
        const untilOn = checks.dateOrNull('untilOn', input.untilOn)
        const today = context.desk.businessDate()
        if (untilOn !== null && untilOn <= today) {
          checks.refuse('out-of-range', {
            field: 'untilOn',
            given: untilOn,
            allowed: `> ${today}`,
            about: { min: addDays(today, 1), max: addDays(today, 90) },
          })
        }
        if (input.key === '') checks.refuse('required', { field: 'key' })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        saveSnooze(db, stamp, input.key, untilOn)
        return { saved: true }
      },
      (_db, receipt) => receipt,
    ),
  ),
}
