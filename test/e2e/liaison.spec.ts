import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cellAt, cellText, goToCell, pasteBlock, problemLine } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { checkDialog, checkEveryLook } from './looks.ts'
import { savedPdf } from './saved-pdf.ts'

const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const board = /^(联络看板|Liaison board)$/

/** By Ctrl+K, as for every page without a key of its own. */
async function openBoard(page: Page): Promise<void> {
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('textbox').waitFor()
  await page.keyboard.type('联络看板')
  await page.getByRole('dialog').getByText('联络看板').last().waitFor()
  await page.keyboard.press('Enter')
  await title(page, board).waitFor()
  await cellAt(page, 0, 'why').waitFor()
  await page.keyboard.press('F6')
  await expect.poll(() => isFocusedIn(page, '[data-grid]')).toBe(true)
}

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+f')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

async function press(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  await page.getByRole(role, { name }).first().focus()
  await page.keyboard.press('Enter')
}

const isFocusedIn = (page: Page, selector: string) =>
  page.evaluate(
    (inside) => document.activeElement !== null && document.activeElement.closest(inside) !== null,
    selector,
  )

/** `2026-11-24` and so many days further. */
function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

async function today(page: Page): Promise<string> {
  await page.getByText(/业务日期/).waitFor()
  return (/\d{4}-\d\d-\d\d/.exec((await page.getByText(/业务日期/).textContent()) ?? '') ?? [''])[0]
}

const maker = '顺德康护医疗用品厂'

