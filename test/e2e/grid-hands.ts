import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The focused cell's column and row, as the grid tells assistive technology. */
export const focusedCell = (page: Page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest('[role="gridcell"]')
    return {
      column: cell?.getAttribute('col-id') ?? null,
      row: cell?.closest('[row-index]')?.getAttribute('row-index') ?? null,
    }
  })

/** Cells of a grid by row (as displayed) and column id. A pinned column has rows of its own in the page. */
export function cellAt(page: Page, row: number, column: string, grid: string | RegExp = /./): Locator {
  return page
    .getByRole('grid', { name: grid })
    .or(page.getByRole('treegrid', { name: grid }))
    .first()
    .locator(`[row-index="${row}"] [col-id="${column}"]`)
}

export const cellText = async (page: Page, row: number, column: string, grid?: string | RegExp): Promise<string> =>
  ((await cellAt(page, row, column, grid).textContent()) ?? '').trim()

/** Into the grid (F6) and with the arrows to a cell: no mouse. */
export async function goToCell(page: Page, row: number, column: string): Promise<void> {
  const start = await focusedCell(page)
  if (start.row === null) {
    await page.keyboard.press('F6')
    await expect.poll(async () => (await focusedCell(page)).row).not.toBeNull()
  }
  await page.keyboard.press('Home')
  // As many presses as rows lie between; what a press did is looked at after the whole way, and once more where it fell
  // short (a row that was still being drawn).
  for (let ways = 0; ways < 12; ways++) {
    const at = await focusedCell(page)
    const rows = row - Number(at.row)
    if (rows === 0) break
    for (let press = 0; press < Math.abs(rows); press++) await page.keyboard.press(rows > 0 ? 'ArrowDown' : 'ArrowUp')
  }
  for (let presses = 0; presses < 60; presses++) {
    const at = await focusedCell(page)
    if (at.column === column && at.row === String(row)) return
    await page.keyboard.press('ArrowRight')
  }
  throw new Error(`no way to the cell ${column} of row ${row}: at ${JSON.stringify(await focusedCell(page))}`)
}

/** Opens the editor with Enter, puts the text in its place, and takes it with Enter. */
export async function typeIntoCell(page: Page, row: number, column: string, text: string): Promise<void> {
  await goToCell(page, row, column)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** Puts text on the page's own paste event, as a spreadsheet's copy would. */
export const pasteBlock = (page: Page, text: string): Promise<void> =>
  page.evaluate((block) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', block)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)

/** What the line under the grid says of the focused cell. */
export const problemLine = async (page: Page): Promise<string> =>
  (await page.locator('[aria-live="polite"]').last().textContent()) ?? ''
