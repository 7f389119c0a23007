import { all, get, type Reader, tuples } from './statement.ts'

export type StockRecord = {
  readonly itemId: number
  readonly depotId: number
  readonly onHandBase: number
  readonly reservedBase: number
  readonly availableBase: number
  readonly unusableBase: number
  readonly earliestExpiresOn: string | null
}

/**
 * Stock by item and depot, from the balances alone: its cost grows with what is there, not with what ever moved.
 * Available leaves out what is reserved, on hold, or expired before `today`. Added up here and not by GROUP BY: that
 * takes five times as long over 400,000 balances.
 */
export function readStock(db: Reader, today: string): StockRecord[] {
  // By lot: the numbers of lots are dense.
  const expiries: (string | null)[] = []
  const unusable: boolean[] = []
  const lots = tuples<[number, string | null, number]>(db, 'SELECT lot_id, expires_on, hold FROM lot')
  for (const [lotId, expiresOn, hold] of lots) {
    expiries[lotId] = expiresOn
    unusable[lotId] = hold === 1 || (expiresOn !== null && expiresOn < today)
  }
  const depots = new Set(tuples<[number]>(db, "SELECT place_id FROM place WHERE kind = 'depot'").flat())
  const balances = tuples<[number, number, number, number, number]>(
    db,
    'SELECT item_id, place_id, lot_id, on_hand, reserved FROM balance WHERE on_hand > 0 ORDER BY item_id, place_id',
  )
  const stock: StockRecord[] = []
  let cell: { -readonly [Field in keyof StockRecord]: StockRecord[Field] } | undefined
  // By index and not by `for … of`: a fifth of the whole time at this number of rows.
  for (let index = 0; index < balances.length; index += 1) {
    const row = balances[index]!
    const itemId = row[0]
    const depotId = row[1]
    const lotId = row[2]
    const onHand = row[3]
    const reserved = row[4]
    if (cell === undefined || cell.depotId !== depotId || cell.itemId !== itemId) {
      if (!depots.has(depotId)) continue
      cell = {
        itemId,
        depotId,
        onHandBase: 0,
        reservedBase: 0,
        availableBase: 0,
        unusableBase: 0,
        earliestExpiresOn: null,
      }
      stock.push(cell)
    }
    cell.onHandBase += onHand
    cell.reservedBase += reserved
    if (unusable[lotId]) cell.unusableBase += onHand
    else cell.availableBase += onHand - reserved
    const expiresOn = expiries[lotId] ?? null
    if (expiresOn !== null && (cell.earliestExpiresOn === null || expiresOn < cell.earliestExpiresOn)) {
      cell.earliestExpiresOn = expiresOn
    }
  }
  return stock
}

export type LotStockRecord = {
  readonly lotId: number
  readonly depotId: number
  readonly number: string
  readonly supplierName: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly standard: string
  readonly hold: boolean
  readonly onHandBase: number
  readonly reservedBase: number
}

/** Lots of an item with stock, in the order they should leave: earliest expiry first, those without one last. */
export function listLots(db: Reader, itemId: number, depotId: number | null): LotStockRecord[] {
  return all<Omit<LotStockRecord, 'hold'> & { hold: number }>(
    db,
    `SELECT b.lot_id AS lotId, b.place_id AS depotId, t.number, s.name AS supplierName, t.made_on AS madeOn,
       t.expires_on AS expiresOn, t.standard, t.hold, b.on_hand AS onHandBase, b.reserved AS reservedBase
     FROM balance b JOIN place p USING (place_id) JOIN lot t USING (lot_id) JOIN place s ON s.place_id = t.supplier_id
     WHERE b.item_id = :itemId AND p.kind = 'depot' AND b.on_hand > 0 AND (:depotId IS NULL OR b.place_id = :depotId)
     ORDER BY t.expires_on IS NULL, t.expires_on, b.lot_id, b.place_id`,
    { itemId, depotId },
  ).map((row) => ({ ...row, hold: row.hold === 1 }))
}

export type CardRecord = {
  readonly movementSeq: number
  readonly postingSeq: number
  readonly kind: string
  readonly number: string
  readonly businessDate: string
  readonly at: number
  readonly place: string
  readonly placeEn: string
  readonly lot: string
  readonly inBase: number
  readonly outBase: number
  readonly balanceBase: number
  readonly person: string
}

/**
 * The stock card of an item at a depot, newest first, counted back from the balance, so that the first screen costs the
 * same however long the card is. Lots and people, of which there are few, are read once each.
 */
export function readCard(
  db: Reader,
  asked: {
    readonly itemId: number
    readonly depotId: number
    readonly before: { readonly movementSeq: number; readonly balanceBase: number } | null
    readonly limit: number
  },
): CardRecord[] {
  const { itemId, depotId, limit } = asked
  const before = asked.before?.movementSeq ?? Number.MAX_SAFE_INTEGER
  const rows = tuples<CardRow>(db, cardSql, { itemId, depotId, before, limit })
  let balanceBase =
    asked.before?.balanceBase ??
    get<{ onHand: number }>(
      db,
      'SELECT ifnull(sum(on_hand), 0) AS onHand FROM balance WHERE item_id = ? AND place_id = ?',
      itemId,
      depotId,
    )!.onHand
  const lots = new Map<number, string>()
  const people = new Map<number, string>()
  let known: ReadonlySet<number> | null = null
  /** Asked for once, where the page of the card has a stocktake at all: there are as few as there were first days. */
  const openings = () => {
    known ??= readOpenings(db)
    return known
  }
  return rows.map(
    ([movementSeq, postingSeq, kind, number, businessDate, at, change, place, placeEn, lotId, personId]) => {
      if (!lots.has(lotId)) {
        lots.set(lotId, get<{ number: string }>(db, 'SELECT number FROM lot WHERE lot_id = ?', lotId)!.number)
      }
      if (!people.has(personId)) {
        people.set(personId, get<{ name: string }>(db, 'SELECT name FROM person WHERE person_id = ?', personId)!.name)
      }
      const card = {
        movementSeq,
        postingSeq,
        kind: kind === 'stocktake' && openings().has(postingSeq) ? 'opening' : kind,
        number,
        businessDate,
        at,
        place,
        placeEn,
        lot: lots.get(lotId)!,
        inBase: Math.max(change, 0),
        outBase: Math.max(-change, 0),
        balanceBase,
        person: people.get(personId)!,
      }
      balanceBase -= change
      return card
    },
  )
}

const readOpenings = (db: Reader): ReadonlySet<number> =>
  new Set(
    tuples<[number]>(
      db,
      "SELECT posting_seq FROM stocktake WHERE category = 'opening' AND posting_seq IS NOT NULL",
      {},
    ).map(([postingSeq]) => postingSeq),
  )

type CardRow = [number, number, string, string, string, number, number, string, string, number, number]

// SQLite merges the two, each in the order of its index, and stops at the limit: no sorting, however long the card is.
const cardSql = `${sideSql('', 'to_place_id', 'from_place_id')} UNION ALL ${sideSql('-', 'from_place_id', 'to_place_id')}
  ORDER BY 1 DESC LIMIT :limit`

function sideSql(sign: '' | '-', own: string, other: string): string {
  return `SELECT m.movement_seq, m.posting_seq,
    g.kind, g.number, g.business_date, g.at, ${sign}m.quantity_base, o.name,
    o.name_en, m.lot_id, g.person_id
  FROM movement m CROSS JOIN posting g USING (posting_seq) CROSS JOIN place o ON o.place_id = m.${other}
  WHERE m.${own} = :depotId AND m.item_id = :itemId AND m.movement_seq < :before`
}
