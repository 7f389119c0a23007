import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBlock, parseBlock } from '../../../renderer/grid/clipboard.ts'
import { seed } from '../../seed.ts'

describe('a block of the clipboard', () => {
  it('is cells between tabs and rows between line ends', () => {
    expect(parseBlock('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(parseBlock('a\nb')).toEqual([['a'], ['b']])
  })

  it('keeps empty cells and rows in the middle', () => {
    expect(parseBlock('a\t\tc\n\nx')).toEqual([['a', '', 'c'], [''], ['x']])
  })

  it('reads quoted cells with tabs, line ends and quotes', () => {
    expect(parseBlock('"a\tb"\t"c\nd"\t"say ""hi"""')).toEqual([['a\tb', 'c\nd', 'say "hi"']])
  })

  it('leaves a quote alone that is part of a cell', () => {
    expect(parseBlock('3" tube\tx')).toEqual([['3" tube', 'x']])
    expect(parseBlock('"3 tube\tx')).toEqual([['"3 tube', 'x']])
  })

  it('comes back as it went, whatever is in it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', '，', '口', ' ', '1') })
    const block = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      )
    fc.assert(
      fc.property(block, (rows) => {
        // A last row of one empty cell is what the line end before it means.
        fc.pre(!(rows.at(-1)!.length === 1 && rows.at(-1)![0] === ''))
        expect(parseBlock(formatBlock(rows))).toEqual(rows)
      }),
      { seed, numRuns: 2000 },
    )
  })

  it('reads the tab-separated form of the csv spectrum', () => {
    const folder = join(import.meta.dirname, '../../../node_modules/csv-spectrum/csvs')
    const simple = readFileSync(join(folder, 'simple.csv'), 'utf8')
    expect(readdirSync(folder).length).toBeGreaterThan(3)
    expect(parseBlock(simple.replaceAll(',', '\t'))).toEqual([
      ['a', 'b', 'c'],
      ['1', '2', '3'],
    ])
  })
})
