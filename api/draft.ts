import { refusal } from '../core/refusal.ts'
import { getDraft, listDrafts, putDraft, removeDraft } from '../db/desk.ts'
import { transact } from '../db/statement.ts'
import { whenWritable } from '../db/write-aside.ts'
import { os, refuse } from './procedure.ts'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const draft = {
  get: os.draft.get.handler(({ input, context }) => {
    const found = getDraft(context.desk.database, context.person.personId, input.key)
    return found ? { content: found.content, updatedAt: found.updatedAt } : null
  }),

  list: os.draft.list.handler(({ input, context }) =>
    listDrafts(context.desk.database, context.person.personId, input.kind).map(({ key, content, updatedAt }) => ({
      key,
      content,
      updatedAt,
    })),
  ),

  put: os.draft.put.handler(async ({ input, context: { desk, person } }) => {
    if (input.key === '' || !isJson(input.content)) refuse(refusal('malformed', { field: 'content', allowed: 'JSON' }))
    await whenWritable(desk.database)
    const at = desk.now()
    const stamp = { at, personId: person.personId }
    const isMine = transact(desk.database, (db) => putDraft(db, stamp, input))
    if (!isMine) refuse(refusal('not-allowed', { field: 'key', given: input.key }))
    desk.changes.publish(['draft'])
    return { updatedAt: at }
  }),

  remove: os.draft.remove.handler(async ({ input, context: { desk, person } }) => {
    await whenWritable(desk.database)
    const removed = transact(desk.database, (db) => removeDraft(db, person.personId, input.key))
    if (removed) desk.changes.publish(['draft'])
    return { removed }
  }),
}
