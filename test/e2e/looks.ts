import type { Page } from 'playwright-core'
import { checkPage, readsEveryLook } from './check-page.ts'

/** What the page shows: its language, and how many grids have rows. */
const drawnNow = (page: Page) =>
  page.evaluate(() => ({
    lang: document.documentElement.lang,
    grids: [...document.querySelectorAll('[data-grid]')].filter((grid) => grid.querySelector('[row-index]')).length,
  }))

/** Waits for the other language with every grid that had rows: another language is another grid, which has to be filled. */
const waitUntilDrawn = (page: Page, before: { readonly lang: string; readonly grids: number }) =>
  page.waitForFunction(({ lang, grids }) => {
    const filled = [...document.querySelectorAll('[data-grid]')].filter((grid) => grid.querySelector('[row-index]'))
    return document.documentElement.lang !== lang && filled.length >= grids
  }, before)

/** Switches the language with the header's button, which names the other language. */
export async function switchLanguage(page: Page): Promise<void> {
  const before = await drawnNow(page)
  const button = page.getByRole('button', { name: /^(English|中文)$/ })
  await button.focus()
  await page.keyboard.press('Enter')
  await waitUntilDrawn(page, before)
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
    const before = await drawnNow(page)
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>('header button')) {
        if (/^(English|中文)$/.test(button.textContent ?? '')) button.click()
      }
    })
    await waitUntilDrawn(page, before)
    if (language === 0) await checkPage(page, name)
  }
}
