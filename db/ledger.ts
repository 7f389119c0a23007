import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

/**
 * The ledger's one door. A posting is written once, with its movements, and linked to the one before it:
 * `hash = sha256(previous hash + line feed + canonical content)`. The content is everything the posting and its
 * movements say and the identity of every lot they name, so changing any of it afterwards breaks the chain, which
 * db/verify.ts finds.
 */

export const postingKinds = [
  'delivery',
  'dispatch',
  'return',
  'transfer',
  'stocktake',
  'write-off',
  'correction',
  'signature',
] as const
export type PostingKind = (typeof postingKinds)[number]

export type NewMovement = {
  readonly lotId: number
  readonly itemId: number
  readonly fromPlaceId: number
  readonly toPlaceId: number
  /** In the item's base unit, 1 to 10^12. */
  readonly quantityBase: number
}

export type NewPosting = {
  /** UUID made where the user acted. */
  readonly postingId: string
  readonly kind: PostingKind
  /** The document's number, from db/numbering.ts. */
  readonly number: string
  /** YYYY-MM-DD */
  readonly businessDate: string
  /** UTC milliseconds. */
  readonly at: number
  readonly personId: number
  readonly correctsSeq?: number | null
  /** What the document says beside its movements. For a delivery, `DeliveryDetail`; for a dispatch, `DispatchDetail`. */
  readonly detail: unknown
  readonly movements: readonly NewMovement[]
}

/**
 * What a delivery's detail must hold at least: its `delivery` and `delivery_line` rows, so that the hash covers them.
 * `verify` compares them field by field; further fields are allowed.
 */
export type DeliveryDetail = {
  readonly supplierId: number
  readonly depotId: number
  readonly noteNumber: string
  readonly noteRepeat: boolean | 0 | 1
  readonly note: string
  readonly lines: readonly {
    readonly line: number
    readonly itemId: number
    readonly lotId: number
    readonly packs: number | null
    readonly packSizeBase: number
    readonly countedBase: number
    readonly acceptedBase: number
    readonly rejectedBase: number
    readonly rejectReason: string
  }[]
}

/** What a dispatch's detail holds: the slip as it went, so that the chain covers it, and the seal of its round. */
export type DispatchDetail = {
  readonly slipId: number
  readonly number: string
  readonly roundId: number
  readonly roundHash: string
  readonly unitId: number
  readonly depotId: number
  readonly lines: readonly {
    readonly line: number
    readonly itemId: number
    readonly lotId: number
    readonly packs: number
    readonly packSizeBase: number
    readonly quantityBase: number
    readonly needBase: number
    readonly pickedPacks: number | null
    readonly forItemId: number | null
    readonly replacesLine: number | null
  }[]
}

/** What the first posting names as its predecessor. */
export const openingHash: string = '0'.repeat(64)

export type LotIdentity = {
  readonly lotId: number
  readonly itemId: number
  readonly supplierId: number
  readonly number: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly standard: string
}

export const lotIdentityColumns =
  'lot_id AS lotId, item_id AS itemId, supplier_id AS supplierId, number, made_on AS madeOn, expires_on AS expiresOn, standard'

/** Everything the hash covers. Never change its shape: databases in the field were hashed with it. */
export type HashedContent = {
  readonly postingSeq: number
  readonly postingId: string
  readonly kind: string
  readonly number: string
  readonly businessDate: string
  readonly at: number
  readonly personId: number
  readonly correctsSeq: number | null
  /** Canonical JSON, as it is stored. */
  readonly detailText: string
  /** In the order of their lines. */
  readonly movements: readonly NewMovement[]
  /** Of every lot that a movement or a line of the detail names. */
  readonly lots: ReadonlyMap<number, LotIdentity>
}

