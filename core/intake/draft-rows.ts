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
  | 'used'
  | 'usedDays'
  | 'lot'
  | 'madeOn'
  | 'expiresOn'
  | 'standard'
  | 'date'
  | 'note'

/** Which doubts an edit asks about anew; all others stay as they are, confirmed or not. */
const affected: Readonly<Record<EditableField, readonly string[]>> = {
  party: ['party', 'row'],
  item: ['item', 'match', 'unit', 'packBase', 'quantityBase', 'used', 'row'],
  specification: ['specification', 'match', 'unit', 'packBase', 'quantityBase', 'used', 'row'],
  unit: ['unit', 'packBase', 'quantityBase', 'quantity', 'used', 'row'],
  quantity: ['quantity', 'unit', 'packBase', 'quantityBase', 'used', 'row'],
  used: ['used', 'usedDays'],
  usedDays: ['used', 'usedDays'],
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
  return keepDoubts(row, fresh!, ['item', 'match', 'unit', 'packBase', 'quantityBase', 'used'])
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
    used: row.used,
    usedDays: row.usedDays,
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

type FailedColumn = {
  readonly zh: string
  readonly en: string
  readonly read: (row: DraftRow) => Cell
  /** Stands in the file whether or not any row has something in it. */
  readonly always?: boolean
}

const failedColumns: readonly FailedColumn[] = [
  { zh: '工作表', en: 'Sheet', read: (row) => row.source.sheet, always: true },
  { zh: '行', en: 'Row', read: (row) => row.source.row, always: true },
  { zh: '单位', en: 'Party', read: (row) => row.party, always: true },
  { zh: '品名', en: 'Item', read: (row) => row.item },
  { zh: '规格', en: 'Specification', read: (row) => row.specification },
  { zh: '计量单位', en: 'Unit of measure', read: (row) => row.unit },
  { zh: '数量', en: 'Quantity', read: (row) => row.quantity },
  { zh: '已用', en: 'Used', read: (row) => row.used },
  { zh: '使用天数', en: 'Days used', read: (row) => row.usedDays },
  { zh: '批号', en: 'Lot', read: (row) => row.lot },
  { zh: '生产日期', en: 'Made on', read: (row) => row.madeOn },
  { zh: '有效期', en: 'Expires on', read: (row) => row.expiresOn },
  { zh: '执行标准', en: 'Standard', read: (row) => row.standard },
  { zh: '日期', en: 'Date', read: (row) => row.date },
  // What else the list says, under headings that are read again as the same.
  ...(
    [
      ['category', '类型', 'Kind'],
      ['tier', '级别', 'Tier'],
      ['headcount', '在岗人数', 'Headcount'],
      ['town', '镇街', 'Town'],
      ['contact', '联系人', 'Contact'],
      ['phone', '电话', 'Phone'],
      ['address', '地址', 'Address'],
      ['unitCode', '单位编码', 'Unit code'],
      ['alias', '别名', 'Alias'],
      ['nameEn', '英文名称', 'English name'],
      ['route', '线路', 'Route'],
      ['licence', '资质', 'Licence'],
      ['depot', '仓库', 'Depot'],
      ['documentNumber', '单据号', 'Document no'],
    ] as const
  ).map(([field, zh, en]): FailedColumn => ({ zh, en, read: (row) => row.more?.[field] ?? null })),
  { zh: '备注', en: 'Note', read: (row) => row.note },
]

/**
 * The rows that failed with their reasons, as cells for a file that can be corrected and read again. Columns that no row
 * has anything in are left away.
 */
export function tableOfFailedRows(rows: readonly DraftRow[], language: 'zh' | 'en'): Cell[][] {
  const separator = language === 'zh' ? '；' : '; '
  const failed = partClean(rows).rest
  const columns = failedColumns.filter(
    ({ always, read }) => always || failed.some((row) => read(row) !== null && read(row) !== ''),
  )
  return [
    [...columns.map((column) => column[language]), language === 'zh' ? '原因' : 'Reason'],
    ...failed.map((row): Cell[] => [
      ...columns.map(({ read }) => read(row)),
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
