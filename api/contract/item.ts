import { z } from 'zod'
import {
  anyone,
  command,
  id,
  instant,
  longText,
  managers,
  quantity,
  query,
  requestId,
  shortText,
  staff,
} from './base.ts'

/** Kinds of protective supplies; the words are in renderer/text/item.ts. */
export const categories = ['mask', 'gown', 'gloves', 'eye', 'head-foot', 'disinfection', 'instrument', 'other'] as const

export const itemFields = {
  code: shortText,
  name: shortText,
  nameEn: shortText,
  category: z.enum(categories),
  specification: shortText,
  standard: shortText,
  baseUnit: shortText,
  packName: shortText,
  packSizeBase: quantity,
  shelfLifeDays: quantity.nullable(),
  reserveBase: quantity,
  /** Of one base unit, in fen. */
  unitPriceFen: quantity.nullable(),
}

export const itemRow = z.strictObject({
  itemId: id,
  ...itemFields,
  /** Lower case: code, names, pinyin and its initials. */
  search: z.string(),
  archivedAt: instant.nullable(),
  version: z.int(),
})
export type ItemRow = z.infer<typeof itemRow>

export const dutyRow = z.strictObject({ dutyId: id, code: z.string(), name: z.string(), nameEn: z.string() })

export const item = {
  list: query(...anyone)
    .input(z.strictObject({ archived: z.boolean() }))
    .output(z.array(itemRow)),
  /** itemId null adds; otherwise `version` must be the one that was read. */
  save: command(...staff)
    .input(z.strictObject({ requestId, itemId: id.nullable(), version: z.int().nullable(), ...itemFields }))
    .output(itemRow),
  /** New items of a list, all of them or none; `line` of a refusal is the place in `items`, from 1. */
  addList: command(...staff)
    .input(z.strictObject({ requestId, items: z.array(z.strictObject(itemFields)).min(1).max(5000) }))
    .output(z.array(itemRow)),
  /** Archived items stay in every old document and can't be delivered or allocated. Refused while there is stock. */
  archive: command(...managers)
    .input(z.strictObject({ requestId, itemId: id, archived: z.boolean() }))
    .output(itemRow),
  /** 替代: `substituteId` may be given in place of `itemId`, never the other way round. */
  substitutes: query(...anyone).output(z.array(z.strictObject({ itemId: id, substituteId: id }))),
  saveSubstitutes: command(...managers)
    .input(z.strictObject({ requestId, itemId: id, substituteIds: z.array(id).max(20) }))
    .output(z.array(z.strictObject({ itemId: id, substituteId: id }))),
}

export const norm = {
  duties: query(...anyone).output(z.array(dutyRow)),
  saveDuty: command(...managers)
    .input(z.strictObject({ requestId, dutyId: id.nullable(), code: shortText, name: shortText, nameEn: shortText }))
    .output(dutyRow),
  list: query(...anyone).output(
    z.array(z.strictObject({ dutyId: id, itemId: id, milliPerPersonDay: z.int().positive() })),
  ),
  /** Thousandths of the base unit per person and day; 0 removes the norm. */
  save: command(...managers)
    .input(
      z.strictObject({ requestId, dutyId: id, itemId: id, milliPerPersonDay: quantity, note: longText.optional() }),
    )
    .output(z.strictObject({ milliPerPersonDay: z.int().nonnegative() })),
}