export function hashPosting(previousHash: string, content: HashedContent): string {
  const head = JSON.stringify([
    'frontstock-posting/1',
    content.postingSeq,
    content.postingId,
    content.kind,
    content.number,
    content.businessDate,
    content.at,
    content.personId,
    content.correctsSeq,
  ])
  const movements = JSON.stringify(
    content.movements.map((moved, index) => [
      index + 1,
      moved.lotId,
      moved.itemId,
      moved.fromPlaceId,
      moved.toPlaceId,
      moved.quantityBase,
    ]),
  )
  const lots = JSON.stringify(
    [...content.lots.values()]
      .sort((a, b) => a.lotId - b.lotId)
      .map((lot) => [lot.lotId, lot.itemId, lot.supplierId, lot.number, lot.madeOn, lot.expiresOn, lot.standard]),
  )
  // JSON holds no line feed, so the parts can't run into one another.
  return createHash('sha256')
    .update(`${previousHash}\n${head}\n${content.detailText}\n${movements}\n${lots}`)
    .digest('hex')
}

/** The lots that the lines of a delivery name, moved or not (a line that was rejected whole moves nothing). */
export function lotsOfDetail(detail: unknown): number[] {
  if (typeof detail !== 'object' || detail === null || !('lines' in detail) || !Array.isArray(detail.lines)) return []
  return detail.lines.flatMap((line: unknown) =>
    typeof line === 'object' && line !== null && 'lotId' in line && typeof line.lotId === 'number' ? [line.lotId] : [],
  )
}

/** Sequence and hash of the newest posting; `{ postingSeq: 0, hash: openingHash }` when there is none. */
export function newestPosting(db: Reader): { postingSeq: number; hash: string } {
  const row = get<{ postingSeq: number; hash: string }>(
    db,
    'SELECT posting_seq AS postingSeq, hash FROM posting ORDER BY posting_seq DESC LIMIT 1',
  )
  return row ?? { postingSeq: 0, hash: openingHash }
}

/**
 * Appends a posting and its movements; the triggers move the balances. Throws the driver's SqliteError when the database
 * refuses (an oversell fails the constraint `balance_holds`); nothing is left of it once the transaction is rolled back.
 */
export function appendPosting(db: Writer, posting: NewPosting): { postingSeq: number; hash: string } {
  const detailText = canonicalJson(posting.detail)
  // SQLite would store a lone surrogate as U+FFFD, and the hash would cover another text than the stored one.
  if (!detailText.isWellFormed() || /\\ud[89a-f]/i.test(detailText.replaceAll('\\\\', ''))) {
    throw new Error(`the detail of posting ${posting.number} holds a broken character`)
  }
  const newest = newestPosting(db)
  const postingSeq = newest.postingSeq + 1
  const { postingId, kind, number, businessDate, at, personId, movements } = posting
  const correctsSeq = posting.correctsSeq ?? null
  for (const { quantityBase } of movements) {
    if (!Number.isSafeInteger(quantityBase)) throw new Error(`a quantity must be a whole number, got ${quantityBase}`)
  }
  const lots = findLots(db, new Set([...movements.map((moved) => moved.lotId), ...lotsOfDetail(posting.detail)]))
  const hash = hashPosting(newest.hash, {
    postingSeq,
    postingId,
    kind,
    number,
    businessDate,
    at,
    personId,
    correctsSeq,
    detailText,
    movements,
    lots,
  })
  run(
    db,
    `INSERT INTO posting (posting_seq, posting_id, kind, number, business_date, at, person_id, corrects_seq, detail,
       previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    postingSeq,
    postingId,
    kind,
    number,
    businessDate,
    at,
    personId,
    correctsSeq,
    detailText,
    newest.hash,
    hash,
  )
  // All in one statement: with one for each, SQLite would set aside every page it touches for each of them.
  if (movements.length > 0)
    run(
      db,
      `INSERT INTO movement (posting_seq, line, lot_id, item_id, from_place_id, to_place_id, quantity_base)
       SELECT ?, key + 1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) ORDER BY key`,
      postingSeq,
      JSON.stringify(
        movements.map((moved) => [moved.lotId, moved.itemId, moved.fromPlaceId, moved.toPlaceId, moved.quantityBase]),
      ),
    )
  return { postingSeq, hash }
}

function findLots(db: Reader, lotIds: ReadonlySet<number>): Map<number, LotIdentity> {
  const found = all<LotIdentity>(
    db,
    `SELECT ${lotIdentityColumns} FROM lot WHERE lot_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify([...lotIds]),
  )
  const lots = new Map(found.map((lot) => [lot.lotId, lot]))
  for (const lotId of lotIds) if (!lots.has(lotId)) throw new Error(`lot ${lotId} does not exist`)
  return lots
}
