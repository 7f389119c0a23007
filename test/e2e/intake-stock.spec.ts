import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cellText, pasteBlock } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { counted, focusedColumn, listGrid, said } from './list-hands.ts'
import { checkEveryLook } from './looks.ts'

const asBlock = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\r\n')

async function paste(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
  await page.locator('textarea').focus()
  await pasteBlock(page, asBlock(rows))
  await listGrid(page).waitFor()
}

forEachShell((shell) => {
  it('takes what is on the shelves from a list: as a count, in stock, on the card, never twice', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+3')
    await page.getByRole('link', { name: '读取期初库存' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: '读取期初库存' }).waitFor()
    const sheet = [
      ['物资名称', '批号', '有效期至', '库存数量', '仓库'],
      ['医用外科口罩', 'QC-1', '2028-06-30', '3000只', '大良中心仓'],
      ['医用外科口罩', 'QC-2', '2026-01-31', '40只', '大良中心仓'],
      ['医用防护口罩', 'QC-3', '2028-06-30', '600只', '北滘分仓'],
      ['医用防护口罩', 'QC-4', '2028-06-30', '20只', '容桂仓'],
    ]
    await paste(page, sheet)
    for (const count of ['可靠 2', '推测 1', '有误 1']) await counted(page, count)
    await expect.poll(() => focusedColumn(page)).toBe('expiresOn')
    await expect.poll(() => said(page).textContent()).toContain('2026-01-31已过期')
    await page.keyboard.press('Space')
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('place')
    await expect.poll(() => said(page).textContent()).toContain('“容桂仓”不在仓库名单里')
    await checkEveryLook(page, 'intake-stock', () => listGrid(page).locator('td[tabindex="0"]').focus())
    await listGrid(page).locator('td[tabindex="0"]').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('北滘')
    await page.getByRole('option', { name: /北滘分仓/ }).waitFor()
    await page.keyboard.press('Enter')
    await counted(page, '可靠 4')
    await page.keyboard.press('Control+s')
    await page.getByText('期初库存已登记：4 个批号。').waitFor()
    await checkPage(page, 'intake-stock-saved')

    // Once more: its lots are said to be there, and to count is not to add.
    await page.getByRole('button', { name: '再读一份' }).press('Enter')
    await page.locator('textarea').waitFor()
    await paste(page, [sheet[0]!, ['医用外科口罩', 'QC-1', '2028-06-30', '3100只', '大良中心仓']])
    await counted(page, '推测 1')
    await expect.poll(() => said(page).textContent()).toContain('账上已有此批号 3000，名单写 3100')
    await page.keyboard.press('Space')
    await counted(page, '可靠 1')
    await page.keyboard.press('Control+s')
    await page.getByText('期初库存已登记：1 个批号。').waitFor()
    await page.getByRole('link', { name: '去库存' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: '库存' }).waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('m-0469')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('M-0469')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '医用外科口罩' }).waitFor()
    await page.getByText('QC-1', { exact: true }).first().waitFor()
    const card = page.getByRole('region', { name: '收发存明细' })
    await card.getByText('期初', { exact: true }).first().waitFor()
    const row = card.locator('[row-index="0"]')
    expect(await row.locator('[col-id="inBase"]').textContent()).toBe('100')
    await checkPage(page, 'stock-card-opening')
  })
})
