import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openReadOnly } from '../../db/connect.ts'
import { all } from '../../db/statement.ts'
import { verifyFile } from '../../db/verify-file.ts'
import { forEachShell } from './harness.ts'
import { counted, goTo, listGrid } from './list-hands.ts'
import { checkDialog } from './looks.ts'

const rows = 40_000
const senders = 30

/** Long enough to be stopped at every stage. */
function writeLongList(folder: string): string {
  const path = join(folder, 'long.csv')
  const lines = Array.from({ length: rows }, (_, row) =>
    [`长名单捐赠方${row % senders}`, '医用外科口罩', `${(row % 90) + 10}只`, `LONG-${row}`, '2028-01-05'].join(','),
  )
  writeFileSync(path, `捐赠单位,物资名称,数量,批号,有效期至\n${lines.join('\n')}\n`)
  return path
}

/** Everything that a list could leave behind. */
function contentOf(folder: string) {
  const db = openReadOnly(join(folder, 'frontstock.db'))
  try {
    return ['posting', 'delivery', 'delivery_line', 'lot', 'movement', 'balance', 'place', 'numbering', 'request'].map(
      (table) => [table, all<{ rows: number }>(db, `SELECT count(*) AS rows FROM ${table}`)[0]!.rows] as const,
    )
  } finally {
    db.close()
  }
}

forEachShell((shell) => {
  it('a long list says how far it is, is stopped while it is read, sent and posted, and leaves nothing; then it is posted', async () => {
    const { page, dataFolder } = await shell.open({ demo: true })
    const file = writeLongList(dataFolder)
    await goTo(page, '读取到货名单')
    const open = async () => {
      const chooser = page.waitForEvent('filechooser')
      await page.keyboard.press('Alt+o')
      await (await chooser).setFiles(file)
    }
    // Every state that is said, however short: a screen that is looked at now and then would miss some.
    await page.evaluate(() => {
      const watch = globalThis as unknown as { said: string[] }
      watch.said = []
      new MutationObserver(() => {
        for (const status of document.querySelectorAll('[role="status"]')) {
          const text = status.textContent ?? ''
          if (text !== '' && !watch.said.includes(text)) watch.said.push(text)
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    const saidSoFar = () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said)
    await open()
    await page.getByRole('button', { name: '取消读取' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('已取消读取“long.csv”').waitFor()
    expect(await listGrid(page).count()).toBe(0)

    await open()
    await listGrid(page).waitFor({ timeout: 60_000 })
    await counted(page, '可靠 40,000')
    const read = await saidSoFar()
    expect(read.some((text) => /正在读取“long.csv”：[\d,]+ \/ 40,00\d 行/.test(text))).toBe(true)
    expect(read.some((text) => /正在把“long.csv”与已入库的明细对照：[\d,]+ \/ [\d,]+ 行/.test(text))).toBe(true)

    const before = contentOf(dataFolder)
    await page.keyboard.press('Control+s')
    const dialog = page.getByRole('dialog')
    const post = dialog.getByRole('button', { name: `入库 ${senders} 张` })
    const stop = dialog.getByRole('button', { name: '停止' })
    // On its way to the host; then while it is written.
    for (const underWay of [/正在送出：[\d,]+ \/ 40,000 行/, /正在入库：[\d,]+ \/ 40,000 行/]) {
      await post.press('Enter')
      await dialog.getByRole('status').getByText(underWay).waitFor()
      await stop.press('Enter')
      await dialog.getByRole('alert').getByText('已按要求停止，一行也没有入库').waitFor()
      expect(contentOf(dataFolder)).toEqual(before)
    }
    await checkDialog(page, 'intake-stopped')
    await post.press('Enter')
    await page.getByRole('heading', { name: `已入库 ${senders} 张到货单，库存已更新` }).waitFor({ timeout: 120_000 })
    const grew = new Map(contentOf(dataFolder).map(([table, count], index) => [table, count - before[index]![1]]))
    expect(Object.fromEntries(grew)).toMatchObject({
      posting: senders,
      delivery: senders,
      delivery_line: rows,
      lot: rows,
    })
    expect(verifyFile(join(dataFolder, 'frontstock.db')).difference).toBeNull()
  })
})
