import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject } from '../../build/project.ts'
import { buildGs1, gs1CheckDigit } from '../../core/gs1.ts'
import { seed } from '../seed.ts'
import { cellAt, cellText, pasteBlock } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { focusedColumn, goTo, listGrid, listRegion, said } from './list-hands.ts'
import { checkDialog, checkEveryLook } from './looks.ts'
import { scanWhileTyping } from './scan-while-typing.ts'
import { typeAsPerson } from './type-as-person.ts'

/** Messy in ways that lists are: titles, a sender written once, packs in the specification, glued units, 万, a short year. */
const messyList = [
  ['顺德区防疫物资捐赠登记表', '', '', '', '', ''],
  ['制表人：王', '', '', '', '', ''],
  ['捐赠单位', '物资名称', '规格', '数量', '批号', '有效期至'],
  ['顺德甲制衣厂', '医用外科口罩', '50只/盒', '1.2万', 'XA-01', '2028-06-30'],
  ['', 'KN95颗粒物防护口罩', '', '600只', 'XA-02', '2028/7/1'],
  ['', '小蓝盾', '', '300只', 'XA-03', '2028-08-01'],
  ['', '医用一次性防护服', '10件/箱', '20箱', 'XA-04', '28-09-01'],
  ['合计', '', '', '13,000', '', ''],
]
const asBlock = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\r\n')

const gtinOf = (number: number): string => {
  const digits = `0690123456${String(number).padStart(3, '0')}`
  return digits + gs1CheckDigit(digits)
}

async function openDelivery(page: Page): Promise<void> {
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Alt+2')
  await page.getByRole('heading', { level: 1, name: /到货|Deliveries/ }).waitFor()
  await page.keyboard.press('Alt+n')
  await page.getByRole('heading', { level: 1, name: /登记到货|New delivery/ }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
}

const paste = (page: Page, text: string) => pasteBlock(page, text)

/** A scanner: keys a few milliseconds apart and an Enter, by instants of their own, which a busy machine doesn't disturb. */
const scan = (page: Page, code: string, pace: number) =>
  page.evaluate(
    ({ text, milliseconds }) => {
      const keys = [...text, 'Enter']
      const start = performance.now() - keys.length * milliseconds
      for (const [index, key] of keys.entries()) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        Object.defineProperty(event, 'timeStamp', { value: start + index * milliseconds })
        const target = document.activeElement ?? document.body
        target.dispatchEvent(event)
      }
    },
    { text: code, milliseconds: pace },
  )

const field = (page: Page, name: string, line: number) => page.getByLabel(`${name}，第 ${line} 行`, { exact: true })
const postedNumber = async (page: Page): Promise<string> => {
  await page.getByRole('heading', { name: /已入库 RK/ }).waitFor()
  return /RK\d{8}-\d+/.exec((await page.getByRole('heading', { name: /已入库/ }).textContent()) ?? '')![0]
}

