import type { RoundChoice } from '../../api/contract/round.ts'
import { type Adjustment, noAdjustment } from './adjustment.ts'
import type { Pins, Work } from './round-model.ts'

/** A round in work as it is kept between sessions: the choice, the sliders and the pins. The plan is solved again. */
export type RoundDraft = { readonly choice: RoundChoice; readonly work: Work; readonly note: string }

const format = 'frontstock-round-draft/1'
type Written = {
  readonly format: typeof format
  readonly choice: RoundChoice
  readonly adjustment: Adjustment
  /** Item, unit, packs. */
  readonly pins: readonly (readonly [string, string, number])[]
  readonly note: string
}

export function writeRoundDraft(draft: RoundDraft): string {
  const pins: [string, string, number][] = []
  for (const [item, mine] of draft.work.pins) for (const [unit, packs] of mine) pins.push([item, unit, packs])
  const written: Written = { format, choice: draft.choice, adjustment: draft.work.adjustment, pins, note: draft.note }
  return JSON.stringify(written)
}

/** null for what is not a draft of a round, or one of a later version. */
export function readRoundDraft(content: string): RoundDraft | null {
  let read: Partial<Written>
  try {
    read = JSON.parse(content) as Partial<Written>
  } catch {
    return null
  }
  if (read?.format !== format || !read.choice || !Array.isArray(read.pins)) return null
  const pins = new Map<string, Map<string, number>>()
  for (const [item, unit, packs] of read.pins) {
    if (typeof item !== 'string' || typeof unit !== 'string' || !Number.isInteger(packs) || packs < 0) return null
    const mine = pins.get(item)
    if (mine) mine.set(unit, packs)
    else pins.set(item, new Map([[unit, packs]]))
  }
  const kept: Pins = pins
  return {
    choice: read.choice,
    work: { adjustment: { ...noAdjustment, ...read.adjustment }, pins: kept },
    note: read.note ?? '',
  }
}
