import { describe, expect, it } from 'vitest'
import type { GridColumn } from '../../../renderer/grid/column.ts'
import { editOf, pasteEdits } from '../../../renderer/grid/paste-block.ts'

type Row = { name: string; packs: number | null; fixed: string }
const columns: GridColumn<Row>[] = [
  { id: 'name', header: 'Name', kind: 'text', value: (row) => row.name, editable: true },
  { id: 'fixed', header: 'Fixed', kind: 'text', value: (row) => row.fixed },
  { id: 'packs', header: 'Packs', kind: 'number', value: (row) => row.packs, editable: true },
]
const rows = [
  { id: '1', row: { name: 'a', packs: 1, fixed: 'x' } },
  { id: '2', row: { name: 'b', packs: null, fixed: 'y' } },
]

describe('a paste', () => {
  it('lays the block over the cells and steps over what is not edited', () => {
    expect(pasteEdits([['A', 'Z', '１,２００']], { rows, columns }).edits).toEqual([
      { rowId: '1', columnId: 'name', before: 'a', after: 'A' },
      { rowId: '1', columnId: 'packs', before: 1, after: 1200 },
    ])
  })

  it('says nothing of cells that stay as they are', () => {
    expect(
      pasteEdits(
        [
          ['a', '', '1'],
          ['b', '', ''],
        ],
        { rows, columns },
      ).edits,
    ).toEqual([])
  })

  it('tells how many rows found no row beneath them', () => {
    const block = [['1'], ['2'], ['3'], ['4']]
    const { edits, rowsLeft } = pasteEdits(block, { rows, columns })
    expect(edits.map(({ after }) => after)).toEqual(['1', '2'])
    expect(rowsLeft).toBe(2)
  })

  it('keeps text in a number column as it came, so that the cell can say what is wrong', () => {
    expect(pasteEdits([['A', '', '12箱']], { rows, columns }).edits.at(-1)!.after).toBe('12箱')
  })
})

it('takes nothing and empty text for the same emptiness', () => {
  expect(editOf(columns[2]!, '2', rows[1]!.row, '')).toBeNull()
})
