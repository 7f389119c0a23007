import { all, type Reader } from './statement.ts'

export type Found = {
  readonly kind: 'item' | 'unit' | 'supplier' | 'depot' | 'delivery' | 'round' | 'slip'
  readonly id: number
  readonly code: string
  readonly name: string
  readonly nameEn: string
}

/**
 * What holds every word of the text: catalogue rows by code, name, pinyin and initials (their `search` column), documents
 * by number. Rows whose search text begins with the first word come first. `text` is normalised and in lower case.
 */
export function findAnything(db: Reader, text: string, limit: number): Found[] {
  const words = text.split(' ').filter((word) => word !== '')
  if (words.length === 0) return []
  const parameters: Record<string, string | number> = { first: words[0]!, limit }
  const conditions = words.map((word, index) => {
    // GLOB and LIKE would give % and _ of the user a meaning; instr takes every character as it stands.
    parameters[`word${index}`] = word
    return `instr(search, :word${index}) > 0`
  })
  const where = conditions.join(' AND ')
  return all<Found>(
    db,
    `SELECT kind, id, code, name, nameEn FROM (
       SELECT 'item' AS kind, item_id AS id, code, name, name_en AS nameEn, search, 0 AS sort
         FROM item WHERE archived_at IS NULL AND ${where}
       UNION ALL
       SELECT kind, place_id, code, name, name_en, search, 1
         FROM place WHERE kind IN ('unit', 'supplier', 'depot') AND archived_at IS NULL AND ${where}
       UNION ALL
       SELECT * FROM (SELECT 'delivery', d.posting_seq, g.number, s.name, s.name_en,
         lower(g.number || ' ' || d.note_number) AS search, 2
         FROM delivery d JOIN posting g USING (posting_seq) JOIN place s ON s.place_id = d.supplier_id
         WHERE ${where.replaceAll('search', "lower(g.number || ' ' || d.note_number)")} ORDER BY d.posting_seq DESC LIMIT :limit)
       UNION ALL
       SELECT * FROM (SELECT 'round', r.round_id, r.number, y.name, y.name_en, lower(r.number) AS search, 3
         FROM round r JOIN policy y USING (policy_id)
         WHERE ${where.replaceAll('search', 'lower(r.number)')} ORDER BY r.round_id DESC LIMIT :limit)
       UNION ALL
       SELECT * FROM (SELECT 'slip', s.slip_id, s.number, p.name, p.name_en, lower(s.number) AS search, 4
         FROM slip s JOIN place p ON p.place_id = s.unit_id
         WHERE ${where.replaceAll('search', 'lower(s.number)')} ORDER BY s.slip_id DESC LIMIT :limit)
     ) ORDER BY instr(search, :first) <> 1, sort, code LIMIT :limit`,
    parameters,
  )
}
