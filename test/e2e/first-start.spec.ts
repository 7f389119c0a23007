import { mkdtempSync, rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inProject } from '../../build/project.ts'
import { checkPage, forEachShell } from './harness.ts'
import { checkEveryLook } from './looks.ts'

forEachShell((shell) => {
  it('starts empty once a depot is named, says what is missing before, and does not ask again', async () => {
    const data = mkdtempSync(inProject('.tmp', 'data-'))
    try {
      const { page, close } = await shell.open({ data })
      await page.getByRole('heading', { name: '欢迎使用前线物资' }).waitFor()
      await checkEveryLook(page, 'first-start', () => page.getByRole('heading', { level: 1 }).waitFor())

      await page.getByLabel('单位名称').focus()
      await page.keyboard.type('顺德区物资保障组')
      await page.keyboard.press('Enter')
      const depot = page.getByLabel('第一个仓库')
      await expect.poll(() => depot.getAttribute('aria-invalid')).toBe('true')
      await checkPage(page, 'first-start-refused')
      expect(await page.getByLabel('单位名称').inputValue()).toBe('顺德区物资保障组')

      await page.keyboard.press('Tab')
      expect(await depot.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.keyboard.type('中心仓库')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
      await page.getByText('没有短缺的物资。').waitFor()
      await page.getByText('顺德区物资保障组').first().waitFor()
      await page.getByRole('link', { name: '读取期初库存' }).waitFor()
      await checkEveryLook(page, 'today-empty', () =>
        page.getByRole('heading', { level: 1, name: /^(今日|Today)$/ }).waitFor(),
      )

      await page.keyboard.press('Alt+3')
      await page.getByText('还没有库存。先登记一次到货。').or(page.getByText('没有内容')).first().waitFor()
      await checkPage(page, 'stock-empty')
      // What has not happened yet says so, and how it begins.
      for (const [path, name, words] of [
        ['/ledger/transfers', 'transfers-empty', /还没有移库|No transfers yet/],
        ['/stocktakes', 'stocktakes-empty', /还没有盘点|No stocktakes yet/],
        ['/holds', 'holds-empty', /没有待检或召回|No lot is on hold/],
      ] as const) {
        await page.evaluate((to) => history.pushState(null, '', to), path)
        await checkEveryLook(page, name, () => page.getByText(words).waitFor())
      }
      await close()

      const again = await shell.open({ data })
      await again.page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
      expect(await again.page.getByText('欢迎使用前线物资').count()).toBe(0)
      await again.close()
    } finally {
      rmSync(data, { recursive: true, force: true, maxRetries: 3 })
    }
  })

  it('fills in the demonstration district at one press, and says that it is one', async () => {
    const { page } = await shell.open({ locale: 'en-US' })
    const fill = page.getByRole('button', { name: 'Fill in the demonstration' })
    await fill.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor({ timeout: 120_000 })
    await page.getByText('Demonstration', { exact: true }).waitFor()
    await page.keyboard.press('Alt+7')
    await expect.poll(() => page.getByText(/^\d+ rows$/).textContent()).toMatch(/^(5[5-9]|6[0-5]) rows$/)
  })
})
