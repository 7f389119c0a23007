import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { pasteBlock } from './grid-hands.ts'
import { forEachShell } from './harness.ts'
import { goTo, listRegion } from './list-hands.ts'
import { checkEveryLook } from './looks.ts'

const donations = [
  ['捐赠单位', '品名', '数量', '批号', '有效期至'],
  ['爱心人士', '医用外科口罩', '500只', 'DX-01', '2028-06-30'],
  ['广州某商会', '医用外科口罩', '1200只', 'DX-02', '2028-06-30'],
  ['爱心人士', '医用防护口罩', '100只', 'DX-03', '2028-06-30'],
  ['佛山某公司', '医用外科口罩', '800只', 'DX-04', '2028-06-30'],
]
const asBlock = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\r\n')

const paste = async (page: Page, text: string) => {
  await page.locator('textarea').focus()
  await pasteBlock(page, text)
}

forEachShell((shell) => {
  it('posts a list of several senders as one delivery each in one go, and doubts its lines the next time', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '读取到货名单')
    await paste(page, asBlock(donations))
    await listRegion(page).getByText('可靠 4', { exact: true }).waitFor()
    const dialog = page.getByRole('dialog')
    await checkEveryLook(
      page,
      'intake-senders',
      async () => {
        await page.keyboard.press('Control+s')
        await dialog.getByLabel(/爱心人士/).waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await dialog.waitFor({ state: 'detached' })
      },
    )
    await page.keyboard.press('Control+s')
    await dialog.getByRole('button', { name: /入库 3 张/ }).waitFor()
    expect(await dialog.getByLabel('爱心人士（2 行）').inputValue()).toBe('新登记：捐赠方')
    // One of them is a manufacturer on file under another name: found by its initials, and remembered.
    const field = dialog.getByLabel('广州某商会（1 行）')
    await field.focus()
    await page.keyboard.press('ArrowDown')
    const supplier = page.getByRole('listbox').getByRole('option').nth(4)
    await supplier.waitFor()
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('ArrowDown')
    await expect.poll(() => supplier.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await supplier.waitFor({ state: 'detached' })
    const chosen = await field.inputValue()
    expect(chosen).not.toContain('新登记')
    await dialog.getByRole('button', { name: /入库 3 张/ }).press('Enter')
    await page.getByRole('heading', { name: '已入库 3 张到货单，库存已更新' }).waitFor()
    await page.getByText('新登记了 2 个来源单位').waitFor()
    const numbers = await page.getByRole('link', { name: /^RK\d/ }).allTextContents()
    expect(numbers).toHaveLength(3)
    await page.getByText(chosen).first().waitFor()

    // Another list by other names for the columns, with two of the lines in it: doubted, with the way to their delivery.
    await page.getByRole('button', { name: '再读一份' }).press('Enter')
    await paste(
      page,
      asBlock([
        ['物资名称', '来源', '总数', '生产批号'],
        ['医用外科口罩', '广州某商会', '1200只', 'DX-02'],
        ['医用外科口罩', '爱心人士', '500只', 'DX-01'],
        ['医用外科口罩', '爱心人士', '501只', 'DX-01'],
      ]),
    )
    await listRegion(page).getByText('推测 2', { exact: true }).waitFor()
    await expect
      .poll(() => listRegion(page).getByRole('status').textContent())
      .toContain(`登记的${numbers[1]}的一行相同`)
    await page
      .getByRole('alert')
      .getByRole('link', { name: `查看 ${numbers[0]}` })
      .waitFor()
    await page
      .getByRole('alert')
      .getByRole('link', { name: `查看 ${numbers[1]}` })
      .waitFor()
    // One answer for both; told once, they are taken.
    await page.keyboard.press('Shift+Space')
    await listRegion(page).getByText('可靠 3', { exact: true }).waitFor()
    await page.keyboard.press('Control+s')
    await dialog.getByRole('button', { name: /入库 2 张/ }).waitFor()
    expect(await dialog.getByLabel('广州某商会（1 行）').inputValue()).toBe(chosen)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '已入库 2 张到货单，库存已更新' }).waitFor()
    expect(await page.getByText('新登记了').count()).toBe(0)
    await page.getByRole('link', { name: /^RK\d/ }).first().press('Enter')
    await page.getByText('DX-02').first().waitFor()
  })
})