forEachShell((shell) => {
  it('takes a messy list pasted into a delivery: doubts resolved by keyboard, posted, in stock, known the next time', async () => {
    const { page } = await shell.open({ demo: true })
    await openDelivery(page)
    await paste(page, asBlock(messyList))
    await listGrid(page).waitFor()
    for (const count of ['可靠 0', '推测 3', '有误 1', '未采用 4'])
      await listRegion(page).getByText(count, { exact: true }).waitFor()
    // The first doubt has the focus: no unit of measure beside 1.2万.
    await expect.poll(() => focusedColumn(page)).toBe('unit')
    await expect.poll(() => said(page).textContent()).toContain('没有写单位')
    await page.keyboard.press('Shift+Space')
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('party')
    await expect.poll(() => said(page).textContent()).toContain('沿用第4行的“顺德甲制衣厂”')
    await page.keyboard.press('Shift+Space')
    await listRegion(page).getByText('可靠 2', { exact: true }).waitFor()
    // A name that nobody knows: chosen by initials.
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('match')
    await expect.poll(() => said(page).textContent()).toContain('物资目录里没有“小蓝盾”')
    // The first key of an input method opens the cell, and is not lost.
    const method = await page.context().newCDPSession(page)
    await method.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      windowsVirtualKeyCode: 229,
      key: 'Process',
      code: 'KeyW',
    })
    for (const text of ['w', 'wk'])
      await method.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await method.send('Input.insertText', { text: '外科口罩' })
    await page.getByRole('option').first().waitFor()
    expect(await listRegion(page).getByRole('combobox').inputValue()).toBe('外科口罩')
    await page.keyboard.press('Escape')
    await page.keyboard.type('ywkkz')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await listRegion(page).getByText('有误 0', { exact: true }).waitFor()
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('expiresOn')
    await expect.poll(() => said(page).textContent()).toContain('“28-09-01”的年份只有两位，读作2028-09-01')
    await page.keyboard.press('Space')
    await listRegion(page).getByText('可靠 4', { exact: true }).waitFor()
    // Each is one step to take back.
    await page.keyboard.press('Control+z')
    await listRegion(page).getByText('推测 1', { exact: true }).waitFor()
    await page.keyboard.press('Control+y')
    await listRegion(page).getByText('可靠 4', { exact: true }).waitFor()
    await page.keyboard.press('F8')
    await expect.poll(() => said(page).textContent()).toBe('没有存疑的了')
    await page.keyboard.press('Control+s')
    await expect.poll(() => field(page, '批号', 1).inputValue()).toBe('XA-01')
    expect(await field(page, '总件数', 1).inputValue()).toBe('12,000')
    expect(await field(page, '物资', 3).inputValue()).toBe('医用外科口罩')
    expect(await field(page, '箱数', 4).inputValue()).toBe('20')
    expect(await field(page, '有效期至', 4).inputValue()).toBe('2028-09-01')
    await page.keyboard.press('Control+s')
    const number = await postedNumber(page)

    await page.keyboard.press('Alt+3')
    await cellAt(page, 0, 'onHand').waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('m-0469')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('M-0469')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '医用外科口罩' }).waitFor()
    await page.getByText('XA-01', { exact: true }).first().waitFor()
    await page.getByText('XA-03', { exact: true }).first().waitFor()

    // The same list once more: said with its document, and what was answered isn't asked again.
    await openDelivery(page)
    await paste(page, asBlock(messyList))
    await page.getByRole('alert').getByText(number).first().waitFor()
    await page
      .getByRole('link', { name: `查看 ${number}` })
      .first()
      .waitFor()
    await listRegion(page).getByText('有误 0', { exact: true }).waitFor()
    expect(await page.getByText('列的含义按上次确认的使用').count()).toBe(1)
    expect(await listRegion(page).getByText('顺德甲制衣厂').count()).toBe(4)
    expect(await listRegion(page).locator('[data-column="party"][data-status]').count()).toBe(0)
  })

  it('takes what is sure, keeps the rest, and gives the failed rows with their reasons', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await goTo(page, '读取到货名单')
    await paste(page, asBlock(messyList))
    await listGrid(page).waitFor()
    await page.keyboard.press('Shift+Space')
    await listRegion(page).getByText('可靠 1', { exact: true }).waitFor()
    const file = readFileSync(await app.savedFile(() => page.keyboard.press('Alt+d')))
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const failed = file.toString('utf8')
    expect(failed.trim().split('\r\n')).toHaveLength(4)
    expect(failed).toContain('物资目录里没有“小蓝盾”')
    await page.keyboard.press('Control+s')
    await expect.poll(() => field(page, '批号', 1).inputValue()).toBe('XA-01')
    await expect.poll(() => page.getByText('1 行 ·').count()).toBe(1)
    // The rest waits, and is gone on with: an item is made in place for the unknown name.
    await goTo(page, '读取到货名单')
    const kept = page.getByRole('region', { name: '放下待办的名单' })
    await kept.getByText('3 行待确认').waitFor()
    await kept.getByRole('link', { name: '继续' }).press('Enter')
    await listRegion(page).getByText('有误 1', { exact: true }).waitFor()
    await page.keyboard.press('Shift+Space')
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('match')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /新建物资“小蓝盾”/ }).waitFor()
    for (;;) {
      const option = page.getByRole('option', { name: /新建物资/ })
      if ((await option.getAttribute('aria-selected')) === 'true') break
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '新建物资' })
    await expect.poll(() => dialog.getByLabel('名称', { exact: true }).inputValue()).toBe('小蓝盾')
    await checkDialog(page, 'intake-new-item')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await listRegion(page).getByText('有误 0', { exact: true }).waitFor()
    await listRegion(page).getByText('可靠 2', { exact: true }).waitFor()
  })

  it('counts ten labels into ten lines, asks for an unknown code once, and counts up what is scanned again', async () => {
    const { page } = await shell.open({ demo: true })
    await openDelivery(page)
    const today = '2026-11-24'
    const label = (item: number, lot: string) =>
      buildGs1({ gtin: gtinOf(item), lot, expiresOn: '2028-06-30', madeOn: '2026-06-30' }, today)
    const items = ['m-0469', 'm-19083'] as const
    const rows = Array.from({ length: 10 }, (_, index) => ({ item: index % 2, lot: `SCAN-${index}` }))
    for (const [index, { item, lot }] of rows.entries()) {
      await scan(page, label(item, lot), 5 + (index % 4) * 5)
      if (index > 1) continue
      const dialog = page.getByRole('dialog', { name: '这个条码还不认识' })
      await dialog.getByText(gtinOf(item)).waitFor()
      if (index === 0) await checkDialog(page, 'scan-ask')
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
      await typeAsPerson(page, items[item]!)
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
    }
    await expect.poll(() => page.getByText('10 行 · 10 箱').count()).toBe(1)
    for (const [index, { item, lot }] of rows.entries()) {
      expect(await field(page, '批号', index + 1).inputValue()).toBe(lot)
      expect(await field(page, '箱数', index + 1).inputValue()).toBe('1')
      expect(await field(page, '有效期至', index + 1).inputValue()).toBe('2028-06-30')
      expect(await field(page, '物资', index + 1).inputValue()).toBe(['医用外科口罩', '医用防护口罩'][item])
    }
    // Again, with the cursor in the very cell that is counted up; nothing is typed into it.
    await field(page, '箱数', 4).focus()
    await scan(page, label(1, 'SCAN-3'), 8)
    await page.getByText('再扫一次：医用防护口罩 · 批号 SCAN-3 · 现在 2 盒').waitFor()
    await expect.poll(() => field(page, '箱数', 4).inputValue()).toBe('2')
    await expect.poll(() => page.getByText('10 行 · 11 箱').count()).toBe(1)
    await field(page, '批号', 1).focus()
    expect(await field(page, '箱数', 4).inputValue()).toBe('2')
    // A damaged label changes nothing and says so.
    await scan(
      page,
      label(0, 'SCAN-0').replace(gtinOf(0), `${gtinOf(0).slice(0, 13)}${(Number(gtinOf(0)[13]) + 1) % 10}`),
      8,
    )
    await page.getByText(/没有采用这个扫码/).waitFor()
    await expect.poll(() => page.getByText('10 行 · 11 箱').count()).toBe(1)
    // What a person types in between arrives.
    await page.keyboard.press('Control+a')
    await typeAsPerson(page, 'HAND-1')
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page, '批号', 1).inputValue()).toBe('HAND-1')
    await checkPage(page, 'scan-lines')
    // 200 scans at 2 to 30 ms a character, wherever the focus is, with a person typing in between.
    const typed = await scanWhileTyping(page, label(1, 'SCAN-3'), 200, seed)
    await expect.poll(() => field(page, '箱数', 4).inputValue()).toBe('202')
    await expect.poll(() => page.getByText('10 行 · 211 箱').count()).toBe(1)
    expect(await page.getByRole('textbox', { name: '送货单号' }).inputValue()).toBe(typed)
    expect(await field(page, '批号', 1).inputValue()).toBe('HAND-1')
    await page.keyboard.press('Control+s')
    await postedNumber(page)
    // The code is remembered.
    await openDelivery(page)
    await scan(page, label(0, 'SCAN-77'), 6)
    await page.getByText('已扫：医用外科口罩 · 批号 SCAN-77 · 1 盒').waitFor()
  })

  it('takes stock reports from a sheet of units × items, a unit that is written otherwise chosen once', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '一线单位')
    const name = await page.locator('[row-index="0"] [col-id="name"]').first().textContent()
    await goTo(page, '读取库存上报')
    await paste(
      page,
      asBlock([
        ['单位', '医用外科口罩', '医用一次性防护服'],
        [name ?? '', '1200', '35'],
        ['无此单位卫生站', '80', '0'],
      ]),
    )
    await listGrid(page).waitFor()
    await listRegion(page).getByText('有误 2', { exact: true }).waitFor()
    for (let presses = 0; (await focusedColumn(page)) !== 'place' && presses < 8; presses += 1)
      await page.keyboard.press('F8')
    await expect.poll(() => said(page).textContent()).toContain('“无此单位卫生站”不在单位名单里')
    await checkPage(page, 'intake-reports')
    await page.keyboard.press('Enter')
    await page.getByRole('option').nth(1).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await listRegion(page).getByText('有误 0', { exact: true }).waitFor()
    for (
      let presses = 0;
      (await listRegion(page).getByText('推测 0', { exact: true }).count()) === 0 && presses < 8;
      presses += 1
    ) {
      await page.keyboard.press('F8')
      await page.keyboard.press('Shift+Space')
    }
    await page.keyboard.press('Control+s')
    await page.getByText('已保存 4 条库存上报。').waitFor()
    await checkPage(page, 'intake-saved')
  })

  it('takes what units used with what they have, and asks for its days where nothing was reported before', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '一线单位')
    const name = await page.locator('[row-index="0"] [col-id="name"]').first().textContent()
    await goTo(page, '读取库存上报')
    await paste(
      page,
      asBlock([
        ['单位', '物资', '现有库存', '日均消耗'],
        [name ?? '', '医用外科口罩', '1200只', '150.5'],
        [name ?? '', '医用一次性防护服', '35件', '不少'],
      ]),
    )
    await listGrid(page).waitFor()
    await listRegion(page).getByText('有误 1', { exact: true }).waitFor()
    for (let presses = 0; (await focusedColumn(page)) !== 'used' && presses < 8; presses += 1)
      await page.keyboard.press('F8')
    await expect.poll(() => said(page).textContent()).toContain('“不少”读不出使用量')
    await checkPage(page, 'intake-reports-used')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('4')
    await page.keyboard.press('Enter')
    await listRegion(page).getByText('有误 0', { exact: true }).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('已保存 2 条库存上报。').waitFor()
  })

  it('opens the donations of a real city and takes its clean rows, answering throughout', async () => {
    const lists = process.env.FRONTSTOCK_LISTS ?? inProject('..', 'shared', 'data')
    const path = join(lists, 'wuhan-receipts-2020-01-22.xlsx')
    if (!existsSync(path)) return console.log(`no ${path}: nothing to open`)
    const { page } = await shell.open({ demo: true })
    await openDelivery(page)
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Alt+o')
    await (await chooser).setFiles(path)
    const before = Date.now()
    await listGrid(page).waitFor({ timeout: 60_000 })
    const counts = (
      await listRegion(page)
        .getByText(/^(可靠|推测|有误|未采用) [\d,]+$/)
        .allTextContents()
    ).join(' · ')
    const button = page.getByRole('button', { name: /取用可靠的/ })
    const clean = Number(/[\d,]+/.exec((await button.textContent()) ?? '')![0].replaceAll(',', ''))
    console.log(`${shell.kind}: the Wuhan list on screen after ${Date.now() - before} ms: ${counts}`)
    await checkPage(page, 'intake-wuhan')
    expect(clean).toBeGreaterThan(0)
    await page.keyboard.press('Control+s')
    // Its donors are many: one delivery for each, in one go.
    const post = page.getByRole('dialog').getByRole('button', { name: /入库 \d+ 张/ })
    await post.waitFor()
    const count = Number(/\d+/.exec((await post.textContent()) ?? '')![0])
    expect(count).toBeGreaterThan(1)
    await checkPage(page, 'intake-wuhan-senders')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('submit')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `已入库 ${count} 张到货单，库存已更新` }).waitFor()
    expect(await page.getByRole('link', { name: /^RK\d/ }).count()).toBe(count)
    await checkPage(page, 'intake-wuhan-posted')
  })

  it('reads a hundred thousand rows while the window answers, and stops when told to', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await goTo(page, '读取到货名单')
    const lines = Array.from({ length: 100_000 }, (_, row) =>
      [
        row + 1,
        '甲厂',
        '医用外科口罩',
        '50只/盒',
        `${(row % 90) + 10}只`,
        `L${row}`,
        '2026-01-05',
        '2028-01-05',
        'YY 0469-2011',
        '',
      ].join(','),
    )
    const csv = join(app.dataFolder, 'large.csv')
    writeFileSync(csv, `序号,捐赠单位,物资名称,规格,数量,批号,生产日期,有效期至,执行标准,备注\n${lines.join('\n')}\n`)
    const open = async () => {
      const chooser = page.waitForEvent('filechooser')
      await page.keyboard.press('Alt+o')
      await (await chooser).setFiles(csv)
    }
    await open()
    await page.getByRole('button', { name: '取消读取' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('已取消读取“large.csv”').waitFor()

    await page.evaluate(() => {
      let last = performance.now()
      const watch = globalThis as unknown as { longest: number }
      watch.longest = 0
      const frame = () => {
        const now = performance.now()
        watch.longest = Math.max(watch.longest, now - last)
        last = now
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    })
    await open()
    const before = Date.now()
    await listGrid(page).waitFor({ timeout: 120_000 })
    const took = Date.now() - before
    const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest)
    console.log(`${shell.kind}: 100,000 × 10 rows on screen after ${took} ms; longest frame ${Math.round(longest)} ms`)
    await page.keyboard.press('Control+End')
    await expect.poll(() => listGrid(page).getByText('L99999', { exact: true }).count()).toBe(1)
  })

  it('has no fault on its pages in either language and theme', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '读取到货名单')
    await checkEveryLook(page, 'intake-open', () => page.locator('textarea').waitFor())
    await page.locator('textarea').focus()
    await paste(page, asBlock(messyList))
    await listGrid(page).waitFor()
    await checkEveryLook(page, 'intake-list', () => listGrid(page).locator('td[tabindex="0"]').focus())
    await checkEveryLook(
      page,
      'intake-columns',
      async () => {
        await page.keyboard.press('Alt+c')
        await page.getByRole('dialog').locator('select').first().waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      },
    )
    await checkEveryLook(
      page,
      'intake-left-out',
      async () => {
        await page.getByRole('button', { name: /未采用|Left out/ }).press('Enter')
        await page.getByRole('dialog').waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      },
    )
  })
})
