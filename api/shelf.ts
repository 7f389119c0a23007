import { Checks } from '../core/checks.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { getItem } from '../db/item.ts'
import { getPlace } from '../db/place.ts'
import { listShelves, saveShelf } from '../db/shelf.ts'
import { os, refuse, runCommand } from './procedure.ts'

/** The name of a shelf, as it stands on the shelf's end. */
export const checkShelf = (checks: Checks, field: string, given: string): string =>
  checks.text(field, given, { longest: 30 })

/** Where in a depot items lie. */
export const shelf = {
  list: os.shelf.list.handler(({ input, context }) => listShelves(context.desk.database, input.depotId)),

  save: os.shelf.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['depot', 'stocktake'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        if (!getPlace(db, 'depot', input.depotId)) {
          refusals.push(refusal('not-found', { field: 'depotId', given: input.depotId }))
        }
        const rows = input.shelves.map((given, index) => {
          const checks = new Checks(index + 1)
          if (!getItem(db, given.itemId)) checks.refuse('not-found', { field: 'itemId', given: given.itemId })
          const name = checkShelf(checks, 'shelf', given.shelf)
          refusals.push(...checks.refusals)
          return { itemId: given.itemId, name }
        })
        if (refusals.length > 0) refuse(...refusals)
        for (const { itemId, name } of rows) saveShelf(db, stamp, input.depotId, itemId, name)
        return { depotId: input.depotId }
      },
      (db, { depotId }) => listShelves(db, depotId),
    ),
  ),
}
