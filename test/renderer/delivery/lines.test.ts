import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBlank, type LineField } from '../../../renderer/delivery/line.ts'
import {
  chooseItem,
  copyFromAbove,
  type Lines,
  pasteBlock,
  redo,
  removeLine,
  startLines,
  typeCell,
  undo,
} from '../../../renderer/delivery/lines.ts'
import { seed } from '../../seed.ts'
import { catalogue, keys } from './items.ts'

function begin() {
  const newKey = keys()
  return { newKey, lines: startLines(newKey) }
}
const last = (lines: Lines) => lines.now[lines.now.length - 1]!
const noHeader = () => null
const content = (lines: Lines) => lines.now.map((line) => ({ itemId: line.itemId, ...line.cells }))

describe('the lines of a delivery', () => {
  it('always end with a blank one', () => {
    const { newKey, lines } = begin()
    expect(lines.now).toHaveLength(1)
    const one = typeCell(lines, 'k1', 'lot', 'A1', catalogue, newKey)
    expect(one.now).toHaveLength(2)
    expect(isBlank(last(one))).toBe(true)
    expect(removeLine(one, 'k1', newKey).now).toHaveLength(1)
  })

  it('copy a cell from the nearest line above that holds anything, an item too', () => {
    const { newKey, lines } = begin()
    let state = chooseItem(lines, 'k1', 2, newKey)
    state = typeCell(state, 'k1', 'lot', 'A1', catalogue, newKey)
    const second = last(state).key
    state = copyFromAbove(state, second, 'item', newKey)
    state = copyFromAbove(state, second, 'lot', newKey)
    expect(state.now[1]).toMatchObject({ itemId: 2, cells: { lot: 'A1' } })
    expect(copyFromAbove(lines, 'k1', 'lot', newKey)).toBe(lines)
  })

  it('take a block from a spreadsheet as one step, adding lines, and give it back in one', () => {
    const { newKey, lines } = begin()
    const typedBefore = typeCell(lines, 'k1', 'lot', 'mine', catalogue, newKey)
    const block = Array.from({ length: 1000 }, (_, row) => [
      row % 2 === 0 ? 'KZ-01' : '医用防护服',
      `L${row}`,
      '2020/1/5',
      '2022-01-04',
      '1,2',
    ])
    const pasted = pasteBlock(typedBefore, 'k1', 'item', block, catalogue, newKey, noHeader)
    expect(pasted.now).toHaveLength(1001)
    expect(pasted.now[999]).toMatchObject({
      itemId: 3,
      cells: { lot: 'L999', madeOn: '2020-01-05', expiresOn: '2022-01-04', packs: '12' },
      doubts: { packs: { code: 'comma' } },
    })
    const undone = undo(pasted, newKey)
    expect(content(undone)).toEqual(content(typedBefore))
    expect(content(redo(undone, newKey))).toEqual(content(pasted))
  })

  it('go by the header row of the block when it names our columns', () => {
    const { newKey, lines } = begin()
    const header = new Map<string, LineField>([
      ['批号', 'lot'],
      ['品名', 'item'],
      ['数量', 'piecesBase'],
    ])
    const block = [
      ['批号', '捐赠人', '数量', '品名'],
      ['B7', '某某', '30箱', 'KZ-01'],
    ]
    const pasted = pasteBlock(lines, 'k1', 'item', block, catalogue, newKey, (text) => header.get(text) ?? null)
    // The pieces column says 箱: read with the item's units, although the item's column comes after it.
    expect(pasted.now[0]).toMatchObject({ itemId: 1, cells: { lot: 'B7', packs: '30', piecesBase: '' } })
    expect(pasted.now).toHaveLength(2)
  })

  it('keep an unknown item name so that it can be put right', () => {
    const { newKey, lines } = begin()
    const pasted = pasteBlock(lines, 'k1', 'item', [['不认识的口罩', 'L1']], catalogue, newKey, noHeader)
    expect(pasted.now[0]).toMatchObject({ itemId: null, cells: { item: '不认识的口罩', lot: 'L1' } })
  })

  it('take no step when nothing changes', () => {
    const { newKey, lines } = begin()
    const one = typeCell(lines, 'k1', 'packs', '12', catalogue, newKey)
    expect(typeCell(one, 'k1', 'packs', '１２', catalogue, newKey)).toBe(one)
    expect(typeCell(one, 'missing', 'packs', '5', catalogue, newKey)).toBe(one)
  })

  it('come back through any run of undo and redo as they were', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('type' as const), at: fc.nat(5), text: fc.stringMatching(/^[a-z0-9]{0,4}$/) }),
      fc.record({ kind: fc.constant('paste' as const), at: fc.nat(5), rows: fc.nat(4) }),
      fc.record({ kind: fc.constant('remove' as const), at: fc.nat(5) }),
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
        const newKey = keys()
        let lines = startLines(newKey)
        const seen = [content(lines)]
        for (const each of actions) {
          const key = lines.now[Math.min(each.at, lines.now.length - 1)]!.key
          const before = lines
          if (each.kind === 'type') lines = typeCell(lines, key, 'lot', each.text, catalogue, newKey)
          else if (each.kind === 'remove') lines = removeLine(lines, key, newKey)
          else {
            const block = Array.from({ length: each.rows }, (_, row) => [`p${row}`, '7'])
            lines = pasteBlock(lines, key, 'lot', block, catalogue, newKey, noHeader)
          }
          if (lines !== before) seen.push(content(lines))
        }
        const written = content(lines)
        for (const expected of [...seen].reverse().slice(1)) {
          lines = undo(lines, newKey)
          expect(content(lines)).toEqual(expected)
        }
        for (let step = 1; step < seen.length; step++) lines = redo(lines, newKey)
        expect(content(lines)).toEqual(written)
      }),
      { seed, numRuns: 150 },
    )
  })
})
