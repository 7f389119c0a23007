import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject, projectFolder } from '../../build/project.ts'
import { checkPage, forEachShell } from './harness.ts'
import { checkDialog, checkEveryLook } from './looks.ts'
import { savedPdf } from './saved-pdf.ts'
import { typeAsPerson } from './type-as-person.ts'

/** Counts what a clerk presses; what she types is the data itself and isn't counted. */
function hands(page: Page) {
  let presses = 0
  return {
    press: async (key: string) => {
      presses += 1
      await page.keyboard.press(key)
    },
    type: (data: string) => typeAsPerson(page, data),
    presses: () => presses,
  }
}

const field = (page: Page, name: string, line: number) => page.getByLabel(`${name}，第 ${line} 行`, { exact: true })
const newField = (page: Page, name: string) => page.getByLabel(`${name}，第 新行 行`, { exact: true })

async function openForm(page: Page): Promise<void> {
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Alt+2')
  await page.getByRole('heading', { level: 1, name: /到货|Deliveries/ }).waitFor()
  await page.keyboard.press('Alt+n')
  await page.getByRole('heading', { level: 1, name: /登记到货|New delivery/ }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
}

/** Manufacturer as it stands, note number, and on into the first line. */
async function writeHead(page: Page, noteNumber: string): Promise<void> {
  await page.keyboard.press('Enter')
  await typeAsPerson(page, noteNumber)
  await page.keyboard.press('Enter')
}

async function writeLine(page: Page, item: string, lot: string, madeOn: string, packs: string): Promise<void> {
  await typeAsPerson(page, item)
  await page.keyboard.press('Enter')
  await typeAsPerson(page, lot)
  await page.keyboard.press('Enter')
  await typeAsPerson(page, madeOn)
  await typeAsPerson(page, packs)
}

const paste = (page: Page, text: string) =>
  page.evaluate((block) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', block)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)

/** The command of the README, on the closed database. */
function verify(dataFolder: string): { status: number | null; output: string } {
  const run = spawnSync(process.execPath, ['hub/cli.ts', 'verify', join(dataFolder, 'frontstock.db')], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  return { status: run.status, output: run.stdout + run.stderr }
}

forEachShell((shell) => {
  it('records three lines of known items with at most twelve key presses besides the data, and offers the receipt', async () => {
    const data = mkdtempSync(inProject('.tmp', 'data-'))
    const app = await shell.open({ data, demo: true })
    const { page } = app
    await openForm(page)
    const { press, type, presses } = hands(page)
    await press('Enter')
    await type('XC-2026-1')
    await press('Enter')
    const lines = [
      ['m-0469', 'LOT-A', '20261101', '12'],
      ['m-19083', 'LOT-B', '20261102', '30'],
      ['m-0969', 'LOT-C', '20261103', '7'],
    ] as const
    for (const [index, [item, lot, madeOn, packs]] of lines.entries()) {
      await type(item)
      await press('Enter')
      await type(lot)
      await press('Enter')
      // The date has all its digits: the next field is there without a key.
      await type(madeOn)
      await type(packs)
      if (index < lines.length - 1) await press('Enter')
    }
    await press('Control+s')
    await page.getByRole('heading', { name: /已入库 RK/ }).waitFor()
    console.log(`${shell.kind}: key presses besides the data: ${presses()}`)
    expect(presses()).toBeLessThanOrEqual(12)

    await checkPage(page, 'delivery-posted')
    const number = /RK\d{8}-\d+/.exec(await page.getByRole('heading', { name: /已入库/ }).innerText())![0]
    await page.keyboard.press('Enter')
    await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 60_000 })
    const [paper = ''] = await savedPdf(app)
    for (const word of [
      number,
      '入库单',
      'XC-2026-1',
      'LOT-A',
      'LOT-B',
      'LOT-C',
      '12 盒 × 50',
      '600',
      '第 1 页 / 共 1 页',
    ]) {
      expect(paper, word).toContain(word)
    }
    await page.keyboard.press('Escape')
    // It stands at the top of the list, and its draft is gone.
    await page.keyboard.press('Alt+2')
    await page.getByText(number, { exact: true }).waitFor()
    expect(await page.getByText('未完成的草稿').count()).toBe(0)
    await app.close()
    const { status, output } = verify(data)
    rmSync(data, { recursive: true, force: true })
    expect(status, output).toBe(0)
  })

  it('takes every key of a Chinese input method, and Enter belongs to it while it composes', async () => {
    const { page } = await shell.open({ demo: true })
    await openForm(page)
    await writeHead(page, 'IME-1')
    const keys = await page.context().newCDPSession(page)
    const item = newField(page, '物资')
    await expect.poll(() => item.evaluate((element) => element === document.activeElement)).toBe(true)
    for (const text of ['w', 'wk', 'wkk', 'wkkz']) {
      await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    }
    // An Enter inside the composition takes the composition, not the offered item.
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 })
    expect(await item.inputValue()).toBe('wkkz')
    await keys.send('Input.insertText', { text: '外科口罩' })
    expect(await item.inputValue()).toBe('外科口罩')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page, '物资', 1).inputValue()).toBe('医用外科口罩')
    // The first key into a field that has just got the focus is not lost either.
    for (const text of ['p', 'pi', 'pih']) {
      await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    }
    await keys.send('Input.insertText', { text: '批号甲' })
    await page.keyboard.type('７')
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page, '批号', 1).inputValue()).toBe('批号甲7')
  })

  it('takes a block of a thousand lines from a spreadsheet and gives it back with one undo', async () => {
    const { page } = await shell.open({ demo: true })
    await openForm(page)
    await writeHead(page, 'BLOCK-1')
    const rows = Array.from({ length: 1000 }, (_, row) =>
      ['M-0469', `P${row}`, '2026/1/5', '', '3', '', '', '', '1', '潮湿', ''].join('\t'),
    )
    const before = Date.now()
    await paste(page, rows.join('\r\n'))
    await expect.poll(() => page.getByText('1000 行 · 3,000 箱').count()).toBe(1)
    console.log(`${shell.kind}: 1,000 × 11 cells pasted in ${Date.now() - before} ms, polling included`)
    await expect.poll(() => field(page, '批号', 1).inputValue()).toBe('P0')
    expect(await field(page, '生产日期', 1).inputValue()).toBe('2026-01-05')
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.getByText('0 行 · 0 箱').count()).toBe(1)
    await page.keyboard.press('Control+y')
    await expect.poll(() => page.getByText('1000 行 · 3,000 箱').count()).toBe(1)
    // The last line is reached with the keyboard, although only the rows in sight are in the document.
    await page.getByRole('button', { name: /放弃/ }).focus()
    await expect.poll(() => page.locator('input[data-cell]').count()).toBeLessThan(600)
  })

  it('goes by the headings of a pasted block', async () => {
    const { page } = await shell.open({ demo: true })
    await openForm(page)
    await writeHead(page, 'BLOCK-2')
    await paste(page, '批号\t品名\t备注\t数量\nH-1\t医用外科口罩\t急\t1.2万\nH-2\tM-19083\t\t600只')
    await expect.poll(() => field(page, '物资', 1).inputValue()).toBe('医用外科口罩')
    expect(await field(page, '总件数', 1).inputValue()).toBe('12,000')
    expect(await field(page, '批号', 2).inputValue()).toBe('H-2')
    expect(await field(page, '总件数', 2).inputValue()).toBe('600')
  })

  it('copies from above and puts in today', async () => {
    const { page } = await shell.open({ demo: true })
    await openForm(page)
    await writeHead(page, 'COPY-1')
    await writeLine(page, 'm-0469', 'LOT-1', '20261101', '12')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+d')
    await expect.poll(() => field(page, '物资', 2).inputValue()).toBe('医用外科口罩')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+d')
    await expect.poll(() => field(page, '批号', 2).inputValue()).toBe('LOT-1')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+;')
    await expect.poll(() => field(page, '生产日期', 2).inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  it('keeps a draft within a second, and brings it back after the window was lost', async () => {
    const app = await shell.open({ demo: true })
    await openForm(app.page)
    await writeHead(app.page, 'DRAFT-1')
    await writeLine(app.page, 'm-0469', 'KEPT-1', '20261101', '12')
    // Even what is still being typed into a cell is kept.
    await app.page.waitForTimeout(1000)
    const second = await app.newPage()
    await app.page.close({ runBeforeUnload: false })
    await second.getByRole('navigation').first().waitFor()
    await second.keyboard.press('Alt+2')
    const drafts = second.getByRole('region', { name: '未完成的草稿' })
    await drafts.getByText('DRAFT-1').waitFor()
    await checkPage(second, 'delivery-drafts')
    await drafts.getByRole('button', { name: '删除草稿' }).press('Enter')
    await second
      .getByRole('dialog')
      .getByText(/删除这份草稿/)
      .waitFor()
    await checkDialog(second, 'delivery-draft-discard')
    await second.keyboard.press('Enter')
    await second.getByRole('dialog').waitFor({ state: 'hidden' })
    await drafts.getByRole('link', { name: '继续' }).press('Enter')
    await expect.poll(() => field(second, '批号', 1).inputValue()).toBe('KEPT-1')
    expect(await field(second, '箱数', 1).inputValue()).toBe('12')
    await second.keyboard.press('Control+s')
    await second.getByRole('heading', { name: /已入库 RK/ }).waitFor()
    await second.keyboard.press('Alt+2')
    await second.getByRole('heading', { level: 1, name: '到货' }).waitFor()
    await expect.poll(() => second.getByText('DRAFT-1').count()).toBe(1)
    await expect.poll(() => drafts.count()).toBe(0)
  })

  it('refuses what cannot be, at its line and field, and loses nothing', async () => {
    const { page } = await shell.open({ demo: true })
    await openForm(page)
    await writeHead(page, 'BAD-1')
    const bad = [
      ['M-0469', 'Ｌ　1', '2026/1/5', '', '0'],
      ['M-0469', 'L2', '2026/1/5', '', '-3'],
      ['M-0469', 'L3', '2026/1/5', '', '1.5'],
      ['M-0469', 'L4', '2026/1/5', '', '20000001'],
      ['M-0469', 'L5', '2026/1/5', '2026/1/4', '1'],
      ['不认识的东西', 'L6', '二月三十', '', '1'],
    ]
    await paste(page, bad.map((cells) => cells.join('\t')).join('\n'))
    await page.keyboard.press('Control+s')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    const words = await alert.innerText()
    for (const sentence of [
      /第 1 行.*箱数.*“0”超出范围/,
      /第 2 行.*箱数.*“-3”超出范围/,
      /第 3 行.*箱数.*“1\.5”不是整数/,
      /第 4 行.*箱数.*超出范围/,
      /第 5 行.*有效期至.*早于生产日期/,
      /第 6 行.*找不到“不认识的东西”/,
      /第 6 行.*生产日期.*“二月三十”/,
    ]) {
      expect(words).toMatch(sentence)
    }
    await checkDialog(page, 'delivery-refused')
    // The focus stands at the first of them, and everything is as it was typed, the lot number in plain characters.
    await expect.poll(() => field(page, '箱数', 1).evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await field(page, '批号', 1).inputValue()).toBe('L 1')
    expect(await field(page, '生产日期', 6).inputValue()).toBe('二月三十')
    expect(await field(page, '箱数', 2).getAttribute('aria-invalid')).toBe('true')
    // One is put right, and is blamed no longer.
    await page.keyboard.type('5')
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page, '箱数', 1).getAttribute('aria-invalid')).toBeNull()
    expect(await page.getByRole('heading', { name: /已入库/ }).count()).toBe(0)
  })

  it('refuses a note number that is there already, shows the earlier delivery, and takes it as another when told so', async () => {
    const { page } = await shell.open({ demo: true })
    const record = async () => {
      await openForm(page)
      await writeHead(page, 'TWICE-1')
      await writeLine(page, 'm-0469', 'LOT-1', '20261101', '12')
      await page.keyboard.press('Control+s')
    }
    await record()
    await page.getByRole('heading', { name: /已入库 RK/ }).waitFor()
    const number = /RK\d{8}-\d+/.exec(await page.getByRole('heading', { name: /已入库/ }).innerText())![0]
    await record()
    await page.getByRole('link', { name: new RegExp(`查看 ${number}`) }).waitFor()
    await checkPage(page, 'delivery-note-used')
    expect(await field(page, '批号', 1).inputValue()).toBe('LOT-1')
    const repeat = page.getByLabel('这是另一次到货，仍用这个送货单号')
    await expect.poll(() => repeat.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Space')
    await page.keyboard.press('Control+s')
    const second = await page.getByRole('heading', { name: /已入库 RK/ }).innerText()
    expect(second).not.toContain(number)
  })

  it('never takes KN95 for a medical mask, says that a licence has ended, and holds what is to be inspected', async () => {
    const { page } = await shell.open({ demo: true })
    await openForm(page)
    await typeAsPerson(page, '新盾')
    await page.getByRole('option').first().waitFor()
    await writeHead(page, 'INSPECT-1')
    await writeLine(page, 'm-19083', 'KN-1', '20261101', '3')
    await expect.poll(() => field(page, '箱数', 1).inputValue()).toBe('3')
    const standard = field(page, '执行标准', 1)
    await standard.focus()
    await page.keyboard.insertText('GB 2626-2019')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('td[data-problem]').count()).toBe(1)
    await page.keyboard.press('Control+s')
    await page
      .getByText(/“GB 2626-2019”低于该物资要求的“GB 19083-2010”/)
      .first()
      .waitFor()
    await expect.poll(() => standard.evaluate((element) => element === document.activeElement)).toBe(true)
    // Filed under what it is: the item is changed, and the standard is right for it.
    await field(page, '物资', 1).focus()
    await page.keyboard.press('Control+a')
    await typeAsPerson(page, 'm-kn95')
    await page.keyboard.press('Enter')
    await page.getByText(/该企业的许可 \S+ 已于 \d{4}-\d\d-\d\d 到期/).waitFor()
    await page.getByRole('checkbox', { name: '先质检' }).press('Space')
    await checkEveryLook(page, 'delivery-licence', () =>
      page
        .getByText(/许可|licence/)
        .first()
        .waitFor(),
    )
    await page.keyboard.press('Control+s')
    await page.getByRole('heading', { name: /已入库 RK/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('textbox').waitFor()
    await page.keyboard.insertText('质检与召回')
    await page.getByRole('dialog').getByText('质检与召回').last().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '质检与召回' }).waitFor()
    await page.getByText('KN-1', { exact: true }).first().waitFor()
  })

  it('has no fault on its pages in either language and theme', async () => {
    const { page } = await shell.open({ demo: true })
    await openForm(page)
    await writeHead(page, 'LOOK-1')
    await typeAsPerson(page, 'm-0469')
    await page.keyboard.press('Enter')
    await typeAsPerson(page, 'LOT-1')
    await page.keyboard.press('Enter')
    await typeAsPerson(page, '2月30日')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await typeAsPerson(page, '约3箱')
    await page.keyboard.press('Enter')
    // An impossible day and a number that is only about: one to put right, one to look at.
    await expect.poll(() => page.locator('td[data-problem]').count()).toBe(1)
    await expect.poll(() => page.locator('td[data-doubt]').count()).toBe(1)
    await checkEveryLook(page, 'delivery-form', async () => {})
    await checkEveryLook(
      page,
      'delivery-offers',
      async () => {
        await page.locator('input[data-cell$=":item"]').last().focus()
        await page.keyboard.type('m')
        await page.getByRole('option').first().waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
        await expect.poll(() => page.getByRole('option').count()).toBe(0)
      },
    )
    await page.keyboard.press('Alt+2')
    await page.getByRole('grid').waitFor()
    await page.locator('[row-index="0"] [col-id="number"]').last().waitFor()
    await checkEveryLook(page, 'delivery-list', async () => {})
    await page.keyboard.press('F6')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /RK\d/ }).waitFor()
    await checkEveryLook(page, 'delivery-document', async () => {})
  })
})
