import { decideDuty, decideItem, decideNorm } from '../core/item.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { standardMeets } from '../core/standard.ts'
import { archiveItem, getItem, getItemByCode, type ItemRecord, itemOnHand, listItems, saveItem } from '../db/item.ts'
import { getDutyByCode, listDuties, listNorms, saveDuty, saveNorm } from '../db/norm.ts'
import { listSubstitutes, saveSubstitutes } from '../db/round-depth.ts'
import type { ItemRow } from './contract/item.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { settle } from './refused.ts'
import { searchText } from './search-text.ts'

/** Refuses a row that is not there, or that another window has changed since it was read. */
export function expectVersion<Row extends { version: number }>(
  row: Row | undefined,
  field: string,
  id: number,
  version: number | null,
): Row {
  if (!row) refuse(refusal('not-found', { field, given: id }))
  if (version !== row.version) refuse(refusal('changed-meanwhile', { given: version, allowed: row.version }))
  return row
}

const toRow = (record: ItemRecord): ItemRow => ({ ...record, category: record.category as ItemRow['category'] })

export const item = {
  list: os.item.list.handler(({ input, context }) => listItems(context.desk.database, input.archived).map(toRow)),

  save: os.item.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['item'],
      (db, stamp) => {
        const fields = settle(decideItem(input))
        if (input.itemId !== null) expectVersion(getItem(db, input.itemId), 'itemId', input.itemId, input.version)
        const holder = getItemByCode(db, fields.code)
        if (holder && holder.itemId !== input.itemId) {
          refuse(refusal('code-taken', { field: 'code', given: fields.code, about: { name: holder.name } }))
        }
        const search = searchText(fields.code, fields.name, fields.nameEn, fields.standard)
        return { itemId: saveItem(db, stamp, input.itemId, fields, search) }
      },
      (db, { itemId }) => toRow(getItem(db, itemId)!),
    ),
  ),

  addList: os.item.addList.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['item'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        const itemIds: number[] = []
        for (const [index, given] of input.items.entries()) {
          const line = index + 1
          const decision = decideItem(given)
          if (!decision.ok) {
            refusals.push(...decision.refusals.map((one) => ({ ...one, line })))
            continue
          }
          const fields = decision.value
          const holder = getItemByCode(db, fields.code)
          if (holder) {
            const about = { name: holder.name }
            refusals.push(refusal('code-taken', { line, field: 'code', given: fields.code, about }))
            continue
          }
          const search = searchText(fields.code, fields.name, fields.nameEn, fields.standard)
          itemIds.push(saveItem(db, stamp, null, fields, search))
        }
        if (refusals.length > 0) refuse(...refusals.slice(0, 200))
        return { itemIds }
      },
      (db, { itemIds }) => itemIds.map((itemId) => toRow(getItem(db, itemId)!)),
    ),
  ),

  archive: os.item.archive.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['item', 'stock'],
      (db, stamp) => {
        const row = getItem(db, input.itemId)
        if (!row) refuse(refusal('not-found', { field: 'itemId', given: input.itemId }))
        const onHand = itemOnHand(db, input.itemId)
        if (input.archived && onHand > 0) {
          refuse(refusal('in-use', { field: 'itemId', given: onHand, allowed: 0, about: { name: row.name } }))
        }
        archiveItem(db, stamp, input.itemId, input.archived)
        return { itemId: input.itemId }
      },
      (db, { itemId }) => toRow(getItem(db, itemId)!),
    ),
  ),

  substitutes: os.item.substitutes.handler(({ context }) => listSubstitutes(context.desk.database)),

  saveSubstitutes: os.item.saveSubstitutes.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['item'],
      (db, stamp) => {
        const row = getItem(db, input.itemId)
        if (!row) refuse(refusal('not-found', { field: 'itemId', given: input.itemId }))
        for (const substituteId of new Set(input.substituteIds)) {
          const substitute = getItem(db, substituteId)
          if (!substitute) refuse(refusal('not-found', { field: 'substituteIds', given: substituteId }))
          // Only what is at least of the item's grade may stand in for it.
          if (substituteId === input.itemId || !standardMeets(substitute.standard, row.standard)) {
            refuse(
              refusal('standard-below-item', {
                field: 'substituteIds',
                given: substitute.standard || substitute.code,
                allowed: row.standard,
                about: { item: substitute.name },
              }),
            )
          }
        }
        saveSubstitutes(db, stamp, input.itemId, [...new Set(input.substituteIds)])
        return { itemId: input.itemId }
      },
      (db) => listSubstitutes(db),
    ),
  ),
}

export const norm = {
  duties: os.norm.duties.handler(({ context }) => listDuties(context.desk.database)),

  saveDuty: os.norm.saveDuty.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['norm', 'unit'],
      (db, stamp) => {
        const fields = settle(decideDuty(input))
        const holder = getDutyByCode(db, fields.code)
        if (holder && holder.dutyId !== input.dutyId) {
          refuse(refusal('code-taken', { field: 'code', given: fields.code, about: { name: holder.name } }))
        }
        if (input.dutyId !== null && !listDuties(db).some((duty) => duty.dutyId === input.dutyId)) {
          refuse(refusal('not-found', { field: 'dutyId', given: input.dutyId }))
        }
        return { dutyId: saveDuty(db, stamp, input.dutyId, fields) }
      },
      (db, { dutyId }) => listDuties(db).find((duty) => duty.dutyId === dutyId)!,
    ),
  ),

  list: os.norm.list.handler(({ context }) => listNorms(context.desk.database)),

  save: os.norm.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['norm', 'unit', 'stock'],
      (db, stamp) => {
        const milliPerPersonDay = settle(decideNorm(input.milliPerPersonDay))
        if (!getItem(db, input.itemId)) refuse(refusal('not-found', { field: 'itemId', given: input.itemId }))
        if (!listDuties(db).some((duty) => duty.dutyId === input.dutyId)) {
          refuse(refusal('not-found', { field: 'dutyId', given: input.dutyId }))
        }
        saveNorm(db, stamp, { dutyId: input.dutyId, itemId: input.itemId, milliPerPersonDay })
        return { milliPerPersonDay }
      },
      (_db, receipt) => receipt,
    ),
  ),
}
