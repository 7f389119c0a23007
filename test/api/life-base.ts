import type { Desk } from '../../api/context.ts'
import { createRandom } from '../db/random.ts'
import { Books, type Moved, placesOf } from './life-books.ts'
import { type LifeWorld, readBalances, type SlipLine } from './life-world.ts'
import { refusalsOf } from './suite.ts'
import type { Client } from './world.ts'

export type Lot = {
  readonly lotId: number
  readonly itemId: number
  readonly supplierId: number
  readonly expiresOn: string | null
}
export type Slip = {
  readonly slipId: number
  readonly unitId: number
  readonly depotId: number
  readonly lines: SlipLine[]
}
export type Posted = {
  readonly postingSeq: number
  readonly moved: readonly Moved[]
  /** Set while it must not be reversed. */
  bound: boolean
  readonly slip?: Slip
}

/**
 * What every random operation needs: the client that sends it, the books it is compared with, and what has been posted.
 */
export class LifeBase {
  readonly books = new Books()
  readonly counts: Record<string, number> = {}
  readonly refused: Record<string, number> = {}
  readonly lots = new Map<number, Lot>()
  readonly holds = new Map<number, number>()
  readonly posted: Posted[] = []
  readonly random: ReturnType<typeof createRandom>

  readonly desk: Desk
  readonly client: Client
  readonly world: LifeWorld
  constructor(desk: Desk, client: Client, world: LifeWorld, seed: number) {
    this.desk = desk
    this.client = client
    this.world = world
    this.random = createRandom(seed)
  }

  /** The operation's answer, where the model lets it; null where both refuse it for the same reason. */
  async expect<T>(kind: string, code: string | null, run: () => Promise<T>): Promise<T | null> {
    if (code !== null) {
      const codes = (await refusalsOf(run())).map((one) => one.code as string)
      if (!codes.includes(code)) throw new Error(`${kind}: the model refuses it as ${code}, the program as ${codes}`)
      this.refused[code] = (this.refused[code] ?? 0) + 1
      return null
    }
    const answer = await run()
    this.counts[kind] = (this.counts[kind] ?? 0) + 1
    return answer
  }

  post(postingSeq: number, moved: readonly Moved[], rest: { bound?: boolean; slip?: Slip } = {}): Posted {
    const real = moved.filter(({ quantityBase }) => quantityBase > 0)
    this.books.move(real)
    const posted = { postingSeq, moved: real, bound: false, ...rest }
    this.posted.push(posted)
    return posted
  }
  async newestPosting(): Promise<number> {
    return (await this.client.ledger.list({ kinds: null, before: null, limit: 1 }))[0]!.postingSeq
  }

  lotAt(placeId: number): number | null {
    const there = this.books.lotsIn(placeId)
    return there.length === 0 ? null : this.random.pick(there)
  }
  /** Mostly what is free, now and then more. */
  some(placeId: number, lotId: number): number {
    const free = this.books.free(placeId, lotId)
    return free === 0 || this.random.chance(0.12) ? free + this.random.between(1, 30) : this.random.between(1, free)
  }
  linesFrom(placeId: number): { lines: { lotId: number; quantityBase: number }[]; isTooMuch: boolean } | null {
    const lotIds = new Set<number>()
    for (let count = this.random.between(1, 3); count > 0; count -= 1) {
      const lotId = this.lotAt(placeId)
      if (lotId !== null) lotIds.add(lotId)
    }
    if (lotIds.size === 0) return null
    const lines = [...lotIds].map((lotId) => ({ lotId, quantityBase: this.some(placeId, lotId) }))
    return { lines, isTooMuch: lines.some((line) => line.quantityBase > this.books.free(placeId, line.lotId)) }
  }
  get today(): string {
    return this.desk.businessDate()
  }
  get id(): string {
    return this.random.uuid()
  }

  /** What of a lot may be promised: free, not on hold, not expired. */
  usable(depotId: number, lotId: number): number {
    const expiresOn = this.lots.get(lotId)?.expiresOn ?? null
    if ((this.holds.get(lotId) ?? 0) > 0 || (expiresOn !== null && expiresOn < this.today)) return 0
    return this.books.free(depotId, lotId)
  }

  isBounded(placeId: number): boolean {
    return (
      placeId === placesOf.transit ||
      this.world.depots.includes(placeId) ||
      this.world.units.some((unit) => unit.placeId === placeId)
    )
  }

  compare(): void {
    this.books.compare(readBalances(this.desk))
  }
}
