import type { SlipDocument } from '../../api/contract/round.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { readReceived } from '../ledger/received-lines.ts'
import { type CellAt, type CellProblem, type TypedCells, typedAt } from '../ledger/typed-cells.ts'

export type SlipLine = SlipDocument['lines'][number]
export const differenceReasons = ['lost', 'damaged', 'miscounted'] as const
export type DifferenceReason = (typeof differenceReasons)[number]

/** What left the depot of a line, in base units: what was picked, or all of it where picking was not noted. */
export const sentBaseOf = (line: SlipLine): number => (line.pickedPacks ?? line.packs) * line.packSizeBase

export const lineId = (line: SlipLine): string => String(line.line)

export type Difference = { readonly line: number; readonly receivedBase: number; readonly reason: DifferenceReason }

/**
 * The lines that did not come whole, each with its reason. More than was sent can only be a miscount, so nobody has to
 * say that; fewer needs a reason.
 */
export function readSigned(
  lines: readonly SlipLine[],
  typed: TypedCells,
): { readonly differences: readonly Difference[]; readonly problems: readonly CellProblem[] } {
  const rows = lines.map((line) => ({ rowId: lineId(line), sentBase: sentBaseOf(line), item: line.itemName }))
  const received = readReceived(rows, typed, true)
  const problems = [...received.problems]
  const differences: Difference[] = []
  for (const { rowId, receivedBase } of received.lines) {
    const line = lines.find((one) => lineId(one) === rowId)!
    const isMore = receivedBase > sentBaseOf(line)
    const given = typedAt(typed, rowId, 'reason') ?? ''
    const reason = differenceReasons.find((one) => one === given)
    const wrong = wrongReason(line, given, reason, isMore)
    if (wrong !== null) problems.push({ rowId, columnId: 'reason', refusal: wrong })
    else differences.push({ line: line.line, receivedBase, reason: isMore ? 'miscounted' : reason! })
  }
  return { differences, problems }
}

function wrongReason(
  line: SlipLine,
  given: string | number,
  reason: DifferenceReason | undefined,
  isMore: boolean,
): Refusal | null {
  const about = { line: line.line, field: 'reason', about: { item: line.itemName } }
  if (given === '') return isMore ? null : refusal('reason-missing', about)
  if (reason === undefined) return refusal('malformed', { ...about, given, allowed: differenceReasons.join(', ') })
  return null
}

/** The cells that a refusal of the API means by the line of the slip: the first is line 1. */
export function cellsByLine(lines: readonly SlipLine[], columnId: string): CellAt[] {
  const most = Math.max(0, ...lines.map(({ line }) => line))
  return Array.from({ length: most }, (_, index) => ({ rowId: String(index + 1), columnId }))
}
