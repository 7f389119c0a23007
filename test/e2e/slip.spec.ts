import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject, projectFolder } from '../../build/project.ts'
import { forEachShell } from './harness.ts'
import { checkDialog, checkEveryLook } from './looks.ts'
import { savedPdf } from './saved-pdf.ts'

async function openSlips(page: Page): Promise<void> {
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Alt+5')
  await page.locator('[row-index="0"] [col-id="number"]').last().waitFor()
  // The keyboard is in the first row as soon as the list is there.
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('col-id'))).toBe('number')
}

const numberAt = (page: Page, row: number) => page.locator(`[row-index="${row}"] [col-id="number"]`).last().innerText()

/** Marks the first rows. */
async function mark(page: Page, rows: number): Promise<string[]> {
  const numbers: string[] = []
  for (let row = 0; row < rows; row++) {
    numbers.push(await numberAt(page, row))
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
  }
  await page.getByText(`已选 ${rows} 张`).waitFor()
  return numbers
}

forEachShell((shell) => {
  it('dispatches many slips with the keyboard, each once, and the ledger stays right', async () => {
    const data = mkdtempSync(inProject('.tmp', 'data-'))
    const app = await shell.open({ data, demo: true })
    const { page } = app
    await openSlips(page)
    const numbers = await mark(page, 3)
    await page.keyboard.press('Alt+f')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('发放 3 张调拨单？').waitFor()
    await checkDialog(page, 'slip-dispatch')
    await page.keyboard.press('Enter')
    await page.getByText('已发放 3 张调拨单').waitFor()
    // They are no longer among those that wait, and stand among the dispatched.
    for (const number of numbers) await expect.poll(() => page.getByText(number, { exact: true }).count()).toBe(0)
    await page.getByRole('radio', { name: '已发放' }).press('Space')
    for (const number of numbers) await page.getByText(number, { exact: true }).waitFor()
    await app.close()
    const run = spawnSync(process.execPath, ['hub/cli.ts', 'verify', join(data, 'frontstock.db')], {
      cwd: projectFolder,
      encoding: 'utf8',
    })
    rmSync(data, { recursive: true, force: true })
    expect(run.status, run.stdout + run.stderr).toBe(0)
  })

  it('says which slips were not dispatched and why, when another window was quicker', async () => {
    const { page, newPage } = await shell.open({ demo: true })
    await openSlips(page)
    const [first] = await mark(page, 2)
    await page.keyboard.press('Alt+f')
    await page.getByRole('dialog').getByText('发放 2 张调拨单？').waitFor()
    const other = await newPage()
    await openSlips(other)
    expect(await numberAt(other, 0)).toBe(first)
    await other.keyboard.press('Alt+q')
    await other.getByRole('dialog').getByText('取消 1 张调拨单？').waitFor()
    await checkDialog(other, 'slip-cancel')
    await other.keyboard.press('Enter')
    await other.getByText('已取消 1 张调拨单').waitFor()
    await page.keyboard.press('Enter')
    const alert = page.getByRole('dialog').getByRole('alert')
    await alert.getByText('1 张未完成').waitFor()
    expect(await alert.innerText()).toMatch(new RegExp(`${first}.*已取消.*不能再发放`))
    await checkDialog(page, 'slip-not-dispatched')
  })

  it('prints a pick list of all that is shown, by depot', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await openSlips(page)
    await page.keyboard.press('Alt+a')
    await page.getByText(/已选 \d+ 张/).waitFor()
    const depots = new Set(await page.locator('[row-index] [col-id="depot"]').allInnerTexts())
    depots.delete('')
    await page.keyboard.press('Alt+p')
    await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 120_000 })
    const pages = await savedPdf(app)
    const text = pages.join(' ')
    expect(depots.size).toBeGreaterThan(0)
    for (const word of ['拣货单', '差异', '拣货人', ...depots]) expect(text).toContain(word)
  })

  it('has no fault on its pages in either language and theme', async () => {
    const { page } = await shell.open({ demo: true })
    await openSlips(page)
    await checkEveryLook(page, 'slip-list', async () => {})
    await page.keyboard.press('F6')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /DB\d/ }).waitFor()
    await checkEveryLook(page, 'slip', async () => {})
    await checkEveryLook(
      page,
      'slip-preview',
      async () => {
        await page.keyboard.press('Control+p')
        await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 60_000 })
      },
      async () => {
        await page.keyboard.press('Escape')
        await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
      },
    )
  })
})
