import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { readListFile } from '../../api/intake/read-file.ts'
import type { Opened } from './harness.ts'
import { readPdf } from './pdf-text.ts'

/** The rows of the workbook that the keys for Excel save, of each of its sheets, by the program's own reader. */
export async function savedSheets(app: Opened): Promise<{ name: string; rows: (string | number | null)[][] }[]> {
  const path = await app.savedFile(() => app.page.keyboard.press('Control+Shift+E'))
  const read = async () => (existsSync(path) ? await readListFile(readFileSync(path), 'saved.xlsx') : null)
  await expect.poll(async () => (await read().catch(() => null))?.ok, { timeout: 30_000 }).toBe(true)
  const result = await read()
  if (!result?.ok) throw new Error('the saved workbook was read a moment ago')
  return result.value.sheets.map(({ name, rows }) => ({ name, rows: rows.map(({ cells }) => [...cells]) }))
}

/** Saves what the preview shows, and reads the text of each page once the file is whole. */
export async function savedPdf(app: Opened): Promise<string[]> {
  const path = await app.savedFile(() => app.page.keyboard.press('Control+s'))
  // The save dialog's answer comes before the file.
  await expect
    .poll(() => existsSync(path) && readFileSync(path).subarray(-1024).includes('%%EOF'), { timeout: 30_000 })
    .toBe(true)
  return readPdf(readFileSync(path))
}
