import type { NewMovement, PostingKind } from '../../db/ledger.ts'
import { all, type Database, transact } from '../../db/statement.ts'
import type { District } from './district.ts'
import { cancel, deliver, dispatch, move, reserve, type SlipTaken } from './operations.ts'
import type { Random } from './random.ts'

/**
 * The simple reference: numbers in a map. It says before each operation whether the database must take it, and after it
 * what the balances must be. It knows nothing of SQL, triggers, hashes or lots' identities.
 */
type Held = { onHand: number; reserved: number }
const keyOf = (placeId: number, lotId: number): string => `${placeId}/${lotId}`

class Books {
  readonly held = new Map<string, Held>()
  readonly #bounded: ReadonlySet<number>
  #journal: [string, Held | undefined][] = []
  constructor(bounded: ReadonlySet<number>) {
    this.#bounded = bounded
  }
  at(placeId: number, lotId: number): Held {
    return this.held.get(keyOf(placeId, lotId)) ?? { onHand: 0, reserved: 0 }
  }
  #change(placeId: number, lotId: number, onHand: number, reserved: number): boolean {
    const before = this.at(placeId, lotId)
    const after = { onHand: before.onHand + onHand, reserved: before.reserved + reserved }
    this.#journal.push([keyOf(placeId, lotId), this.held.get(keyOf(placeId, lotId))])
    this.held.set(keyOf(placeId, lotId), after)
    return !this.#bounded.has(placeId) || (after.onHand >= 0 && after.reserved >= 0 && after.reserved <= after.onHand)
  }
  move(moved: NewMovement): boolean {
    const left = this.#change(moved.fromPlaceId, moved.lotId, -moved.quantityBase, 0)
    return this.#change(moved.toPlaceId, moved.lotId, moved.quantityBase, 0) && left
  }
  promise(placeId: number, lotId: number, quantityBase: number): boolean {
    return this.#change(placeId, lotId, 0, quantityBase)
  }
  /** Everything since the last `keep` is undone. */
  undo(): void {
    for (const [key, before] of this.#journal.reverse()) {
      if (before) this.held.set(key, before)
      else this.held.delete(key)
    }
    this.#journal = []
  }
  keep(): void {
    this.#journal = []
  }
}

export type ModelCounts = { taken: number; refused: number; byKind: Record<string, number> }

const [consumed, lost, variance] = [1, 2, 3]

