import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../../api/demo/random.ts'
import { readListFile } from '../../../api/intake/read-file.ts'
import type { CatalogueItem } from '../../../core/intake/catalogue.ts'
import { readList, readText } from '../../../core/intake/intake.ts'
import type { DraftRow } from '../../../core/intake/read-row.ts'
import { type Cell, type Sheet, sheetOf } from '../../../core/intake/sheet.ts'
import { seed } from '../../seed.ts'
import { ordinaryCatalogue } from './lists.ts'

/**
 * Random deliveries, written down truthfully in one of the messy ways that people have. However they are written, each row is
 * read right or marked; and of each way so many are read right.
 */
interface Line {
  readonly party: string
  readonly item: CatalogueItem
  /** As the list counts: 盒 or the item's own unit. */
  readonly unit: string
  readonly quantity: number
  readonly base: number
  readonly lot: string
  readonly expiresOn: string
}

const runs = process.env.FRONTSTOCK_DEEP === '1' ? 4000 : 400
const parties = ['顺德甲公司', '佛山市乙有限公司', '大良丙厂', '丁基金会', '红十字会', 'Acme Ltd']

function linesOf(random: Random): Line[] {
  const count = random.whole(2, 9)
  return Array.from({ length: count }, () => {
    const item = random.pick(ordinaryCatalogue)
    const packed = item.packs.length > 0 && random.next() < 0.4
    const pack = packed ? random.pick(item.packs) : { unit: item.baseUnit, sizeBase: 1 }
    const quantity = random.next() < 0.3 ? random.whole(1, 30) * 1000 : random.whole(2, 999)
    return {
      party: random.pick(parties),
      item,
      unit: pack.unit,
      quantity,
      base: quantity * pack.sizeBase,
      lot: `${random.pick(['A', 'B', 'LX', ''])}2020${String(random.whole(1, 12)).padStart(2, '0')}${String(random.whole(1, 28)).padStart(2, '0')}`,
      expiresOn: `202${random.whole(1, 4)}-${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`,
    }
  })
}

const headings = {
  party: ['捐赠单位', '供货单位', '供应商', 'Supplier', '来源', '单位名称', 'Donor name', '捐赠方'],
  item: ['品名', '物资名称', '产品名称', '货名', 'Item', 'Description', '物资', '名称'],
  quantity: ['数量', '实收数量', 'Qty', 'Quantity', '到货数量', '捐赠数量', '入库数量'],
  unit: ['单位', '计量单位', 'UOM', '单位(计量)'],
  lot: ['批号', '生产批号', 'Lot No.', 'Batch', '产品批号'],
  expiresOn: ['有效期', '有效期至', 'Exp. Date', '失效日期', 'Expiry'],
} as const
type Column = keyof typeof headings

