import { coverByDay, daysFrom, firstToRunOut } from '../core/chart.ts'
import { Checks } from '../core/checks.ts'
import { addDays, daysBetween } from '../core/civil-date.ts'
import { type Need, runsOutOn, workOutCover, workOutNeeds } from '../core/need.ts'
import { spansOfUse, useByDay, useLookbackDays } from '../core/use.ts'
import { type ChartFilter, listExpiring, readDepotStock, readNetAfter } from '../db/chart.ts'
import { readDayFlows, readFlows } from '../db/flow.ts'
import { getItem, listItems } from '../db/item.ts'
import { readLiaisonDays } from '../db/liaison.ts'
import { readNeedFacts, readUse } from '../db/need.ts'
import { listNorms } from '../db/norm.ts'
import { getPlace, listUnits } from '../db/place.ts'
import type { Reader } from '../db/statement.ts'
import { readStock } from '../db/stock.ts'
import { readUseFacts } from '../db/use.ts'
import { expiryWeeks } from './contract/chart.ts'
import { pastDate } from './ledger.ts'
import { os, refuse } from './procedure.ts'
import { getSettings } from './setting.ts'

const mostDays = 366

function check(db: Reader, input: ChartFilter, today: string): ChartFilter {
  const checks = new Checks()
  const from = checks.date('from', input.from)
  const to = pastDate(checks, 'to', input.to, today)
  if (checks.refusals.length === 0) {
    const days = daysBetween(from, to) + 1
    if (days < 1 || days > mostDays) {
      checks.refuse('out-of-range', { field: 'days', given: days, about: { min: 1, max: mostDays } })
    }
  }
  if (input.depotId !== null && !getPlace(db, 'depot', input.depotId)) {
    checks.refuse('not-found', { field: 'depotId', given: input.depotId })
  }
  if (input.itemId !== null && !getItem(db, input.itemId)) {
    checks.refuse('not-found', { field: 'itemId', given: input.itemId })
  }
  if (checks.refusals.length > 0) refuse(...checks.refusals)
  return { ...input, from, to }
}

/** What units used on each of the days, in base units, by where the figure is from. */
function useOn(
  db: Reader,
  days: readonly string[],
  needs: readonly Need<{ placeId: number }>[],
  wanted: (itemId: number) => boolean,
) {
  const norms = new Map(needs.map((need) => [`${need.unit.placeId}/${need.itemId}`, need.useMilliPerDay]))
  const facts = readUseFacts(db, addDays(days[0]!, -useLookbackDays), null)
  const keys = new Set([...norms.keys(), ...facts.keys()].filter((key) => wanted(Number(key.split('/')[1]))))
  const pairs = [...keys].map((key) => {
    const known = facts.get(key)
    return { normMilliPerDay: norms.get(key) ?? 0, spans: known === undefined ? [] : spansOfUse(known) }
  })
  const base = (milli: number) => Math.round(milli / 1000)
  return useByDay(pairs, days).map(({ reportedMilli, statedMilli, impliedMilli, normMilli }) => ({
    reportedBase: base(reportedMilli),
    statedBase: base(statedMilli),
    impliedBase: base(impliedMilli),
    normBase: base(normMilli),
  }))
}

export const chart = {
  board: os.chart.board.handler(({ input, context: { desk } }) => {
    const db = desk.database
    const today = desk.businessDate()
    const filter = check(db, input, today)
    const { depotId, itemId } = filter
    const { shortBelowDays } = getSettings(db)
    const wanted = (id: number) => itemId === null || id === itemId
    const use = new Map([...readUse(db)].filter(([id]) => wanted(id)))
    const items = new Map(listItems(db, false).map((item) => [item.itemId, item]))
    const available = new Map<number, number>()
    for (const row of readStock(db, today)) {
      if (depotId !== null && row.depotId !== depotId) continue
      available.set(row.itemId, (available.get(row.itemId) ?? 0) + row.availableBase)
    }
    const cover = [...use].flatMap(([id, useMilliPerDay]) => {
      const item = items.get(id)
      const coverMilliDays = workOutCover(available.get(id) ?? 0, useMilliPerDay)
      if (item === undefined || coverMilliDays === null) return []
      return [{ itemId: id, code: item.code, name: item.name, nameEn: item.nameEn, coverMilliDays }]
    })
    cover.sort((left, right) => left.coverMilliDays - right.coverMilliDays || left.itemId - right.itemId)

    const units = listUnits(db, false)
    const needs = workOutNeeds(units, listNorms(db), readNeedFacts(db, null), today).filter((need) =>
      wanted(need.itemId),
    )
    const runOut = needs.flatMap(({ unit, itemId: id, stockBase, useMilliPerDay, coverMilliDays }) => {
      const item = items.get(id)
      const day = runsOutOn(stockBase, useMilliPerDay, today)
      if (item === undefined || coverMilliDays === null || day === null) return []
      const { placeId: unitId, name: unitName, nameEn: unitNameEn } = unit
      const ofItem = { itemId: id, itemName: item.name, itemNameEn: item.nameEn }
      return [{ unitId, unitName, unitNameEn, ...ofItem, coverMilliDays, runsOutOn: day }]
    })

    const useOfUnit = new Map<number, number>()
    for (const { unit, useMilliPerDay } of needs) {
      useOfUnit.set(unit.placeId, (useOfUnit.get(unit.placeId) ?? 0) + useMilliPerDay)
    }
    const givenTo = new Map<number, number>()
    for (const { placeId, itemId: id, quantityBase } of readFlows(db, filter.from, filter.to, depotId).given) {
      if (wanted(id)) givenTo.set(placeId, (givenTo.get(placeId) ?? 0) + quantityBase)
    }
    const flows = Map.groupBy(
      readDayFlows(db, filter.from, filter.to, depotId).filter((row) => wanted(row.itemId)),
      ({ day }) => day,
    )
    const sumOf = (day: string, name: 'receivedBase' | 'allocatedBase') =>
      (flows.get(day) ?? []).reduce((sum, row) => sum + row[name], 0)
    const promises = new Map(readLiaisonDays(db, { ...filter, supplierId: null }).map((row) => [row.day, row]))
    const days = daysFrom(filter.from, filter.to)
    // Which depot a unit will be served from isn't known beforehand.
    const used = depotId === null ? useOn(db, days, needs, wanted) : null
    const covers = coverByDay(readDepotStock(db, filter), readNetAfter(db, filter), use, days, shortBelowDays)
    return {
      businessDate: today,
      shortBelowDays,
      cover,
      runOut: firstToRunOut(runOut),
      days: days.map((day, index) => ({
        ...covers[index]!,
        used: used?.[index] ?? null,
        receivedBase: sumOf(day, 'receivedBase'),
        givenBase: sumOf(day, 'allocatedBase'),
        promisedBase: promises.get(day)?.promisedBase ?? 0,
        deliveredBase: promises.get(day)?.deliveredBase ?? 0,
      })),
      expiring: listExpiring(db, addDays(today, expiryWeeks * 7 - 1), filter),
      given: [...units, ...listUnits(db, true)].flatMap(({ placeId: unitId, tier, town }) => {
        const givenBase = givenTo.get(unitId) ?? 0
        const useMilliPerDay = useOfUnit.get(unitId) ?? 0
        return givenBase === 0 && useMilliPerDay === 0 ? [] : [{ unitId, tier, town, givenBase, useMilliPerDay }]
      }),
    }
  }),
}
