import type { DeliveryDocument } from '../../api/contract/delivery.ts'
import type { ItemRow } from '../../api/contract/item.ts'
import { Checks } from '../../core/checks.ts'
import { normaliseGtin } from '../../core/gs1.ts'
import { type LabelKind, labelLimits } from '../../core/label.ts'
import { type Decision, type Refusal, refusal } from '../../core/refusal.ts'
import type { CellValue } from '../grid/cell-value.ts'
import type { CellProblem, TypedCells } from '../ledger/typed-cells.ts'
import type { KnownCode } from '../scan/scan-lines.ts'
import type { Label } from './label-paper.tsx'

/** What a row of labels is made from, before anybody wrote how many and how much. */
export type LabelSource = Omit<Label, 'quantityBase' | 'copies' | 'shelf'> & {
  readonly rowId: string
  /** All there is of it, in base units; null where nobody said. */
  readonly totalBase: number | null
  readonly packs: number | null
  readonly packSizeBase: number
  /** As typed above the rows, in place of what follows from the kind. */
  readonly written?: Partial<Pick<Label, 'quantityBase' | 'copies' | 'shelf'>>
}

const labelColumns = ['quantity', 'copies', 'shelf'] as const
type LabelColumn = (typeof labelColumns)[number]

/** A GTIN as people have taught it: that of the item's own pack first, else the item's code where it is one. */
export function gtinOf(item: { itemId: number; code: string; packSizeBase: number }, codes: readonly KnownCode[]) {
  const own = codes.filter((one) => one.itemId === item.itemId && normaliseGtin(one.code) !== null)
  const best = own.find((one) => one.packSizeBase === item.packSizeBase) ?? own[0]
  return normaliseGtin(best?.code ?? item.code)
}

export function deliverySources(
  { lines }: DeliveryDocument,
  items: ReadonlyMap<number, ItemRow>,
  codes: readonly KnownCode[],
): LabelSource[] {
  return lines
    .filter((line) => line.acceptedBase > 0)
    .map((line) => ({
      rowId: `line-${line.line}`,
      itemCode: line.itemCode,
      itemName: line.itemName,
      itemNameEn: line.itemNameEn,
      specification: line.specification,
      standard: line.standard,
      baseUnit: line.baseUnit,
      gtin: gtinOf(
        items.get(line.itemId) ?? { itemId: line.itemId, code: line.itemCode, packSizeBase: line.packSizeBase },
        codes,
      ),
      lot: line.lot,
      expiresOn: line.expiresOn,
      totalBase: line.acceptedBase,
      packs: line.packs,
      packSizeBase: line.packSizeBase,
    }))
}

/** Of an item with nothing said of a lot. */
export function itemSource(item: ItemRow, rowId: string, codes: readonly KnownCode[]): LabelSource {
  return {
    rowId,
    itemCode: item.code,
    itemName: item.name,
    itemNameEn: item.nameEn,
    specification: item.specification,
    standard: item.standard,
    baseUnit: item.baseUnit,
    gtin: gtinOf(item, codes),
    lot: '',
    expiresOn: null,
    totalBase: null,
    packs: null,
    packSizeBase: item.packSizeBase,
  }
}

export function stockSources(
  item: ItemRow,
  lots: readonly {
    lotId: number
    depotId: number
    number: string
    expiresOn: string | null
    standard: string
    onHandBase: number
  }[],
  codes: readonly KnownCode[],
): LabelSource[] {
  return lots.map((lot) => ({
    ...itemSource(item, `lot-${lot.lotId}-${lot.depotId}`, codes),
    lot: lot.number,
    expiresOn: lot.expiresOn,
    standard: lot.standard === '' ? item.standard : lot.standard,
    totalBase: lot.onHandBase,
  }))
}

/** A lot's label says all that came; a carton's what one carton holds, as many as came whole; a shelf's nothing of it. */
function defaultOf(kind: LabelKind, source: LabelSource, column: LabelColumn): CellValue {
  const { totalBase, packSizeBase, written = {} } = source
  switch (column) {
    case 'shelf':
      return written.shelf ?? ''
    case 'quantity':
      if (written.quantityBase !== undefined) return written.quantityBase
      if (kind === 'shelf') return null
      return kind === 'lot' || totalBase === null ? totalBase : Math.min(totalBase, packSizeBase)
    case 'copies':
      if (written.copies !== undefined) return written.copies
      if (kind !== 'carton' || totalBase === null) return 1
      return Math.max(1, Math.floor(totalBase / packSizeBase))
  }
}

