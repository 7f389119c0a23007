import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readScan } from '../../renderer/scan/scan-lines.ts'
import { readLabels } from '../renderer/label/read-label.ts'
import { cellAt, cellText, goToCell } from './grid-hands.ts'
import { forEachShell } from './harness.ts'
import { checkDialog, checkEveryLook } from './looks.ts'
import { savedPdf } from './saved-pdf.ts'
import { typeAsPerson } from './type-as-person.ts'

forEachShell((shell) => {
  it('prints labels from a delivery, from stock and typed, whose codes the scanner reads back', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+2')
    await cellAt(page, 0, 'number').waitFor()
    await goToCell(page, 0, 'number')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /标签/ }).last().waitFor()
    const lot = await cellText(page, 0, 'lot')
    const expiresOn = await cellText(page, 0, 'expiresOn')
    await page.keyboard.press('Alt+b')
    await page.getByRole('heading', { level: 1, name: '标签' }).waitFor()
    await expect.poll(() => cellText(page, 0, 'lot')).toBe(lot)
    const lines = await page.getByRole('status').filter({ hasText: '张标签' }).innerText()
    await checkEveryLook(page, 'labels', () => cellAt(page, 0, 'copies').waitFor())

    // What the printer is off by is kept by this machine; nonsense is not.
    await page.getByRole('textbox', { name: '向下偏移 mm' }).focus()
    await page.keyboard.type('99')
    await page.getByText('“99”超出范围；应为 -10 – 10').waitFor()
    await checkDialog(page, 'labels-refused')
    await page.keyboard.press('Control+p')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe('99')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('-0.5')

    for (const [copies, words] of [
      ['0', '“0”超出范围；应为 1 – 1,000'],
      ['10000', '“10,000”超出范围；应为 1 – 1,000'],
    ] as const) {
      await goToCell(page, 0, 'copies')
      await page.keyboard.press('Enter')
      await typeAsPerson(page, copies)
      await page.keyboard.press('Control+p')
      await expect.poll(() => cellAt(page, 0, 'copies').innerText()).toBe(copies === '0' ? '0' : '10,000')
      await page.getByText(words).first().waitFor({ state: 'attached' })
      expect(await page.getByRole('dialog').count()).toBe(0)
    }
    await goToCell(page, 0, 'copies')
    await page.keyboard.press('Enter')
    await typeAsPerson(page, '2')
    await page.keyboard.press('Control+p')
    await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 120_000 })
    await savedPdf(app)
    const path = await app.savedFile(() => page.keyboard.press('Control+s'))
    await expect.poll(() => readFileSync(path).subarray(-1024).includes('%%EOF')).toBe(true)
    const labels = await readLabels(readFileSync(path))
    expect(labels).toHaveLength(Number.parseInt(lines, 10) + 1)
    for (const { widthMm, heightMm } of labels) expect([Math.round(widthMm), Math.round(heightMm)]).toEqual([50, 30])
    expect(readScan(labels[0]!.codes[0]!, '2026-11-24')).toMatchObject({ ok: true, scanned: { lot, expiresOn } })
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)

    // Found by name, empty, and as this machine left it; one is typed.
    await page.keyboard.press('Alt+m')
    await page.getByText('还没有标签。').waitFor()
    expect(await page.getByRole('textbox', { name: '向下偏移 mm' }).inputValue()).toBe('-0.5')
    await page.keyboard.press('Alt+n')
    await typeAsPerson(page, 'm-0469')
    await page.getByRole('listbox').getByText('M-0469').first().waitFor()
    for (const text of ['', 'L7', '2029-01-31', '500', '0']) {
      if (text !== '') await typeAsPerson(page, text)
      await page.keyboard.press('Enter')
    }
    await page.getByText('“0”超出范围；应为 1 – 1,000').waitFor()
    await page.keyboard.press('Control+a')
    await typeAsPerson(page, '3')
    await page.keyboard.press('Enter')
    await expect.poll(() => cellText(page, 0, 'lot')).toBe('L7')
    expect(await cellText(page, 0, 'copies')).toBe('3')
    await page.getByText('3 张标签').waitFor()
    await page.keyboard.press('Alt+t')
    await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 120_000 })
    await page.getByRole('heading', { level: 1, name: '标签测试页' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)

    // All lots of an item in stock.
    await page.keyboard.press('Alt+3')
    await cellAt(page, 0, 'onHand').waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('m-0469')
    await expect.poll(() => cellText(page, 0, 'code')).toBe('M-0469')
    await page.keyboard.press('ArrowDown')
    await goToCell(page, 0, 'onHand')
    await page.keyboard.press('Enter')
    await cellAt(page, 0, 'onHandBase', '批号').waitFor()
    const first = await cellText(page, 0, 'number', '批号')
    await page.keyboard.press('Alt+b')
    await expect.poll(() => cellText(page, 0, 'lot')).toBe(first)
  })
})
