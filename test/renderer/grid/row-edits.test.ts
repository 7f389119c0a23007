import { describe, expect, it } from 'vitest'
import { refusal } from '../../../core/refusal.ts'
import {
  addRow,
  type Field,
  forgetSaved,
  hasTyped,
  namesInOrder,
  noRowEdits,
  overlay,
  refusalAt,
  rowRefused,
  rowSaved,
  type SavedRow,
  sendRow,
  typeCells,
  typedProblems,
  valuesOf,
  withSaved,
} from '../../../renderer/grid/row-edits.ts'

type Row = { id: number; code: string; packs: number | null; kind: string }
const blank: Row = { id: 0, code: '', packs: null, kind: 'a' }
const rows: Row[] = [
  { id: 1, code: 'M-1', packs: 20, kind: 'a' },
  { id: 2, code: 'M-2', packs: 50, kind: 'b' },
]
const keyOf = (row: Row) => String(row.id)
const fields: Field<Row>[] = [
  { id: 'code', header: 'Code', kind: 'text', read: (row) => row.code },
  { id: 'packs', field: 'packSizeBase', header: 'Packs', kind: 'number', read: (row) => row.packs },
  {
    id: 'kind',
    header: 'Kind',
    kind: 'choice',
    read: (row) => row.kind,
    choices: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
  },
]
const fieldOf = (id: string) => fields.find((field) => field.id === id)?.field ?? id
const cell = (rowId: string, columnId: string, after: string | number | null) => ({
  rowId,
  columnId,
  before: null,
  after,
})
const type = (...cells: ReturnType<typeof cell>[]) => typeCells(noRowEdits, cells, fieldOf)

describe('rows with what was typed over them', () => {
  it('shows what was typed and keeps the row beneath', () => {
    const [first, second] = overlay(rows, keyOf, blank, type(cell('1', 'packs', 24)))
    expect(valuesOf(fields, first!)).toEqual({ code: 'M-1', packs: 24, kind: 'a' })
    expect(first!.base).toBe(rows[0])
    expect([first!.state, second!.state]).toEqual(['typed', 'saved'])
  })

  it('puts new rows first', () => {
    const shown = overlay(rows, keyOf, blank, addRow(noRowEdits, 'new-1'))
    expect(shown.map(({ key, isNew }) => [key, isNew])).toEqual([
      ['new-1', true],
      ['1', false],
      ['2', false],
    ])
  })

  it('is done with a row that was saved as it was sent', () => {
    const saved = rowSaved(sendRow(type(cell('1', 'packs', 24)), '1'), '1', '1')
    expect(saved.size).toBe(0)
  })

  it('keeps what was typed while the row was on its way, also over a row that was new', () => {
    const sent = sendRow(typeCells(addRow(noRowEdits, 'new-1'), [cell('new-1', 'code', 'X')], fieldOf), 'new-1')
    const saved = rowSaved(typeCells(sent, [cell('new-1', 'packs', 5)], fieldOf), 'new-1', '3')
    const [row] = overlay([{ ...blank, id: 3, code: 'X' }], keyOf, blank, saved)
    expect(row).toMatchObject({ key: '3', isNew: false, patch: { packs: 5 } })
  })

  it('loses nothing when the row is refused, and says it at the cell', () => {
    const refused = rowRefused(sendRow(type(cell('1', 'packs', 0)), '1'), '1', [
      refusal('out-of-range', { field: 'packSizeBase', given: 0 }),
    ])
    const [row] = overlay(rows, keyOf, blank, refused)
    expect(row!.state).toBe('refused')
    expect(valuesOf(fields, row!).packs).toBe(0)
    expect(refusalAt(fields, row!, 'packs')?.code).toBe('out-of-range')
    expect(refusalAt(fields, row!, 'code')).toBeNull()
  })

  it('says a refusal that belongs to no column in the first', () => {
    const refused = rowRefused(type(cell('1', 'packs', 3)), '1', [
      refusal('changed-meanwhile', { given: 1, allowed: 2 }),
    ])
    const [row] = overlay(rows, keyOf, blank, refused)
    expect(refusalAt(fields, row!, 'code')?.code).toBe('changed-meanwhile')
    expect(refusalAt(fields, row!, 'packs')).toBeNull()
  })

  it('drops a refusal once its cell is typed again', () => {
    const refused = rowRefused(type(cell('1', 'packs', 0)), '1', [refusal('out-of-range', { field: 'packSizeBase' })])
    const [row] = overlay(rows, keyOf, blank, typeCells(refused, [cell('1', 'packs', 1)], fieldOf))
    expect(row!.refusals).toEqual([])
  })

  it('tells text in a number column and a choice that is none before anything is sent', () => {
    const [row] = overlay(rows, keyOf, blank, type(cell('1', 'packs', '12箱'), cell('1', 'kind', 'z')))
    expect(typedProblems(fields, row!).map(({ code, field, given }) => [code, field, given])).toEqual([
      ['number-expected', 'packSizeBase', '12箱'],
      ['malformed', 'kind', 'z'],
    ])
  })

  it('knows whether there is anything to send', () => {
    expect(hasTyped(addRow(noRowEdits, 'new-1'), 'new-1')).toBe(false)
    expect(hasTyped(type(cell('1', 'packs', 3)), '1')).toBe(true)
  })
})

