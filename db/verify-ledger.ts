import { canonicalJson } from './canonical.ts'
import {
  hashPosting,
  type LotIdentity,
  lotIdentityColumns,
  lotsOfDetail,
  type NewMovement,
  openingHash,
} from './ledger.ts'
import { each, get, type Reader } from './statement.ts'

/** The first thing that is not as it must be. `name` is fixed and names the kind; the rest says where and what. */
export type Difference = {
  readonly name: string
  readonly subject: string
  readonly expected: string | number | null
  readonly found: string | number | null
}

export const difference = (
  name: string,
  subject: string,
  expected: string | number | null,
  found: string | number | null,
): Difference => ({ name, subject, expected, found })

export type LedgerCounts = { postings: number; movements: number; deliveries: number }

type PostingRow = {
  postingSeq: number
  postingId: string
  kind: string
  number: string
  businessDate: string
  at: number
  personId: number
  correctsSeq: number | null
  detail: string
  previousHash: string
  hash: string
}
type MovementRow = NewMovement & { movementSeq: number; postingSeq: number; line: number }
type DeliveryRow = { postingSeq: number; [field: string]: string | number | null }

/** A cursor that can be looked at before it is moved: three tables are walked side by side in the order of postings. */
class Cursor<Row> {
  row: Row | undefined
  readonly #rows: IterableIterator<Row>
  constructor(rows: IterableIterator<Row>) {
    this.#rows = rows
    this.next()
  }
  next(): void {
    const step = this.#rows.next()
    this.row = step.done ? undefined : step.value
  }
  close(): void {
    this.#rows.return?.()
  }
}

/**
 * Walks the chain from the first posting to the last, each with its movements and the rows of its delivery, in memory
 * bounded by one posting. Adds to `counts`; gives the first difference or null.
 */
export function walkLedger(db: Reader, counts: LedgerCounts): Difference | null {
  const postings = each<PostingRow>(
    db,
    `SELECT posting_seq AS postingSeq, posting_id AS postingId, kind, number, business_date AS businessDate, at,
       person_id AS personId, corrects_seq AS correctsSeq, detail, previous_hash AS previousHash, hash
     FROM posting ORDER BY posting_seq`,
  )
  const movements = new Cursor(
    each<MovementRow>(
      db,
      `SELECT movement_seq AS movementSeq, posting_seq AS postingSeq, line, lot_id AS lotId, item_id AS itemId,
         from_place_id AS fromPlaceId, to_place_id AS toPlaceId, quantity_base AS quantityBase
       FROM movement ORDER BY movement_seq`,
    ),
  )
  const deliveries = new Cursor(
    each<DeliveryRow>(
      db,
      `SELECT posting_seq AS postingSeq, supplier_id AS supplierId, depot_id AS depotId, note_number AS noteNumber,
         note_repeat AS noteRepeat, note FROM delivery ORDER BY posting_seq`,
    ),
  )
  const lines = new Cursor(
    each<DeliveryRow>(
      db,
      `SELECT posting_seq AS postingSeq, line, item_id AS itemId, lot_id AS lotId, packs, pack_size_base AS packSizeBase,
         counted_base AS countedBase, accepted_base AS acceptedBase, rejected_base AS rejectedBase,
         reject_reason AS rejectReason FROM delivery_line ORDER BY posting_seq, line`,
    ),
  )
  try {
    let previousHash = openingHash
    const knownLots = new Map<number, LotIdentity>()
    for (const posting of postings) {
      const taken = takeMovements(posting, movements, counts)
      if ('found' in taken) return taken.found
      const found =
        checkPosting(db, knownLots, posting, counts.postings + 1, previousHash, taken.movements) ??
        checkDelivery(posting, taken.movements, deliveries, lines, counts)
      if (found) return found
      counts.postings += 1
      previousHash = posting.hash
    }
    if (movements.row)
      return difference(
        'movement-without-posting',
        `movement ${movements.row.movementSeq}`,
        null,
        movements.row.postingSeq,
      )
    const stray = deliveries.row ?? lines.row
    if (stray)
      return difference('delivery-without-posting', `delivery of posting ${stray.postingSeq}`, null, stray.postingSeq)
    return checkSequences(db, counts)
  } finally {
    movements.close()
    deliveries.close()
    lines.close()
  }
}

/** The movements of one posting, in order and without a gap; or what is wrong with them. */
function takeMovements(
  posting: PostingRow,
  cursor: Cursor<MovementRow>,
  counts: LedgerCounts,
): { found: Difference } | { movements: readonly MovementRow[] } {
  const movements: MovementRow[] = []
  for (; cursor.row && cursor.row.postingSeq <= posting.postingSeq; cursor.next()) {
    const moved = cursor.row
    counts.movements += 1
    const subject = `movement ${moved.movementSeq}`
    const wanted = { movementSeq: counts.movements, postingSeq: posting.postingSeq, line: movements.length + 1 }
    if (moved.movementSeq !== wanted.movementSeq) {
      return { found: difference('movement-sequence', subject, wanted.movementSeq, moved.movementSeq) }
    }
    if (moved.postingSeq !== wanted.postingSeq) {
      return { found: difference('movement-posting', subject, wanted.postingSeq, moved.postingSeq) }
    }
    if (moved.line !== wanted.line) return { found: difference('movement-line', subject, wanted.line, moved.line) }
    movements.push(moved)
  }
  return { movements }
}

/** Lots come again and again; so many of them are kept in memory. */
const knownLotsLimit = 20_000

