import { decideUnit } from '../core/place.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { nameKey, normaliseText } from '../core/text.ts'
import { listNames, rememberTaken, saveName } from '../db/alias.ts'
import { listDuties } from '../db/norm.ts'
import { getPlaceByCode, getUnit, nextCode, saveUnit } from '../db/place.ts'
import { findRequest } from '../db/request.ts'
import type { Reader, Writer } from '../db/statement.ts'
import { forgetTaken, getUnits, removeNamesGiven, removeUnit, requestAt, unitBefore } from '../db/unit-list.ts'
import type { UnitOfList } from './contract/place.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { searchText } from './search-text.ts'
import { toUnit } from './to-unit.ts'

/** More than anybody reads at once. */
const mostRefusals = 200
/** Codes that a list doesn't give: 单位. */
const ownPrefix = 'DW'

type Saved = {
  readonly added: readonly number[]
  readonly changed: readonly number[]
  readonly versions: readonly number[]
}

/** Many units of one list, all of them or none, and the way back. */
export const unitList = {
  saveList: os.unit.saveList.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['unit', 'alias'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        const duties = new Set(listDuties(db).map((duty) => duty.dutyId))
        const names = new Map(
          listNames(db).flatMap(({ kind, key, targetId }) => (kind === 'unit' ? [[key, targetId] as const] : [])),
        )
        const added: number[] = []
        const changed: number[] = []
        input.units.forEach((given, index) => {
          const line = index + 1
          const fields = decideOne(db, given, line, duties, refusals)
          // Once one is refused nothing is kept, and the others are only looked at.
          if (fields === null || refusals.length > 0) return
          const search = searchText(fields.code, fields.name, fields.nameEn, fields.town)
          const placeId = saveUnit(db, stamp, given.placeId, fields, search)
          ;(given.placeId === null ? added : changed).push(placeId)
          for (const written of given.aliases) {
            const alias = normaliseText(written)
            const key = nameKey(alias)
            if (key === '' || key === nameKey(fields.name)) continue
            const holder = names.get(key)
            if (holder === placeId) continue
            if (holder !== undefined) {
              const about = { name: getUnit(db, holder)?.name ?? '' }
              refusals.push(refusal('alias-taken', { line, field: 'alias', given: alias, about }))
              continue
            }
            names.set(key, placeId)
            saveName(db, stamp, { kind: 'unit', key, alias, targetId: placeId })
          }
        })
        if (refusals.length > 0) refuse(...refusals.slice(0, mostRefusals))
        if (input.list !== null) rememberTaken(db, stamp, input.list)
        const versions = [...added, ...changed].map((placeId) => getUnit(db, placeId)!.version)
        return { added, changed, versions }
      },
      (db, { added, changed }) => ({
        added: added.length,
        changed: changed.length,
        units: getUnits(db, [...added, ...changed]).map(toUnit),
      }),
    ),
  ),

  undoList: os.unit.undoList.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['unit', 'alias'],
      (db, stamp) => {
        const found = findRequest(db, input.saved)
        const when = requestAt(db, input.saved)
        if (found?.procedure !== 'unit.saveList' || when === undefined)
          refuse(refusal('not-found', { field: 'saved', given: input.saved }))
        const { added, changed, versions } = found.answer as Saved
        const refusals: Refusal[] = []
        const places = [...added, ...changed]
        places.forEach((placeId, index) => {
          const unit = getUnit(db, placeId)
          if (unit?.version === versions[index]) return
          const about = { name: unit?.name ?? '' }
          refusals.push(refusal('changed-meanwhile', { line: index + 1, field: 'placeId', given: placeId, about }))
        })
        if (refusals.length > 0) refuse(...refusals.slice(0, mostRefusals))
        removeNamesGiven(db, places, when.at)
        forgetTaken(db, when.at)
        for (const placeId of changed) {
          const before = unitBefore(db, placeId, when.at)
          if (before === undefined) throw new Error(`unit ${placeId} has no row in the audit of ${when.at}`)
          saveUnit(db, stamp, placeId, before, before.search)
        }
        for (const placeId of added) {
          const { name } = getUnit(db, placeId)!
          if (!removeUnit(db, stamp, placeId))
            refusals.push(refusal('unit-in-use', { field: 'placeId', given: name, about: { name } }))
        }
        if (refusals.length > 0) refuse(...refusals.slice(0, mostRefusals))
        return { removed: added.length, restored: changed.length }
      },
      (_db, receipt) => receipt,
    ),
  ),
}

/** The fields as they are saved, or null and why not. A new unit without a code gets the next one of ours. */
function decideOne(
  db: Writer | Reader,
  given: UnitOfList,
  line: number,
  duties: ReadonlySet<number>,
  refusals: Refusal[],
) {
  const code = given.placeId === null && normaliseText(given.code) === '' ? nextCode(db, 'unit', ownPrefix) : given.code
  const decision = decideUnit({ ...given, code })
  const before = refusals.length
  if (!decision.ok) refusals.push(...decision.refusals.map((one) => ({ ...one, line })))
  const known = given.placeId === null ? null : getUnit(db, given.placeId)
  if (known === undefined) refusals.push(refusal('not-found', { line, field: 'placeId', given: given.placeId }))
  else if (known !== null && known.version !== given.version)
    refusals.push(
      refusal('changed-meanwhile', { line, field: 'version', given: given.version, allowed: known.version }),
    )
  const holder = decision.ok ? getPlaceByCode(db, 'unit', decision.value.code) : undefined
  if (holder && holder.placeId !== given.placeId)
    refusals.push(refusal('code-taken', { line, field: 'code', given: code, about: { name: holder.name } }))
  const unknown = given.headcount.find(({ dutyId }) => !duties.has(dutyId))
  if (unknown) refusals.push(refusal('not-found', { line, field: 'headcount', given: unknown.dutyId }))
  return decision.ok && refusals.length === before ? decision.value : null
}
