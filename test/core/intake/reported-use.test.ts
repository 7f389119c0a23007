import { describe, expect, it } from 'vitest'
import { editRow, tableOfFailedRows } from '../../../core/intake/draft-rows.ts'
import { createNameMatcher } from '../../../core/intake/match-name.ts'
import type { Cell } from '../../../core/intake/sheet.ts'
import { codesOf, ordinaryCatalogue, readRows } from './lists.ts'

const read = (header: readonly string[], ...rows: readonly (readonly Cell[])[]) =>
  readRows([['单位', '物资', '库存', ...header], ...rows], { kind: 'reports', catalogue: ordinaryCatalogue }).rows
const one = (header: readonly string[], cells: readonly Cell[], item = '医用外科口罩', stock: Cell = '600只') =>
  read(header, ['大良检疫站', item, stock, ...cells])[0]!

describe('what a unit says it used', () => {
  it.each(['已用', '使用量', '消耗', '消耗量', '用量', '已用数量', 'Used', 'Consumption', 'qty used'])(
    'stands under “%s”, since the report before',
    (heading) => {
      const row = one([heading], [350])
      expect([row.status, row.quantityBase, row.usedOver]).toEqual(['sure', 600, { quantityBase: 350, days: null }])
    },
  )

  it.each(['日均消耗', '日用量', '每日消耗量', 'Daily use', 'Average daily consumption'])(
    'stands under “%s” as use of one day, and of ten where it is no whole number',
    (heading) => {
      expect(one([heading], [50]).usedOver).toEqual({ quantityBase: 50, days: 1 })
      expect(one([heading], [12.5]).usedOver).toEqual({ quantityBase: 125, days: 10 })
    },
  )

  it('has its days in a column of their own or in the heading', () => {
    expect(one(['已用', '使用天数'], [350, '7天']).usedOver).toEqual({ quantityBase: 350, days: 7 })
    expect(one(['近7天消耗量'], [350]).usedOver).toEqual({ quantityBase: 350, days: 7 })
  })

  it('is in the unit that the stock is counted in, or in the base unit where it says so', () => {
    expect(one(['已用'], [3], '医用外科口罩', '12盒').usedOver).toEqual({ quantityBase: 150, days: null })
    expect(one(['已用'], ['3盒'], '医用外科口罩', '12盒').usedOver).toEqual({ quantityBase: 150, days: null })
    expect(one(['已用'], ['40只'], '医用外科口罩', '12盒').usedOver).toEqual({ quantityBase: 40, days: null })
  })

  it('is said to be wrong where it can not be read, and the row waits', () => {
    const wrong = (header: string[], cells: Cell[], stock: Cell = '600只') =>
      codesOf(one(header, cells, '医用外科口罩', stock))
    expect(wrong(['已用'], ['不少'])).toEqual(['used-unreadable'])
    expect(wrong(['已用'], ['约300'])).toEqual(['used-unreadable'])
    expect(wrong(['已用'], ['2箱'], '12盒')).toEqual(['used-unit-differs'])
    expect(wrong(['已用'], [2.5])).toEqual(['used-not-whole'])
    expect(wrong(['已用'], [-5])).toEqual(['used-too-large'])
    expect(wrong(['已用', '天数'], [5, '很久'])).toEqual(['used-days-unreadable'])
    expect(wrong(['已用', '天数'], [5, 400])).toEqual(['used-days-unreadable'])
  })

  it('may be left empty, and is put right by typing over it', () => {
    const row = one(['已用', '天数'], [null, null])
    expect([row.status, row.used, row.usedOver]).toEqual(['sure', null, null])
    const context = {
      kind: 'reports' as const,
      today: '2020-02-10',
      matcher: createNameMatcher({ catalogue: ordinaryCatalogue }),
      hasParty: true,
    }
    const bad = one(['已用'], ['不少'])
    const [fixed] = editRow(bad, 'used', '80', context)
    expect([fixed!.status, fixed!.usedOver]).toEqual(['sure', { quantityBase: 80, days: null }])
    const [over] = editRow(fixed!, 'usedDays', '4', context)
    expect(over!.usedOver).toEqual({ quantityBase: 80, days: 4 })
    // Stock counted in boxes: the use follows it.
    const [boxes] = editRow(over!, 'quantity', '6盒', context)
    expect([boxes!.quantityBase, boxes!.usedOver]).toEqual([300, { quantityBase: 4000, days: 4 }])
    expect(tableOfFailedRows([bad], 'zh')).toMatchObject([
      expect.arrayContaining(['数量', '已用', '原因']),
      expect.arrayContaining([600, '只', '不少']),
    ])
  })

  it('is no heading in lists of anything else: 用量 may be what is asked for', () => {
    const { rows } = readRows(
      [
        ['单位', '物资', '用量'],
        ['大良检疫站', '医用外科口罩', 300],
      ],
      { kind: 'issue', catalogue: ordinaryCatalogue },
    )
    expect(rows[0]).toMatchObject({ quantityBase: 300, used: null, usedOver: null })
  })
})
