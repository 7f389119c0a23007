import { Checks } from '../core/checks.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { nameKey, normaliseText } from '../core/text.ts'
import {
  listCodes,
  listMappings,
  listNames,
  listTaken,
  placeOfKindExists,
  rememberTaken,
  removeName,
  saveCode,
  saveMapping,
  saveName,
} from '../db/alias.ts'
import { getItem } from '../db/item.ts'
import { os, refuse, runCommand } from './procedure.ts'

export const alias = {
  list: os.alias.list.handler(({ context }) => ({
    names: listNames(context.desk.database),
    codes: listCodes(context.desk.database),
  })),

  saveNames: os.alias.saveNames.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['alias'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        input.names.forEach(({ kind, alias, targetId }, index) => {
          const line = index + 1
          const key = nameKey(alias)
          if (key === '') refusals.push(refusal('required', { line, field: 'alias', given: alias }))
          const exists = kind === 'item' ? getItem(db, targetId) !== undefined : placeOfKindExists(db, kind, targetId)
          if (!exists) refusals.push(refusal('not-found', { line, field: 'targetId', given: targetId }))
          if (refusals.length === 0) saveName(db, stamp, { kind, key, alias: normaliseText(alias), targetId })
        })
        if (refusals.length > 0) refuse(...refusals)
        return { saved: input.names.length }
      },
      (_db, receipt) => receipt,
    ),
  ),

  removeName: os.alias.removeName.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['alias'],
      (db) => ({ removed: removeName(db, input.kind, input.key) }),
      (_db, receipt) => receipt,
    ),
  ),

  saveCode: os.alias.saveCode.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['alias'],
      (db, stamp) => {
        const checks = new Checks()
        const code = checks.text('scannedCode', input.code, { longest: 100, required: true })
        const packSizeBase = checks.whole('packSizeBase', input.packSizeBase, 1, 1_000_000)
        if (!getItem(db, input.itemId)) checks.refuse('not-found', { field: 'itemId', given: input.itemId })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        saveCode(db, stamp, { code, itemId: input.itemId, packSizeBase })
        return { code, itemId: input.itemId, packSizeBase }
      },
      (_db, receipt) => receipt,
    ),
  ),

  mapping: os.alias.mapping.handler(({ input, context }) => listMappings(context.desk.database, input.keys)),

  saveMapping: os.alias.saveMapping.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['alias'],
      (db, stamp) => {
        try {
          JSON.parse(input.mapping)
        } catch {
          refuse(refusal('malformed', { field: 'mapping', allowed: 'JSON' }))
        }
        saveMapping(db, stamp, input.key, input.mapping)
        return { saved: true }
      },
      (_db, receipt) => receipt,
    ),
  ),

  taken: os.alias.taken.handler(({ input, context }) => listTaken(context.desk.database, input.fingerprint)),

  rememberTaken: os.alias.rememberTaken.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['alias'],
      (db, stamp) => {
        const { fingerprint, name, document } = input
        rememberTaken(db, stamp, { fingerprint, name, document })
        return { saved: true }
      },
      (_db, receipt) => receipt,
    ),
  ),
}
