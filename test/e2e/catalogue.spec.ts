import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cellAt, cellText, goToCell, pasteBlock, problemLine, typeIntoCell } from './grid-hands.ts'
import { forEachShell, type Shell } from './harness.ts'
import { checkEveryLook } from './looks.ts'
import { rowWhere } from './stock-life-hands.ts'

const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

async function openAt(shell: Shell, chord: string, name: string): Promise<Page> {
  const { page } = await shell.open({ demo: true })
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press(chord)
  await title(page, name).waitFor()
  await cellAt(page, 0, 'code').waitFor()
  return page
}

async function searchFor(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+f')
  await page.keyboard.type(text)
}

/** By keyboard, once it can be pressed. */
async function pressButton(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true })
  await expect.poll(() => button.isEnabled()).toBe(true)
  await button.focus()
  await page.keyboard.press('Enter')
}

/** Whether a window that is closed now would ask first, since something isn't saved. */
const asksBeforeLeaving = (page: Page): Promise<boolean> =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))

forEachShell((shell) => {
  it('edits an item in the cell, with undo, fill and a choice, and keeps it', async () => {
    const page = await openAt(shell, 'Alt+9', '物资目录')
    await checkEveryLook(page, 'items', () => cellAt(page, 0, 'code').waitFor())
    const before = await cellText(page, 0, 'name')
    await typeIntoCell(page, 0, 'name', '七五酒精')
    await expect.poll(() => cellText(page, 0, 'name')).toBe('七五酒精')
    await page.keyboard.press('Control+z')
    await expect.poll(() => cellText(page, 0, 'name')).toBe(before)

    await goToCell(page, 1, 'standard')
    await page.keyboard.press('Control+d')
    await expect.poll(() => cellText(page, 1, 'standard')).toBe(await cellText(page, 0, 'standard'))

    await goToCell(page, 2, 'category')
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('手套')
    await page.getByRole('listbox').getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => cellText(page, 2, 'category')).toBe('手套')
    await expect.poll(() => asksBeforeLeaving(page)).toBe(false)
    await page.reload()
    await expect.poll(() => cellText(page, 2, 'category')).toBe('手套')
    expect(await cellText(page, 0, 'name')).toBe(before)
  })

  it('loses no edit to the one before it that is still on its way', async () => {
    const page = await openAt(shell, 'Alt+9', '物资目录')
    const before = await cellText(page, 0, 'name')
    await typeIntoCell(page, 0, 'name', '七五酒精')
    await page.keyboard.press('Control+z')
    await typeIntoCell(page, 1, 'name', '八四消毒液')
    await typeIntoCell(page, 1, 'standard', 'GB 1')
    await typeIntoCell(page, 1, 'standard', 'GB 2')
    await expect.poll(() => asksBeforeLeaving(page)).toBe(false)
    await page.reload()
    await expect.poll(() => cellText(page, 1, 'standard')).toBe('GB 2')
    expect([await cellText(page, 0, 'name'), await cellText(page, 1, 'name')]).toEqual([before, '八四消毒液'])
  })

  it('says at the cell why a pack size is refused, keeps what was typed, and saves the next', async () => {
    const page = await openAt(shell, 'Alt+9', '物资目录')
    const banner = page.getByText('有内容未能保存，原因见红色单元格')
    for (const [typed, reason] of [
      ['0', /“0”超出范围；应为 1 – 1,000,000/],
      ['-5', /“-5”超出范围/],
      ['2.5', /“2.5”不是整数/],
      ['1000000001', /“1,000,000,001”超出范围/],
      ['12箱', /“12箱”不是数字/],
    ] as const) {
      await typeIntoCell(page, 1, 'packSizeBase', typed)
      await goToCell(page, 1, 'packSizeBase')
      await expect.poll(() => problemLine(page)).toMatch(reason)
      expect((await cellText(page, 1, 'packSizeBase')).replaceAll(',', '')).toBe(typed)
      await banner.waitFor()
    }
    await checkEveryLook(page, 'item-refused', () => cellAt(page, 0, 'code').waitFor())

    await typeIntoCell(page, 1, 'packSizeBase', '48')
    await banner.waitFor({ state: 'hidden' })
    await page.reload()
    await cellAt(page, 0, 'code').waitFor()
    await goToCell(page, 1, 'packSizeBase')
    expect(await cellText(page, 1, 'packSizeBase')).toBe('48')
  })

  it('adds an item in the grid, says what it lacks, and finds it by pinyin initials', async () => {
    const page = await openAt(shell, 'Alt+9', '物资目录')
    await page.keyboard.press('Alt+n')
    await page.getByRole('textbox', { name: '编码' }).waitFor()
    await page.keyboard.type('M-NEW')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await goToCell(page, 0, 'name')
    await expect.poll(() => problemLine(page)).toBe('必须填写')
    expect(await cellText(page, 0, 'code')).toBe('M-NEW')
    await page.keyboard.type('儿童口罩')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.getByText('有内容未能保存，原因见红色单元格').waitFor({ state: 'hidden' })
    await searchFor(page, 'etkz')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('M-NEW')
    // A row that is on file can be opened; before, it is only being saved.
    await expect.poll(() => cellText(page, 0, 'open')).not.toBe('')

    await page.keyboard.press('ArrowDown')
    await goToCell(page, 0, 'code')
    await pressButton(page, '归档')
    await page.getByText('没有符合“etkz”的行').waitFor()
    await page.getByRole('switch', { name: '已归档' }).focus()
    await page.keyboard.press('Space')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('M-NEW')
    await goToCell(page, 0, 'code')
    await pressButton(page, '恢复')
    await page.getByText('没有已归档的内容').waitFor()
  })

  it('pastes a block of a spreadsheet as one command, and takes it back as one', async () => {
    const page = await openAt(shell, 'Alt+9', '物资目录')
    const names = () => Promise.all([0, 1, 2].map((row) => cellText(page, row, 'name')))
    const before = await names()
    await goToCell(page, 0, 'name')
    await pasteBlock(page, '甲\tA\r\n乙\tB\r\n丙\tC\r\n')
    await expect.poll(names).toEqual(['甲', '乙', '丙'])
    expect(await cellText(page, 2, 'nameEn')).toBe('C')
    await page.keyboard.press('Control+z')
    await expect.poll(names).toEqual(before)
    await page.keyboard.press('Control+y')
    await expect.poll(names).toEqual(['甲', '乙', '丙'])
  })

  it('loses no key of an input method that begins over a cell', async () => {
    const page = await openAt(shell, 'Alt+9', '物资目录')
    await goToCell(page, 0, 'name')
    const method = await page.context().newCDPSession(page)
    await method.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      windowsVirtualKeyCode: 229,
      key: 'Process',
      code: 'KeyK',
    })
    await method.send('Input.imeSetComposition', { text: 'k', selectionStart: 1, selectionEnd: 1 })
    await method.send('Input.imeSetComposition', { text: 'kouzhao', selectionStart: 7, selectionEnd: 7 })
    await method.send('Input.insertText', { text: '口罩' })
    await page.keyboard.press('Enter')
    await expect.poll(() => cellText(page, 0, 'name')).toBe('口罩')
  })

  it("works out a unit's need from its people and its stock report", async () => {
    const page = await openAt(shell, 'Alt+7', '一线单位')
    await checkEveryLook(page, 'units', () => cellAt(page, 0, 'code').waitFor())
    await searchFor(page, 'dlyyfrmz')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('DL-F1')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+Enter')
    await title(page, '大良医院发热门诊').waitFor()
    const people = '各岗位人数'
    const need = '需求与库存上报'
    await cellAt(page, 0, 'people', people).waitFor()
    await cellAt(page, 0, 'needBase', need).waitFor()
    await checkEveryLook(page, 'unit', () => title(page, /大良医院发热门诊|[A-Z]/).waitFor())

    const use = Number((await cellText(page, 0, 'useMilliPerDay', need)).replaceAll(',', ''))
    await typeIntoCell(page, 0, 'people', '1000')
    await expect
      .poll(async () => Number((await cellText(page, 0, 'useMilliPerDay', need)).replaceAll(',', '')))
      .toBeGreaterThan(use)
    await page.keyboard.press('F6')
    await goToCell(page, 0, 'onHandBase')
    await page.keyboard.type('-1')
    await page.keyboard.press('Enter')
    await goToCell(page, 0, 'onHandBase')
    await expect.poll(() => problemLine(page)).toMatch(/“-1”超出范围/)
    await page.keyboard.type('7654')
    await page.keyboard.press('Enter')
    await expect.poll(() => cellText(page, 0, 'reportedBase', need)).toBe('7,654')
    await expect.poll(() => cellText(page, 0, 'onHandBase', need)).toBe('')
    await expect.poll(() => cellText(page, 0, 'stockBase', need)).toBe('7,654')

    // What it used, typed after what it has: it belongs to the same day's report. Days alone wait for it.
    await goToCell(page, 0, 'usedDays')
    await page.keyboard.type('7')
    await page.keyboard.press('Enter')
    await goToCell(page, 0, 'usedBase')
    await expect.poll(() => problemLine(page)).toMatch(/必须填写/)
    await page.keyboard.type('700')
    await page.keyboard.press('Enter')
    await expect.poll(() => cellText(page, 0, 'usedBase', need)).toBe('')

    await page.getByText('上报记录').click()
    await expect.poll(() => cellText(page, 0, 'usedBase', '上报记录')).toBe('700')
    expect(await cellText(page, 0, 'usedDays', '上报记录')).toBe('7')
    expect(await cellText(page, 0, 'onHandBase', '上报记录')).toBe('7,654')
    await checkEveryLook(page, 'unit-reports', () => cellAt(page, 0, 'person', /^(上报记录|Reports)$/).waitFor())
  })

  it("keeps an item's substitutes, a unit's depots and what it asks for, by the keyboard", async () => {
    const page = await openAt(shell, 'Alt+9', '物资目录')
    const substitutes = () => page.getByRole('button', { name: /^(替代物资|没有替代物资|Substitutes|No substitutes)/ })
    await searchFor(page, 'M-0469')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('M-0469')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+Enter')
    await title(page, '医用外科口罩').waitFor()
    await substitutes().waitFor()
    await page.keyboard.press('Alt+s')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('调拨单上会注明替代').waitFor()
    const choose = async (typed: string, option: RegExp) => {
      await dialog.getByRole('combobox').or(dialog.getByLabel('替代物资')).first().focus()
      await page.keyboard.type(typed)
      await page.getByRole('option', { name: option }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    }
    // One of a lower standard is refused, with both standards; one of a higher is taken.
    await choose('ycxsyyykz', /一次性使用医用口罩/)
    await dialog.getByRole('button', { name: '保存' }).focus()
    await page.keyboard.press('Enter')
    await dialog
      .getByRole('alert')
      .getByText(/YY 0469-2011/)
      .waitFor()
    await dialog.getByLabel('替代物资').first().focus()
    await page.keyboard.press('Backspace')
    await choose('yyfhkz', /医用防护口罩/)
    await dialog.getByRole('button', { name: '保存' }).focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '替代物资：医用防护口罩' }).waitFor()
    await checkEveryLook(page, 'item-stock', () => substitutes().waitFor())
    await checkEveryLook(
      page,
      'item-substitutes',
      async () => {
        await page.keyboard.press('Alt+s')
        await dialog.waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await dialog.waitFor({ state: 'detached' })
      },
    )

    await page.keyboard.press('Alt+7')
    await title(page, '一线单位').waitFor()
    await cellAt(page, 0, 'code').waitFor()
    await goToCell(page, 0, 'code')
    await page.keyboard.press('Alt+Enter')
    const view = page.getByRole('radio', { name: /^(领用仓库|Depots)$/ })
    await view.waitFor({ state: 'attached' })
    await view.press('Space')
    const depots = /^(领用仓库|Depots)$/
    await cellAt(page, 1, 'metres', depots).waitFor()
    // Allowed and no distance: asked for at the cell. Barred needs none.
    // Two grids stand on this page: the keyboard starts in the cell meant.
    const typeInto = async (row: number, column: string, text: string) => {
      await cellAt(page, row, column, depots).focus()
      await typeIntoCell(page, row, column, text)
    }
    await typeInto(0, 'metres', '1200')
    await expect.poll(() => cellText(page, 0, 'metres', depots)).toBe('1,200')
    await typeInto(1, 'allowed', '不可以')
    await expect.poll(() => cellText(page, 1, 'allowed', depots)).toBe('不可以')
    await typeInto(1, 'allowed', '可以')
    await cellAt(page, 1, 'metres', depots).focus()
    await expect.poll(() => problemLine(page)).toBe('必须填写')
    await typeInto(1, 'metres', '8000')
    await expect.poll(() => cellText(page, 1, 'metres', depots)).toBe('8,000')
    await checkEveryLook(page, 'unit-depots', () => cellAt(page, 1, 'metres', depots).waitFor())

    await page.getByRole('link', { name: '申领', exact: true }).focus()
    await page.keyboard.press('Enter')
    await title(page, '申领').waitFor()
    await cellAt(page, 0, 'unitId').waitFor()
    await page.keyboard.press('Alt+n')
    await page.getByRole('combobox', { name: '单位' }).waitFor()
    await page.keyboard.type('DL-F1')
    await page.getByRole('option', { name: /大良医院发热门诊/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('combobox', { name: '物资' }).waitFor()
    await page.keyboard.type('M-0469')
    await page.getByRole('option', { name: /医用外科口罩/ }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('9999999')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+f')
    const asked = () => rowWhere(page, 'quantityBase', (text) => text === '9,999,999').catch(() => -1)
    // What is typed stands there at once; its state and its norm, and its place in the list, come once it is saved.
    const read = async (column: string) => {
      const row = await asked()
      return row === -1 ? null : cellText(page, row, column)
    }
    await expect.poll(() => read('state')).toBe('待分配')
    await expect.poll(() => read('flag')).toContain('超过标准用量')
    const row = await asked()
    await checkEveryLook(page, 'requests', () => cellAt(page, 0, 'unitId').waitFor())
    await page.keyboard.press('F6')
    await goToCell(page, row, 'quantityBase')
    await page.keyboard.press('Alt+q')
    await expect.poll(asked).toBe(-1)
    await page.getByRole('switch', { name: '含已处理' }).press('Space')
    await expect.poll(() => read('state')).toBe('已撤回')
  })

  it("keeps a unit's tier and contact, and a refused field with its reason", async () => {
    const page = await openAt(shell, 'Alt+7', '一线单位')
    await goToCell(page, 0, 'code')
    await page.keyboard.press('Alt+Enter')
    const contact = page.getByLabel('联系人')
    await contact.fill('陈'.repeat(61))
    await page.keyboard.press('Control+s')
    await page.getByText('太长：61 个字符，最多 60 个').waitFor()
    expect((await contact.inputValue()).length).toBe(61)
    await contact.fill('陈医生')
    await page.keyboard.press('Control+s')
    await page.getByText(/^已保存/).waitFor()
    await page.reload()
    await expect.poll(() => contact.inputValue()).toBe('陈医生')
  })

  it("records a manufacturer's capacity and promises", async () => {
    const page = await openAt(shell, 'Alt+8', '生产企业与供货单位')
    await checkEveryLook(page, 'suppliers', () => cellAt(page, 0, 'code').waitFor())
    await searchFor(page, 'S01')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('S01')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+Enter')
    await title(page, '顺德康护医疗用品厂').waitFor()
    await cellAt(page, 0, 'perDayBase', '产能').waitFor()
    await checkEveryLook(page, 'supplier', () => title(page, /顺德康护|[A-Z]/).waitFor())
    await typeIntoCell(page, 0, 'perDayBase', '4321')
    await expect.poll(() => cellText(page, 0, 'perDayBase', '产能')).toBe('4,321')

    await page.keyboard.press('Alt+n')
    await page.getByRole('combobox', { name: '物资' }).waitFor()
    await page.keyboard.type('etkz')
    await page.getByText('没有符合的选项').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('ywkkz')
    await page.keyboard.press('Tab')
    await page.keyboard.type('123456')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2099/1/2')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    const row = page.getByRole('row').filter({ hasText: '2099-01-02' })
    await row.waitFor()
    expect(await row.first().textContent()).toContain('123,456')
  })

  it('keeps norms with three decimals and refuses a fourth', async () => {
    const page = await shell.open({ demo: true }).then(({ page }) => page)
    await page.getByRole('navigation').first().waitFor()
    await page.getByRole('link', { name: '用量标准' }).focus()
    await page.keyboard.press('Enter')
    await cellAt(page, 0, 'item').waitFor()
    await checkEveryLook(page, 'norms', () => cellAt(page, 0, 'item').waitFor())
    await goToCell(page, 0, 'item')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    const column = (await page.evaluate(() => document.activeElement?.getAttribute('col-id')))!
    await page.keyboard.type('0.0335')
    await page.keyboard.press('Enter')
    await goToCell(page, 0, column)
    await expect.poll(() => problemLine(page)).toMatch(/至多三位小数/)
    await page.keyboard.type('0.033')
    await page.keyboard.press('Enter')
    await expect.poll(() => cellText(page, 0, column)).toBe('0.033')
    await page.reload()
    await expect.poll(() => cellText(page, 0, column)).toBe('0.033')

    await checkEveryLook(
      page,
      'duties',
      async () => {
        await page.getByRole('button', { name: /^(岗位…|Duties…)$/ }).focus()
        await page.keyboard.press('Enter')
        await page.getByRole('dialog').getByText('inpatient', { exact: true }).waitFor()
      },
      async () => {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
      },
    )
  })

  it('keeps depots and settings', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    await page.getByRole('link', { name: '仓库', exact: true }).focus()
    await page.keyboard.press('Enter')
    await cellAt(page, 0, 'code').waitFor()
    await checkEveryLook(page, 'depots', () => cellAt(page, 0, 'code').waitFor())
    await typeIntoCell(page, 0, 'address', '大良街道一号')
    await expect.poll(() => cellText(page, 0, 'address')).toBe('大良街道一号')

    await page.getByRole('link', { name: '设置' }).focus()
    await page.keyboard.press('Enter')
    await title(page, '设置').waitFor()
    await page.getByLabel('短缺界限（天）').waitFor()
    await checkEveryLook(page, 'settings', () => title(page, /^(设置|Settings)$/).waitFor())
    const short = page.getByLabel('短缺界限（天）')
    await short.fill('0')
    await page.keyboard.press('Control+s')
    await page.getByText(/“0”超出范围；应为 1 – 365/).waitFor()
    await short.fill('seven')
    await page.keyboard.press('Control+s')
    await page.getByText('“seven”不是数字；请填写数字').waitFor()
    await short.fill('9')
    await page.keyboard.press('Control+s')
    await page.getByText('设置已保存').waitFor()
    await page.reload()
    await expect.poll(() => short.inputValue()).toBe('9')
    await page.getByLabel('您的姓名').fill('陈国华')
    await page.keyboard.press('Enter')
    await page.getByText('设置已保存').waitFor()
    await page.reload()
    await expect.poll(() => page.getByLabel('您的姓名').inputValue()).toBe('陈国华')
    const slips = page.getByLabel('调拨单', { exact: true })
    await slips.fill('DB')
    await page.keyboard.press('Enter')
    await page.getByText(/“DB”不是单号格式/).waitFor()
    await slips.fill('fp{yyyy}-{nnn}')
    await page.getByLabel('库管员 姓名').last().fill('梁启明')
    await page.keyboard.press('Enter')
    await page.getByText('设置已保存').waitFor()
    await page.reload()
    await expect.poll(() => slips.inputValue()).toBe('FP{yyyy}-{nnn}')
    await expect.poll(() => page.getByLabel('库管员 姓名').last().inputValue()).toBe('梁启明')
  })
})
