import { describe, expect, it } from 'vitest'
import { buildGs1, gs1CheckDigit } from '../../../core/gs1.ts'
import { startLines, typeCell, undo } from '../../../renderer/delivery/lines.ts'
import { countScan, findCode, readScan, type Scanned } from '../../../renderer/scan/scan-lines.ts'
import { catalogue, keys } from '../delivery/items.ts'

const today = '2020-02-06'
const body = '0690123456000'
const gtin = body + gs1CheckDigit(body)
const { items } = catalogue
const surgical = items.get(1)!

const scanned = (text: string): Scanned => {
  const read = readScan(text, today)
  if (!read.ok) throw new Error(read.problem)
  return read.scanned
}
const label = (lot: string, rest = {}) => scanned(buildGs1({ gtin, lot, expiresOn: '2022-01-31', ...rest }, today))

describe('a scan', () => {
  it('is read as item, lot, dates and count, whatever form it has', () => {
    const expected = { code: gtin, lot: 'A1', madeOn: '2020-01-31', expiresOn: '2022-01-31', pieces: 30, packs: null }
    expect(label('A1', { madeOn: '2020-01-31', count: 30 })).toEqual(expected)
    expect(scanned(`(01)${gtin}(10)A1(11)200131(17)220100(30)30`)).toEqual(expected)
    expect(scanned(`02${gtin}3712`)).toMatchObject({ code: gtin, packs: 12, pieces: null })
    expect(scanned(gtin.slice(1))).toMatchObject({ code: gtin, lot: '' })
    expect(scanned('OWN-CODE-7')).toMatchObject({ code: 'OWN-CODE-7', lot: '' })
    const wrongDigit = `01${body}${(Number(gtin[13]) + 1) % 10}10A1`
    expect(readScan(wrongDigit, today)).toMatchObject({ ok: false, problem: 'check-digit' })
    expect(readScan(`01${gtin}17229931`, today)).toMatchObject({ ok: false, problem: 'bad-date' })
  })

  it('is of the item that was said for its code, or whose own code it is', () => {
    const codes = [{ code: gtin, itemId: 2, packSizeBase: 20 }]
    expect(findCode(gtin, codes, items)).toMatchObject({ item: { code: 'KZ-02' }, packSizeBase: 20 })
    expect(findCode(gtin.slice(1), codes, items)).toMatchObject({ item: { code: 'KZ-02' } })
    expect(findCode('kz-01', codes, items)).toMatchObject({ item: { code: 'KZ-01' }, packSizeBase: 2000 })
    expect(findCode('OLD-1', codes, items)).toBeNull()
    expect(findCode('unknown', codes, items)).toBeNull()
  })

  it('adds a line, counts the same lot up, and is one step to take back', () => {
    const newKey = keys()
    const empty = startLines(newKey)
    const first = countScan(empty, label('A1'), surgical, 2000, newKey)
    expect(first).toMatchObject({ packs: 1, again: false })
    expect(first.lines.now).toHaveLength(2)
    expect(first.lines.now[0]!.cells).toMatchObject({
      lot: 'A1',
      expiresOn: '2022-01-31',
      packs: '1',
      packSizeBase: '',
    })
    const second = countScan(first.lines, label('A1'), surgical, 2000, newKey)
    expect(second).toMatchObject({ packs: 2, again: true, key: first.key })
    const other = countScan(second.lines, label('A2'), surgical, 2000, newKey)
    const unlike = countScan(other.lines, label('A1', { expiresOn: '2022-02-28' }), surgical, 2000, newKey)
    const smaller = countScan(unlike.lines, label('A1'), surgical, 50, newKey)
    expect(smaller.lines.now.map((line) => [line.cells.lot, line.cells.packs, line.cells.packSizeBase])).toEqual([
      ['A1', '2', ''],
      ['A2', '1', ''],
      ['A1', '1', ''],
      ['A1', '1', '50'],
      ['', '', ''],
    ])
    expect(undo(second.lines, newKey).now[0]!.cells.packs).toBe('1')
    // The blank line at the end keeps its key: the cursor may stand in it.
    expect(smaller.lines.now.at(-1)!.key).toBe(empty.now[0]!.key)
  })

  it('counts pieces on a line of pieces, and leaves alone what was counted by hand', () => {
    const newKey = keys()
    const pieces = label('A1', { count: 30 })
    const first = countScan(startLines(newKey), pieces, surgical, 2000, newKey)
    const second = countScan(first.lines, pieces, surgical, 2000, newKey)
    expect(second).toMatchObject({ pieces: 60, packs: null, again: true })
    const packs = countScan(startLines(newKey), label('B1'), surgical, 2000, newKey)
    const corrected = typeCell(packs.lines, packs.key, 'acceptedBase', '1990', catalogue, newKey)
    const third = countScan(corrected, label('B1'), surgical, 2000, newKey)
    expect(third).toMatchObject({ again: false, packs: 1 })
    expect(third.lines.now[0]!.cells.packs).toBe('1')
  })
})
