import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type ShelfRecord = { readonly itemId: number; readonly shelf: string }

/** Where in a depot an item lies, by the item; those without a shelf are left out. */
export function listShelves(db: Reader, depotId: number): ShelfRecord[] {
  return all<ShelfRecord>(
    db,
    'SELECT item_id AS itemId, name AS shelf FROM shelf WHERE depot_id = ? ORDER BY name, item_id',
    depotId,
  )
}

/** An empty name takes the item off its shelf. */
export function saveShelf(db: Writer, stamp: Stamp, depotId: number, itemId: number, shelf: string): void {
  const before = get<{ name: string }>(db, 'SELECT name FROM shelf WHERE depot_id = ? AND item_id = ?', depotId, itemId)
  if ((before?.name ?? '') === shelf) return
  if (shelf === '') run(db, 'DELETE FROM shelf WHERE depot_id = ? AND item_id = ?', depotId, itemId)
  else {
    run(
      db,
      'INSERT INTO shelf (depot_id, item_id, name) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name',
      depotId,
      itemId,
      shelf,
    )
  }
  const row = (name: string | undefined) => (name ? { itemId, shelf: name } : null)
  recordAudit(db, stamp, {
    action: 'change',
    subject: 'shelf',
    subjectId: depotId,
    before: row(before?.name),
    after: row(shelf),
  })
}
