import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { parseDelimited } from '../../core/intake/delimited.ts'
import type { Opened } from './harness.ts'
import { savedSheets } from './saved-pdf.ts'

type DrawnGrid = {
  readonly label: string
  readonly headers: readonly string[]
  /** By row as it is drawn, the totals beneath at the end: a text for each header; null where it is not drawn. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** As many of the rows are totals. */
  readonly totals: number
}

/** A grid as a reader sees it: the words above its columns, and the cells that are drawn. */
export const drawnGrid = (page: Page, at: number): Promise<DrawnGrid> =>
  page.evaluate((index) => {
    const grid = document.querySelectorAll('[data-grid]')[index]!
    const plain = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
    const groups = [...grid.querySelectorAll('.ag-header-group-cell')].map((element) => ({
      box: element.getBoundingClientRect(),
      text: plain(element.querySelector('.ag-header-group-text')),
    }))
    const columns = [...grid.querySelectorAll<HTMLElement>('.ag-header-cell[col-id]')]
      .map((element) => {
        const box = element.getBoundingClientRect()
        const middle = box.left + box.width / 2
        const group = groups.find((one) => one.text !== '' && one.box.left <= middle && middle <= one.box.right)
        const header = plain(element.querySelector('.ag-header-cell-text'))
        return {
          id: element.getAttribute('col-id')!,
          order: Number(element.getAttribute('aria-colindex')),
          header: group === undefined ? header : `${group.text} ${header}`,
        }
      })
      .filter(({ id }) => id !== 'open' && !id.startsWith('ag-Grid'))
      .sort((left, right) => left.order - right.order)
    const rows = new Map<string, Map<string, string>>()
    for (const cell of grid.querySelectorAll('[role="gridcell"][col-id]')) {
      const key = cell.closest('[row-index]')?.getAttribute('row-index')
      if (key === null || key === undefined) continue
      const row = rows.get(key) ?? new Map<string, string>()
      rows.set(key, row.set(cell.getAttribute('col-id')!, plain(cell)))
    }
    const sorted = [...rows].sort(([left], [right]) => {
      const order = (key: string) => (key.startsWith('b-') ? 1e9 + Number(key.slice(2)) : Number(key))
      return order(left) - order(right)
    })
    const labelled = grid.querySelector('[role="grid"], [role="treegrid"]')
    return {
      label: labelled?.getAttribute('aria-label') ?? '',
      headers: columns.map(({ header }) => header),
      rows: sorted.map(([, cells]) => columns.map(({ id }) => cells.get(id) ?? null)),
      totals: [...rows.keys()].filter((key) => key.startsWith('b-')).length,
    }
  }, at)

const figure = /[+-]?[\d,]+(?:\.\d+)?/

/** Whether a cell of the file says what is drawn: figures without their grouping, their unit or a mark before them. */
function says(drawn: string, saved: string | number | null): boolean {
  if (typeof saved !== 'number') return drawn === (saved ?? '').replace(/\s+/g, ' ').trim()
  // What is nothing is drawn as nothing in some columns.
  if (drawn === '') return saved === 0
  const found = figure.exec(drawn.replace('−', '-'))
  return found !== null && Number(found[0].replaceAll(',', '')) === saved
}

/** Saves a grid by the keys, as CSV and for Excel, and compares both with what is drawn. @returns how many rows it has. */
export async function expectExported(app: Opened, at: number): Promise<number> {
  const { page } = app
  const drawn = await drawnGrid(page, at)
  await page.evaluate((index) => {
    const cell = document.querySelectorAll('[data-grid]')[index]!.querySelector<HTMLElement>('[role="gridcell"]')
    cell?.focus()
  }, at)
  const [sheet] = await savedSheets(app)
  const [headers, ...rows] = sheet!.rows
  const where = `${drawn.label} at ${page.url()}`
  expect(headers, where).toEqual(drawn.headers)
  expect(rows.length, where).toBeGreaterThanOrEqual(drawn.rows.length)
  // Rows that are not in sight are not drawn: those that are stand at the beginning, the totals at the end.
  const savedRow = (index: number) =>
    index < drawn.rows.length - drawn.totals ? rows[index] : rows[rows.length - drawn.rows.length + index]
  const differing = drawn.rows.flatMap((cells, index) =>
    cells.flatMap((text, column) => {
      const saved = savedRow(index)?.[column] ?? null
      return text === null || says(text, saved)
        ? []
        : [{ row: index, column: drawn.headers[column], drawn: text, saved }]
    }),
  )
  expect(differing.slice(0, 5), where).toEqual([])
  const path = await app.savedFile(() => page.keyboard.press('Control+E'))
  await expect.poll(() => readFileSync(path).subarray(-2).toString(), { timeout: 30_000 }).toBe('\r\n')
  const bytes = readFileSync(path)
  expect([...bytes.subarray(0, 3)], where).toEqual([0xef, 0xbb, 0xbf])
  const lines = parseDelimited(bytes.toString('utf8'), ',').rows
  expect(lines.length, where).toBe(rows.length + 1)
  const asText = (cell: string | number | null) => (cell === null ? '' : String(cell))
  expect(lines, where).toEqual(
    sheet!.rows.map((cells) => drawn.headers.map((_, column) => asText(cells[column] ?? null))),
  )
  return rows.length
}