export function createModel(db: Database, district: District, random: Random) {
  const books = new Books(new Set([...district.depots, ...district.units]))
  // What an earlier run left is taken as given: the model answers for what happens from here on.
  for (const { placeId, lotId, onHand, reserved } of readBalances(db)) {
    books.held.set(keyOf(placeId, lotId), { onHand, reserved })
  }
  const lots = all<{ lotId: number; itemId: number }>(db, 'SELECT lot_id AS lotId, item_id AS itemId FROM lot')
  let lotCount = lots.length
  let open = readOpenSlips(db)
  let correctable = readCorrectable(db)
  const counts: ModelCounts = { taken: 0, refused: 0, byKind: {} }

  /** Tries it on the books, then on the database, and compares who takes it. */
  function attempt<T>(
    kind: string,
    trial: (trial: Books) => boolean,
    work: Parameters<typeof transact<T>>[1],
  ): T | null {
    const expected = trial(books)
    let taken: { value: T } | null = null
    let problem: unknown
    try {
      taken = { value: transact(db, work) }
    } catch (error) {
      problem = error
      if (!(error instanceof Error) || !/balance_holds/.test(error.message)) {
        books.undo()
        throw error
      }
    }
    if (expected !== (taken !== null)) {
      throw new Error(`${kind}: the model ${expected ? 'takes' : 'refuses'} it and the database does not: ${problem}`)
    }
    if (!taken) {
      books.undo()
      counts.refused += 1
      return null
    }
    books.keep()
    counts.taken += 1
    counts.byKind[kind] = (counts.byKind[kind] ?? 0) + 1
    return taken.value
  }

  const moveAll = (movements: readonly NewMovement[]) => (trial: Books) => {
    for (const moved of movements) if (!trial.move(moved)) return false
    return true
  }

  /** Mostly what is there, now and then a little more. */
  function quantityAt(placeId: number, lotId: number): number {
    const { onHand, reserved } = books.at(placeId, lotId)
    const free = Math.max(0, onHand - reserved)
    return random.chance(0.15) || free === 0 ? free + random.between(1, 20) : random.between(1, free)
  }

  /** Now and then far behind, so that lots without stock are asked for too. */
  function someLots(placeId: number): { lotId: number; itemId: number }[] {
    const there = lots.filter(({ lotId }) => books.at(placeId, lotId).onHand > 0)
    const from = there.length > 0 && !random.chance(0.05) ? there : lots
    return [...new Set(Array.from({ length: random.between(1, 3) }, () => random.pick(from)))]
  }

  function movementsBetween(fromPlaceId: number, toPlaceId: number): NewMovement[] {
    return someLots(fromPlaceId).map(({ lotId, itemId }) => ({
      lotId,
      itemId,
      fromPlaceId,
      toPlaceId,
      quantityBase: quantityAt(fromPlaceId, lotId),
    }))
  }

  function post(kind: PostingKind, movements: readonly NewMovement[], id: string): string | null {
    const postingSeq = attempt(kind, moveAll(movements), (db) => move(db, district, id, kind, movements))
    if (postingSeq !== null) correctable.push({ postingSeq, movements })
    return postingSeq === null ? null : id
  }

  function deliverSome(id: string): string | null {
    const lines = Array.from({ length: random.between(1, 4) }, () => {
      const countedBase = random.between(1, 500)
      // A lot number that comes again is the same lot.
      if (!random.chance(0.5)) lotCount += 1
      return {
        itemId: random.pick(district.items),
        lot: `L${lotCount}`,
        expiresOn: random.chance(0.5) ? '2021-03-01' : null,
        countedBase,
        rejectedBase: random.chance(0.1) ? random.between(1, countedBase) : 0,
      }
    })
    const asked = { supplierId: random.pick(district.suppliers), depotId: random.pick(district.depots), lines }
    const taken = attempt(
      'delivery',
      () => true,
      (db) => deliver(db, district, id, asked),
    )
    if (!taken) return null
    for (const moved of taken.movements) books.move(moved)
    books.keep()
    for (const [index, lotId] of taken.lotIds.entries()) {
      if (!lots.some((lot) => lot.lotId === lotId)) lots.push({ lotId, itemId: lines[index]!.itemId })
    }
    correctable.push(taken)
    return id
  }

  function reserveSome(id: string): string | null {
    const depotId = random.pick(district.depots)
    const lines = someLots(depotId).map((lot) => ({ ...lot, quantityBase: quantityAt(depotId, lot.lotId) }))
    const asked = { unitId: random.pick(district.units), depotId, lines }
    const slip = attempt(
      'reserve',
      (copy) => lines.every((line) => copy.promise(depotId, line.lotId, line.quantityBase)),
      (db) => reserve(db, district, id, asked),
    )
    if (slip) open.push(slip)
    return slip ? id : null
  }

  const release = (copy: Books, slip: SlipTaken): boolean =>
    slip.lines.every((line) => copy.promise(slip.depotId, line.lotId, -line.quantityBase))

  function dispatchOne(id: string): string | null {
    const slip = random.pick(open)
    const movements = slip.lines.map((line) => ({ ...line, fromPlaceId: slip.depotId, toPlaceId: slip.unitId }))
    const seq = attempt(
      'dispatch',
      (copy) => release(copy, slip) && moveAll(movements)(copy),
      (db) => dispatch(db, district, id, slip),
    )
    if (seq !== null) open = open.filter((other) => other !== slip)
    return seq === null ? null : id
  }

  function cancelOne(id: string): string | null {
    const slip = random.pick(open)
    attempt(
      'cancel',
      (copy) => release(copy, slip),
      (db) => cancel(db, district, id, slip),
    )
    open = open.filter((other) => other !== slip)
    return id
  }

  function correctOne(id: string): string | null {
    const wrong = random.pick(correctable)
    const movements = wrong.movements.map((moved) => ({
      ...moved,
      fromPlaceId: moved.toPlaceId,
      toPlaceId: moved.fromPlaceId,
    }))
    const seq = attempt('correction', moveAll(movements), (db) =>
      move(db, district, id, 'correction', movements, wrong.postingSeq),
    )
    if (seq !== null) correctable = correctable.filter((other) => other !== wrong)
    return seq === null ? null : id
  }

  /** One random operation. Gives its id when the database took it, null when it was rightly refused. Throws when the two disagree. */
  function step(): string | null {
    const id = random.uuid()
    const depotId = random.pick(district.depots)
    const unitId = random.pick(district.units)
    const dice = random.next()
    if (lots.length === 0 || dice < 0.2) return deliverSome(id)
    if (dice < 0.4) return reserveSome(id)
    if (dice < 0.55) return open.length > 0 ? dispatchOne(id) : reserveSome(id)
    if (dice < 0.62) return open.length > 0 ? cancelOne(id) : reserveSome(id)
    if (dice < 0.7) return post('return', movementsBetween(unitId, depotId), id)
    if (dice < 0.78) {
      const other = random.pick(district.depots.filter((place) => place !== depotId))
      return post('transfer', movementsBetween(depotId, other), id)
    }
    if (dice < 0.84) return post('write-off', movementsBetween(random.chance(0.5) ? depotId : unitId, lost!), id)
    if (dice < 0.88) return post('stocktake', movementsBetween(depotId, variance!), id)
    if (dice < 0.91) return post('stocktake', movementsBetween(variance!, depotId), id)
    if (dice < 0.94) return post('return', movementsBetween(unitId, consumed!), id)
    return correctable.length > 0 ? correctOne(id) : deliverSome(id)
  }

  /** Throws when any balance differs, or when the pieces of a lot over all places don't add up to nothing. */
  function compare(): void {
    const rows = readBalances(db)
    const stored = new Map(rows.map((row) => [keyOf(row.placeId, row.lotId), row]))
    for (const key of new Set([...stored.keys(), ...books.held.keys()])) {
      const expected = books.held.get(key) ?? { onHand: 0, reserved: 0 }
      const found = stored.get(key) ?? { onHand: 0, reserved: 0 }
      if (expected.onHand !== found.onHand || expected.reserved !== found.reserved) {
        throw new Error(
          `balance ${key}: the model has ${JSON.stringify(expected)}, the database ${JSON.stringify(found)}`,
        )
      }
    }
    const sums = new Map<number, number>()
    for (const row of rows) sums.set(row.lotId, (sums.get(row.lotId) ?? 0) + row.onHand)
    for (const [lotId, sum] of sums) if (sum !== 0) throw new Error(`lot ${lotId} adds up to ${sum} over all places`)
  }

  return { step, compare, counts }
}