/** What stands in a cell: what was typed there, even nothing, or what follows from the kind of label. */
export function labelCell(
  kind: LabelKind,
  source: LabelSource,
  cells: Readonly<Record<string, CellValue>>,
  column: LabelColumn,
): CellValue {
  const typed = cells[column]
  return typed === undefined ? defaultOf(kind, source, column) : typed
}

const wrongWhole = (value: CellValue, line: number, field: string, max: number): Refusal | null => {
  const checks = new Checks(line)
  if (value === null || value === '') checks.refuse('required', { field })
  else if (typeof value === 'string') checks.refuse('number-expected', { field, given: value })
  else checks.whole(field, value, 1, max)
  return checks.refusals[0] ?? null
}

/** The labels that the rows say, and what is wrong with their cells; `tooMany` when one print would hold more than a roll. */
export function readLabelRows(
  kind: LabelKind,
  sources: readonly LabelSource[],
  typed: TypedCells,
): {
  readonly labels: readonly Label[]
  readonly problems: readonly CellProblem[]
  readonly count: number
  readonly tooMany: Refusal | null
} {
  const labels: Label[] = []
  const problems: CellProblem[] = []
  for (const [index, source] of sources.entries()) {
    const line = index + 1
    const cells = typed.get(source.rowId) ?? {}
    const copies = labelCell(kind, source, cells, 'copies')
    const quantity = labelCell(kind, source, cells, 'quantity')
    const shelf = String(labelCell(kind, source, cells, 'shelf') ?? '')
    const found = (columnId: LabelColumn, wrong: Refusal | null) => {
      if (wrong !== null) problems.push({ rowId: source.rowId, columnId, refusal: wrong })
    }
    found('copies', wrongWhole(copies, line, 'copies', labelLimits.copies))
    // A label may say nothing of the quantity.
    const says = kind !== 'shelf' && quantity !== null && quantity !== ''
    if (says) found('quantity', wrongWhole(quantity, line, 'quantityBase', labelLimits.quantityBase))
    if (kind === 'shelf') {
      const checks = new Checks(line)
      checks.text('shelf', shelf, { longest: 20 })
      found('shelf', checks.refusals[0] ?? null)
    }
    const { rowId: _, totalBase: __, packs: ___, packSizeBase: ____, written: _____, ...facts } = source
    labels.push({ ...facts, shelf, quantityBase: says ? Number(quantity) : null, copies: Number(copies) })
  }
  const count = problems.length > 0 ? 0 : labels.reduce((sum, label) => sum + label.copies, 0)
  const max = labelLimits.labels
  const tooMany =
    count > max ? refusal('out-of-range', { field: 'labels', given: count, about: { min: 1, max } }) : null
  return { labels, problems, count, tooMany }
}

export type TypedLabel = {
  readonly itemId: number | null
  readonly lot: string
  readonly expiresOn: string
  readonly quantity: string
  readonly copies: string
  readonly shelf: string
}

/** What was typed above the rows, as a row; or all that is wrong with it. */
export function decideTypedLabel(
  typed: TypedLabel,
  items: ReadonlyMap<number, ItemRow>,
  codes: readonly KnownCode[],
  rowId: string,
): Decision<LabelSource> {
  const checks = new Checks()
  const item = typed.itemId === null ? undefined : items.get(typed.itemId)
  if (!item) checks.refuse('required', { field: 'itemId' })
  const lot = checks.text('lot', typed.lot, { longest: 60 })
  const expiresOn = checks.dateOrNull('expiresOn', typed.expiresOn.trim())
  const whole = (field: string, given: string, max: number) => {
    const plain = given.trim().replaceAll(/[,，\s]/g, '')
    return plain === ''
      ? null
      : checks.whole(field, /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN, 1, max)
  }
  const quantityBase = whole('quantityBase', typed.quantity, labelLimits.quantityBase)
  const copies = whole('copies', typed.copies, labelLimits.copies)
  const shelf = checks.text('shelf', typed.shelf, { longest: 20 })
  const base: LabelSource = item ? itemSource(item, rowId, codes) : { ...emptySource, rowId }
  return checks.decide({
    ...base,
    lot,
    expiresOn,
    totalBase: quantityBase,
    written: { shelf, ...(quantityBase === null ? {} : { quantityBase }), ...(copies === null ? {} : { copies }) },
  })
}

const emptySource: Omit<LabelSource, 'rowId'> = {
  itemCode: '',
  itemName: '',
  itemNameEn: '',
  specification: '',
  standard: '',
  baseUnit: '',
  gtin: null,
  lot: '',
  expiresOn: null,
  totalBase: null,
  packs: null,
  packSizeBase: 1,
}
