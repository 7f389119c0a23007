import { normaliseText } from '../core/text.ts'
import { findAnything } from '../db/search.ts'
import { os } from './procedure.ts'

export const search = {
  find: os.search.find.handler(({ input, context }) =>
    findAnything(context.desk.database, normaliseText(input.text).toLowerCase(), input.limit),
  ),
}