describe('a row that was saved, until the list is read again', () => {
  type Kept = { id: number; code: string; version: number }
  const key = (row: Kept) => String(row.id)
  const list: Kept[] = [
    { id: 1, code: 'M-1', version: 1 },
    { id: 2, code: 'M-2', version: 1 },
  ]
  const saved = (row: Kept, from: Kept | null): ReadonlyMap<string, SavedRow<Kept>> =>
    new Map([[key(row), { row, from, list }]])
  const newer = { id: 1, code: 'M-9', version: 2 }

  it('stands in its place, so that what is typed next is sent with its version and its other cells', () => {
    expect(withSaved(list, key, saved(newer, list[0]!))).toEqual([newer, list[1]])
    const bare = [{ id: 1, code: 'M-1' }]
    const after = { id: 1, code: 'M-9' }
    const known = new Map([['1', { row: after, from: bare[0]!, list: bare }]])
    expect(withSaved(bare, (row) => String(row.id), known)).toEqual([after])
  })

  it('gives way to the list that has it, or something newer', () => {
    const read = [{ id: 1, code: 'M-10', version: 3 }, list[1]!]
    expect(withSaved(read, key, saved(newer, list[0]!))).toEqual(read)
    expect(forgetSaved(read, key, saved(newer, list[0]!)).size).toBe(0)
  })

  it('does not give way to a list that was read before it was saved and came after', () => {
    const late = list.map((row) => ({ ...row }))
    expect(withSaved(late, key, saved(newer, list[0]!))).toEqual([newer, list[1]])
    expect(forgetSaved(late, key, saved(newer, list[0]!)).size).toBe(1)
  })

  it('is there at once when it is new, and goes when the list comes without it', () => {
    const fresh = { id: 3, code: 'M-3', version: 1 }
    expect(withSaved(list, key, saved(fresh, null))).toEqual([fresh, ...list])
    const read = [...list]
    expect(withSaved(read, key, saved(fresh, null))).toEqual(read)
    expect(forgetSaved(read, key, saved(fresh, null)).size).toBe(0)
  })
})

it('puts the name that is read first', () => {
  const names = ['code', 'name', 'town', 'nameEn'].map((id): Field<Row> => ({ ...fields[0]!, id }))
  expect(namesInOrder(names, 'en').map(({ id }) => id)).toEqual(['code', 'nameEn', 'name', 'town'])
  expect(namesInOrder(names, 'zh').map(({ id }) => id)).toEqual(['code', 'name', 'nameEn', 'town'])
})
