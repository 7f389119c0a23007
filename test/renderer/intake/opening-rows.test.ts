import { describe, expect, it } from 'vitest'
import type { DepotRow } from '../../../api/contract/place.ts'
import { statusOf } from '../../../renderer/intake/list-rows.ts'
import { chooseDepotFor, createDepotFinder, markOpening, openingDepots } from '../../../renderer/intake/opening-rows.ts'
import { atOnce } from '../../../renderer/intake/work.ts'
import { items, listOf } from './list.ts'

const depot = (placeId: number, name: string): DepotRow => ({
  placeId,
  code: `D0${placeId}`,
  name,
  nameEn: '',
  town: '',
  address: '',
  contact: '',
  phone: '',
  note: '',
  search: '',
  archivedAt: null,
  version: 1,
})
const depots = [depot(1, '中心仓'), depot(2, '北仓')]
const sheet = [
  '物资名称\t批号\t有效期至\t库存数量\t仓库\t生产企业',
  '医用外科口罩\tQ1\t2022-06-30\t300只\t中心仓\t甲厂',
  '医用外科口罩\tQ2\t2022-06-30\t40只\t南仓\t无名厂',
  '医用外科口罩\tQ3\t\t50只\t南仓\t甲厂',
].join('\n')
const there = [
  { lotId: 9, itemId: 1, lot: 'Q1', expiresOn: '2022-06-30', onHandBase: 200 },
  { lotId: 10, itemId: 1, lot: 'Q3', expiresOn: '2022-01-31', onHandBase: 5 },
  { lotId: 11, itemId: 1, lot: 'Q3', expiresOn: '2022-02-28', onHandBase: 5 },
]
const facts = {
  items: new Map(items.map((item) => [item.code, item])),
  there: new Map([[1, there]]),
  findSupplier: (party: string | null) => (party === '甲厂' ? 7 : null),
}

async function rowsOf(known: readonly DepotRow[]) {
  const find = createDepotFinder(known)
  const { rows } = await listOf(sheet, { kind: 'stock' })
  return { rows: rows.map((row) => ({ ...row, placeId: find(row.row.more?.depot) })), learnt: [] }
}

describe('opening stock from a list', () => {
  it('lies in the depot that is written, or in one chosen for all rows that write the same', async () => {
    const state = await rowsOf(depots)
    expect(state.rows.map(({ placeId }) => placeId)).toEqual([1, null, null])
    expect(statusOf(state.rows[1]!, 'stock')).toBe('wrong')
    expect(atOnce(chooseDepotFor(state, state.rows[1]!.key, 2)).rows.map(({ placeId }) => placeId)).toEqual([1, 2, 2])
    expect(createDepotFinder([depots[0]!])(undefined)).toBe(1)
    expect(createDepotFinder(depots)(undefined)).toBeNull()
  })

  it('is a doubt where the books have the lot, or know nothing of its maker; told once', async () => {
    const state = await rowsOf(depots)
    const rows = state.rows.map((row) => ({ ...row, placeId: row.placeId ?? 1 }))
    const told = new Set<string>()
    const marked = markOpening(rows, facts, told)
    expect(marked.map(({ row }) => row.reasons.map(({ code }) => code))).toEqual([
      ['lot-already-there'],
      ['maker-not-on-file'],
      ['lot-several-there'],
    ])
    expect(marked[0]!.row.reasons[0]!.data).toEqual({ onHand: 200, counted: 300 })
    expect(markOpening(rows, facts, told)).toBe(rows)
    // Counted otherwise, or by now other in the books, it is asked anew.
    const moved = { ...facts, there: new Map([[1, [{ ...there[0]!, onHandBase: 150 }]]]) }
    expect(markOpening([rows[0]!], moved, told)[0]!.row.reasons[0]!.data).toEqual({ onHand: 150, counted: 300 })
    expect(openingDepots([rows[0]!, rows[1]!], facts)).toMatchObject([
      {
        depotId: 1,
        lines: [
          { itemId: 1, supplierId: 7, lot: 'Q1', countedBase: 300, expectedBase: 200 },
          { itemId: 1, supplierId: null, lot: 'Q2', countedBase: 40, expectedBase: 0 },
        ],
      },
    ])
  })
})
