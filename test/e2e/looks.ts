import type { Page } from 'playwright-core'
import { checkPage } from './harness.ts'

/** Switches the language with the header's button, which names the other language. */
export async function switchLanguage(page: Page): Promise<void> {
  const before = await page.evaluate(() => document.documentElement.lang)
  const button = page.getByRole('button', { name: /^(English|中文)$/ })
  await button.focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction((lang) => document.documentElement.lang !== lang, before)
}

/**
 * Checks what is on screen in both languages and both themes (the theme follows the system until the user chooses), and
 * leaves language and theme as they were.
 * @param show opens what is to be checked, and waits for it; called anew for each look.
 * @param hide puts away what `show` opened, so that the header can be reached again.
 */
export async function checkEveryLook(
  page: Page,
  name: string,
  show: () => Promise<unknown>,
  hide: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForFunction(
      (scheme) => document.documentElement.getAttribute('data-mantine-color-scheme') === scheme,
      colorScheme,
    )
    for (let language = 0; language < 2; language++) {
      await show()
      await checkPage(page, name)
      await hide()
      await switchLanguage(page)
    }
  }
}
