import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { checkPage, forEachShell } from './harness.ts'
import { checkDialog } from './looks.ts'

const matrix = (page: Page): Locator => page.locator('[role="grid"], [role="treegrid"]').first()
const cells = (page: Page) => matrix(page).locator('[row-id] [col-id^="item/"]')

/** The focused cell: row and item, and its text. */
async function focused(page: Page): Promise<{ unit: string; item: string; text: string }> {
  return page.evaluate(() => {
    const cell = document.activeElement?.closest('[col-id]')
    return {
      unit: cell?.closest('[row-id]')?.getAttribute('row-id') ?? '',
      item: cell?.getAttribute('col-id')?.slice('item/'.length) ?? '',
      text: cell?.textContent ?? '',
    }
  })
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

const words = {
  'zh-CN': {
    list: '物资分配',
    fresh: '新的分配',
    refused: /放不下.*可分配 [\d,]+/,
    pinned: '由您锁定',
    confirm: /批准并预占 [\d,]+ 箱/,
    approved: /已批准：[\d,]+ 箱已预占/,
    changed: '方案没有批准：库存或需求已变化',
    before: /制定方案时 [\d,]+ .*现在 [\d,]+/,
    saved: '草稿已保存',
    resumed: '已接着上次的草稿',
    horizon: '保障天数',
    same: '两个方案相同',
    differ: /\d+ 格不同/,
    depots: /^仓库/,
    depot: '大良中心仓',
    tabs: ['理由', '调节', '变化', '公平'],
    cancel: '取消批次',
    cancelled: '已取消',
  },
  'en-US': {
    list: 'Allocation',
    fresh: 'New allocation',
    refused: /doesn't fit: .* can give [\d,]+ packs/,
    pinned: 'Pinned by you',
    confirm: /Approve and reserve [\d,]+ packs/,
    approved: /Approved: [\d,]+ packs are reserved/,
    changed: 'Not approved: stock or needs have changed',
    before: /[\d,]+ packs when planned, [\d,]+ now/,
    saved: 'Draft saved',
    resumed: 'Continued from the draft',
    horizon: 'Horizon (days)',
    same: 'Both scenarios are the same',
    differ: /\d+ cells? differ/,
    depots: /^Depots/,
    depot: 'Daliang central depot',
    tabs: ['Why', 'Adjust', 'Changes', 'Equity'],
    cancel: 'Cancel round',
    cancelled: 'Cancelled',
  },
} as const

/** From Today to the first unit and item of a new round, by keys. */
async function openRound(page: Page, title: string): Promise<void> {
  await page.waitForSelector('nav')
  await press(page, 'Alt+4')
  await page.locator('h1').waitFor()
  await press(page, 'Alt+N')
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await cells(page).first().waitFor()
  await enterMatrix(page)
}

async function enterMatrix(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      if ((await focused(page)).item !== '') return true
      await press(page, 'F6')
      return (await focused(page)).item !== ''
    })
    .toBe(true)
}

