import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cellAt, cellText, goToCell, typeIntoCell } from './grid-hands.ts'
import { forEachShell } from './harness.ts'
import { checkEveryLook } from './looks.ts'

/** To an address as a link of the page would. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path)
}

const dialog = (page: Page) => page.getByRole('dialog')

/** Opens a dialog by its key and puts it away again by Escape, in every look. */
async function checkDialog(page: Page, name: string, chord: string): Promise<void> {
  await checkEveryLook(
    page,
    name,
    async () => {
      await page.keyboard.press(chord)
      await dialog(page).waitFor()
    },
    async () => {
      await page.keyboard.press('Escape')
      await dialog(page).waitFor({ state: 'hidden' })
    },
  )
}

forEachShell((shell) => {
  it('has no fault on the pages of the ledger in either language and theme', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const [path, name, column] of [
      ['/ledger', 'ledger', 'number'],
      ['/ledger?kind=delivery', 'ledger-deliveries', 'number'],
      ['/ledger/write-off', 'write-off', 'quantity'],
      ['/ledger/transfers/new', 'transfer-new', 'quantity'],
      ['/ledger/as-at', 'as-at', 'onHand'],
    ] as const) {
      await goTo(page, path)
      await checkEveryLook(page, name, () => cellAt(page, 0, column).waitFor())
    }
    await goTo(page, '/ledger/transfers')
    await checkEveryLook(page, 'transfers', () => cellAt(page, 0, 'number').waitFor())
    await goTo(page, '/ledger/return')
    await checkEveryLook(page, 'return', () => page.getByText(/先选单位|Choose the unit first/).waitFor())
    await goTo(page, '/ledger/1')
    await checkEveryLook(page, 'posting', () => cellAt(page, 0, 'quantity').waitFor())
    await checkDialog(page, 'correct', 'Alt+z')
  })

  it('has no fault where slips are picked and signed, in either language and theme', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await goTo(page, '/slips/sign')
    await checkEveryLook(page, 'sign-list', () => cellAt(page, 0, 'dispatchedAt').waitFor())
    const number = await cellAt(page, 0, 'number').textContent()
    await goTo(page, `/slips/sign?number=${number}`)
    await checkEveryLook(page, 'sign', () => cellAt(page, 0, 'received').waitFor())
    await goTo(page, '/slips/sign?number=DB20990101-001')
    await checkEveryLook(page, 'sign-missing', () =>
      page.getByText(/DB20990101-001”的调拨单|no slip "DB2099/).waitFor(),
    )
    await goTo(page, '/slips/pick/1')
    await checkEveryLook(page, 'pick', () => cellAt(page, 0, 'planned').waitFor())
  })

  it('has no fault where stock is counted, held and watched, in either language and theme', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('heading', { level: 1 }).waitFor()
    // Where things lie: the cell is saved as it is left, and a shelf can be counted alone.
    await goTo(page, '/stocktakes/shelves')
    await checkEveryLook(page, 'shelves', () => cellAt(page, 0, 'shelf').waitFor())
    await typeIntoCell(page, 0, 'shelf', 'A-01')
    await goToCell(page, 1, 'shelf')
    await goTo(page, '/stocktakes')
    await checkEveryLook(page, 'stocktakes', () => cellAt(page, 0, 'number').waitFor())
    await checkDialog(page, 'stocktake-start', 'Alt+n')
    await page.keyboard.press('Alt+n')
    await dialog(page).getByLabel('货位').selectOption('A-01')
    await dialog(page).getByLabel('货位').press('Enter')
    await page.getByText(/货位 A-01/).waitFor()
    expect(await cellText(page, 0, 'shelf')).toBe('A-01')
    await checkEveryLook(page, 'stocktake', () => cellAt(page, 0, 'counted').waitFor())
    await checkDialog(page, 'stocktake-add', 'Alt+n')
    await checkDialog(page, 'stocktake-post', 'Control+Enter')
    await goTo(page, '/holds')
    await checkEveryLook(page, 'holds', () => cellAt(page, 0, 'lot').waitFor())
    await checkDialog(page, 'hold-add', 'Alt+n')
    await goTo(page, '/alerts')
    await checkEveryLook(page, 'alerts', () => cellAt(page, 0, 'about').waitFor())
    await cellAt(page, 0, 'about').focus()
    await checkDialog(page, 'alert-snooze', 'Alt+z')
  })
})
