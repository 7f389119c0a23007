import { describe, expect, it } from 'vitest'
import { readText } from '../../../core/intake/intake.ts'
import type { Sheet } from '../../../core/intake/sheet.ts'
import { goneRows, withoutGone } from '../../../renderer/intake/gone-rows.ts'
import { readSheetsText, writeSheets } from '../../../renderer/intake/kept-sheets.ts'
import type { Reading } from '../../../renderer/intake/list-reader.ts'
import type { ListRow } from '../../../renderer/intake/list-rows.ts'
import { readInto, readSheets } from '../../../renderer/intake/read-source.ts'
import { createRandom } from '../../db/random.ts'
import { seed } from '../../seed.ts'
import { context, listOf, messy } from './list.ts'

const rowsOf = async (text: string) => {
  const sheets = await readSheets({ kind: 'sheets', name: '甲.xlsx', text })
  if (!sheets.ok) throw new Error(sheets.refusal.code)
  const rows: { table: number; row: ListRow['row'] }[] = []
  await readInto(sheets.sheets, context, 1, (message) => {
    if (message.kind === 'rows') for (const row of message.rows) rows.push({ table: message.table, row })
  })
  return rows
}
const readingOf = (rows: Reading['rows']): Reading => ({
  fingerprint: 'f',
  tables: [],
  rows,
  leftOut: [],
  leftOutCount: 0,
})

describe('the cells of a list that is put aside', () => {
  it('are read again as they were', async () => {
    const before = (await listOf(messy)).rows.map(({ row }) => row)
    const text = writeSheets(readText(messy, '粘贴'), [], 10_000)
    expect((await rowsOf(text!)).map(({ row }) => row)).toEqual(before)
    expect(readSheetsText('[{"name":"x"}]')).toBeNull()
    expect(readSheetsText('[')).toBeNull()
  })

  it('come back from any sheet with numbers, gaps and merges', () => {
    const random = createRandom(seed)
    for (let round = 0; round < 200; round += 1) {
      let number = 0
      const sheet: Sheet = {
        name: random.uuid(),
        epoch: random.pick([1900, 1904] as const),
        merges: [{ top: 1, left: 1, bottom: random.between(1, 4), right: 2 }],
        rows: Array.from({ length: random.between(0, 12) }, () => {
          number += random.between(1, 3)
          const cells = Array.from({ length: random.between(1, 6) }, () =>
            random.pick(['"引号"', '口罩', 0, 12.5, -3, null, '\n']),
          )
          return { number, cells: [...cells, '末'] }
        }),
      }
      expect(readSheetsText(writeSheets([sheet], [], 100_000)!), `seed ${seed}`).toEqual([sheet])
    }
  })

  it('are cut down to what is left where all of them are too many, with what blanks and merged cells lean on', () => {
    const long = '很长的备注'.repeat(20)
    const sheet: Sheet = {
      name: '清单',
      epoch: 1900,
      merges: [{ top: 5, left: 2, bottom: 6, right: 2 }],
      rows: [
        { number: 1, cells: ['单位', '品名', '数量'] },
        { number: 2, cells: ['甲厂', '口罩', 1, long] },
        { number: 3, cells: [null, '口罩', 2, long] },
        { number: 4, cells: [null, '口罩', 3, long] },
        { number: 5, cells: ['乙厂', '手套', 4, long] },
        { number: 6, cells: ['丙厂', null, 5, long] },
        { number: 7, cells: ['丁厂', '手套', 6, long] },
      ],
    }
    const gone = [2, 3, 5, 7].map((row) => ({ sheet: '清单', row }))
    const kept = readSheetsText(writeSheets([sheet], gone, 650)!)!
    // Row 4 has its sender from row 2, row 6 its item from the merged cell that begins in row 5.
    expect(kept[0]!.rows.map(({ number }) => number)).toEqual([1, 2, 4, 5, 6])
    expect(writeSheets([sheet], gone, 300)).toBeNull()
    expect(writeSheets([sheet], [], 650)).toBeNull()
  })
})

describe('what was taken of a list', () => {
  const two = ['捐赠单位\t品名\t数量', '甲厂\t医用外科口罩3箱、小蓝盾5只\t', '乙厂\t小蓝盾\t300只'].join('\n')

  it('does not come back when the rest is read again, not even one of several things in one cell', async () => {
    const { rows } = await listOf(two)
    expect(rows.map(({ row }) => [row.source.row, row.item])).toEqual([
      [2, '医用外科口罩'],
      [2, '小蓝盾'],
      [3, '小蓝盾'],
    ])
    const again = readingOf(rows.map(({ table, row }) => ({ table, row })))
    const left = (taken: readonly number[]) => {
      const clean = rows.filter((_, index) => taken.includes(index))
      const rest = rows.filter((_, index) => !taken.includes(index))
      return withoutGone(again, goneRows(clean, rest, 'delivery', again)).rows.map(({ row }) => row)
    }
    for (const taken of [[], [0], [1], [2], [0, 1], [0, 2]])
      expect(left(taken)).toEqual(rows.filter((_, index) => !taken.includes(index)).map(({ row }) => row))
  })

  it('of units are all rows that name them', () => {
    const row = (number: number, party: string) => ({
      table: 0,
      row: { source: { sheet: 's', row: number }, party, item: null, quantity: null, lot: null } as ListRow['row'],
    })
    const reading = readingOf([row(2, '甲 医院'), row(3, '乙医院'), row(4, '甲医院')])
    const asRow = (one: (typeof reading.rows)[number], key: number): ListRow => ({ ...one, key, placeId: null })
    const gone = goneRows([asRow(reading.rows[0]!, 1)], [asRow(reading.rows[1]!, 2)], 'unit', reading)
    expect(withoutGone(reading, gone).rows.map(({ row: { source } }) => source.row)).toEqual([3])
  })
})
