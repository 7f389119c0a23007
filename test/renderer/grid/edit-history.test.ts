import { expect, it } from 'vitest'
import type { CellEdit } from '../../../renderer/grid/cell-value.ts'
import { createEditHistory } from '../../../renderer/grid/edit-history.ts'

const edit = (rowId: string, before: string, after: string): CellEdit => ({ rowId, columnId: 'name', before, after })

it('takes a whole command back, last cell first, and does it again', () => {
  const history = createEditHistory()
  history.record([edit('1', 'a', 'b'), edit('1', 'b', 'c')])
  expect(history.undo()).toEqual([edit('1', 'c', 'b'), edit('1', 'b', 'a')])
  expect(history.undo()).toBeNull()
  expect(history.redo()).toEqual([edit('1', 'a', 'b'), edit('1', 'b', 'c')])
  expect(history.redo()).toBeNull()
})

it('forgets what was undone once something else is done', () => {
  const history = createEditHistory()
  history.record([edit('1', 'a', 'b')])
  history.undo()
  history.record([edit('2', 'x', 'y')])
  expect(history.redo()).toBeNull()
  expect(history.undo()).toEqual([edit('2', 'y', 'x')])
})
