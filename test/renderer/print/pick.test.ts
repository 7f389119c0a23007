import { describe, expect, it } from 'vitest'
import { pickSheets } from '../../../renderer/print/pick.ts'
import { slipDocument } from './papers.ts'

function slipOf(
  lines: readonly { itemCode: string; lot: string; expiresOn: string | null; packs: number }[],
  head = {},
) {
  const document = slipDocument(lines.length, head)
  return {
    ...document,
    lines: document.lines.map((line, index) => ({
      ...line,
      itemId: lines[index]!.itemCode === 'A' ? 1 : 2,
      packSizeBase: 10,
      quantityBase: lines[index]!.packs * 10,
      ...lines[index]!,
    })),
  }
}

describe('the pick list', () => {
  it('takes the lot that expires first before the others, and one without expiry last', () => {
    const [sheet] = pickSheets([
      slipOf([
        { itemCode: 'B', lot: 'B1', expiresOn: '2021-01-01', packs: 1 },
        { itemCode: 'A', lot: 'A-none', expiresOn: null, packs: 1 },
        { itemCode: 'A', lot: 'A-late', expiresOn: '2022-05-01', packs: 1 },
        { itemCode: 'A', lot: 'A-soon', expiresOn: '2020-05-01', packs: 1 },
      ]),
    ])
    expect(sheet!.rows.map((row) => row.lot)).toEqual(['A-soon', 'A-late', 'A-none', 'B1'])
  })

  it('adds up what several slips take of one lot and says for whom', () => {
    const line = { itemCode: 'A', lot: 'L1', expiresOn: '2021-01-01', packs: 3 }
    const [sheet] = pickSheets([
      slipOf([line], { unitName: '甲', number: 'DB1' }),
      slipOf([{ ...line, packs: 4 }], { unitName: '乙', number: 'DB2' }),
    ])
    expect(sheet!.rows).toHaveLength(1)
    expect(sheet!.rows[0]).toMatchObject({ packs: 7, quantityBase: 70 })
    expect(sheet!.rows[0]!.destinations.map((to) => [to.unitName, to.packs])).toEqual([
      ['甲', 3],
      ['乙', 4],
    ])
    expect(sheet!.slipNumbers).toEqual(['DB1', 'DB2'])
  })

  it('makes a sheet for each depot', () => {
    const sheets = pickSheets([slipDocument(2), slipDocument(3, { depotId: 9, depotName: '二号库' }), slipDocument(1)])
    expect(sheets.map((sheet) => [sheet.depotName, sheet.slipNumbers.length])).toEqual([
      ['区应急物资一号库', 2],
      ['二号库', 1],
    ])
  })

  it('takes nothing for a cancelled slip', () => {
    expect(pickSheets([slipDocument(2, { state: 'cancelled' })])).toEqual([])
  })

  it('keeps lots of one number apart when they expire on different days', () => {
    const [sheet] = pickSheets([
      slipOf([
        { itemCode: 'A', lot: 'L1', expiresOn: '2021-01-01', packs: 1 },
        { itemCode: 'A', lot: 'L1', expiresOn: '2021-02-01', packs: 2 },
      ]),
    ])
    expect(sheet!.rows.map((row) => [row.expiresOn, row.packs])).toEqual([
      ['2021-01-01', 1],
      ['2021-02-01', 2],
    ])
  })
})
