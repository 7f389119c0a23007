import { describe, expect, it } from 'vitest'
import type { CellValue } from '../../../renderer/grid/cell-value.ts'
import { noTypedCells, typeInto } from '../../../renderer/ledger/typed-cells.ts'
import { fillAsPlanned, readPicked, unpicked } from '../../../renderer/signature/picked-lines.ts'
import { cellsByLine, readSigned, type SlipLine, sentBaseOf } from '../../../renderer/signature/signed-lines.ts'
import { beginsSlipNumber, knowSlipPatterns, slipNumberOf } from '../../../renderer/signature/slip-number.ts'

const line = (number: number, packs: number, pickedPacks: number | null = null): SlipLine => ({
  line: number,
  itemId: number,
  itemCode: 'M-1',
  itemName: `物资${number}`,
  itemNameEn: '',
  specification: '',
  standard: '',
  baseUnit: '只',
  packName: '盒',
  lot: `L${number}`,
  madeOn: null,
  expiresOn: null,
  packs,
  packSizeBase: 50,
  quantityBase: packs * 50,
  pickedPacks,
  needBase: 0,
  substituteFor: null,
  substituteForEn: null,
  coverAfterMilliDays: null,
  why: null,
})
const type = (cells: readonly (readonly [rowId: string, columnId: string, after: CellValue])[]) =>
  typeInto(
    noTypedCells,
    cells.map(([rowId, columnId, after]) => ({ rowId, columnId, after })),
  )

describe('what is picked', () => {
  const lines = [line(1, 8), line(2, 4, 4), line(3, 2)]

  it('is what was written of each line, a zero too', () => {
    const typed = type([
      ['1', 'picked', 5],
      ['3', 'picked', 0],
    ])
    expect(readPicked(lines, typed)).toEqual({
      picked: [
        { line: 1, packs: 5 },
        { line: 3, packs: 0 },
      ],
      problems: [],
    })
  })

  it('can be no part of a pack and no more than planned', () => {
    const wrong = (value: CellValue) => readPicked(lines, type([['1', 'picked', value]])).problems[0]?.refusal
    expect(wrong(9)).toMatchObject({ code: 'out-of-range', line: 1, given: 9, allowed: '0–8' })
    expect(wrong(1.5)?.code).toBe('whole-number-expected')
    expect(wrong('五')?.code).toBe('number-expected')
    expect(wrong(8)).toBeUndefined()
  })

  it('is filled in as planned where nothing is written yet', () => {
    expect(fillAsPlanned(lines, type([['1', 'picked', 5]]))).toEqual([{ rowId: '3', columnId: 'picked', after: 2 }])
    const emptied = type([['2', 'picked', null]])
    expect(fillAsPlanned(lines, emptied).map(({ rowId, after }) => [rowId, after])).toEqual([
      ['1', 8],
      ['2', 4],
      ['3', 2],
    ])
    expect(unpicked(lines).map((one) => one.line)).toEqual([1, 3])
  })
})

describe('what is signed for', () => {
  const lines = [line(2, 8, 5), line(5, 4)]

  it('is by default all that was picked', () => {
    expect(lines.map(sentBaseOf)).toEqual([250, 200])
    expect(readSigned(lines, noTypedCells)).toEqual({ differences: [], problems: [] })
    expect(readSigned(lines, type([['2', 'received', 250]])).differences).toEqual([])
  })

  it('needs a reason where it is less, and none where it is more', () => {
    const less = type([['2', 'received', 240]])
    expect(readSigned(lines, less).problems).toMatchObject([
      { rowId: '2', columnId: 'reason', refusal: { code: 'reason-missing', line: 2, about: { item: '物资2' } } },
    ])
    const told = typeInto(less, [{ rowId: '2', columnId: 'reason', after: 'damaged' }])
    expect(readSigned(lines, told).differences).toEqual([{ line: 2, receivedBase: 240, reason: 'damaged' }])
    expect(readSigned(lines, type([['5', 'received', 210]])).differences).toEqual([
      { line: 5, receivedBase: 210, reason: 'miscounted' },
    ])
  })

  it('takes no reason that is none of the three', () => {
    const typed = type([
      ['2', 'received', 1],
      ['2', 'reason', '不知道'],
    ])
    expect(readSigned(lines, typed).problems.map(({ refusal }) => refusal.code)).toEqual(['malformed'])
  })

  it('finds the cell of a refusal by the number of the slip line', () => {
    const cells = cellsByLine(lines, 'received')
    expect(cells[5 - 1]).toEqual({ rowId: '5', columnId: 'received' })
    expect(cells).toHaveLength(5)
  })
})

describe('a scanned code', () => {
  it('is a slip only where it is the number of one', () => {
    expect(slipNumberOf('DB20261124-060')).toBe('DB20261124-060')
    expect(slipNumberOf(' ｄｂ20261124-1060 ')).toBe('DB20261124-1060')
    expect(slipNumberOf(']Q3DB20261124-060')).toBe('DB20261124-060')
    for (const other of ['RK20261124-001', '06901234567892', 'DB20261124', 'xDB20261124-060', '']) {
      expect(slipNumberOf(other)).toBeNull()
    }
  })

  it('is also one by a pattern that slips had before', () => {
    knowSlipPatterns(['DB{yyyymmdd}-{nnn}', 'FP/{yy}{mm}/{n}'])
    expect(slipNumberOf('FP/2611/7')).toBe('FP/2611/7')
    expect(slipNumberOf('DB20261124-060')).toBe('DB20261124-060')
    expect([beginsSlipNumber('FP/26'), beginsSlipNumber('FP/x')]).toEqual([true, false])
    knowSlipPatterns(['DB{yyyymmdd}-{nnn}'])
    expect(slipNumberOf('FP/2611/7')).toBeNull()
  })

  it('is waited for only as long as it may still become one', () => {
    const code = ']Q3DB20261124-060'
    for (let length = 1; length <= code.length; length += 1)
      expect(beginsSlipNumber(code.slice(0, length)), code.slice(0, length)).toBe(true)
    for (const other of ['d', 'Db2026', 'ＤＢ2']) expect(beginsSlipNumber(other), other).toBe(true)
    for (const other of ['1', 'DA', 'DB2026-', 'RK', ']d201', 'x']) expect(beginsSlipNumber(other), other).toBe(false)
  })
})
