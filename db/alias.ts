import type { Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type AliasKind = 'item' | 'unit' | 'supplier'
export type NameAlias = {
  readonly kind: AliasKind
  readonly key: string
  readonly alias: string
  readonly targetId: number
}
export type ItemCode = { readonly code: string; readonly itemId: number; readonly packSizeBase: number }

export const listNames = (db: Reader) =>
  all<NameAlias>(
    db,
    'SELECT kind, alias_key AS key, alias, target_id AS targetId FROM name_alias ORDER BY kind, alias_key',
  )

export const listCodes = (db: Reader) =>
  all<ItemCode>(db, 'SELECT code, item_id AS itemId, pack_size_base AS packSizeBase FROM item_code ORDER BY code')

/** The newest choice stands. */
export function saveName(db: Writer, stamp: Stamp, row: NameAlias): void {
  run(
    db,
    `INSERT INTO name_alias (kind, alias_key, alias, target_id, at, person_id) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET alias = excluded.alias, target_id = excluded.target_id, at = excluded.at,
       person_id = excluded.person_id`,
    row.kind,
    row.key,
    row.alias,
    row.targetId,
    stamp.at,
    stamp.personId,
  )
}

export function removeName(db: Writer, kind: AliasKind, key: string): boolean {
  return run(db, 'DELETE FROM name_alias WHERE kind = ? AND alias_key = ?', kind, key).changes === 1
}

/** All names of one target become these. */
export function replaceNames(
  db: Writer,
  stamp: Stamp,
  kind: AliasKind,
  targetId: number,
  names: readonly Omit<NameAlias, 'kind' | 'targetId'>[],
): void {
  run(db, 'DELETE FROM name_alias WHERE kind = ? AND target_id = ?', kind, targetId)
  for (const { key, alias } of names) saveName(db, stamp, { kind, key, alias, targetId })
}

export function saveCode(db: Writer, stamp: Stamp, row: ItemCode): void {
  run(
    db,
    `INSERT INTO item_code (code, item_id, pack_size_base, at, person_id) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET item_id = excluded.item_id, pack_size_base = excluded.pack_size_base, at = excluded.at,
       person_id = excluded.person_id`,
    row.code,
    row.itemId,
    row.packSizeBase,
    stamp.at,
    stamp.personId,
  )
}

export function listMappings(db: Reader, keys: readonly string[]): { key: string; mapping: string }[] {
  return all(
    db,
    'SELECT mapping_key AS key, mapping FROM list_mapping WHERE mapping_key IN (SELECT value FROM json_each(?))',
    JSON.stringify(keys),
  )
}

export function saveMapping(db: Writer, stamp: Stamp, key: string, mapping: string): void {
  run(
    db,
    `INSERT INTO list_mapping (mapping_key, mapping, at, person_id) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET mapping = excluded.mapping, at = excluded.at, person_id = excluded.person_id`,
    key,
    mapping,
    stamp.at,
    stamp.personId,
  )
}

export function listTaken(db: Reader, fingerprint: string): { name: string; document: string; at: number }[] {
  return all(db, 'SELECT name, document, at FROM list_taken WHERE fingerprint = ? ORDER BY at DESC', fingerprint)
}

export function rememberTaken(
  db: Writer,
  stamp: Stamp,
  row: { readonly fingerprint: string; readonly name: string; readonly document: string },
): void {
  run(
    db,
    'INSERT INTO list_taken (fingerprint, name, document, at, person_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    row.fingerprint,
    row.name,
    row.document,
    stamp.at,
    stamp.personId,
  )
}

export const placeOfKindExists = (db: Reader, kind: 'unit' | 'supplier', placeId: number): boolean =>
  get(db, 'SELECT 1 FROM place WHERE kind = ? AND place_id = ?', kind, placeId) !== undefined
