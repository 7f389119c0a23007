import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { pasteBlock } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { counted, goTo, listGrid } from './list-hands.ts'

const goOn = async (page: Page) => {
  const kept = page.getByRole('region', { name: '放下待办的名单' })
  await kept.getByRole('link', { name: '继续' }).press('Enter')
  await listGrid(page).waitFor()
}
/** What stands in the rows' cells of a column, from above. */
const column = (page: Page, name: string) => listGrid(page).locator(`td[data-column="${name}"]`).allTextContents()

forEachShell((shell) => {
  it('has other columns chosen for the rows that were put aside, after the window was gone; what was taken stays taken', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '读取到货名单')
    await page.locator('textarea').focus()
    await pasteBlock(
      page,
      [
        '捐赠单位\t物资名称\t数量\t说明甲',
        '爱心人士\t医用外科口罩\t500只\tZ-01',
        '爱心人士\t无名之物甲\t600只\tZ-02',
        '\t无名之物乙\t700只\tZ-03',
      ].join('\r\n'),
    )
    await counted(page, '可靠 1')
    await page.keyboard.press('Control+s')
    await page.getByRole('heading', { level: 1, name: '登记到货' }).waitFor()

    await goTo(page, '读取到货名单')
    await goOn(page)
    // As if the machine had been switched off.
    await page.reload()
    await listGrid(page).waitFor()
    await page.getByText('放下待办的行').waitFor()
    await counted(page, '有误 2')
    expect(await column(page, 'lot')).toEqual(['', ''])
    await page.keyboard.press('Alt+c')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Z-02 · Z-03').waitFor()
    await dialog.getByLabel(/^D /).selectOption({ label: '批号' })
    await checkPage(page, 'intake-columns-again')
    await dialog.getByRole('button', { name: '按此重新读取' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => column(page, 'lot')).toEqual(['Z-02', 'Z-03'])
    await counted(page, '有误 2')
    // Who sends the row below is still read from the row above.
    expect(await column(page, 'party')).toEqual(['爱心人士', '爱心人士'])

    // Put aside once more, with the columns as they are now.
    await page.keyboard.press('Alt+k')
    await goOn(page)
    expect(await column(page, 'lot')).toEqual(['Z-02', 'Z-03'])
    await page.keyboard.press('Alt+c')
    expect(await dialog.getByLabel(/^D /).inputValue()).toBe('lot')
  })

  it('says so when the sheet of the rows is too large to be kept with them', async () => {
    const { page, dataFolder } = await shell.open({ demo: true })
    const path = join(dataFolder, 'wide.csv')
    const long = '很长的说明'.repeat(120)
    const lines = Array.from(
      { length: 1500 },
      (_, row) => `甲厂,无名之物${row},${row + 1}只,${long},${long},${long},${long},${long},${long}`,
    )
    writeFileSync(path, `捐赠单位,物资名称,数量,说明甲,说明乙,说明丙,说明丁,说明戊,说明己\n${lines.join('\n')}\n`)
    await goTo(page, '读取到货名单')
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Alt+o')
    await (await chooser).setFiles(path)
    await listGrid(page).waitFor()
    await page.keyboard.press('Alt+k')
    await page.getByRole('alert').getByText('原表太大').waitFor()
    await checkPage(page, 'intake-sheet-not-kept')
    await goOn(page)
    await page.getByText('原表没有一起保存，不能再改列').waitFor()
    expect(await page.getByRole('button', { name: '列的含义' }).count()).toBe(0)
    await counted(page, '有误 1,500')
  })
})