const readBalances = (db: Database) =>
  all<Held & { placeId: number; lotId: number }>(
    db,
    'SELECT place_id AS placeId, lot_id AS lotId, on_hand AS onHand, reserved FROM balance',
  )

const readOpenSlips = (db: Database): SlipTaken[] =>
  all<Omit<SlipTaken, 'lines'>>(
    db,
    "SELECT slip_id AS slipId, unit_id AS unitId, depot_id AS depotId FROM slip WHERE state = 'approved'",
  ).map((slip) => ({
    ...slip,
    lines: all<SlipTaken['lines'][number]>(
      db,
      'SELECT item_id AS itemId, lot_id AS lotId, quantity_base AS quantityBase FROM slip_line WHERE slip_id = ? ORDER BY line',
      slip.slipId,
    ),
  }))

/** Dispatches aside: a slip would have to be reopened. */
const readCorrectable = (db: Database): { postingSeq: number; movements: readonly NewMovement[] }[] =>
  all<{ postingSeq: number }>(
    db,
    `SELECT posting_seq AS postingSeq FROM posting WHERE kind NOT IN ('dispatch', 'correction')
       AND posting_seq NOT IN (SELECT corrects_seq FROM posting WHERE corrects_seq IS NOT NULL)`,
  ).map(({ postingSeq }) => ({
    postingSeq,
    movements: all<NewMovement>(
      db,
      `SELECT lot_id AS lotId, item_id AS itemId, from_place_id AS fromPlaceId, to_place_id AS toPlaceId,
         quantity_base AS quantityBase FROM movement WHERE posting_seq = ? ORDER BY line`,
      postingSeq,
    ),
  }))
