import { describe, expect, it } from 'vitest'
import { refusal } from '../../../core/refusal.ts'
import { readReceived } from '../../../renderer/ledger/received-lines.ts'
import {
  answeredBy,
  noTypedCells,
  problemAt,
  readAmounts,
  stillStands,
  typeInto,
} from '../../../renderer/ledger/typed-cells.ts'

const rows = [
  { rowId: '7', mostBase: 100, item: '口罩', lot: 'A1' },
  { rowId: '8', mostBase: 0, item: '口罩', lot: 'B1' },
  { rowId: '9', mostBase: 50, item: '手套', lot: 'C1' },
]
const type = (cells: readonly (readonly [rowId: string, columnId: string, after: string | number | null])[]) =>
  typeInto(
    noTypedCells,
    cells.map(([rowId, columnId, after]) => ({ rowId, columnId, after })),
  )
const codes = (typed: ReturnType<typeof type>) =>
  readAmounts(rows, ['good', 'damaged'], typed).problems.map(({ rowId, columnId, refusal: one }) => [
    rowId,
    columnId,
    one.code,
    one.line,
  ])

describe('amounts typed over the lots of a form', () => {
  it('become lines in the order of the rows, without what is empty or nothing', () => {
    const typed = type([
      ['9', 'damaged', 5],
      ['7', 'damaged', 1],
      ['7', 'good', 99],
      ['8', 'good', 0],
      ['9', 'good', ''],
    ])
    expect(readAmounts(rows, ['good', 'damaged'], typed)).toEqual({
      lines: [
        { rowId: '7', columnId: 'good', amount: 99 },
        { rowId: '7', columnId: 'damaged', amount: 1 },
        { rowId: '9', columnId: 'damaged', amount: 5 },
      ],
      problems: [],
    })
  })

  it('are refused where they are no whole number, below zero or more than there is in all columns together', () => {
    expect(codes(type([['7', 'good', '十']]))).toEqual([['7', 'good', 'number-expected', 1]])
    expect(codes(type([['9', 'good', 1.5]]))).toEqual([['9', 'good', 'whole-number-expected', 3]])
    expect(codes(type([['9', 'good', -1]]))).toEqual([['9', 'good', 'out-of-range', 3]])
    expect(codes(type([['8', 'good', 1]]))).toEqual([['8', 'good', 'not-enough-stock', 2]])
    const over = type([
      ['7', 'good', 60],
      ['7', 'damaged', 41],
    ])
    expect(codes(over)).toEqual([['7', 'damaged', 'not-enough-stock', 1]])
    const [problem] = readAmounts(rows, ['good', 'damaged'], over).problems
    expect(problem!.refusal).toMatchObject({ given: 101, allowed: 100, about: { item: '口罩', lot: 'A1' } })
  })

  it('carry what the API refused at their cell until the cell is changed', () => {
    const typed = type([
      ['7', 'good', 10],
      ['9', 'damaged', 20],
    ])
    const { lines } = readAmounts(rows, ['good', 'damaged'], typed)
    const refused = [refusal('not-enough-stock', { line: 2, field: 'quantityBase', given: 20, allowed: 9 })]
    const answered = answeredBy([...refused, refusal('required', { field: 'reason' })], lines, typed)
    expect(problemAt('9', 'damaged', [], answered, typed)?.allowed).toBe(9)
    expect(problemAt('7', 'good', [], answered, typed)).toBeNull()
    const changed = typeInto(typed, [{ rowId: '9', columnId: 'damaged', after: 9 }])
    expect(problemAt('9', 'damaged', [], answered, changed)).toBeNull()
    // What was said of the whole document stands until it is sent again.
    expect(answered.filter((one) => stillStands(one, changed)).map(({ refusal: one }) => one.code)).toEqual([
      'required',
    ])
  })
})

describe('what was counted on arrival', () => {
  const sent = [
    { rowId: '1', sentBase: 100, item: '口罩' },
    { rowId: '2', sentBase: 50, item: '手套' },
    { rowId: '3', sentBase: 8, item: '护目镜' },
  ]

  it('names only the rows that differ; an untouched row came whole and a zero is a count', () => {
    const typed = type([
      ['1', 'received', 100],
      ['2', 'received', 0],
      ['3', 'received', null],
    ])
    expect(readReceived(sent, typed, false)).toEqual({
      lines: [{ rowId: '2', columnId: 'received', receivedBase: 0 }],
      problems: [],
    })
  })

  it('takes more than was sent only where a miscount can be said', () => {
    const typed = type([['1', 'received', 101]])
    expect(readReceived(sent, typed, true).lines).toEqual([{ rowId: '1', columnId: 'received', receivedBase: 101 }])
    expect(readReceived(sent, typed, false).problems.map(({ refusal: one }) => [one.code, one.line])).toEqual([
      ['out-of-range', 1],
    ])
  })
})
