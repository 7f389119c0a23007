import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject } from '../../build/project.ts'
import { pasteBlock } from './grid-hands.ts'
import { checkPage, forEachShell } from './harness.ts'
import { goTo, listGrid, listRegion, said } from './list-hands.ts'
import { checkDialog, checkEveryLook } from './looks.ts'

const asBlock = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\r\n')

const paste = (page: Page, text: string) => pasteBlock(page, text)

/** The public list of factories as the sheet that a colleague would send: opened, what is sure taken. */
async function openFactories(page: Page, path: string): Promise<void> {
  type Factory = { readonly name: string; readonly city: string; readonly supplies: readonly Made[] }
  type Made = { readonly key: string; readonly specification?: string; readonly value: number }
  const factories = JSON.parse(readFileSync(path, 'utf8')) as Factory[]
  const rows = factories.flatMap(({ name, city, supplies }) =>
    supplies.map(({ key, specification, value }) => [name, city, specification ?? key, String(value)]),
  )
  const text = [['企业名称', '所在城市', '产品', '日产能'], ...rows].map((row) => row.join(',')).join('\r\n')
  // Another list.
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Alt+o')
  await (await chooser).setFiles({ name: 'factories.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await listGrid(page).waitFor()
  const counts = await listRegion(page)
    .getByText(/^(可靠|推测|有误|未采用) [\d,]+$/)
    .allTextContents()
  console.log(`the factories of 2020 on screen: ${rows.length} rows, ${counts.join(' · ')}`)
  const sum = counts.slice(0, 3).reduce((total, count) => total + Number(count.replaceAll(/\D/g, '')), 0)
  expect(sum).toBe(rows.length)
  // The kits and the machines of which the catalogue has none: all of them made in place, each once.
  const unknown = said(page).getByText(/物资目录里没有“核酸检测试剂盒”/)
  for (let presses = 0; (await unknown.count()) === 0 && presses < 60; presses += 1) await page.keyboard.press('F8')
  await page.keyboard.press('Enter')
  const offer = page.getByRole('option', { name: /新建物资“核酸检测试剂盒”/ })
  await offer.waitFor()
  while ((await offer.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '新建物资' })
  await dialog.getByLabel('名单里其余 4 种目录里没有的物资也一并新建').focus()
  await page.keyboard.press('Space')
  await dialog.getByText('实时荧光定量PCR仪').waitFor()
  await checkDialog(page, 'intake-new-items')
  await dialog.getByRole('button', { name: '新建 5 种物资' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  // What is still wrong is the one name that says no grade: the clerk decides.
  await listRegion(page).getByText('有误 1', { exact: true }).waitFor()
  const grade = said(page).getByText('没有写明等级或执行标准')
  for (let presses = 0; (await grade.count()) === 0 && presses < 60; presses += 1) await page.keyboard.press('F8')
  await page.keyboard.press('Enter')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await listRegion(page).getByText('有误 0', { exact: true }).waitFor()
  const sure = listRegion(page).getByText(`可靠 ${rows.length}`, { exact: true })
  let keys = 0
  for (; (await sure.count()) === 0 && keys < 40; keys += 2) {
    await page.keyboard.press('F8')
    await page.keyboard.press('Shift+Space')
  }
  await sure.waitFor()
  const makers = new Set(factories.map(({ name }) => name)).size
  console.log(`the factories of 2020: all ${rows.length} rows sure after ${keys} more keys, ${makers} manufacturers`)
  await page.keyboard.press('Control+s')
  await page.getByText(`已保存 ${makers} 家企业的产能。`).waitFor()
}

forEachShell((shell) => {
  it('takes manufacturers and what they make in a day from a list, those on file and new ones', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '读取企业与产能')
    await paste(
      page,
      asBlock([
        ['企业名称', '产品名称', '单位', '日产能', '联系人'],
        ['顺德康护医疗用品厂', '医用外科口罩', '只', '50000', '梁经理'],
        ['北滘新开口罩厂', '医用外科口罩', '只', '3万', '黄主任'],
        ['北滘新开口罩厂', '医用防护口罩', '只', '800', '黄主任'],
      ]),
    )
    await listGrid(page).waitFor()
    await listRegion(page).getByText('可靠 3', { exact: true }).waitFor()
    await checkEveryLook(page, 'intake-suppliers', () => listGrid(page).waitFor())
    await page.keyboard.press('Control+s')
    await page.getByText('已保存 2 家企业的产能。').waitFor()
    const lists = process.env.FRONTSTOCK_LISTS ?? inProject('..', 'shared', 'data')
    const path = join(lists, 'factories-2020.json')
    if (existsSync(path)) await openFactories(page, path)
    await page.keyboard.press('Alt+8')
    await page.getByRole('heading', { level: 1, name: '生产企业' }).waitFor()
    await page.getByRole('combobox', { name: '供货类型' }).selectOption('donor')
    await expect.poll(() => page.getByText('顺德慈善会捐赠').count()).toBeGreaterThan(0)
    expect(await page.getByText('顺德康护医疗用品厂').count()).toBe(0)
    await page.getByRole('combobox', { name: '供货类型' }).selectOption('manufacturer')
    await page.keyboard.press('Control+f')
    await page.keyboard.type('新开')
    await page.getByText('北滘新开口罩厂').first().waitFor()
    await expect.poll(() => page.locator('[row-index="0"] [col-id="capacity"]').first().textContent()).toBe('2')
    await checkPage(page, 'manufacturers-by-kind')
  })
  it('leaves the focus in a dialog where a quick hand has put it', async () => {
    const { page } = await shell.open({ demo: true })
    await goTo(page, '读取企业与产能')
    await paste(
      page,
      asBlock([
        ['企业名称', '产品名称', '日产能'],
        ['甲厂', '医用外科口罩', '500只'],
      ]),
    )
    await listGrid(page).waitFor()
    // Quicker than any hand: at the very moment at which the dialog is there, before any timer of its own.
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        const second = document.querySelectorAll<HTMLElement>('[role="dialog"] select')[1]
        if (second === undefined) return
        seen.disconnect()
        second.focus()
      })
      seen.observe(document.body, { childList: true, subtree: true })
    })
    await page.keyboard.press('Alt+c')
    await page.getByRole('dialog').waitFor()
    await page.waitForTimeout(500)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^B /)
  })
})
