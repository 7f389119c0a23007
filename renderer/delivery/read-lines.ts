import type { DeliveryLineInput } from '../../api/contract/delivery.ts'
import type { ItemRow } from '../../api/contract/item.ts'
import { isCivilDate } from '../../core/civil-date.ts'
import { decideDelivery, workOutExpiry } from '../../core/delivery.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { type DraftLine, isBlank, type LineField } from './line.ts'

/** Cells that the program fills by itself as long as nothing is written there. */
export type WorkedOut = {
  readonly expiresOn: string | null
  readonly packSizeBase: number | null
  readonly piecesBase: number | null
  readonly acceptedBase: number | null
  readonly standard: string
}

const numberIn = (text: string): number | null => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null)

export function workOut(line: DraftLine, item: ItemRow | undefined): WorkedOut {
  const { cells } = line
  const packSizeBase = cells.packSizeBase === '' ? (item?.packSizeBase ?? null) : numberIn(cells.packSizeBase)
  const packs = numberIn(cells.packs)
  const piecesBase = packs !== null && packSizeBase !== null ? packs * packSizeBase : null
  const counted = numberIn(cells.piecesBase) ?? piecesBase
  const rejected = cells.rejectedBase === '' ? 0 : numberIn(cells.rejectedBase)
  return {
    expiresOn: workOutExpiry(cells.madeOn === '' ? null : cells.madeOn, item?.shelfLifeDays ?? null),
    packSizeBase: item?.packSizeBase ?? null,
    piecesBase,
    acceptedBase: counted !== null && rejected !== null && counted >= rejected ? counted - rejected : null,
    standard: item?.standard ?? '',
  }
}

/** The field of the grid that a field of the contract stands in. */
export function fieldOfRefusal(field: string | null): LineField | null {
  switch (field) {
    case 'itemId':
      return 'item'
    case 'lot':
    case 'madeOn':
    case 'expiresOn':
    case 'packs':
    case 'packSizeBase':
    case 'piecesBase':
    case 'acceptedBase':
    case 'rejectedBase':
    case 'rejectReason':
    case 'standard':
      return field
    default:
      return null
  }
}

export type ReadLines = {
  /** What is sent, in order; null while a cell can't be read. Blank lines are left out. */
  readonly inputs: readonly DeliveryLineInput[] | null
  /** Line numbers count the lines that are not blank, as they are sent. */
  readonly refusals: readonly Refusal[]
  /** Key of each line that is sent, in order: `keys[refusal.line - 1]`. */
  readonly keys: readonly string[]
}

/** What the business rules need besides the lines; the note number and the master rows are the API's to check. */
export type ReadingFacts = {
  readonly items: ReadonlyMap<number, ItemRow>
  readonly today: string
  readonly businessDate: string
}

/**
 * The lines as the contract wants them, with every refusal that can be seen without asking the database: cells that
 * can't be read, then, by the same decision of core that the API takes, everything else.
 */
export function readLines(lines: readonly DraftLine[], facts: ReadingFacts): ReadLines {
  const written = lines.filter((line) => !isBlank(line))
  const refusals: Refusal[] = []
  const sound: { readonly input: DeliveryLineInput; readonly number: number }[] = []
  for (const [index, line] of written.entries()) {
    const unread = unreadCells(line, index + 1)
    if (unread.length > 0) refusals.push(...unread)
    else sound.push({ input: inputOf(line), number: index + 1 })
  }
  if (sound.length > 0) {
    const decision = decideDelivery(
      {
        businessDate: isCivilDate(facts.businessDate) ? facts.businessDate : facts.today,
        noteNumber: '',
        noteRepeat: false,
        note: '',
        lines: sound.map(({ input }) => input),
      },
      {
        today: facts.today,
        supplier: { name: '', archived: false },
        depot: { name: '', archived: false },
        items: itemFacts(facts.items),
        sameNote: null,
      },
    )
    if (!decision.ok) {
      for (const one of decision.refusals) {
        if (one.line !== null) refusals.push({ ...one, line: sound[one.line - 1]!.number })
      }
    }
  }
  refusals.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return {
    inputs: sound.length === written.length ? sound.map(({ input }) => input) : null,
    refusals,
    keys: written.map((line) => line.key),
  }
}

const itemFacts = (items: ReadonlyMap<number, ItemRow>) =>
  new Map([...items].map(([itemId, item]) => [itemId, { ...item, archived: item.archivedAt !== null }]))

function unreadCells(line: DraftLine, number: number): Refusal[] {
  const { cells } = line
  const refusals: Refusal[] = []
  if (line.itemId === null) {
    refusals.push(
      cells.item === ''
        ? refusal('required', { line: number, field: 'itemId' })
        : refusal('not-found', { line: number, field: 'itemId', given: cells.item }),
    )
  }
  for (const field of ['madeOn', 'expiresOn'] as const) {
    const text = cells[field]
    if (text !== '' && !isCivilDate(text)) {
      refusals.push(refusal('date-invalid', { line: number, field, given: text, allowed: 'YYYY-MM-DD' }))
    }
  }
  for (const field of ['packs', 'packSizeBase', 'piecesBase', 'acceptedBase', 'rejectedBase'] as const) {
    const text = cells[field]
    if (text !== '' && numberIn(text) === null) {
      refusals.push(refusal('number-expected', { line: number, field, given: text }))
    }
  }
  return refusals
}

function inputOf(line: DraftLine): DeliveryLineInput {
  const { cells } = line
  const dateOrNull = (text: string) => (text === '' ? null : text)
  return {
    itemId: line.itemId!,
    lot: cells.lot,
    madeOn: dateOrNull(cells.madeOn),
    expiresOn: dateOrNull(cells.expiresOn),
    standard: cells.standard,
    packs: numberIn(cells.packs),
    packSizeBase: numberIn(cells.packSizeBase),
    piecesBase: numberIn(cells.piecesBase),
    acceptedBase: numberIn(cells.acceptedBase),
    rejectedBase: numberIn(cells.rejectedBase) ?? 0,
    rejectReason: cells.rejectReason,
  }
}
