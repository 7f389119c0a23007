import { nameKey } from '../text.ts'
import type { CatalogueItem } from './catalogue.ts'
import type { WrittenRow } from './gather-rows.ts'
import { createNameMatcher } from './match-name.ts'
import { readQuantity } from './number-text.ts'
import { type DraftRow, readRow } from './read-row.ts'
import { type Reason, type ReasonCode, renderReason, worstOf } from './reasons.ts'
import { createMemory, type RowContext } from './row-context.ts'
import type { Cell } from './sheet.ts'

/** What the clerk does with draft rows: confirm guesses, edit cells, choose items, take the clean rows and keep the rest. */

/** The row with its guesses confirmed: all of them, those of one field, or those of one kind. What is wrong stays wrong. */
export function confirmGuesses(
  row: DraftRow,
  only: { readonly code?: ReasonCode; readonly field?: string } = {},
): DraftRow {
  const reasons = row.reasons.filter(
    (reason) =>
      reason.status === 'wrong' ||
      (only.code !== undefined && reason.code !== only.code) ||
      (only.field !== undefined && reason.field !== only.field),
  )
  return reasons.length === row.reasons.length ? row : { ...row, reasons, status: worstOf(reasons) }
}

/** Confirms one kind of guess in all rows; rows without it stay the same objects. */
export function confirmAllGuesses(rows: readonly DraftRow[], code: ReasonCode): DraftRow[] {
  return rows.map((row) => confirmGuesses(row, { code }))
}

export type EditableField =
  | 'party'
  | 'item'
  | 'specification'
  | 'unit'
  | 'quantity'
  | 'lot'
  | 'madeOn'
  | 'expiresOn'
  | 'standard'
  | 'date'
  | 'note'

/** Which doubts an edit asks about anew; all others stay as they are, confirmed or not. */
const affected: Readonly<Record<EditableField, readonly string[]>> = {
  party: ['party', 'row'],
  item: ['item', 'match', 'unit', 'packBase', 'quantityBase', 'row'],
  specification: ['specification', 'match', 'unit', 'packBase', 'quantityBase', 'row'],
  unit: ['unit', 'packBase', 'quantityBase', 'quantity', 'row'],
  quantity: ['quantity', 'unit', 'packBase', 'quantityBase', 'row'],
  lot: ['lot', 'row'],
  madeOn: ['madeOn', 'expiresOn'],
  expiresOn: ['expiresOn', 'madeOn'],
  standard: ['standard', 'match', 'unit', 'packBase', 'quantityBase'],
  date: ['date', 'row'],
  note: ['note'],
}

/** What a row is read again with. */
export type EditContext = Pick<RowContext, 'kind' | 'today' | 'matcher' | 'hasParty'>

/**
 * The row after a cell was typed over, read as the list was: `5箱` in the quantity sets the unit too. Cells that hold
 * several items with their quantities give several rows.
 */
export function editRow(row: DraftRow, field: EditableField, text: string, context: EditContext): DraftRow[] {
  const written: WrittenRow = { ...asWritten(row), [field]: text }
  // A quantity that brings its own unit replaces the one that stood there.
  if (field === 'quantity' && readQuantity(text).unit !== null) written.unit = null
  const read = readRow(written, { ...context, epoch: 1900, memory: createMemory(context.today) })
  return read.map((fresh) => (read.length > 1 ? fresh : keepDoubts(row, fresh, affected[field])))
}

/** The row with the item that the clerk chose. A grade that the row states and the item doesn't have is still refused. */
export function chooseItem(row: DraftRow, item: CatalogueItem, context: EditContext): DraftRow {
  const matcher = createNameMatcher({
    catalogue: [item],
    aliases: new Map(row.item === null ? [] : [[nameKey(row.item), item.code]]),
  })
  const written: WrittenRow = { ...asWritten(row), item: row.item ?? item.name }
  const [fresh] = readRow(written, { ...context, matcher, epoch: 1900, memory: createMemory(context.today) })
  return keepDoubts(row, fresh!, ['item', 'match', 'unit', 'packBase', 'quantityBase'])
}

