import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject, projectFolder } from '../../build/project.ts'
import { openReadOnly } from '../../db/open.ts'
import { all, get } from '../../db/statement.ts'
import { forEachShell } from './harness.ts'
import { savedPdf } from './saved-pdf.ts'
import { typeAsPerson } from './type-as-person.ts'

const heading = (page: Page, name: RegExp | string) => page.getByRole('heading', { name }).first().waitFor()

const columnUnderKeys = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[col-id]')?.getAttribute('col-id') ?? '')

/** Ctrl+K, what is looked for, and on to it. */
async function find(page: Page, typed: string, wanted: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').locator('input').first().waitFor()
  await page.keyboard.type(typed)
  await page.getByRole('dialog').getByText(wanted, { exact: true }).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** A page's own key works once the page is there: pressed until it does, as a person would. */
async function pressUntil(page: Page, key: string, there: () => Promise<number>): Promise<void> {
  await expect
    .poll(async () => {
      await page.keyboard.press(key)
      await new Promise((resolve) => setTimeout(resolve, 300))
      return there()
    })
    .toBeGreaterThan(0)
}

/** The whole path of the product, as a clerk and a manager walk it, without touching a mouse once. */
forEachShell((shell) => {
  it('goes from a delivery of three lines to a printed slip, by the keyboard alone, and the ledger proves it', async () => {
    const data = mkdtempSync(inProject('.tmp', 'data-'))
    const app = await shell.open({ data, demo: true })
    const { page } = app
    await page.getByRole('navigation').first().waitFor()

    // Delivery of three lines.
    await page.keyboard.press('Alt+2')
    await heading(page, /到货/)
    await pressUntil(page, 'Alt+n', () => page.getByRole('heading', { level: 1, name: '登记到货' }).count())
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
    await page.keyboard.press('Enter')
    await typeAsPerson(page, 'PATH-1')
    await page.keyboard.press('Enter')
    const lines = [
      ['m-0469', 'PATH-A', '20261101', '40'],
      ['m-19083', 'PATH-B', '20261102', '30'],
      ['m-0969', 'PATH-C', '20261103', '20'],
    ] as const
    for (const [index, [item, lot, madeOn, packs]] of lines.entries()) {
      await typeAsPerson(page, item)
      await page.keyboard.press('Enter')
      await typeAsPerson(page, lot)
      await page.keyboard.press('Enter')
      await typeAsPerson(page, madeOn)
      await typeAsPerson(page, packs)
      if (index < lines.length - 1) await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Control+s')
    await heading(page, /已入库 RK/)
    const receipt = /RK\d{8}-\d+/.exec(
      (await page
        .getByRole('heading', { name: /已入库/ })
        .first()
        .textContent()) ?? '',
    )![0]
    await page.keyboard.press('Escape')

    // Stock has it at once: the lot stands on the item's page.
    await find(page, 'yywkkz', '医用外科口罩')
    await page.getByText('PATH-A', { exact: true }).first().waitFor()
    await page.getByText(receipt, { exact: true }).first().waitFor()

    // A round, one pin, approved.
    await page.keyboard.press('Alt+4')
    await heading(page, '物资分配')
    await pressUntil(page, 'Alt+n', () => page.getByRole('heading', { level: 1, name: '新的分配' }).count())
    await page.locator('[row-id] [col-id^="item/"]').first().waitFor()
    await expect
      .poll(async () => {
        if ((await columnUnderKeys(page)).startsWith('item/')) return true
        await page.keyboard.press('F6')
        return (await columnUnderKeys(page)).startsWith('item/')
      })
      .toBe(true)
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await page.getByText('草稿已保存').waitFor()
    await page.keyboard.press('Control+Enter')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /批准并预占/ })
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText(/已批准：[\d,]+ 箱已预占/).waitFor()
    const round = /LC\d{8}-\d+/.exec((await page.locator('h1').first().textContent()) ?? '')![0]

    // One of its slips is dispatched.
    await page.keyboard.press('Alt+5')
    const first = page.locator('[row-index="0"] [col-id="number"]').last()
    await first.waitFor()
    await expect.poll(() => columnUnderKeys(page)).toBe('number')
    const slip = ((await first.textContent()) ?? '').trim()
    await page.keyboard.press('Space')
    await page.getByText('已选 1 张').waitFor()
    await page.keyboard.press('Alt+f')
    await page.getByRole('dialog').getByText('发放 1 张调拨单？').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('已发放 1 张调拨单').waitFor()

    // Its page, and the paper as a PDF.
    await find(page, slip, slip)
    await heading(page, new RegExp(slip))
    await page.keyboard.press('Control+p')
    await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 120_000 })
    const text = (await savedPdf(app)).join(' ')
    await app.close()

    // What the ledger says, read from the closed file, stands on the paper; and the command of the README agrees.
    const database = openReadOnly(join(data, 'frontstock.db'))
    const delivered = all<{ lot: string; quantity: number }>(
      database,
      `SELECT t.number AS lot, m.quantity_base AS quantity FROM posting g JOIN movement m USING (posting_seq) JOIN lot t USING (lot_id)
       WHERE g.number = ? ORDER BY m.line`,
      receipt,
    )
    expect(delivered).toEqual([
      { lot: 'PATH-A', quantity: 2000 },
      { lot: 'PATH-B', quantity: 600 },
      { lot: 'PATH-C', quantity: 1000 },
    ])
    const dispatched = get<{ unit: string; state: string; round: string; postings: number }>(
      database,
      `SELECT p.name AS unit, s.state, r.number AS round, (SELECT count(*) FROM movement m WHERE m.posting_seq = s.posting_seq
         AND m.from_place_id = s.depot_id AND m.to_place_id = s.unit_id) AS postings
       FROM slip s JOIN round r USING (round_id) JOIN place p ON p.place_id = s.unit_id WHERE s.number = ?`,
      slip,
    )!
    const slipLines = all<{ item: string; quantity: number; lot: string }>(
      database,
      `SELECT i.name AS item, l.quantity_base AS quantity, t.number AS lot FROM slip_line l JOIN slip s USING (slip_id)
         JOIN item i USING (item_id) JOIN lot t USING (lot_id) WHERE s.number = ? ORDER BY l.line`,
      slip,
    )
    database.close()
    expect(dispatched).toMatchObject({ state: 'dispatched', round, postings: slipLines.length })
    const bare = (words: string) => words.replaceAll(/[\s,]/g, '')
    for (const word of [
      slip,
      round,
      dispatched.unit,
      '调拨单',
      '领用人',
      ...slipLines.flatMap((row) => [row.item, row.lot, String(row.quantity)]),
    ]) {
      expect(bare(text), word).toContain(bare(word))
    }
    const verified = spawnSync(process.execPath, ['hub/cli.ts', 'verify', join(data, 'frontstock.db')], {
      cwd: projectFolder,
      encoding: 'utf8',
    })
    rmSync(data, { recursive: true, force: true })
    expect(verified.status, verified.stdout + verified.stderr).toBe(0)
  })
})
