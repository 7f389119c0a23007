import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cellAt, cellText, goToCell, typeIntoCell } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { checkEveryLook, switchLanguage } from './looks.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const isDark = (page: Page) =>
  page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark')

const titles: Readonly<Record<string, string>> = {
  'Alt+3': '库存',
  'Alt+7': '一线单位',
  'Alt+8': '生产企业与供货单位',
  'Alt+9': '物资目录',
  'Alt+1': '今日',
}

forEachShell((shell) => {
  it('follows the language of the system, switches at one press, and remembers it', async () => {
    const english = await shell.open({ demo: true, locale: 'en-US' })
    await english.page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await switchLanguage(english.page)
    await english.page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
    expect(await english.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    await english.page.reload()
    await english.page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
  })

  it('follows the theme of the system, switches at one press, and remembers it', async () => {
    const { page } = await shell.open({ demo: true, colorScheme: 'dark' })
    await heading(page).waitFor()
    expect(await isDark(page)).toBe(true)
    await page.getByRole('button', { name: '切换到浅色' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => isDark(page)).toBe(false)
    await page.reload()
    await heading(page).waitFor()
    expect(await isDark(page)).toBe(false)
  })

  it('finds items, units, manufacturers and pages with Ctrl+K, by pinyin initials, code and name', async () => {
    const { page } = await shell.open({ demo: true })
    await heading(page).waitFor()
    const find = async (typed: string, wanted: string, title: string | RegExp) => {
      await page.keyboard.press('Control+k')
      await page
        .getByRole('dialog')
        .getByRole('searchbox')
        .or(page.getByRole('dialog').locator('input'))
        .first()
        .waitFor()
      await page.keyboard.type(typed)
      await page.getByRole('dialog').getByText(wanted, { exact: true }).first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }
    await find('ywkkz', '医用外科口罩', '医用外科口罩')
    await find('DL-F1', '大良医院发热门诊', '大良医院发热门诊')
    await find('设置', '设置', '设置')
    await checkEveryLook(
      page,
      'finder',
      async () => {
        await page.keyboard.press('Control+k')
        await page.keyboard.type('kz')
        await page.getByRole('dialog').getByRole('button').first().waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
      },
    )
  })

  it('lists the keys of the page with F1', async () => {
    const { page } = await shell.open({ demo: true })
    await heading(page).waitFor()
    await page.keyboard.press('Alt+9')
    await page.getByRole('heading', { level: 1, name: '物资目录' }).waitFor()
    await checkEveryLook(
      page,
      'keys',
      async () => {
        await page.keyboard.press('F1')
        await page.getByRole('dialog').getByText('Alt+N').waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
      },
    )
  })

  it('goes to the pages by their keys, and says so where there is no page', async () => {
    const { page } = await shell.open({ demo: true })
    await heading(page).waitFor()
    for (const [chord, title] of Object.entries(titles)) {
      await page.keyboard.press(chord)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(await page.title()).toContain(title)
    }
    await page.evaluate(() => {
      history.pushState(null, '', '/no-such-page')
      dispatchEvent(new PopStateEvent('popstate'))
    })
    await page.getByRole('heading', { level: 1, name: '没有这个页面' }).waitFor()
    await checkPage(page, 'not-found')
  })

  it('says what could not be read where it would stand, and reads it again', async () => {
    const { page, dataFolder, consoleErrors } = await shell.open({ demo: true })
    await heading(page).waitFor()
    const rename = (from: string, to: string) => {
      const db = new Database(join(dataFolder, 'frontstock.db'), { timeout: 10_000 })
      db.exec(`PRAGMA legacy_alter_table = ON; ALTER TABLE ${from} RENAME TO ${to}`)
      db.close()
    }
    await page.keyboard.press('Alt+7')
    await cellAt(page, 0, 'code').waitFor()
    rename('norm', 'norm_taken_away')
    await goToCell(page, 0, 'code')
    await page.keyboard.press('Alt+Enter')
    await page.getByRole('alert').first().waitFor()
    await checkPage(page, 'not-read')
    rename('norm_taken_away', 'norm')
    await page.getByRole('button', { name: '重新读取' }).focus()
    await page.keyboard.press('Enter')
    await cellAt(page, 0, 'item', /需求|物资/).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    consoleErrors.length = 0
  })

  it('shows in every window what one of them has changed', async () => {
    const app = await shell.open({ demo: true })
    await heading(app.page).waitFor()
    await app.page.keyboard.press('Alt+9')
    await cellAt(app.page, 0, 'code').waitFor()
    await goToCell(app.page, 0, 'specification')
    const other = await app.newPage()
    await heading(other).waitFor()
    await other.keyboard.press('Alt+9')
    await expect.poll(() => cellText(other, 0, 'specification')).toBe(await cellText(app.page, 0, 'specification'))
    await typeIntoCell(app.page, 0, 'specification', '500ml×12')
    await expect.poll(() => cellText(other, 0, 'specification')).toBe('500ml×12')
  })

  it('cuts nothing at 200 % zoom', async () => {
    const { page } = await shell.open({ demo: true, viewport: { width: 640, height: 360 } })
    await heading(page).waitFor()
    for (const chord of Object.keys(titles)) {
      await page.keyboard.press(chord)
      await page.getByRole('heading', { level: 1, name: titles[chord]! }).waitFor()
      if (chord !== 'Alt+1') await cellAt(page, 0, 'code').waitFor()
      await checkPage(page, `zoomed-${chord.at(-1)}`)
      const wide = await page.evaluate(() => {
        const main = document.querySelector('main')!
        return [document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth]
      })
      expect([chord, wide]).toEqual([chord, [0, 0]])
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('main button, main label, h1, h2')]
          .filter(
            (element) =>
              element.scrollWidth > element.clientWidth + 1 &&
              element.checkVisibility() &&
              getComputedStyle(element).overflow !== 'visible',
          )
          .map((element) => element.textContent),
      )
      expect([chord, cut]).toEqual([chord, []])
    }
  })
})
