import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { checkPage } from './check-page.ts'
import { cellAt, cellText } from './grid-hands.ts'
import { forEachShell } from './harness.ts'
import { checkDialog, checkEveryLook } from './looks.ts'

const dialog = (page: Page) => page.getByRole('dialog')
const title = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name })

forEachShell((shell) => {
  it('tells of a backup that failed, makes one, and restores it and back, by keys alone', async () => {
    const { page, dataFolder } = await shell.open({ demo: true })
    await title(page, /今日/).waitFor()
    const folder = join(dataFolder, 'backup')
    // A file stands where the folder should be.
    writeFileSync(folder, 'not a folder')
    await page.getByRole('link', { name: '设置' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /^备份：/ }).focus()
    await page.keyboard.press('Enter')
    await title(page, /^备份$/).waitFor()
    await page.getByText(/还没有备份。/).waitFor()
    await page.keyboard.press('Alt+b')
    await page
      .getByRole('alert')
      .getByText(/文件夹不在，或磁盘没有插上/)
      .waitFor()
    await checkEveryLook(page, 'backup-failed', () => page.getByRole('alert').waitFor())

    // The alert leads back here with one key.
    await page.keyboard.press('Alt+0')
    await page.getByRole('heading', { level: 1, name: '提醒' }).waitFor()
    await cellAt(page, 1, 'about').waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.insertText('数据备份')
    await expect.poll(() => cellText(page, 0, 'about')).toBe('数据备份')
    expect(await cellText(page, 0, 'detail')).toMatch(/^备份没有做成：文件夹不在/)
    await checkPage(page, 'alert-backup')
    await cellAt(page, 0, 'about').focus()
    await page.keyboard.press('Enter')
    await title(page, /^备份$/).waitFor()

    rmSync(folder)
    await page.keyboard.press('Alt+b')
    await page.getByText(/^已备份：frontstock-/).waitFor()
    await page.getByRole('alert').filter({ hasText: '文件夹不在' }).waitFor({ state: 'hidden' })
    expect(readdirSync(folder).filter((name) => name.endsWith('.db'))).toHaveLength(1)
    await cellAt(page, 0, 'at').focus()
    await page.keyboard.press('Alt+k')
    await expect.poll(() => cellText(page, 0, 'verified')).toMatch(/^刚刚重新核对：一致/)

    // A stick that is not there is refused; one that is gets its copy.
    const second = page.getByLabel(/^第二处/).and(page.locator('input'))
    const stick = join(dataFolder, 'stick')
    await second.fill(join(stick, 'away'))
    await page.keyboard.press('Control+s')
    await page.getByText(/不能存放备份/).waitFor()
    await page.keyboard.press('Escape')
    await checkEveryLook(page, 'backup-refused', () => page.getByText(/不能存放备份|can't keep backups/).waitFor())
    mkdirSync(stick)
    await second.fill(stick)
    await page.keyboard.press('Control+s')
    await page.getByText('备份设置已保存').waitFor()
    await page.keyboard.press('Alt+b')
    await expect.poll(() => readdirSync(stick)).toHaveLength(1)
    await page.getByText('已复制').waitFor()

    // Back to the first of them, and back again.
    await expect.poll(() => cellAt(page, 2, 'at').count()).toBe(1)
    await cellAt(page, 2, 'at').focus()
    await page.keyboard.press('Alt+r')
    await dialog(page).waitFor()
    await checkDialog(page, 'backup-restore')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText(/^已恢复到 /).waitFor()
    await expect.poll(() => second.inputValue()).toBe('')
    await page.keyboard.press('Alt+u')
    await dialog(page)
      .getByText(/撤销恢复：/)
      .waitFor()
    await checkPage(page, 'backup-undo')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await dialog(page).waitFor({ state: 'hidden' })
    await expect.poll(() => second.inputValue()).toBe(stick)
    await checkEveryLook(page, 'backup', () => cellAt(page, 0, 'at').waitFor())
  })
})
