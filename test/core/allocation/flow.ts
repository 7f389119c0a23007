import type { Lot, Problem, UnitLine } from '../../../core/allocation/problem.ts'

/** A flow network with whole capacities and costs; augmented along cheapest paths (Bellman–Ford over all edges). */
export class Network {
  private readonly from: number[] = []
  private readonly to: number[] = []
  private readonly room: number[] = []
  private readonly cost: number[] = []
  private nodes = 0

  node(): number {
    return this.nodes++
  }

  edge(from: number, to: number, room: number, cost = 0): number {
    this.from.push(from, to)
    this.to.push(to, from)
    this.room.push(room, 0)
    this.cost.push(cost, -cost)
    return this.room.length - 2
  }

  flowOn(edge: number): number {
    return this.room[edge + 1]!
  }

  setRoom(edge: number, room: number): void {
    this.room[edge] = room
  }

  /** Sends all that goes from source to sink; returns amount and cost. */
  run(source: number, sink: number): { amount: number; cost: number } {
    let amount = 0
    let total = 0
    for (;;) {
      const distance = new Array<number>(this.nodes).fill(Number.POSITIVE_INFINITY)
      const by = new Array<number>(this.nodes).fill(-1)
      distance[source] = 0
      for (let changed = true; changed; ) {
        changed = false
        for (let edge = 0; edge < this.room.length; edge++) {
          const reach = distance[this.from[edge]!]! + this.cost[edge]!
          if (this.room[edge]! <= 0 || !(reach < distance[this.to[edge]!]!)) continue
          distance[this.to[edge]!] = reach
          by[this.to[edge]!] = edge
          changed = true
        }
      }
      if (distance[sink] === Number.POSITIVE_INFINITY) return { amount, cost: total }
      let push = Number.POSITIVE_INFINITY
      for (let at = sink; at !== source; at = this.from[by[at]!]!) push = Math.min(push, this.room[by[at]!]!)
      for (let at = sink; at !== source; at = this.from[by[at]!]!) {
        this.room[by[at]!] = this.room[by[at]!]! - push
        this.room[by[at]! ^ 1] = this.room[by[at]! ^ 1]! + push
      }
      amount += push
      total += push * distance[sink]!
    }
  }
}

type PlacedLot = Lot & { readonly item: number }

export function usableLots(problem: Problem): PlacedLot[] {
  return problem.items.flatMap((item, index) =>
    item.lots
      .filter((lot) => lot.packs > 0 && !lot.held && (lot.expiresOn ?? '9999-12-31') >= problem.date)
      .map((lot) => ({ ...lot, item: index })),
  )
}

export function mayDraw(problem: Problem, line: UnitLine, lot: PlacedLot): boolean {
  const own = problem.items.find((item) => item.item === line.item)!
  const substitutes = line.substitutes ?? own.substitutes ?? []
  const code = problem.items[lot.item]!.item
  if (code !== line.item && !substitutes.includes(code)) return false
  return (line.depots?.includes(lot.depot) ?? true) && (line.lots?.includes(lot.lot) ?? true)
}

const day = 86_400_000

export type Wanted = {
  readonly line: UnitLine
  readonly packs: number
  readonly distances: Readonly<Record<string, number>> | null
}

const plenty = 1e9

/**
 * The network of wanted packs over lines, dates (near expiry: what is used before a date bounds what may be drawn that expires
 * by it), lots and items (supply less reserve).
 */
export function networkOf(
  problem: Problem,
  wanted: readonly Wanted[],
  costOf: (wanted: Wanted, lot: Lot & { readonly item: number }) => number = () => 0,
): { readonly network: Network; readonly source: number; readonly sink: number; readonly entries: readonly number[] } {
  const network = new Network()
  const source = network.node()
  const sink = network.node()
  const lots = usableLots(problem)
  const itemNodes = problem.items.map((item, index) => {
    const node = network.node()
    const usable = usableLots(problem).reduce((sum, lot) => (lot.item === index ? sum + lot.packs : sum), 0)
    network.edge(node, sink, Math.max(0, usable - item.reservePacks))
    return node
  })
  const lotNodes = lots.map((lot) => {
    const node = network.node()
    network.edge(node, itemNodes[lot.item]!, lot.packs)
    return node
  })
  const dates = [...new Set(lots.map((lot) => lot.expiresOn ?? '9999-12-31'))].sort()
  const entries: number[] = []
  for (const each of wanted) {
    // From the latest date down: what passes to an earlier date is bounded by the use until then.
    let above = network.node()
    entries.push(network.edge(source, above, each.packs))
    const nodes = new Map<string, number>()
    for (const date of [...dates].reverse()) {
      const node = network.node()
      const days = (Date.parse(date) - Date.parse(problem.date)) / day
      const pieces = (each.line.useMilliPerDay * days) / 1000 - each.line.stockBase
      const isBounded = problem.nearExpiry === true && date !== '9999-12-31'
      const limit = isBounded ? Math.max(0, Math.floor(pieces / problem.items[0]!.packBase)) : plenty
      network.edge(above, node, limit)
      nodes.set(date, node)
      above = node
    }
    lots.forEach((lot, at) => {
      if (!mayDraw(problem, each.line, lot)) return
      network.edge(nodes.get(lot.expiresOn ?? '9999-12-31')!, lotNodes[at]!, plenty, costOf(each, lot))
    })
  }
  return { network, source, sink, entries }
}

export function carry(
  problem: Problem,
  wanted: readonly Wanted[],
  costOf?: (wanted: Wanted, lot: Lot & { readonly item: number }) => number,
): { readonly amount: number; readonly cost: number } {
  const { network, source, sink } = networkOf(problem, wanted, costOf)
  return network.run(source, sink)
}
