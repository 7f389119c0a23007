import { type Heading, readHeading } from '../../core/intake/header-words.ts'
import { type Cell, isBlank, type Sheet, spreadMerges } from '../../core/intake/sheet.ts'
import { nameKey, normaliseText } from '../../core/text.ts'
import type { CellValue } from '../grid/cell-value.ts'
import { readSheetDay, readSheetQuantity, type SheetRow } from './promise-sheet.ts'

type Part = 'item' | 'specification' | 'quantity' | 'unit' | 'dueOn' | 'note' | 'maker'

const partOf: Partial<Record<Heading['meaning'], Part>> = {
  item: 'item',
  name: 'item',
  code: 'item',
  specification: 'specification',
  unit: 'unit',
  unitOrOrganisation: 'unit',
  plainQuantity: 'quantity',
  plannedQuantity: 'quantity',
  receivedQuantity: 'quantity',
  capacityQuantity: 'quantity',
  date: 'dueOn',
  note: 'note',
  sender: 'maker',
  organisation: 'maker',
}
/** Words of promises, which the lists of what has come don't have. */
const dueWords = /承诺|交货|交付|到货|供货|送达|预计|due|deliver|promis|expect/i
const dayWords = /日期|时间|日$|date|day|\bon$|due/i
const rowsLookedAt = 30

type Columns = { readonly places: ReadonlyMap<Part, number>; readonly multiplier: number; readonly unit: string }

/** The columns that a row of headings names, or null where it names no item and quantity. */
function columnsOf(cells: readonly Cell[]): Columns | null {
  const places = new Map<Part, number>()
  let multiplier = 1
  let unit = ''
  cells.forEach((cell, index) => {
    const text = typeof cell === 'string' ? normaliseText(cell) : ''
    if (text === '') return
    const heading = readHeading(text)
    const isDay = dueWords.test(text) && dayWords.test(text)
    const part = isDay ? 'dueOn' : heading === null ? undefined : partOf[heading.meaning]
    if (part === undefined || places.has(part)) return
    places.set(part, index)
    if (part !== 'quantity' || heading === null) return
    multiplier = heading.multiplier
    unit = heading.unit ?? ''
  })
  return places.has('item') && places.has('quantity') ? { places, multiplier, unit } : null
}

export type PromiseFile = {
  readonly rows: readonly SheetRow[]
  /** Rows that name another manufacturer, and are not of this one's promises. */
  readonly others: number
}

/**
 * The rows of a file as rows of the sheet: by its headings below whatever title there is, and without headings in the
 * order in which the sheet has its columns. An item that is written once and blank below stands for the rows below it.
 * What can't be read stays as it was written, to be put right in the sheet.
 */
export function promisesOfFile(
  sheets: readonly Sheet[],
  facts: {
    readonly today: string
    readonly readItem: (text: string) => CellValue
    /** The names of the manufacturer whose promises these are. */
    readonly makerNames: readonly string[]
    readonly idOf: () => string
  },
): PromiseFile {
  const own = new Set(facts.makerNames.map(nameKey))
  const rows: SheetRow[] = []
  let others = 0
  for (const sheet of sheets.map(spreadMerges)) {
    const header = sheet.rows.slice(0, rowsLookedAt).findIndex((row) => columnsOf(row.cells) !== null)
    const columns = header === -1 ? plain : columnsOf(sheet.rows[header]!.cells)!
    const has = (part: Part) => columns.places.has(part)
    let item = ''
    let maker = ''
    for (const { cells } of sheet.rows.slice(header + 1)) {
      if (cells.some(isTotal)) continue
      const read = (part: Part): string => {
        const index = columns.places.get(part)
        const cell = index === undefined ? null : (cells[index] ?? null)
        return isBlank(cell) ? '' : normaliseText(String(cell))
      }
      item = read('item') || item
      maker = read('maker') || maker
      const quantity = read('quantity')
      if (quantity === '' && read('dueOn') === '') continue
      if (has('maker') && maker !== '' && !own.has(nameKey(maker))) {
        others += 1
        continue
      }
      rows.push({
        id: facts.idOf(),
        item: itemOf(item, read('specification'), facts.readItem),
        quantity: quantityOf(quantity, read('unit') || columns.unit, columns.multiplier),
        dueOn: readSheetDay(read('dueOn'), facts.today),
        note: read('note').slice(0, 500),
      })
    }
  }
  return { rows, others }
}

const plain: Columns = {
  places: new Map<Part, number>([
    ['item', 0],
    ['quantity', 1],
    ['dueOn', 2],
    ['note', 3],
  ]),
  multiplier: 1,
  unit: '',
}

const isTotal = (cell: Cell): boolean =>
  typeof cell === 'string' && /^(?:合计|总计|小计|total|subtotal)[:\d\s,.]*$/i.test(normaliseText(cell))

/** The name with its specification where only both together are one item. */
function itemOf(name: string, specification: string, read: (text: string) => CellValue): CellValue {
  const alone = read(name)
  if (typeof alone === 'number' || specification === '') return alone
  const both = read(`${name} ${specification}`)
  return typeof both === 'number' ? both : alone
}

function quantityOf(text: string, unit: string, multiplier: number): CellValue {
  const read = readSheetQuantity(text)
  if (typeof read !== 'number') return read
  const quantity = Math.round(read * multiplier * 1000) / 1000
  return unit === '' ? quantity : `${quantity}${unit}`
}
