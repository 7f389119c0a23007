import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.ts'
import { all, get, type Reader } from './statement.ts'

/**
 * The hash of an approved round: its head, the plan with its problem, every line with the rounding credit it carries on,
 * and its slips as they were cut. What happens to them later (picked, dispatched, cancelled) is not in it. Each dispatch
 * names it in its posting, so the ledger's chain covers it from the first slip that goes.
 */
export function hashRound(db: Reader, roundId: number): string {
  const head = get(
    db,
    `SELECT number, policy_id, business_date, horizon_days, note, problem, result, problem_hash, approved_at, approved_by
     FROM round WHERE round_id = ?`,
    roundId,
  )
  const lines = all(db, 'SELECT * FROM round_line WHERE round_id = ? ORDER BY unit_id, item_id', roundId)
  const slips = all(
    db,
    'SELECT slip_id, number, unit_id, depot_id FROM slip WHERE round_id = ? ORDER BY slip_id',
    roundId,
  )
  const slipLines = all(
    db,
    `SELECT l.slip_id, l.line, l.item_id, l.lot_id, l.packs, l.pack_size_base, l.quantity_base, l.need_base, l.for_item_id
     FROM slip s JOIN slip_line l USING (slip_id) WHERE s.round_id = ? AND l.replaces_line IS NULL ORDER BY l.slip_id, l.line`,
    roundId,
  )
  const content = canonicalJson({ roundId, head: head ?? null, lines, slips, slipLines })
  return createHash('sha256').update(`frontstock-round/1\n${content}`).digest('hex')
}
