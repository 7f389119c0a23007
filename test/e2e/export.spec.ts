import { readFileSync } from 'node:fs'
import { readSheet } from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { forEachShell } from './harness.ts'

forEachShell((shell) => {
  it.skipIf(shell.kind === 'electron')(
    'saves the rows of the stock list as they are shown, by the keyboard',
    async () => {
      const { page } = await shell.open({ demo: true, locale: 'zh-CN' })
      await page.getByRole('link', { name: '库存' }).first().click()
      await page.waitForSelector('.ag-row')
      const save = async (key: string) => {
        const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press(key)])
        return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
      }
      const csv = await save('Control+E')
      expect(csv.name).toBe('库存.csv')
      const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n')
      const shown = await page
        .locator('.ag-pinned-left-cols-container .ag-row, .ag-center-cols-container .ag-row')
        .count()
      // Rows stand once in each of the pinned and the scrolled part, and those outside the window are not drawn.
      expect(lines.length - 1).toBeGreaterThanOrEqual(Math.floor(shown / 2))
      expect(lines.length).toBeGreaterThan(5)
      expect(lines[0]).toContain('编码,物资')
      const xlsx = await save('Control+Shift+E')
      expect(xlsx.name).toBe('库存.xlsx')
      const rows = await readSheet(xlsx.bytes)
      expect(rows).toHaveLength(lines.length)
      for (const [index, row] of rows.entries()) expect(lines[index]!.replace('\ufeff', '')).toMatch(String(row[0]))
      expect(rows[1]!.some((cell) => typeof cell === 'number')).toBe(true)
    },
  )
})
