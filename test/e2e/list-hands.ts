import type { Page } from 'playwright-core'

// What every spec of a list's screen does and looks at.

/** Ctrl+K and the name of a page. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').locator('input').first().waitFor()
  await page.keyboard.type(name)
  await page.getByRole('dialog').getByText(name, { exact: true }).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

export const listGrid = (page: Page) => page.getByRole('grid', { name: /名单的行|Rows of the list/ })

export const listRegion = (page: Page) => page.getByRole('region', { name: /名单的行|Rows of the list/ })

export const said = (page: Page) => listRegion(page).getByRole('status')

export const counted = (page: Page, text: string) => listRegion(page).getByText(text, { exact: true }).waitFor()

export const focusedColumn = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column') ?? null)