const findLot = (db: Reader, lotId: number): LotIdentity | undefined =>
  get<LotIdentity>(db, `SELECT ${lotIdentityColumns} FROM lot WHERE lot_id = ?`, lotId)

function checkPosting(
  db: Reader,
  known: Map<number, LotIdentity>,
  posting: PostingRow,
  expectedSeq: number,
  previousHash: string,
  movements: readonly MovementRow[],
): Difference | null {
  const subject = `posting ${posting.postingSeq} (${posting.number})`
  if (posting.postingSeq !== expectedSeq)
    return difference('posting-sequence', subject, expectedSeq, posting.postingSeq)
  if (posting.previousHash !== previousHash) {
    return difference('posting-previous-hash', subject, previousHash, posting.previousHash)
  }
  if (posting.correctsSeq !== null && posting.correctsSeq >= posting.postingSeq) {
    return difference('posting-corrects', subject, `below ${posting.postingSeq}`, posting.correctsSeq)
  }
  const detail: unknown = JSON.parse(posting.detail)
  const canonical = canonicalJson(detail)
  if (canonical !== posting.detail) return difference('posting-detail', subject, canonical, posting.detail)
  const lots = new Map<number, LotIdentity>()
  for (const lotId of [...movements.map((moved) => moved.lotId), ...lotsOfDetail(detail)]) {
    const lot = known.get(lotId) ?? findLot(db, lotId)
    if (!lot) return difference('lot-missing', subject, lotId, null)
    if (known.size >= knownLotsLimit) known.clear()
    known.set(lotId, lot)
    lots.set(lotId, lot)
  }
  const hash = hashPosting(previousHash, { ...posting, detailText: posting.detail, movements, lots })
  return hash === posting.hash ? null : difference('posting-hash', subject, hash, posting.hash)
}

function checkDelivery(
  posting: PostingRow,
  movements: readonly MovementRow[],
  deliveries: Cursor<DeliveryRow>,
  lines: Cursor<DeliveryRow>,
  counts: LedgerCounts,
): Difference | null {
  const subject = `delivery ${posting.number}`
  const head = deliveries.row
  if (head && head.postingSeq < posting.postingSeq) {
    return difference('delivery-without-posting', `delivery of posting ${head.postingSeq}`, null, head.postingSeq)
  }
  const isDelivery = posting.kind === 'delivery'
  const hasRow = head?.postingSeq === posting.postingSeq
  if (isDelivery !== hasRow) return difference('delivery-row', subject, isDelivery ? 1 : 0, hasRow ? 1 : 0)
  const ownLines: DeliveryRow[] = []
  for (; lines.row && lines.row.postingSeq <= posting.postingSeq; lines.next()) ownLines.push(lines.row)
  if (!isDelivery || !head) {
    const stray = ownLines[0]
    return stray ? difference('delivery-line-without-delivery', subject, null, stray.postingSeq) : null
  }
  counts.deliveries += 1
  const detail = JSON.parse(posting.detail) as Record<string, unknown> & { lines?: Record<string, unknown>[] }
  const written = Array.isArray(detail.lines) ? detail.lines : []
  const inHead = firstFieldApart(head, detail)
  if (inHead) return difference(`delivery-${inHead}`, subject, asText(detail[inHead]), head[inHead] ?? null)
  if (written.length !== ownLines.length) return difference('delivery-lines', subject, written.length, ownLines.length)
  const accepted = new Map<number, number>()
  for (const [index, line] of ownLines.entries()) {
    const field = firstFieldApart(line, written[index] ?? {})
    if (field) {
      return difference(
        `delivery-line-${field}`,
        `${subject} line ${line.line}`,
        asText(written[index]?.[field]),
        line[field] ?? null,
      )
    }
    const lotId = Number(line.lotId)
    accepted.set(lotId, (accepted.get(lotId) ?? 0) + Number(line.acceptedBase))
  }
  for (const moved of movements) {
    if (moved.fromPlaceId !== head.supplierId || moved.toPlaceId !== head.depotId) {
      return difference(
        'delivery-movement-places',
        subject,
        `${head.supplierId} → ${head.depotId}`,
        `${moved.fromPlaceId} → ${moved.toPlaceId}`,
      )
    }
    accepted.set(moved.lotId, (accepted.get(moved.lotId) ?? 0) - moved.quantityBase)
  }
  for (const [lotId, left] of accepted) {
    if (left !== 0) return difference('delivery-movement-quantity', `${subject} lot ${lotId}`, 0, left)
  }
  deliveries.next()
  return null
}

/** The first column of a stored row that the hashed detail says otherwise; `postingSeq` is not in the detail. */
function firstFieldApart(row: DeliveryRow, detail: Readonly<Record<string, unknown>>): string | null {
  for (const [field, stored] of Object.entries(row)) {
    if (field === 'postingSeq') continue
    const written = detail[field]
    const comparable = typeof written === 'boolean' ? Number(written) : (written ?? null)
    if (comparable !== stored) return field
  }
  return null
}

const asText = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value ?? null)

/** The highest sequence ever given out stands in sqlite_sequence: a tail that was cut off leaves it higher. */
function checkSequences(db: Reader, counts: LedgerCounts): Difference | null {
  for (const [table, count] of [
    ['posting', counts.postings],
    ['movement', counts.movements],
  ] as const) {
    const given = get<{ seq: number }>(db, 'SELECT seq FROM sqlite_sequence WHERE name = ?', table)?.seq ?? 0
    if (given !== count) return difference(`${table}-cut-off`, `last ${table}`, given, count)
  }
  return null
}
