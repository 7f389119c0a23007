import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { checkPage, forEachShell } from './harness.ts'

const words = {
  'zh-CN': {
    title: '分配策略',
    page: '分配策略',
    used: /已有批准的批次/,
    copy: '复制',
    name: '名称',
    tier: '第 1 级包含 2 级单位',
    days: '第 1 级补到几天',
    rungName: '第 1 级的名称',
    floor: '一线保底',
    add: '加一级',
    up: '第 6 级上移',
    save: '已保存',
    problem: /应为 1/,
    draft: '正在编辑的',
    archive: '归档',
  },
  'en-US': {
    title: 'Policies',
    page: 'Policies',
    used: /Approved rounds were divided/,
    copy: 'Copy',
    name: 'Name',
    tier: 'Rung 1 is for tier 2',
    days: 'Days that rung 1 fills up to',
    rungName: 'English name of rung 1',
    floor: 'Front-line floor',
    add: 'Add a rung',
    up: 'Move rung 6 up',
    save: 'is saved',
    problem: /allowed: 1/,
    draft: 'being edited',
    archive: 'Archive',
  },
} as const

async function openPolicies(page: Page, title: string): Promise<void> {
  await page.waitForSelector('nav')
  await page.getByRole('navigation').getByRole('link', { name: title }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

forEachShell((shell) => {
  for (const locale of ['zh-CN', 'en-US'] as const) {
    it(`copies a used policy, changes its ladder, sees what it does, saves and archives it by the keyboard (${locale})`, async () => {
      const w = words[locale]
      const { page } = await shell.open({ demo: true, locale })
      await openPolicies(page, w.title)
      await page.getByText(w.used).waitFor()
      const compare = page.getByRole('table').last()
      await expect.poll(() => compare.getByRole('row').count()).toBe(2)
      await checkPage(page, 'policy-used')

      const key = async (role: 'button' | 'checkbox', name: string) => {
        await page.getByRole(role, { name, exact: true }).focus()
        await page.keyboard.press(role === 'checkbox' ? 'Space' : 'Enter')
      }
      await key('button', w.copy)
      await key('checkbox', w.tier)
      const rungName = page.getByLabel(w.rungName, { exact: true })
      expect(await rungName.inputValue()).toBe(w.floor)
      await rungName.focus()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Both floors')
      await key('button', w.add)
      await key('button', w.up)
      await expect.poll(() => compare.getByText(w.draft).count()).toBe(1)

      // What does not hold is said at the field, and nothing is saved.
      const days = page.getByLabel(w.days)
      await days.focus()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('0')
      await page.keyboard.press('Control+s')
      await page.getByText(w.problem).waitFor()
      await checkPage(page, 'policy-problem')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('3')

      await page.getByLabel(w.name, { exact: true }).focus()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Night shift')
      await page.keyboard.press('Control+s')
      await page.getByText(w.save).waitFor()
      await expect.poll(() => compare.getByRole('row').count()).toBe(3)
      await expect.poll(() => rungName.inputValue()).toBe('Both floors')
      await checkPage(page, 'policy-saved')

      await key('button', w.archive)
      await page.getByRole('dialog').waitFor()
      await checkPage(page, 'policy-archive')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect.poll(() => compare.getByRole('row').count()).toBe(2)
    })
  }
})
