import { assign, type Transport } from './assign.ts'
import type { Group, Prepared } from './prepare.ts'
import type { LotDraw } from './problem.ts'
import { transportOf } from './restricted.ts'
import type { Source } from './sources.ts'
import { cancelSplits, fewestSplits } from './splits.ts'

type Draws = LotDraw[][]

/**
 * Names the lots of a plan: what expires first is used first (for every date the most that can be), then fewest
 * substitutes, then least transport, then few split lines: the fewest in a small transport, else at most lines + lots − 1
 * where expiry holds nothing back.
 * Returns the draws of each line. The amounts must be such that they can be carried.
 */
export function drawLots(
  prepared: Prepared,
  group: Group,
  packBase: number,
  packs: Float64Array,
): readonly LotDraw[][] {
  const draws: Draws = Array.from({ length: group.lines.count }, () => [])
  const { sources } = group.supply
  if (group.isPooled && !needsTransport(prepared, sources)) {
    const lines = linesWith(packs)
    fill(
      prepared,
      group,
      draws,
      lines,
      lines.map((line) => packs[line]!),
      sources,
    )
    return draws
  }
  const transport = transportOf(prepared, group, packBase, packs)
  const assignment = assign(transport)
  if (!assignment.ok) throw new Error('allocation: the lots of a plan cannot carry it')
  cancelSplits(transport, assignment.flow)
  fewestSplits(transport, assignment.flow)
  for (let at = 0; at < sources.length; at++) {
    const column = columnOf(transport, assignment.flow, at)
    const lines = linesWith(column)
    fill(
      prepared,
      group,
      draws,
      lines,
      lines.map((line) => column[line]!),
      [sources[at]!],
    )
  }
  return draws
}

function needsTransport(prepared: Prepared, sources: readonly Source[]): boolean {
  const depots = new Set(sources.map((source) => source.depot))
  return depots.size > 1 && prepared.problem.units.some((unit) => unit.distances != null)
}

function linesWith(packs: Float64Array): number[] {
  const lines: number[] = []
  for (let line = 0; line < packs.length; line++) if (packs[line]! > 0) lines.push(line)
  return lines
}

function columnOf(transport: Transport, flow: Float64Array, source: number): Float64Array {
  return Float64Array.from({ length: transport.lines }, (_, line) => flow[line * transport.sources + source]!)
}

/** Lines that fill a lot to the last pack are looked for among so many steps; else the largest go first. */
const subsetSteps = 100_000

/** Deals lots out to lines in order of the lots, so that each lot but the last splits one line at most. */
function fill(
  prepared: Prepared,
  group: Group,
  draws: Draws,
  lines: readonly number[],
  amounts: readonly number[],
  sources: readonly Source[],
): void {
  let waiting = lines.map((line, at) => ({ line, packs: amounts[at]! }))
  // Largest first: they use short-dated lots soonest, and small ones close the gaps.
  waiting.sort((a, b) => b.packs - a.packs || a.line - b.line)
  let wanted = amounts.reduce((sum, packs) => sum + packs, 0)
  for (const source of sources) {
    for (const lot of source.lots) {
      const room = Math.min(lot.packs, wanted)
      if (room === 0) continue
      const give = (line: number, packs: number): void => {
        draws[line]!.push(drawOf(prepared, group, line, source, lot.lot, packs))
      }
      wanted -= room
      let left = room
      const chosen = wanted === 0 ? null : exactFit(waiting, room)
      const later: typeof waiting = []
      for (let at = 0; at < waiting.length; at++) {
        const each = waiting[at]!
        if (chosen ? chosen.has(at) : each.packs <= left) {
          give(each.line, each.packs)
          left -= each.packs
        } else later.push(each)
      }
      if (left > 0) {
        const split = later[0]!
        give(split.line, left)
        split.packs -= left
      }
      later.sort((a, b) => b.packs - a.packs || a.line - b.line)
      waiting = later
    }
  }
}

/** Positions of lines whose amounts add up to `room`, or null when there are none or they'd take too long to find. */
function exactFit(waiting: readonly { readonly packs: number }[], room: number): Set<number> | null {
  if (waiting.length * room > subsetSteps) return null
  const by = new Int32Array(room + 1).fill(-1)
  by[0] = waiting.length
  for (let at = 0; at < waiting.length && by[room] === -1; at++) {
    const { packs } = waiting[at]!
    for (let sum = room; sum >= packs; sum--) if (by[sum] === -1 && by[sum - packs] !== -1) by[sum] = at
  }
  if (by[room] === -1) return null
  const chosen = new Set<number>()
  for (let sum = room; sum > 0; sum -= waiting[by[sum]!]!.packs) chosen.add(by[sum]!)
  return chosen
}

function drawOf(prepared: Prepared, group: Group, line: number, source: Source, lot: string, packs: number): LotDraw {
  const own = group.lines.item[line]!
  const draw = { lot, depot: source.depot, packs }
  const item = prepared.problem.items[own]!
  if (source.item !== own) {
    const substitute = { ...draw, item: prepared.problem.items[source.item]!.item }
    return source.packBase === item.packBase ? substitute : { ...substitute, packBase: source.packBase }
  }
  return source.packBase === item.packBase ? draw : { ...draw, packBase: source.packBase }
}
