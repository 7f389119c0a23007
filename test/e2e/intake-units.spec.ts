import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject } from '../../build/project.ts'
import { pasteBlock } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { counted, focusedColumn, goTo, listGrid, listRegion, said } from './list-hands.ts'
import { checkDialog, checkEveryLook } from './looks.ts'

/** As a spreadsheet copies its cells: those with a line break or a tab inside are quoted. */
const asBlock = (rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
    .join('\r\n')

async function paste(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
  await page.locator('textarea').focus()
  await pasteBlock(page, asBlock(rows))
  await listGrid(page).waitFor()
}

/** Goes to the option of the list that is offered, and takes it. */
async function takeOption(page: Page, name: RegExp): Promise<void> {
  const option = page.getByRole('option', { name })
  await option.waitFor()
  for (let presses = 0; (await option.getAttribute('aria-selected')) !== 'true' && presses < 20; presses += 1)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** What the hospitals of Hubei asked for, as the sheet that a clerk would be sent. */
function needsOfHubei(path: string): string[][] {
  type Hospital = { readonly city: string; readonly district: string; readonly name: string; readonly supplies: Need[] }
  type Need = { readonly key: string; readonly value: number | null; readonly specification?: string }
  const hospitals = JSON.parse(readFileSync(path, 'utf8')) as Hospital[]
  return [
    ['城市', '区县', '医院名称', '物资名称', '规格', '需求数量'],
    ...hospitals.flatMap(({ city, district, name, supplies }) =>
      supplies.map(({ key, value, specification }) => [
        city,
        district,
        name,
        key,
        specification ?? '',
        value === null ? '' : String(value),
      ]),
    ),
  ]
}

forEachShell((shell) => {
  it('takes units from a list: new ones made, changes of those on file confirmed, all of it undone in one go', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await goTo(page, '一线单位')
    const known = (await page.locator('[row-index="0"] [col-id="name"]').first().textContent()) ?? ''
    await page.getByRole('link', { name: '读取名单' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: '读取单位名单' }).waitFor()
    const sheet = [
      ['顺德区新增一线单位', '', '', '', '', '', ''],
      ['单位名称', '类型', '级别', '住院医护', '镇街', '联系人', '别名'],
      ['龙江新医院', '定点医院', '1', '60', '龙江', '黄医生', '龙江二院'],
      ['均安卫生院', '', '', '12', '均安', '', ''],
      [known, '', '', '', '', '新联系人', ''],
      ['某某总会', '', '', '', '', '', ''],
    ]
    await paste(page, sheet)
    for (const count of ['可靠 1', '推测 2', '有误 1']) await counted(page, count)
    await expect.poll(() => focusedColumn(page)).toBe('category')
    await expect.poll(() => said(page).textContent()).toContain('没有写类型，按名称看作“发热门诊”')
    await checkEveryLook(page, 'intake-units', () => listGrid(page).locator('td[tabindex="0"]').focus())
    await listGrid(page).locator('td[tabindex="0"]').focus()
    const failed = readFileSync(await app.savedFile(() => page.keyboard.press('Alt+d'))).toString('utf8')
    expect(failed).toContain('均安卫生院')
    expect(failed).toContain('没有写类型，从名称也看不出来')
    expect(failed.trim().split('\r\n')).toHaveLength(4)
    await page.keyboard.press('Space')
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('tier')
    await page.keyboard.press('Space')
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('contact')
    await expect.poll(() => said(page).textContent()).toContain('名单写“新联系人”')
    await page.keyboard.press('Space')
    await counted(page, '可靠 3')
    await page.keyboard.press('F8')
    await expect.poll(() => said(page).textContent()).toContain('没有写类型，从名称也看不出来')
    // The rest waits while what is sure is saved.
    await page.keyboard.press('Control+s')
    await page.getByText('单位名单已保存：新增 2 个，更新 1 个。').waitFor()
    await page.getByText('其余 1 行已存为草稿').waitFor()
    await checkPage(page, 'intake-units-saved')
    await page.keyboard.press('Control+z')
    await page.getByText('已撤销：删去新增的 2 个，恢复更新的 1 个。').waitFor()
    await page.getByRole('button', { name: '再读一份' }).press('Enter')
    const kept = page.getByRole('region', { name: '放下待办的名单' })
    await kept.getByText('1 行待确认').waitFor()
    await kept.getByRole('link', { name: '继续' }).press('Enter')
    await counted(page, '有误 1')
    await page.keyboard.press('Enter')
    await takeOption(page, /镇街/)
    await expect.poll(() => said(page).textContent()).not.toContain('没有写类型')
    await page.keyboard.press('F8')
    await expect.poll(() => focusedColumn(page)).toBe('tier')
    await page.keyboard.press('Space')
    await counted(page, '可靠 1')
    await page.keyboard.press('Control+s')
    await page.getByText('单位名单已保存：新增 1 个，更新 0 个。').waitFor()
    await page.getByRole('link', { name: '去一线单位' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: '一线单位' }).waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('某某总会')
    await expect.poll(() => page.locator('[row-index="0"] [col-id="code"]').first().textContent()).toBe('DW-001')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('均安卫生院')
    await expect.poll(() => page.locator('[row-index] [col-id="name"]').count()).toBe(0)
  })

  it('takes requests of units that nobody had registered: all of them made in place from the list', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '读取申领')
    await paste(page, [
      ['城市', '医院名称', '物资名称', '需求数量'],
      ['龙江', '龙江新医院', '医用外科口罩', '2000只'],
      ['龙江', '龙江新医院', '医用防护口罩', '300只'],
      ['均安', '均安新门诊', '医用外科口罩', '500只'],
      ['均安', '红十字会', '医用外科口罩', '80只'],
      ['乐从', '红十字会', '医用外科口罩', '90只'],
    ])
    await counted(page, '有误 5')
    await expect.poll(() => focusedColumn(page)).toBe('place')
    await page.keyboard.press('Enter')
    await page.keyboard.type('查无此名')
    await takeOption(page, /新增单位“龙江新医院”/)
    const dialog = page.getByRole('dialog', { name: '新增一线单位' })
    await expect.poll(() => dialog.getByLabel('名称', { exact: true }).inputValue()).toBe('龙江新医院')
    expect(await dialog.getByLabel('镇街', { exact: true }).inputValue()).toBe('龙江')
    const others = dialog.getByLabel('名单里其余 3 个没有登记的单位也一并新增')
    await others.focus()
    await page.keyboard.press('Space')
    await dialog.getByText('但在“均安”：确认为两个单位').waitFor()
    await checkDialog(page, 'intake-new-units')
    // Two say no kind: asked once.
    await dialog.getByRole('button', { name: '新增 4 个单位' }).press('Enter')
    await dialog.getByText('其余单位里有 2 个看不出类型').waitFor()
    await dialog.getByLabel('看不出类型的 2 个按').selectOption('village-committee')
    await dialog.getByRole('button', { name: '新增 4 个单位' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await counted(page, '可靠 5')
    await page.keyboard.press('Control+s')
    await page.getByText('已保存 5 条申领。').waitFor()

    const path = join(
      process.env.FRONTSTOCK_LISTS ?? inProject('..', 'shared', 'data'),
      'hubei-hospital-needs-2020.json',
    )
    if (!existsSync(path)) return console.log(`no ${path}: no needs of Hubei to read`)
    const rows = needsOfHubei(path)
    await page.getByRole('button', { name: '再读一份' }).press('Enter')
    await page.locator('textarea').waitFor()
    await paste(page, rows)
    for (let presses = 0; (await focusedColumn(page)) !== 'place' && presses < 30; presses += 1)
      await page.keyboard.press('F8')
    await page.keyboard.press('Enter')
    await takeOption(page, /新增单位/)
    const all = dialog.getByLabel(/名单里其余 \d+ 个没有登记的单位也一并新增/)
    await all.focus()
    await page.keyboard.press('Space')
    await dialog.getByLabel(/看不出类型的 \d+ 个按/).selectOption('village-committee')
    const make = dialog.getByRole('button', { name: /新增 \d+ 个单位/ })
    const units = Number(/\d+/.exec((await make.textContent()) ?? '')![0])
    await make.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    const counts = await listRegion(page)
      .getByText(/^(可靠|推测|有误|未采用) [\d,]+$/)
      .allTextContents()
    console.log(
      `${shell.kind}: needs of Hubei: ${rows.length - 1} rows, ${units} units made, then ${counts.join(' · ')}`,
    )
    const sum = counts.slice(0, 3).reduce((total, count) => total + Number(count.replaceAll(/\D/g, '')), 0)
    expect(sum).toBe(rows.length - 1)
    await checkPage(page, 'intake-hubei')

    // Guesses are confirmed by their reasons, what is sure then is saved, and the rest is put aside.
    await page.keyboard.press('Alt+j')
    const reasons = page.getByRole('dialog', { name: '存疑的原因' })
    await reasons.getByRole('row').nth(1).waitFor()
    if (shell.kind === 'browser') await checkDialog(page, 'intake-doubts')
    const confirm = reasons.getByRole('button', { name: /^全部确认/ })
    let kinds = 0
    for (; (await confirm.count()) > 0 && kinds < 40; kinds += 1) {
      const before = await confirm.count()
      await confirm.first().press('Enter')
      await expect.poll(() => confirm.count()).toBeLessThan(before)
    }
    await page.keyboard.press('Escape')
    await reasons.waitFor({ state: 'detached' })
    const now = await listRegion(page)
      .getByText(/^(可靠|推测|有误) [\d,]+$/)
      .allTextContents()
    const [sure, guessed] = now.map((count) => Number(count.replaceAll(/\D/g, '')))
    console.log(`${shell.kind}: ${kinds} reasons confirmed, then ${now.join(' · ')}`)
    expect(guessed).toBe(0)
    await page.keyboard.press('Control+s')
    await page.getByText(`已保存 ${sure} 条申领。`).waitFor()
    await page.getByText(/^其余 \d+ 行已存为草稿/).waitFor()
  })
})
