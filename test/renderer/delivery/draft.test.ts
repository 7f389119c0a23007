import { describe, expect, it } from 'vitest'
import { type Draft, isWorthKeeping, readDraft, writeDraft } from '../../../renderer/delivery/draft.ts'
import { fieldOfHeading } from '../../../renderer/delivery/heading.ts'
import { blankLine } from '../../../renderer/delivery/line.ts'
import { keys } from './items.ts'

const head = {
  supplierId: 11,
  depotId: 3,
  businessDate: '2020-02-06',
  noteNumber: 'KDF-18',
  noteRepeat: false,
  note: '上午',
  inspect: true,
}
const requestId = '0190163d-8694-739b-aea5-966c26f8ad91'

function draft(): Draft {
  const blank = blankLine('a')
  return {
    requestId,
    head,
    lines: [
      { ...blank, itemId: 2, cells: { ...blank.cells, lot: 'A1', packs: '3' } },
      { ...blankLine('b'), cells: { ...blank.cells, item: '不认识', madeOn: '二月' } },
      blankLine('c'),
    ],
    lists: [{ fingerprint: '0123456789abcdef', name: '到货.xlsx' }],
  }
}

describe('the draft of a delivery', () => {
  it('comes back as it was, blank lines apart, under its own request id', () => {
    const read = readDraft(writeDraft(draft()), keys())!
    expect(read.requestId).toBe(requestId)
    expect(read.head).toEqual(head)
    expect(read.lists).toEqual(draft().lists)
    expect(read.lines.map(({ itemId, cells }) => ({ itemId, ...cells }))).toEqual(
      draft()
        .lines.slice(0, 2)
        .map(({ itemId, cells }) => ({ itemId, ...cells })),
    )
    expect(new Set(read.lines.map((line) => line.key)).size).toBe(2)
  })

  it('that is damaged is no draft', () => {
    for (const content of ['', '{', '[]', 'null', '{"version":2}', JSON.stringify({ version: 1, requestId, head })]) {
      expect(readDraft(content, keys())).toBeNull()
    }
  })

  it('is worth keeping as soon as something was written', () => {
    expect(isWorthKeeping({ head: { ...head, noteNumber: '', note: '' }, lines: [blankLine('a')] })).toBe(false)
    expect(isWorthKeeping({ head: { ...head, note: '' }, lines: [] })).toBe(true)
    expect(isWorthKeeping({ head: { ...head, noteNumber: '', note: '' }, lines: draft().lines })).toBe(true)
  })
})

describe('headings of a pasted list', () => {
  it('name our fields in both languages', () => {
    expect(['品名', '批号', '生产日期', '有效期', '箱数', '装箱数', '数量', '执行标准'].map(fieldOfHeading)).toEqual([
      'item',
      'lot',
      'madeOn',
      'expiresOn',
      'packs',
      'packSizeBase',
      'piecesBase',
      'standard',
    ])
    expect(['item', 'lot', 'quantity'].map(fieldOfHeading)).toEqual(['item', 'lot', 'piecesBase'])
  })

  it('are not names of goods, lots or numbers', () => {
    expect(['医用外科口罩', 'KZ-01', 'L20200101', '200', ''].map(fieldOfHeading)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })
})