forEachShell((shell) => {
  it('says whom to call about what, with why, filters and both charts', async () => {
    const { page } = await shell.open({ demo: true })
    await openBoard(page)
    expect(await cellText(page, 0, 'why')).toMatch(/（1 级）(今天|明天|\d 天后)用完/)
    await checkEveryLook(page, 'liaison-board', () => cellAt(page, 0, 'why').waitFor())

    await page.getByRole('switch', { name: '只看欠交' }).focus()
    await page.keyboard.press('Space')
    await expect.poll(() => cellText(page, 0, 'gapBase')).toMatch(/^[\d,]+$/)
    expect(await cellText(page, 0, 'why')).toMatch(/欠 [\d,]+ \S+ · (已逾期 \d+ 天|今天到期)/)

    await page.keyboard.press('Alt+v')
    await page.getByRole('img', { name: /柱状图：每天承诺与到货的数量/ }).waitFor()
    await page.getByRole('img', { name: /兑现率|到货占承诺的百分比/ }).waitFor()
    await checkEveryLook(page, 'liaison-charts', () => page.getByRole('img').first().waitFor())
    for (const summary of await page.locator('summary').all()) {
      await summary.focus()
      await page.keyboard.press('Enter')
    }
    await page.getByRole('rowheader', { name: maker }).waitFor()
    await checkPage(page, 'liaison-chart-tables')
  })

  it('promise, part of it delivered, the gap on the board, a call, a blocker and its end', async () => {
    const { page } = await shell.open({ demo: true })
    const day = await today(page)
    await openBoard(page)
    await search(page, '康护')
    await expect.poll(() => cellText(page, 0, 'supplier')).toBe(maker)
    await page.keyboard.press('ArrowDown')
    await goToCell(page, 0, 'why')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: maker }).waitFor()
    await checkEveryLook(page, 'liaison-panel', () => page.getByRole('complementary').last().waitFor())

    // A sheet with two wrong rows is named row by row and saves nothing; put right, it saves.
    await page.keyboard.press('Alt+p')
    await title(page, `录入承诺：${maker}`).waitFor()
    await cellAt(page, 0, 'item').waitFor()
    await goToCell(page, 0, 'item')
    await pasteBlock(
      page,
      `M-19083\t700\t${dayAfter(day, -1)}\t夜班\r\n火星口罩\t5\t${day}\r\nM-19083\t约2000\t${day}\r\n`,
    )
    await expect.poll(() => cellText(page, 0, 'dueOn')).toBe(dayAfter(day, -1))
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').getByText('第 2 行 · 物资：找不到“火星口罩”；可能已被删除').waitFor()
    await page.getByRole('alert').getByText('第 3 行 · 数量：“约2000”不是数字；请填写数字').waitFor()
    await goToCell(page, 2, 'quantity')
    await expect.poll(() => problemLine(page)).toMatch(/约2000/)
    await checkEveryLook(page, 'liaison-promises-refused', () => cellAt(page, 0, 'item').waitFor())
    await goToCell(page, 2, 'quantity')
    await pasteBlock(page, '2,000')
    for (const column of ['item', 'quantity', 'dueOn']) {
      await goToCell(page, 1, column)
      await page.keyboard.press('Delete')
    }
    await page.keyboard.press('Control+Enter')
    await title(page, `${maker}：联络`).waitFor()
    const promises = '供货承诺'
    await cellAt(page, 0, 'state', promises).waitFor()
    await page.getByText('夜班', { exact: true }).waitFor()

    await deliver(page, 'm-19083', '1')
    await openBoard(page)
    await search(page, '康护 19083')
    await expect.poll(() => cellText(page, 0, 'supplier')).toBe(maker)
    await expect.poll(() => cellText(page, 0, 'item')).toContain('医用防护口罩')
    // What the board showed when it was last open stands there until it has been read again.
    const number = async (column: string) => Number((await cellText(page, 0, column)).replaceAll(',', ''))
    await expect.poll(() => number('deliveredTodayBase')).toBeGreaterThan(0)
    await expect.poll(() => cellText(page, 0, 'why')).toMatch(/欠 [\d,]+ /)
    const gap = await number('gapBase')
    expect(gap).toBeGreaterThan(0)

    await page.keyboard.press('ArrowDown')
    await goToCell(page, 0, 'why')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+l')
    await page.getByRole('textbox', { name: '联系了谁' }).waitFor()
    await checkPage(page, 'liaison-call')
    await page.keyboard.press('Control+Enter')
    await page.getByText('必须填写').first().waitFor()
    await page.getByRole('textbox', { name: '联系了谁' }).focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('梁经理')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('熔喷布明天到两吨')
    await page.keyboard.press('Tab')
    await page.keyboard.type(day.replaceAll('-', ''))
    await page.keyboard.press('Tab')
    await page.keyboard.type('梁经理')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(() => cellText(page, 0, 'why')).toContain('约定今天联系（梁经理）')

    await page.keyboard.press('Alt+b')
    await page.getByRole('combobox', { name: '哪一类' }).waitFor()
    await checkPage(page, 'liaison-blocker')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('熔喷布未到')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(() => cellText(page, 0, 'why')).toContain('原料受阻')
    await checkPage(page, 'liaison-blocked')
    await press(page, '解除障碍：原料')
    await expect.poll(() => cellText(page, 0, 'why')).not.toContain('受阻')
    await page.keyboard.press('Escape')
    await expect.poll(() => isFocusedIn(page, '[data-grid]')).toBe(true)
    await goToCell(page, 0, 'nextCall')
    expect(await cellText(page, 0, 'nextCall')).toBe(`${day} 梁经理`)
    await goToCell(page, 0, 'lastCall')
    expect(await cellText(page, 0, 'lastCall')).toBe('梁经理 · 熔喷布明天到两吨')

    // Both dialogs in English as well.
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: maker }).waitFor()
    await page.keyboard.press('Alt+l')
    await page.getByRole('textbox', { name: '联系了谁' }).waitFor()
    await checkDialog(page, 'liaison-call')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('Alt+b')
    await page.getByRole('combobox', { name: '哪一类' }).waitFor()
    await checkDialog(page, 'liaison-blocker')
  })

  it('sets a wrong fulfilment right by hand, and keeps contacts, licences and other names', async () => {
    const { page } = await shell.open({ demo: true })
    await openBoard(page)
    await page.getByRole('switch', { name: '只看欠交' }).focus()
    await page.keyboard.press('Space')
    await expect.poll(() => cellText(page, 0, 'gapBase')).toMatch(/\d/)
    await page.keyboard.press('F6')
    await page.keyboard.press('Enter')
    await press(page, '联系人、许可与全部承诺', 'link')
    const promises = '供货承诺'
    await cellAt(page, 0, 'state', promises).waitFor()
    const short = await rowWith(page, '逾期，部分到货')
    const outstanding = await cellText(page, short, 'outstandingBase', promises)
    const before = await cellText(page, short, 'deliveredBase', promises)
    await goToCell(page, short, 'state')
    await page.keyboard.press('Enter')
    await cellAt(page, 0, 'quantityBase', '兑现明细').waitFor()
    const counted = await rowWithCount(page)
    await cellAt(page, counted, 'quantityBase', '兑现明细').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('999999999')
    await page.keyboard.press('Enter')
    await page
      .getByRole('alert')
      .getByText(/“999,999,999”超出范围/)
      .waitFor()
    await checkDialog(page, 'liaison-fulfilment')
    await cellAt(page, counted, 'quantityBase', '兑现明细').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('0')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(() => cellText(page, short, 'outstandingBase', promises)).not.toBe(outstanding)
    expect(await cellText(page, short, 'deliveredBase', promises)).not.toBe(before)

    await into(page, '联系人', '梁经理\t厂长\t13807570001')
    await into(page, '别名', '康护老厂')
    await into(page, '许可与标准', `M-0469\t粤械注准2020\tYY 0469-2011\t2020-01-01\r\n\t粤卫消证\t\t2099年1月1日`)
    await page.getByText('有未保存的修改').waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('有未保存的修改').waitFor({ state: 'hidden' })
    await page.reload()
    await expect.poll(() => cellText(page, 0, 'phone', '联系人')).toBe('13807570001')
    await expect.poll(() => cellText(page, 0, 'validity', '许可与标准')).toBe('✕ 已过期')
    expect(await cellText(page, 1, 'validity', '许可与标准')).toBe('有效')
    const names = [await cellText(page, 0, 'alias', '别名'), await cellText(page, 1, 'alias', '别名')]
    expect(names).toContain('康护老厂')
    await checkEveryLook(page, 'liaison-supplier', () => cellAt(page, 0, 'phone', /联系人|Contacts/).waitFor())
  })

  it('makes a promise for each day of a period', async () => {
    const { page } = await shell.open({ demo: true })
    const day = await today(page)
    await openBoard(page)
    await page.keyboard.press('Alt+p')
    await title(page, /录入承诺/).waitFor()
    // The sheet takes the focus when it is there.
    await expect.poll(() => isFocusedIn(page, '[data-grid]')).toBe(true)
    // From a file as well: by its headings, in packs and in 万; what isn't this manufacturer's is left out.
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Alt+o')
    const text = `生产企业,品名,数量,单位,承诺交货日期\n,医用外科口罩,1.2万,只,${day}\n别家,医用外科口罩,5,箱,${day}\n`
    await (await chooser).setFiles({ name: '承诺.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByText('从“承诺.csv”读入 1 行；写明是其他企业的 1 行未读入。').waitFor()
    await expect.poll(() => cellText(page, 0, 'quantity')).toBe('12000只')
    expect(await cellText(page, 0, 'dueOn')).toBe(day)
    await checkPage(page, 'liaison-promises-file')
    await press(page, '清空')
    await expect.poll(() => cellText(page, 0, 'quantity')).toBe('')
    await page.keyboard.press('Alt+g')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type(dayAfter(day, 4).replaceAll('-', ''))
    await page.keyboard.press('Tab')
    await page.keyboard.type('2千')
    await page.keyboard.press('Enter')
    await expect.poll(() => cellText(page, 4, 'dueOn')).toBe(dayAfter(day, 4))
    expect(await cellText(page, 0, 'quantity')).toBe('2,000')
    await page.keyboard.press('Control+Enter')
    await page.getByText('已保存 5 条承诺').waitFor()
  })

  it('prints the board and the promises, and exports what is shown', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await openBoard(page)
    await search(page, '康护')
    await expect.poll(() => cellText(page, 0, 'supplier')).toBe(maker)
    const first = await cellText(page, 0, 'item')
    const csv = await app.savedFile(() => page.keyboard.press('Control+e'))
    const text = readFileSync(csv, 'utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    expect(text.split('\r\n')[0]).toContain('生产企业,物资,为何现在联系')
    expect(text).toContain(`${maker},${first},`)

    for (const [chord, heading, words] of [
      ['Control+p', '联络看板', ['生产企业', '事由', maker, '联系结果']],
      ['Control+Shift+p', '承诺与兑现', ['承诺日期', '未交', maker, '小计']],
    ] as const) {
      await page.keyboard.press(chord)
      await page.getByRole('heading', { level: 1, name: heading }).last().waitFor()
      await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 60_000 })
      const paper = (await savedPdf(app)).join('\n')
      for (const word of [heading, ...words]) expect(paper, word).toContain(word)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
  })
})

