import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { projectFolder } from '../../build/project.ts'
import { cellAt, cellText } from './grid-hands.ts'
import type { Opened } from './harness.ts'

export const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
export const toast = (page: Page, text: string | RegExp) => page.getByRole('alert').getByText(text)

/** To a page by Ctrl+K and its name, as anyone without a mouse. */
export async function goTo(page: Page, name: string, heading: string | RegExp = name): Promise<void> {
  await page.keyboard.press('Control+k')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const isInField = () => page.evaluate(() => document.activeElement?.matches('[role="dialog"] input') ?? false)
  await expect.poll(isInField).toBe(true)
  await page.keyboard.insertText(name)
  // All pages stand there until the words are taken: what is chosen must be the page that was asked for.
  await expect.poll(() => dialog.getByRole('button').first().textContent()).toContain(name)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await title(page, heading).waitFor()
  await dialog.waitFor({ state: 'hidden' })
}

export async function ready(opened: Opened): Promise<Page> {
  await opened.page.getByRole('navigation').first().waitFor()
  await opened.page.getByRole('heading', { level: 1 }).waitFor()
  return opened.page
}

/** What `frontstock verify` says once the application has let go of the file. */
export function expectSound(data: string): void {
  const run = spawnSync(process.execPath, ['hub/cli.ts', 'verify', join(data, 'frontstock.db')], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  rmSync(data, { recursive: true, force: true })
  expect(run.status, run.stdout + run.stderr).toBe(0)
}

export const numberIn = (text: string): number => Number(text.replaceAll(/[^\d]/g, ''))

/** A scanner: keys a few milliseconds apart by instants of their own, which a busy machine doesn't disturb. */
export const scan = (page: Page, code: string): Promise<void> =>
  page.evaluate((text) => {
    const keys = [...text, 'Enter']
    const start = performance.now() - keys.length * 8
    for (const [index, key] of keys.entries()) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: start + index * 8 })
      const target = document.activeElement ?? document.body
      target.dispatchEvent(event)
    }
  }, code)

/** Chooses one of a few by the keyboard. */
export const choose = (page: Page, name: string) => page.getByRole('radio', { name }).press('Space')

/** The first row of a grid for which `wanted` holds. */
export async function rowWhere(
  page: Page,
  column: string,
  wanted: (text: string) => boolean,
  grid?: string,
): Promise<number> {
  for (let row = 0; row < 60; row++) {
    if ((await cellAt(page, row, column, grid).count()) === 0) break
    if (wanted(await cellText(page, row, column, grid))) return row
  }
  throw new Error(`no row whose ${column} fits`)
}
