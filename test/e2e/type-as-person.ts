import type { Page } from 'playwright-core'

/**
 * Keys at a pace that no scanner has (core/scan.ts: 35 ms a key at most), for screens that listen for scanners. A burst
 * of keys with an Enter behind it is a scan there, as it should be.
 */
export async function typeAsPerson(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 45 })
}