/** Posts a delivery of so many packs from the manufacturer, by its form. */
async function deliver(page: Page, item: string, packs: string): Promise<void> {
  // Characters that come at once are a scanner's.
  const slowly = (text: string) => page.keyboard.type(text, { delay: 80 })
  await page.keyboard.press('Alt+2')
  await title(page, /到货/).waitFor()
  await page.keyboard.press('Alt+n')
  await title(page, '登记到货').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
  await slowly('康护')
  await page.keyboard.press('Enter')
  await slowly('SH-1')
  await page.keyboard.press('Enter')
  await slowly(item)
  await page.keyboard.press('Enter')
  await slowly('LOT-1')
  await page.keyboard.press('Enter')
  await slowly('20261101')
  await slowly(packs)
  await page.keyboard.press('Control+s')
  await page.getByRole('heading', { name: /已入库 RK/ }).waitFor()
}

async function rowWith(page: Page, state: string): Promise<number> {
  for (let row = 0; row < 12; row++) {
    if ((await cellText(page, row, 'state', '供货承诺')).includes(state)) return row
  }
  throw new Error(`no promise is ${state}`)
}

/** The first delivery line that counts towards the promise. */
async function rowWithCount(page: Page): Promise<number> {
  for (let row = 0; row < 20; row++) {
    if (Number((await cellText(page, row, 'quantityBase', '兑现明细')).replaceAll(',', '')) > 0) return row
  }
  throw new Error('no line counts')
}

/** F6 goes from grid to grid; pastes a block from the first cell of this one on. */
async function into(page: Page, grid: string, block: string): Promise<void> {
  const label = () =>
    page.evaluate(
      () => document.activeElement?.closest('[role="grid"], [role="treegrid"]')?.getAttribute('aria-label') ?? '',
    )
  for (let presses = 0; presses < 6 && (await label()) !== grid; presses++) {
    const before = await label()
    await page.keyboard.press('F6')
    await expect.poll(label).not.toBe(before)
  }
  expect(await label()).toBe(grid)
  await pasteBlock(page, block)
}
