import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Opened } from './harness.ts'
import { readPdf } from './pdf-text.ts'

/** Saves what the preview shows, and reads the text of each page once the file is whole. */
export async function savedPdf(app: Opened): Promise<string[]> {
  const path = await app.savedFile(() => app.page.keyboard.press('Control+s'))
  // The save dialog's answer comes before the file.
  await expect
    .poll(() => existsSync(path) && readFileSync(path).subarray(-1024).includes('%%EOF'), { timeout: 30_000 })
    .toBe(true)
  return readPdf(readFileSync(path))
}
