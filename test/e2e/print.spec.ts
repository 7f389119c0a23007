import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { checkPage, forEachShell } from './harness.ts'
import { checkDialog, checkEveryLook } from './looks.ts'
import { savedPdf, savedSheets } from './saved-pdf.ts'

const drawn = (page: Page) => page.locator('canvas[data-drawn]').first().waitFor({ timeout: 120_000 })

async function previewFirstSlip(page: Page): Promise<string> {
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Alt+5')
  const first = page.locator('[row-index="0"] [col-id="number"]').last()
  await first.waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('col-id'))).toBe('number')
  const number = await first.innerText()
  await page.keyboard.press('Control+p')
  return number
}

forEachShell((shell) => {
  it('previews a slip as the PDF that is saved, in Chinese, in English and in both, in one copy and three', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    const number = await previewFirstSlip(page)
    await drawn(page)
    const chinese = await savedPdf(app)
    expect(chinese).toHaveLength(1)
    for (const word of [number, '调拨单', '领用单位', '领用部门负责人', '盖章处', '第 1 页 / 共 1 页']) {
      expect(chinese[0], word).toContain(word)
    }
    // The same lines as a list, figures as figures, with the slip's number beside each.
    const [sheet] = await savedSheets(app)
    const [head, ...lines] = sheet!.rows
    const [issued, slip] = ['本次数量', '单号'].map((word) => head!.indexOf(word)) as [number, number]
    expect(lines.length).toBeGreaterThan(1)
    for (const [index, line] of lines.slice(0, -1).entries()) {
      expect([line[0], typeof line[issued], line[slip]]).toEqual([index + 1, 'number', number])
      expect(chinese[0]).toContain(Number(line[issued]).toLocaleString('en-US'))
    }
    // The pages on screen are those of the PDF: their text is that of the canvas's label.
    const label = await page.locator('canvas[data-drawn]').first().getAttribute('aria-label')
    expect(label?.replaceAll(/\s+/g, '')).toContain(chinese[0]!.replaceAll(/\s+/g, '').slice(0, 80))

    await page.keyboard.press('Alt+l')
    await page.getByText('正在生成 PDF…').waitFor({ state: 'hidden' })
    await drawn(page)
    const english = await savedPdf(app)
    for (const word of [number, 'Allocation slip', 'To unit', 'Page 1 of 1']) expect(english[0], word).toContain(word)
    expect(english[0]).not.toContain('领用单位')

    await page.keyboard.press('Alt+l')
    await page.keyboard.press('Alt+c')
    await page.getByText('3 份单据').waitFor()
    await drawn(page)
    const both = await savedPdf(app)
    expect(both).toHaveLength(3)
    for (const [index, copy] of ['第一联 领用单位', '第二联 库管', '第三联 记账'].entries()) {
      expect(both[index]).toContain(copy)
      expect(both[index]).toContain('第 1 页 / 共 1 页 · Page 1 of 1')
    }
    // Every line's reason, as the approved round stored it, when it is asked for.
    expect(both.join(' ')).not.toContain('理由')
    await page.keyboard.press('Alt+c')
    await page.keyboard.press('Alt+r')
    await page.getByText('1 份单据').waitFor()
    await page.getByText('正在生成 PDF…').waitFor({ state: 'hidden' })
    await drawn(page)
    const reasons = (await savedPdf(app)).join(' ')
    const squeezed = reasons.replaceAll(/\s+/g, '')
    expect(squeezed).toMatch(/理由：(第\d级“.{4}”，补到\d+天|由审批人)/)
    expect(squeezed).toMatch(/Why:/)
    await checkPage(page, 'slip-preview-reasons')
    await page.keyboard.press('Alt+r')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })

  it('makes the allocation report of what is chosen', async () => {
    const app = await shell.open({ demo: true })
    const { page } = app
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+6')
    await page.getByText(/个单位 · .* 种物资/).waitFor()
    await page.getByRole('combobox', { name: '镇街' }).click()
    await page.keyboard.type('大良')
    await page.getByRole('option', { name: '大良' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect
      .poll(() =>
        page
          .locator('[col-id="town"]')
          .filter({ hasText: /^(?!大良).+$/ })
          .count(),
      )
      .toBe(1)
    await page.keyboard.press('Control+p')
    await drawn(page)
    const pages = await savedPdf(app)
    expect(pages[0]).toContain('分配汇总表')
    expect(pages[0]).toContain('镇街 大良')
    for (const [index, text] of pages.entries()) {
      expect(text).toContain('单位名称')
      expect(text).toContain(`第 ${index + 1} 页 / 共 ${pages.length} 页`)
      expect(text).not.toContain('容桂')
    }
    expect(pages.at(-1)).toContain('审核人')
  })

  it('stops, and makes it again when asked', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+5')
    await page.locator('[row-index="0"] [col-id="number"]').last().waitFor()
    await page.keyboard.press('Alt+a')
    await page.getByText(/已选 \d+ 张/).waitFor()
    await page.keyboard.press('Control+p')
    await page.getByRole('button', { name: '停止' }).press('Enter')
    await page.getByText('已停止，没有生成 PDF。').waitFor()
    await checkDialog(page, 'print-stopped')
    await page.getByRole('button', { name: '重新生成' }).press('Enter')
    await drawn(page)
  })

  if (shell.kind === 'browser') {
    it('shows and prints the document itself where no PDF can be made', async () => {
      const { page, consoleErrors } = await shell.open({ demo: true })
      await page.route('**/print', (route) =>
        route.fulfill({ status: 501, contentType: 'application/json', body: '{"code":"no-browser"}' }),
      )
      const number = await previewFirstSlip(page)
      await page.getByText('无法直接生成 PDF').waitFor()
      const frame = page.frameLocator('iframe[title="单据"]')
      await frame.getByText(number).first().waitFor()
      // Its style and its fonts came through the policy.
      const look = await frame.locator('h1').evaluate(async (heading) => {
        await document.fonts.ready
        return {
          align: getComputedStyle(heading).textAlign,
          fonts: [...document.fonts].filter((font) => font.status === 'loaded').length,
        }
      })
      expect(look.align).toBe('center')
      expect(look.fonts).toBeGreaterThan(0)
      // The refused request is written to the console by the browser itself.
      consoleErrors.splice(0, consoleErrors.length, ...consoleErrors.filter((text) => !text.includes('501')))
      await checkDialog(page, 'print-paper')
    })
  }

  it('has no fault on the report page in either language and theme', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('Alt+6')
    await page.getByText(/个单位 · .* 种物资/).waitFor()
    await checkEveryLook(page, 'report', async () => {})
  })
})
