import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject } from '../../build/project.ts'
import { buildGs1 } from '../../core/gs1.ts'
import { checkPage, forEachShell, type Opened } from './harness.ts'

/** Messy in ways that lists are: titles, a sender written once, packs in the specification, glued units, 万, no year. */
const messyList = [
  ['顺德区防疫物资捐赠登记表', '', '', '', '', ''],
  ['2020年2月 制表人：王', '', '', '', '', ''],
  ['捐赠单位', '物资名称', '规格', '数量', '批号', '有效期至'],
  ['顺德甲制衣厂', '医用外科口罩', '50只/盒', '1.2万', 'XA-01', '2028-06-30'],
  ['', 'KN95颗粒物防护口罩', '', '600只', 'XA-02', '2028/7/1'],
  ['', '蓝色小口罩', '', '300只', 'XA-03', '2028-08-01'],
  ['', '医用一次性防护服', '10件/箱', '20箱', 'XA-04', '28-09-01'],
  ['合计', '', '', '13,000', '', ''],
]
const asBlock = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\r\n')

const gtins = [0, 1, 2].map((number) => {
  const body = `0690123456${String(number).padStart(3, '0')}`
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
})

async function openDelivery(page: Page): Promise<void> {
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Alt+2')
  await page.getByRole('heading', { level: 1, name: /到货|Deliveries/ }).waitFor()
  await page.keyboard.press('Alt+n')
  await page.getByRole('heading', { level: 1, name: /登记到货|New delivery/ }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
}

const paste = (page: Page, text: string) =>
  page.evaluate((block) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', block)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)

/** A scanner: keys a few milliseconds apart, then Enter. */
async function scan(page: Page, code: string, pace: number): Promise<void> {
  await page.evaluate(
    async ({ text, ms }) => {
      const press = (key: string) =>
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
      for (const character of text) {
        press(character)
        const until = performance.now() + ms
        while (performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 0))
      }
      press('Enter')
    },
    { text: code, ms: pace },
  )
}

const listGrid = (page: Page) => page.getByRole('grid', { name: /名单的行|Rows of the list/ })
const doubt = (page: Page) => page.getByRole('region', { name: /名单的行|Rows of the list/ }).getByRole('status')
const focusedColumn = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column') ?? null)
const field = (page: Page, name: string, line: number) => page.getByLabel(`${name}，第 ${line} 行`, { exact: true })

forEachShell((shell) => {
  it('takes a messy list pasted into a delivery: doubts resolved by keyboard, posted, in stock, known the next time', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await openDelivery(page)
    await paste(page, asBlock(messyList))
    await page.getByRole('heading', { level: 1, name: '读取到货名单' }).waitFor()
    await listGrid(page).waitFor({ timeout: 8000 }).catch(async (e) => { await page.screenshot({ path: '.tmp/shots/dbg.png' }); console.log(app.consoleErrors, app.cspViolations); throw e })
    await checkPage(page, 'intake-list')
    console.log(await page.getByRole('region', { name: /名单的行/ }).innerText())
  })
})
