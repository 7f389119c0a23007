import { expect, it } from 'vitest'
import { cellAt, cellText, goToCell } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { checkDialog, checkEveryLook } from './looks.ts'

const number = (text: string) => Number(text.replaceAll(',', '') || 0)

forEachShell((shell) => {
  it('shows stock by item and depot, and opens lots and a stock card that agree with it', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+3')
    await cellAt(page, 0, 'onHand').waitFor()
    await checkEveryLook(page, 'stock', () => cellAt(page, 0, 'onHand').waitFor())

    await page.getByRole('button', { name: /^导出/ }).press('Enter')
    await page.getByRole('menuitem').first().waitFor()
    await checkDialog(page, 'export-menu')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })

    await page.keyboard.press('Control+f')
    await page.keyboard.type('m-0469')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('M-0469')
    await page.keyboard.press('ArrowDown')
    await goToCell(page, 0, 'onHand')
    const onHand = number(await cellText(page, 0, 'onHand'))
    const reserved = number(await cellText(page, 0, 'reserved'))
    expect(number(await cellText(page, 0, 'available'))).toBe(onHand - reserved)
    expect(await cellText(page, 0, 'cover')).toMatch(/^[▼▽✕]? ?\d+\.\d$/)

    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '医用外科口罩' }).waitFor()
    const lots = '批号'
    const card = '收发存明细'
    await cellAt(page, 0, 'onHandBase', lots).waitFor()
    await cellAt(page, 0, 'balanceBase', card).waitFor()
    await checkEveryLook(page, 'stock-item', () => cellAt(page, 0, 'number').first().waitFor())

    const lotRows = page
      .getByRole('grid', { name: lots })
      .or(page.getByRole('treegrid', { name: lots }))
      .first()
      .locator('[row-index] [col-id="onHandBase"]')
    const sumOfLots = async () => (await lotRows.allInnerTexts()).map(number).reduce((sum, value) => sum + value, 0)
    await expect.poll(sumOfLots).toBe(onHand)

    // Each balance is the one beneath it, plus what came in, less what went out.
    const read = async (row: number) => ({
      balance: number(await cellText(page, row, 'balanceBase', card)),
      came: number(await cellText(page, row, 'inBase', card)),
      went: number(await cellText(page, row, 'outBase', card)),
    })
    for (let row = 0; row < 4; row++) {
      const [upper, lower] = [await read(row), await read(row + 1)]
      expect([row, upper.balance]).toEqual([row, lower.balance + upper.came - upper.went])
    }
  })

  it('shows one depot alone', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+3')
    await cellAt(page, 0, 'onHand').waitFor()
    await page
      .getByRole('combobox', { name: '仓库' })
      .or(page.getByLabel('仓库', { exact: true }))
      .first()
      .focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('columnheader', { name: '全区' }).count()).toBe(0)
    await checkPage(page, 'stock-one-depot')
  })

  it('says today what is short, due and waiting, with two charts that have a name and a table', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
    await page.getByRole('heading', { level: 2, name: /短缺物资/ }).waitFor()
    for (const name of [
      /等待处理/,
      /即将断供的单位/,
      /到期未交的供货承诺/,
      /近效期批号/,
      /各类物资可用天数/,
      /近 14 天入库与分配/,
    ]) {
      await page.getByRole('heading', { level: 2, name }).waitFor()
    }
    await page.getByRole('img', { name: '柱状图：各类物资的全区可用天数' }).waitFor()
    await page.getByRole('img', { name: '柱状图：近 14 天每天入库数量与分配数量' }).waitFor()
    await checkEveryLook(page, 'today', () => page.getByRole('heading', { level: 1, name: /^(今日|Today)$/ }).waitFor())

    for (const summary of await page.locator('summary').all()) {
      await summary.focus()
      await page.keyboard.press('Enter')
    }
    await page.getByRole('columnheader', { name: '入库' }).waitFor()
    expect(
      await page
        .getByRole('row')
        .filter({ hasText: /^\d{4}-\d\d-\d\d/ })
        .count(),
    ).toBe(14)
    await checkPage(page, 'today-tables')

    const short = page.getByRole('region', { name: /短缺物资/ })
    await short.getByRole('link').nth(1).focus()
    const name = (await short.getByRole('link').nth(1).textContent())!
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name }).waitFor()
  })
})
