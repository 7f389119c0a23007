import type { Page } from 'playwright-core'
import { checkPage, readsEveryLook } from './check-page.ts'

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
 * leaves language and theme as they were. In a shell that leaves the looks to the other one, in the present look alone.
 * @param show opens what is to be checked, and waits for it; called anew for each language.
 * @param hide puts away what `show` opened, so that the header can be reached again.
 */
export async function checkEveryLook(
  page: Page,
  name: string,
  show: () => Promise<unknown>,
  hide: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const languages = readsEveryLook(page) ? 2 : 1
  for (let language = 0; language < languages; language++) {
    await show()
    await checkPage(page, name)
    await hide()
    if (languages > 1) await switchLanguage(page)
  }
}

/**
 * Checks a dialog as it stands there, with what was typed and refused in it, in both languages and both themes. The
 * header beneath it, which no hand reaches now, switches the language without moving the focus.
 */
export async function checkDialog(page: Page, name: string): Promise<void> {
  await checkPage(page, name)
  if (!readsEveryLook(page)) return
  for (let language = 0; language < 2; language++) {
    await page.evaluate(async () => {
      const { lang } = document.documentElement
      for (const button of document.querySelectorAll<HTMLElement>('header button')) {
        if (/^(English|中文)$/.test(button.textContent ?? '')) button.click()
      }
      if (document.documentElement.lang === lang) throw new Error('no way to the other language')
    })
    if (language === 0) await checkPage(page, name)
  }
}
