import { type Database, get, run, transact } from '../../db/statement.ts'

/** Places, items and a person to work with; the catalogue's own rules are not in question here. */
export type District = {
  readonly personId: number
  readonly policyId: number
  readonly suppliers: readonly number[]
  readonly depots: readonly number[]
  readonly units: readonly number[]
  readonly items: readonly number[]
}

export function seedDistrict(
  db: Database,
  size: { suppliers?: number; depots?: number; units?: number; items?: number } = {},
): District {
  return transact(db, (writer) => {
    const personId = run(
      writer,
      `INSERT INTO person (name, roles) VALUES ('李四', '["clerk","manager"]')`,
    ).lastInsertRowid
    const policyId = run(
      writer,
      `INSERT INTO policy (name, rounding, horizon_days, rungs) VALUES ('试验', 'runs-out-first', 14, '[]')`,
    ).lastInsertRowid
    const makePlaces = (kind: string, count: number): number[] =>
      Array.from({ length: count }, (_, index) => {
        const placeId = run(
          writer,
          'INSERT INTO place (kind, code, name, search) VALUES (?, ?, ?, ?)',
          kind,
          `${kind}-${index + 1}`,
          `${kind} ${index + 1}`,
          '',
        ).lastInsertRowid
        if (kind === 'supplier') run(writer, "INSERT INTO supplier VALUES (?, 'manufacturer', '')", placeId)
        if (kind === 'unit') run(writer, "INSERT INTO unit VALUES (?, 'checkpoint', 1, '')", placeId)
        return placeId
      })
    const items = Array.from(
      { length: size.items ?? 4 },
      (_, index) =>
        run(
          writer,
          `INSERT INTO item (code, name, category, base_unit, pack_name, pack_size_base, search)
           VALUES (?, ?, 'mask', '只', '箱', ?, '')`,
          `I${index + 1}`,
          `口罩 ${index + 1}`,
          10 * (index + 1),
        ).lastInsertRowid,
    )
    return {
      personId,
      policyId,
      suppliers: makePlaces('supplier', size.suppliers ?? 3),
      depots: makePlaces('depot', size.depots ?? 2),
      units: makePlaces('unit', size.units ?? 5),
      items,
    }
  })
}

/** The same district found again in a file that was seeded before. */
export function findDistrict(db: Database): District {
  const ids = (sql: string): number[] =>
    (get<{ ids: string }>(db, `SELECT json_group_array(id) AS ids FROM (${sql})`)?.ids ?? '[]')
      .match(/\d+/g)
      ?.map(Number) ?? []
  const places = (kind: string): number[] =>
    ids(`SELECT place_id AS id FROM place WHERE kind = '${kind}' ORDER BY place_id`)
  return {
    personId: ids('SELECT person_id AS id FROM person')[0]!,
    policyId: ids('SELECT policy_id AS id FROM policy')[0]!,
    suppliers: places('supplier'),
    depots: places('depot'),
    units: places('unit'),
    items: ids('SELECT item_id AS id FROM item ORDER BY item_id'),
  }
}
