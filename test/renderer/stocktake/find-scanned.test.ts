import { describe, expect, it } from 'vitest'
import { buildGs1, buildGs1Link } from '../../../core/gs1.ts'
import type { SheetLine } from '../../../renderer/stocktake/count-sheet.ts'
import { findScanned } from '../../../renderer/stocktake/find-scanned.ts'

const today = '2026-11-24'
const gtin = '06901234567892'
const line = (lotId: number, itemId: number, itemCode: string, lot: string): SheetLine => ({
  lotId,
  lot,
  shelf: '',
  itemId,
  itemCode,
  itemName: '',
  itemNameEn: '',
  specification: '',
  baseUnit: '只',
  packName: '盒',
  packSizeBase: 50,
  expiresOn: null,
  expectedBase: null,
  countedBase: null,
  varianceBase: null,
  reason: '',
  countedAt: null,
  countedBy: null,
  unitPriceFen: null,
})
const lines = [
  line(1, 10, 'M-0469', '261101A'),
  line(2, 20, 'M-KN95', '261101A'),
  line(3, 10, 'M-0469', 'b2'),
  line(4, 30, 'G-ISO', 'G1'),
]
const known = [{ code: '6901234567892', itemId: 10 }]
const find = (code: string) => findScanned(code, lines, known, today).map(({ lotId }) => lotId)

describe('a scanned code', () => {
  it('means the lot of its item where the GTIN is known', () => {
    expect(find(buildGs1({ gtin, lot: '261101A', expiresOn: '2028-10-31' }, today))).toEqual([1])
    expect(find(buildGs1Link({ gtin, lot: 'B2' }, today, 'https://example.org'))).toEqual([3])
    expect(find(buildGs1({ gtin }, today))).toEqual([1, 3])
  })

  it('means every line with its lot where the GTIN is not known', () => {
    const strange = '04006381333931'
    expect(find(buildGs1({ gtin: strange, lot: '261101A' }, today))).toEqual([1, 2])
    expect(find(buildGs1({ gtin: strange }, today))).toEqual([])
  })

  it('is otherwise the number of a lot, else the code of an item', () => {
    expect(find('g1')).toEqual([4])
    expect(find('２６１１０１Ａ')).toEqual([1, 2])
    expect(find('M-0469')).toEqual([1, 3])
    expect(find('6901234567892')).toEqual([1, 3])
    expect(find('nothing')).toEqual([])
  })
})