forEachShell((shell) => {
  for (const locale of ['zh-CN', 'en-US'] as const) {
    it(`plans, pins, is refused, undoes, adjusts, approves and cancels by the keyboard alone (${locale})`, async () => {
      const w = words[locale]
      const { page } = await shell.open({ demo: true, locale })
      await openRound(page, w.fresh)
      await press(page, 'ArrowDown', 'ArrowDown')
      const here = await focused(page)
      const panel = page.locator('[data-panel]')
      await panel.getByText(/./).first().waitFor()
      await checkPage(page, 'allocation-why')

      // A typed number is a pin; the panel says so, and what it costs.
      await page.keyboard.type('1')
      await press(page, 'Enter', 'ArrowUp')
      await panel.getByText(w.pinned).waitFor()
      expect((await focused(page)).text).toMatch(/1$/)
      await checkPage(page, 'allocation-pinned')

      // More than there is: refused at the cell, with the numbers, and nothing changes.
      await page.keyboard.type('99999')
      await press(page, 'Enter')
      await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual([expect.stringMatching(w.refused)])
      expect(await focused(page)).toMatchObject({ unit: here.unit, item: here.item })
      expect((await focused(page)).text).toMatch(/1$/)
      await checkPage(page, 'allocation-refused')

      // Text that is no number of packs.
      await page.keyboard.type('2.5')
      await press(page, 'Enter')
      await expect.poll(() => page.getByRole('alert').textContent()).toContain('2.5')

      // Undone, done again, and taken away.
      await press(page, 'Control+z')
      await expect.poll(() => panel.getByText(w.pinned).count()).toBe(0)
      await press(page, 'Control+y')
      await panel.getByText(w.pinned).waitFor()
      await press(page, 'Delete')
      await expect.poll(() => panel.getByText(w.pinned).count()).toBe(0)

      // A block: marked with Shift, copied, pasted two rows further down.
      await press(page, 'Shift+ArrowDown', 'Shift+ArrowRight', 'Control+c')
      const marked = await page.evaluate(() => document.querySelectorAll('[class*="marked"]').length)
      expect(marked).toBe(4)
      await press(page, 'ArrowDown', 'ArrowDown', 'Control+v')
      await expect.poll(() => matrix(page).locator('[class*="pinMark"]').count()).toBeGreaterThan(0)
      await press(page, 'Control+z')
      await expect.poll(() => matrix(page).locator('[class*="pinMark"]').count()).toBe(0)

      // The other tabs of the panel, reached by F6 and arrows; a slider moves the plan.
      for (const tab of w.tabs.slice(1)) {
        await press(page, 'F6')
        await expect
          .poll(async () => {
            await press(page, 'ArrowRight')
            return page.getByRole('tab', { name: tab }).getAttribute('aria-selected')
          })
          .toBe('true')
        if (tab === w.tabs[1]) {
          const slider = page.getByRole('slider', { name: w.horizon })
          await slider.focus()
          await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')
          await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('11')
          await panel.getByTestId('changes').waitFor()
          // One undo takes one press back; the slider has the focus, not the matrix.
          await press(page, 'Control+z')
          await expect.poll(() => slider.getAttribute('aria-valuenow')).not.toBe('11')
          await press(page, 'Control+y')
          await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('11')
        }
        if (tab === w.tabs[3]) await panel.getByRole('img').first().waitFor()
        await checkPage(
          page,
          `allocation-tab-${tab === w.tabs[1] ? 'adjust' : tab === w.tabs[2] ? 'changes' : 'equity'}`,
        )
        await enterMatrix(page)
      }
      // Two scenarios as two matrices: a pin in the present one is marked in both, and they move together.
      await press(page, 'Alt+b')
      const a = page.locator('[data-scenario="a"]')
      await a.locator('[row-id] [col-id^="item/"]').first().waitFor()
      await page.getByText(w.same).waitFor()
      const same = async (inA: boolean) => {
        await expect
          .poll(() => page.evaluate(() => document.activeElement?.closest('[data-scenario="a"]') !== null))
          .toBe(inA)
        return focused(page)
      }
      await press(page, 'F6')
      await same(true)
      await press(page, 'F6')
      const place = await same(false)
      await page.keyboard.type(place.text.endsWith('0') ? '1' : '0')
      await press(page, 'Enter')
      await page.getByText(w.differ).waitFor()
      await expect.poll(() => a.getByText('≠').count()).toBeGreaterThan(0)
      await press(page, 'Alt+d')
      const next = await same(false)
      await press(page, 'F6')
      const twin = await same(true)
      expect([twin.unit, twin.item]).toEqual([next.unit, next.item])
      await press(page, 'PageDown', 'PageDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')
      const scrolls = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.ag-grid-viewport')].map(({ scrollTop, scrollLeft }) => [
            scrollTop,
            scrollLeft,
          ]),
        )
      await expect
        .poll(async () => {
          const [left, right] = await scrolls()
          return left![0]! > 0 && String(left) === String(right)
        })
        .toBe(true)
      await checkPage(page, 'allocation-beside')
      await press(page, 'F6', 'Control+z', 'Alt+b')
      await a.waitFor({ state: 'detached' })

      // Undo goes over what the round is about, too.
      const depots = page.getByRole('button', { name: w.depots })
      const all = await depots.textContent()
      await depots.focus()
      await press(page, 'Enter')
      await page.getByRole('checkbox', { name: w.depot }).focus()
      await press(page, 'Space', 'Enter')
      await expect.poll(() => depots.textContent()).not.toBe(all)
      await cells(page).first().waitFor()
      const undoButton = page.getByRole('button', { name: 'Ctrl+Z' })
      await expect.poll(() => undoButton.isEnabled()).toBe(true)
      await undoButton.focus()
      await press(page, 'Enter')
      await expect.poll(() => depots.textContent()).toBe(all)
      await cells(page).first().waitFor()
      await page.getByText(w.saved).waitFor()

      await press(page, 'Control+Enter')
      await page.getByRole('dialog').getByRole('button', { name: w.confirm }).waitFor()
      await checkPage(page, 'allocation-approve')
      await press(page, 'Control+Enter')
      await page.getByText(w.approved).waitFor()
      await cells(page).first().waitFor()
      await checkPage(page, 'allocation-round')

      await page.getByRole('button', { name: w.cancel }).focus()
      await press(page, 'Enter')
      await page.getByRole('dialog').waitFor()
      await checkPage(page, 'allocation-cancel')
      await press(page, 'Tab', 'Enter')
      await expect.poll(() => page.locator('main').textContent()).toContain(w.cancelled)
      await press(page, 'Alt+4')
      await page.getByRole('heading', { level: 1, name: w.list }).waitFor()
      await checkPage(page, 'allocation-list')
    })
  }

  it('keeps a draft through a closed window, and says so', async () => {
    const app = await shell.open({ demo: true })
    const w = words['zh-CN']
    await openRound(app.page, w.fresh)
    const picker = app.page.getByRole('button', { name: /^物资/, expanded: false })
    await picker.press('Enter')
    await app.page.getByRole('dialog').getByRole('checkbox').nth(1).waitFor()
    await checkDialog(app.page, 'allocation-items')
    await press(app.page, 'Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await enterMatrix(app.page)
    const here = await focused(app.page)
    await app.page.keyboard.type('1')
    await press(app.page, 'Enter')
    await app.page.getByText(w.saved).waitFor()
    // Another window first: in Electron the application ends with its last one.
    const page = await app.newPage()
    await app.page.close()
    await page.waitForSelector('nav')
    await press(page, 'Alt+4')
    await page.getByRole('button', { name: '丢弃草稿' }).focus()
    await press(page, 'Enter')
    await page
      .getByRole('dialog')
      .getByText(/丢弃这份草稿/)
      .waitFor()
    await checkDialog(page, 'allocation-draft-discard')
    await press(page, 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: '继续' }).focus()
    await press(page, 'Enter')
    const cell = matrix(page).locator(`[row-id="${here.unit}"] [col-id="item/${here.item}"]`)
    await expect.poll(() => cell.textContent()).toMatch(/已锁定1$/)
    await page.getByText(w.resumed).waitFor()
  })

  it('refuses a plan whose stock another window has given away, with the numbers, and solves again keeping the pins', async () => {
    const app = await shell.open({ demo: true })
    const w = words['zh-CN']
    const first = app.page
    await openRound(first, w.fresh)
    const here = await focused(first)
    await first.keyboard.type('1')
    await press(first, 'Enter')
    await first.getByText(w.saved).waitFor()
    const second = await app.newPage()
    await openRound(second, w.fresh)
    await press(second, 'Control+Enter')
    await second.getByRole('dialog').getByRole('button', { name: w.confirm }).waitFor()
    await press(second, 'Control+Enter')
    await second.getByText(w.approved).waitFor()

    await first.bringToFront()
    await first.getByRole('button', { name: '按现有库存重算' }).waitFor()
    await press(first, 'Control+Enter')
    await first.getByRole('dialog').waitFor()
    await press(first, 'Control+Enter')
    await first.getByText(w.changed).first().waitFor()
    await expect.poll(() => first.getByRole('dialog').textContent()).toMatch(w.before)
    await checkDialog(first, 'allocation-changed')
    await press(first, 'Escape')
    const cell = matrix(first).locator(`[row-id="${here.unit}"] [col-id="item/${here.item}"]`)
    await expect.poll(() => cell.textContent()).toMatch(/1$/)
  })
})
