/** The simple reference: numbers in maps. It knows nothing of SQL, triggers, hashes or the program's decisions. */
export type Moved = {
  readonly lotId: number
  readonly from: number
  readonly to: number
  readonly quantityBase: number
}
type Held = { onHand: number; reserved: number }

export const placesOf = { consumed: 1, lost: 2, variance: 3, transit: 4 } as const

export class Books {
  readonly held = new Map<string, Held>()

  at(placeId: number, lotId: number): Held {
    const key = `${placeId}/${lotId}`
    let found = this.held.get(key)
    if (!found) {
      found = { onHand: 0, reserved: 0 }
      this.held.set(key, found)
    }
    return found
  }
  free(placeId: number, lotId: number): number {
    const { onHand, reserved } = this.at(placeId, lotId)
    return onHand - reserved
  }
  move(moved: readonly Moved[]): void {
    for (const { lotId, from, to, quantityBase } of moved) {
      this.at(from, lotId).onHand -= quantityBase
      this.at(to, lotId).onHand += quantityBase
    }
  }
  reserve(placeId: number, lotId: number, quantityBase: number): void {
    this.at(placeId, lotId).reserved += quantityBase
  }
  /** Lots with something in a place, in the order of their numbers. */
  lotsIn(placeId: number): number[] {
    const prefix = `${placeId}/`
    return [...this.held]
      .filter(([key, { onHand }]) => onHand > 0 && key.startsWith(prefix))
      .map(([key]) => Number(key.slice(prefix.length)))
      .sort((a, b) => a - b)
  }

  /**
   * Throws where a balance of the database is another than here, where the pieces of a lot over all places don't add up to
   * nothing, or where more is promised than there is.
   */
  compare(rows: readonly (Held & { readonly placeId: number; readonly lotId: number })[]): void {
    const seen = new Set<string>()
    const sums = new Map<number, number>()
    for (const { placeId, lotId, onHand, reserved } of rows) {
      const key = `${placeId}/${lotId}`
      seen.add(key)
      const own = this.at(placeId, lotId)
      if (own.onHand !== onHand || own.reserved !== reserved) {
        throw new Error(
          `place ${placeId} lot ${lotId}: the model has ${JSON.stringify(own)}, the ledger ${onHand}/${reserved}`,
        )
      }
      if (reserved < 0 || (reserved > 0 && reserved > onHand))
        throw new Error(`lot ${lotId}: ${reserved} of ${onHand} promised`)
      sums.set(lotId, (sums.get(lotId) ?? 0) + onHand)
    }
    for (const [key, { onHand, reserved }] of this.held) {
      if (!seen.has(key) && (onHand !== 0 || reserved !== 0)) throw new Error(`the ledger knows nothing of ${key}`)
    }
    for (const [lotId, sum] of sums) if (sum !== 0) throw new Error(`lot ${lotId} adds up to ${sum} over all places`)
  }
}
