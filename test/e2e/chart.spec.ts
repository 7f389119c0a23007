import { expect, it } from 'vitest'
import { checkPage, forEachShell } from './harness.ts'
import { checkEveryLook } from './looks.ts'
import { savedPdf } from './saved-pdf.ts'

forEachShell((shell) => {
  it('draws the charts of a range, a depot and an item, each with its rule and its rows, and prints them as one document', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+i')
    const panel = (name: RegExp) => page.getByRole('region', { name })
    for (const name of ['各物资可用天数与目标', '可用天数走势', '单位断供日期', '按镇街：发放份额与用量份额']) {
      await page.getByRole('img', { name: `图表：${name}` }).waitFor()
    }
    expect(await page.locator('[data-chart]').count()).toBe(8)
    await checkEveryLook(page, 'charts', () => page.locator('[data-chart="towns"] svg').first().waitFor())

    // By keyboard to the rows behind a chart.
    await page.getByRole('combobox', { name: '时间' }).selectOption('14')
    const flow = panel(/^每天入库、发放与用量$/)
    await flow.locator('summary').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => flow.getByRole('link').count()).toBe(14)
    const day = (await flow.getByRole('link').last().textContent())!
    await page.getByRole('combobox', { name: '仓库' }).selectOption({ index: 1 })
    await flow.getByText('用量不分仓库').waitFor()
    await checkPage(page, 'charts-filtered')

    await page.keyboard.press('Control+p')
    await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 120_000 })
    const text = (await savedPdf(app)).join(' ')
    for (const words of [
      '物资保障图表',
      '可用天数走势',
      '按等级：发放份额与用量份额',
      '入库：到货验收',
      day.slice(5),
    ]) {
      expect(text).toContain(words)
    }
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await flow.getByRole('link').last().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '单据台账' }).waitFor()
    expect(await page.getByRole('textbox').first().inputValue()).toBe(day)
  })
})
