import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectExported } from './export-hands.ts'
import { forEachShell } from './harness.ts'
import { savedSheets } from './saved-pdf.ts'

/** Every page with a grid; the keys that come after it bring the grid up. */
const pages: Readonly<Record<string, readonly (readonly [path: string, ...keys: string[]])[]>> = {
  stock: [
    ['/stock'],
    ['/stock/1'],
    ['/ledger/as-at'],
    ['/ledger/write-off'],
    ['/ledger/transfers/new'],
    ['/stocktakes/shelves'],
  ],
  documents: [
    ['/ledger'],
    ['/ledger/1'],
    ['/deliveries'],
    ['/deliveries/1'],
    ['/slips'],
    ['/slips/1'],
    ['/slips/sign'],
    ['/allocation'],
    ['/ledger/transfers'],
    ['/ledger/transfers/1'],
    ['/ledger/transfers/2'],
  ],
  work: [['/stocktakes'], ['/stocktakes/1'], ['/stocktakes/2'], ['/holds'], ['/alerts'], ['/reports'], ['/requests']],
  lists: [
    ['/units'],
    ['/units', 'Alt+Enter'],
    ['/items'],
    ['/norms'],
    ['/depots'],
    ['/manufacturers'],
    ['/manufacturers', 'Alt+Enter'],
    ['/liaison'],
  ],
}

const drawnGrids = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-grid]')].flatMap((grid, index) =>
      grid.querySelector('[row-index]') === null ? [] : [index],
    ),
  )

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path)
  await page.waitForFunction(() => document.querySelector('[data-grid] [role="gridcell"]') !== null)
  // Names and states come after the rows that they belong to.
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(500)
}

forEachShell((shell) => {
  // Electron's window has the same pages; its save dialog is tried with the documents.
  const inBrowser = it.skipIf(shell.kind === 'electron')

  for (const [name, paths] of Object.entries(pages)) {
    inBrowser(`saves what each grid of ${name} shows, row by row, as CSV and for Excel`, async () => {
      // So wide and high that whatever is drawn on demand is drawn: the report has forty columns.
      const app = await shell.open({ demo: true, viewport: { width: 6400, height: 1800 } })
      const { page } = app
      await page.getByRole('navigation').first().waitFor()
      for (const [path, ...keys] of paths) {
        await goTo(page, path)
        if (keys.length > 0) {
          await page.locator('[data-grid] [role="gridcell"]').first().focus()
          for (const key of keys) await page.keyboard.press(key)
          await page.waitForFunction((before) => location.pathname !== before, path)
          await goTo(page, new URL(page.url()).pathname)
        }
        const grids = await drawnGrids(page)
        expect(grids.length, path).toBeGreaterThan(0)
        for (const at of grids) expect(await expectExported(app, at), path).toBeGreaterThan(0)
      }
    })
  }

  inBrowser('saves the rows of a list as they are searched and sorted, by the keyboard', async () => {
    const app = await shell.open({ demo: true, viewport: { width: 6400, height: 1800 } })
    const { page } = app
    await page.getByRole('navigation').first().waitFor()
    await goTo(page, '/stock')
    const all = await expectExported(app, 0)
    await page.keyboard.press('Control+f')
    await page.keyboard.insertText('口罩')
    await expect.poll(() => page.locator('[data-grid] [role="gridcell"][col-id="code"]').count()).toBeLessThan(all)
    await page.locator('.ag-header-cell[col-id="onHand"], .ag-header-cell[col-id="onHandBase"]').first().click()
    await page.waitForTimeout(300)
    const some = await expectExported(app, 0)
    expect(some).toBeGreaterThan(1)
    expect(some).toBeLessThan(all)
  })

  inBrowser('saves the matrix of a round in work as it is shown, and its lines with their reasons', async () => {
    const app = await shell.open({ demo: true, viewport: { width: 6400, height: 1800 } })
    const { page } = app
    await page.getByRole('navigation').first().waitFor()
    await page.evaluate(() => history.pushState(null, '', '/allocation/new'))
    const cell = page.locator('[row-index="0"] [col-id^="item/"]').first()
    await cell.waitFor()
    await page.waitForTimeout(800)
    const shown = await page.evaluate(() => {
      const columns = [...document.querySelectorAll('.ag-header-cell[col-id^="item/"]')].sort(
        (left, right) => Number(left.getAttribute('aria-colindex')) - Number(right.getAttribute('aria-colindex')),
      )
      const rows = new Map<number, Map<string, string>>()
      for (const cell of document.querySelectorAll('[role="gridcell"][col-id^="item/"]')) {
        // Figures above and below have numbers of their own: t-0, b-0.
        const index = Number(cell.closest('[row-index]')?.getAttribute('row-index') ?? Number.NaN)
        if (Number.isNaN(index)) continue
        const row = rows.get(index) ?? new Map<string, string>()
        const main = cell.firstElementChild?.lastElementChild?.textContent ?? ''
        rows.set(index, row.set(cell.getAttribute('col-id')!, main))
      }
      return [...rows]
        .sort(([left], [right]) => left - right)
        .map(([, row]) => columns.map((column) => row.get(column.getAttribute('col-id')!) ?? null))
    })
    const [matrix, lines] = await savedSheets(app)
    const units = matrix!.rows.slice(1).filter(([tier]) => tier !== null)
    expect(units.length).toBeGreaterThan(50)
    expect(shown.length).toBeGreaterThan(20)
    for (const [index, row] of shown.entries()) {
      for (const [column, text] of row.entries()) {
        if (text === null) continue
        const saved = units[index]![column + 3] ?? null
        expect([index, column, text.replaceAll(',', '')]).toEqual([index, column, saved === null ? '' : String(saved)])
      }
    }
    const heading = lines!.rows[0]!
    const packs = heading.indexOf('箱数')
    const item = heading.indexOf('物资编码')
    expect(heading.slice(-1)).toEqual(['理由'])
    expect(lines!.rows.slice(1).every((row) => String(row.at(-1)).length > 3)).toBe(true)
    // The lines of an item come to what its column shows.
    const code = String(lines!.rows[1]![item])
    const name = String(lines!.rows[1]![heading.indexOf('物资')])
    const column = matrix!.rows[0]!.findIndex((text) => String(text).startsWith(`${name} `))
    const sum = (cells: readonly (string | number | null)[]) => cells.reduce<number>((all, one) => all + Number(one), 0)
    expect(sum(lines!.rows.slice(1).flatMap((row) => (row[item] === code ? [row[packs]!] : [])))).toBe(
      sum(units.map((row) => row[column] ?? 0)),
    )
  })
})