/** What to remember so that the same name is known the next time: its key and the item's code. */
export function aliasOf(row: DraftRow, item: CatalogueItem): readonly [key: string, code: string] | null {
  return row.item === null ? null : [nameKey(row.item), item.code]
}

function keepDoubts(before: DraftRow, fresh: DraftRow, asked: readonly string[]): DraftRow {
  const reasons: Reason[] = [
    ...before.reasons.filter((reason) => !asked.includes(reason.field)),
    ...fresh.reasons.filter((reason) => asked.includes(reason.field)),
  ]
  return { ...fresh, more: before.more, reasons, status: worstOf(reasons) }
}

function asWritten(row: DraftRow): WrittenRow {
  return {
    source: row.source,
    party: row.party,
    item: row.item,
    code: row.code,
    gtin: row.gtin,
    specification: row.specification,
    unit: row.unit,
    quantity: row.quantity,
    packs: null,
    packSize: null,
    lot: row.lot,
    madeOn: row.madeOn,
    expiresOn: row.expiresOn,
    shelfLife: null,
    standard: row.standard,
    date: row.date,
    note: row.note,
    more: row.more,
    headingUnit: null,
    multiplier: 1,
    packsUnit: null,
    doubts: [],
  }
}

/** The rows that can be saved as they stand, and those that wait for an answer. */
export function partClean(rows: readonly DraftRow[]): {
  readonly clean: readonly DraftRow[]
  readonly rest: readonly DraftRow[]
} {
  return {
    clean: rows.filter((row) => row.status === 'sure'),
    rest: rows.filter((row) => row.status !== 'sure'),
  }
}

const headings: Readonly<Record<'zh' | 'en', readonly string[]>> = {
  zh: [
    '工作表',
    '行',
    '单位',
    '品名',
    '规格',
    '计量单位',
    '数量',
    '批号',
    '生产日期',
    '有效期',
    '执行标准',
    '备注',
    '原因',
  ],
  en: [
    'Sheet',
    'Row',
    'Party',
    'Item',
    'Specification',
    'Unit of measure',
    'Quantity',
    'Lot',
    'Made on',
    'Expires on',
    'Standard',
    'Note',
    'Reason',
  ],
}

/** The rows that failed with their reasons, as cells for a file that can be corrected and read again. */
export function tableOfFailedRows(rows: readonly DraftRow[], language: 'zh' | 'en'): Cell[][] {
  const separator = language === 'zh' ? '；' : '; '
  return [
    [...headings[language]],
    ...partClean(rows).rest.map((row): Cell[] => [
      row.source.sheet,
      row.source.row,
      row.party,
      row.item,
      row.specification,
      row.unit,
      row.quantity,
      row.lot,
      row.madeOn,
      row.expiresOn,
      row.standard,
      row.note,
      row.reasons.map((reason) => renderReason(reason, language)).join(separator),
    ]),
  ]
}

/** How many rows have each kind of doubt, most frequent first: what “confirm all of one kind” offers. */
export function countDoubts(
  rows: readonly DraftRow[],
): readonly { readonly code: ReasonCode; readonly status: Reason['status']; readonly rows: number }[] {
  const counts = new Map<string, { code: ReasonCode; status: Reason['status']; rows: number }>()
  for (const row of rows) {
    for (const key of new Set(row.reasons.map((reason) => `${reason.status} ${reason.code}`))) {
      const [status, code] = key.split(' ') as [Reason['status'], ReasonCode]
      const count = counts.get(key)
      if (count) count.rows += 1
      else counts.set(key, { code, status, rows: 1 })
    }
  }
  return [...counts.values()].sort((a, b) => b.rows - a.rows)
}
