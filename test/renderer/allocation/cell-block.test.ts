import { describe, expect, it } from 'vitest'
import { blockText, mostPacks, readPin, readPinBlock } from '../../../renderer/allocation/cell-block.ts'

const problem = (text: string) => {
  const read = readPin(text, '箱')
  return read.kind === 'problem' ? read.problem : read
}

describe('what is typed into a cell', () => {
  it.each([
    ['14', 14],
    [' 1,200 ', 1200],
    ['１４', 14],
    ['2千', 2000],
    ['14箱', 14],
    ['0', 0],
  ])('reads %j as %d packs', (text, packs) => {
    expect(readPin(text, '箱')).toEqual({ kind: 'packs', packs })
  })

  it('takes an empty cell as no pin', () => {
    expect(readPin('  ', '箱')).toEqual({ kind: 'empty' })
  })

  it('refuses what is not a whole number of packs', () => {
    expect(problem('约14')).toBe('not-a-number')
    expect(problem('10-20')).toBe('not-a-number')
    expect(problem('many')).toBe('not-a-number')
    expect(problem('-3')).toBe('negative')
    expect(problem('2.5')).toBe('not-whole')
    expect(problem(String(mostPacks + 1))).toBe('too-large')
    expect(problem('200只')).toBe('not-packs')
  })
})

describe('a block of pins', () => {
  it('goes to a spreadsheet and comes back the same', () => {
    const rows = [
      [1, null, 30],
      [null, 2000, 0],
    ]
    expect(readPinBlock(blockText(rows), ['箱', '箱', '箱'])).toEqual({ rows, problems: [] })
  })

  it('takes what a spreadsheet puts on the clipboard, with the line end after the last row', () => {
    expect(readPinBlock('1\t2\r\n3\t4\r\n', ['箱', '箱']).rows).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('names each cell that it can not take by its place', () => {
    expect(readPinBlock('1\tx\n-2\t4', ['箱', '箱']).problems).toEqual([
      { row: 0, column: 1, problem: 'not-a-number', given: 'x' },
      { row: 1, column: 0, problem: 'negative', given: '-2' },
    ])
  })
})