const fullWidth = (text: string): string =>
  text.replace(/[0-9A-Za-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

function numberText(value: number, random: Random): string {
  const ways = [String(value), value.toLocaleString('en-US'), fullWidth(String(value)), `${value}.00`, ` ${value} `]
  if (value % 1000 === 0)
    ways.push(`${value / 10_000}万`, `${value / 1000}千`, `${value / 1000}k`, `${value / 10_000}w`)
  return random.pick(ways)
}

function dayText(date: string, random: Random): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return random.pick([
    date,
    date.replaceAll('-', ''),
    `${year}/${month}/${day}`,
    `${year}.${month}.${day}`,
    `${year}年${month}月${day}日`,
    `至${year}-${month}-${day}`,
  ])
}

interface Written {
  readonly kind: string
  /** As it was written, for the words of a failure. */
  readonly given: string
  readonly sheets: readonly Sheet[]
  /** Whether the way of writing has these at all. */
  readonly has: ReadonlySet<Column>
}

function asTable(
  lines: readonly Line[],
  random: Random,
): { rows: Cell[][]; has: Set<Column>; at: Map<Column, number> } {
  const columns: (Column | 'other')[] = ['item', 'quantity']
  if (random.next() < 0.7) columns.push('party')
  const glued = random.next() < 0.5
  if (!glued) columns.push('unit')
  if (random.next() < 0.6) columns.push('lot')
  if (random.next() < 0.6) columns.push('expiresOn')
  if (random.next() < 0.3) columns.push('other')
  for (let at = columns.length - 1; at > 0; at -= 1) {
    const other = random.whole(0, at)
    ;[columns[at], columns[other]] = [columns[other]!, columns[at]!]
  }
  const has = new Set(columns.filter((column): column is Column => column !== 'other'))
  // 单位 twice over would be nobody's fault but ours.
  const title = (column: Column | 'other'): string =>
    column === 'other' ? random.pick(['备注', '经办人', 'Remarks']) : random.pick(headings[column])
  const rows: Cell[][] = []
  if (random.next() < 0.5) rows.push([random.pick(['某区接收物资公示', '2月6日到货情况', 'Goods received', '表一'])])
  if (random.next() < 0.2) rows.push([])
  rows.push(columns.map(title))
  let carried: string | null = null
  for (const line of lines) {
    const same = carried === line.party && random.next() < 0.5
    carried = line.party
    const amount = numberText(line.quantity, random)
    rows.push(
      columns.map((column): Cell => {
        switch (column) {
          case 'party':
            return same ? random.pick(['', '同上', null]) : line.party
          case 'item':
            return random.next() < 0.1 ? `${line.item.name}\u200b ` : line.item.name
          case 'quantity':
            return glued ? `${amount}${line.unit}` : random.next() < 0.5 ? line.quantity : amount
          case 'unit':
            return line.unit
          case 'lot':
            return line.lot
          case 'expiresOn':
            return dayText(line.expiresOn, random)
          default:
            return random.pick(['', '张三', '急'])
        }
      }),
    )
  }
  const at = new Map(columns.map((column, index) => [column as Column, index]))
  if (random.next() < 0.4) {
    const total: Cell[] = columns.map(() => null)
    total[at.get('item') === 0 ? 0 : at.get('item')!] = random.pick(['合计', '总计：', '本日合计', 'Total'])
    total[at.get('quantity')!] = lines.reduce((sum, line) => sum + line.quantity, 0)
    rows.push(total)
  }
  if (random.next() < 0.3) rows.push([random.pick(['制表人：张三', '备注：以实物为准', '审核：李四'])])
  return { rows, has, at }
}

const csvField = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function write(lines: readonly Line[], random: Random): Promise<Written> {
  const kind = random.pick(['sheet', 'paste', 'csv', 'side by side', 'message'])
  if (kind === 'message') {
    const parts = lines.map((line) => {
      const name = line.item.name
      const amount = `${(random.next() < 0.3) && line.quantity % 1000 === 0 ? `${line.quantity / 10_000}万` : line.quantity}${line.unit}`
      return random.pick([
        `${name}${amount}`,
        `${name} ${amount}`,
        `${name}：${amount}`,
        `${name}*${amount}`,
        `${amount}${name}`,
      ])
    })
    const text =
      random.next() < 0.5
        ? parts
            .map((part, index) => `${random.pick([`${index + 1}. `, `${index + 1}、`, '- ', '✅', ''])}${part}`)
            .join('\n')
        : `${random.pick(['', '今天收到：', '各位好，'])}${parts.join(random.pick(['、', '，', '；']))}`
    return { kind, given: text, sheets: readText(text, '消息'), has: new Set(['item', 'quantity']) }
  }
  const { rows, has } = asTable(lines, random)
  if (kind === 'sheet') return { kind, given: JSON.stringify(rows), sheets: [sheetOf('表', rows)], has }
  if (kind === 'side by side') {
    const half = Math.ceil(lines.length / 2)
    const beside = lines.slice(half)
    const sheet: Cell[][] = [['品名', '数量', '单位', '', '品名', '数量', '单位']]
    for (let at = 0; at < half; at += 1) {
      const cells = (line: Line | undefined): Cell[] =>
        line ? [line.item.name, line.quantity, line.unit] : ['', '', '']
      sheet.push([...cells(lines[at]), '', ...cells(beside[at])])
    }
    return {
      kind,
      given: JSON.stringify(sheet),
      sheets: [sheetOf('表', sheet)],
      has: new Set(['item', 'quantity', 'unit']),
    }
  }
  const separator = kind === 'paste' ? '\t' : ','
  const text = rows.map((row) => row.map(csvField).join(separator)).join('\r\n')
  const bytes = kind === 'paste' ? new TextEncoder().encode(text) : encode(text, random)
  const file = await readListFile(bytes, '表.csv')
  if (!file.ok) throw new Error(`${file.refusal.code}: ${text}`)
  return { kind, given: text, sheets: file.value.sheets, has }
}

function encode(text: string, random: Random): Uint8Array {
  if (random.next() < 0.4) return new TextEncoder().encode(random.next() < 0.5 ? `\ufeff${text}` : text)
  const little = new Uint8Array(2 + text.length * 2)
  little.set([0xff, 0xfe])
  for (let at = 0; at < text.length; at += 1) {
    little[2 + at * 2] = text.charCodeAt(at) & 0xff
    little[3 + at * 2] = text.charCodeAt(at) >> 8
  }
  return little
}

const isRight = (row: DraftRow, line: Line, has: ReadonlySet<Column>): boolean =>
  row.match === line.item.code &&
  row.quantityBase === line.base &&
  (!has.has('party') || row.party === line.party) &&
  (!has.has('lot') || row.lot === line.lot) &&
  (!has.has('expiresOn') || row.expiresOn === line.expiresOn)

const leastRight: Readonly<Record<string, number>> = {
  sheet: 0.98,
  paste: 0.98,
  csv: 0.98,
  'side by side': 1,
  message: 0.95,
}

describe('deliveries written down in random messy ways', () => {
  it('are read right or marked, row by row, and nearly all are read right', async () => {
    const random = createRandom(seed)
    const counts = new Map<string, { lines: number; right: number }>()
    for (let run = 0; run < runs; run += 1) {
      const lines = linesOf(random)
      const { kind, given, sheets, has } = await write(lines, random)
      const { rows } = readList(sheets, { kind: 'delivery', today: '2020-02-10', catalogue: ordinaryCatalogue })
      const where = `run ${run}, ${kind}: ${given}`
      const ofKind = counts.get(kind) ?? { lines: 0, right: 0 }
      counts.set(kind, ofKind)
      const left = [...rows]
      for (const line of lines) {
        ofKind.lines += 1
        const at = left.findIndex((row) => isRight(row, line, has))
        if (at === -1) continue
        left.splice(at, 1)
        ofKind.right += 1
      }
      // What is left was read as something that nobody wrote: it must say so.
      const silent = left.filter((row) => row.status === 'sure')
      expect(silent, where).toEqual([])
      // And nothing that was written is gone: each line is a row, whatever it was read as.
      expect(rows.length, where).toBeGreaterThanOrEqual(lines.length)
    }
    const shares = [...counts].map(([kind, { lines, right }]) => [kind, right / lines] as const)
    console.log(shares.map(([kind, share]) => `${kind} ${(share * 100).toFixed(1)} %`).join(', '))
    for (const [kind, share] of shares) expect(share, kind).toBeGreaterThanOrEqual(leastRight[kind]!)
  })
})
