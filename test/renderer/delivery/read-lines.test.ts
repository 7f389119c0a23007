import { describe, expect, it } from 'vitest'
import { isWholeDate, stepOnEnter } from '../../../renderer/delivery/enter-path.ts'
import { blankLine, type DraftLine, type LineField } from '../../../renderer/delivery/line.ts'
import { readLines, workOut } from '../../../renderer/delivery/read-lines.ts'
import { catalogue } from './items.ts'

const facts = { items: catalogue.items, today: '2020-02-06', businessDate: '2020-02-06' }

function lineWith(itemId: number | null, cells: Partial<DraftLine['cells']>): DraftLine {
  const blank = blankLine(`k${Math.random()}`)
  return { ...blank, itemId, cells: { ...blank.cells, ...cells } }
}

describe('reading the lines', () => {
  it('leaves blank lines out and counts the others as they are sent', () => {
    const first = lineWith(1, { packs: '3', lot: 'A' })
    const second = lineWith(3, { piecesBase: '40', madeOn: '2020-01-01', rejectedBase: '2', rejectReason: '破损' })
    const read = readLines([blankLine('x'), first, blankLine('y'), second, blankLine('z')], facts)
    expect(read.refusals).toEqual([])
    expect(read.keys).toEqual([first.key, second.key])
    expect(read.inputs).toEqual([
      {
        itemId: 1,
        lot: 'A',
        madeOn: null,
        expiresOn: null,
        standard: '',
        packs: 3,
        packSizeBase: null,
        piecesBase: null,
        acceptedBase: null,
        rejectedBase: 0,
        rejectReason: '',
      },
      {
        itemId: 3,
        lot: '',
        madeOn: '2020-01-01',
        expiresOn: null,
        standard: '',
        packs: null,
        packSizeBase: null,
        piecesBase: 40,
        acceptedBase: null,
        rejectedBase: 2,
        rejectReason: '破损',
      },
    ])
  })

  it('refuses each cell that cannot be read, by line and field, with what was typed', () => {
    const read = readLines(
      [
        lineWith(null, { item: '不认识', packs: '十几' }),
        lineWith(1, { packs: '2', madeOn: '2020-02-30' }),
        lineWith(null, { packs: '1' }),
      ],
      facts,
    )
    expect(read.inputs).toBeNull()
    expect(read.refusals.map(({ code, line, field, given }) => [code, line, field, given])).toEqual([
      ['not-found', 1, 'itemId', '不认识'],
      ['number-expected', 1, 'packs', '十几'],
      ['date-invalid', 2, 'madeOn', '2020-02-30'],
      ['required', 3, 'itemId', null],
    ])
  })

  it('refuses by the rules of the ledger before anything is sent', () => {
    const read = readLines(
      [
        lineWith(1, { packs: '0' }),
        lineWith(1, { packs: '1.5' }),
        lineWith(1, { packs: '1', madeOn: '2020-02-01', expiresOn: '2020-01-31' }),
        lineWith(1, { packs: '1', rejectedBase: '5' }),
        lineWith(1, { packs: '1', expiresOn: '2020-02-05' }),
        lineWith(1, { packs: '1', standard: 'YY/T 0969' }),
        lineWith(1, {}),
        lineWith(4, { packs: '1' }),
      ].map((line, index) => (index === 6 ? { ...line, cells: { ...line.cells, lot: 'x' } } : line)),
      facts,
    )
    expect(read.refusals.map(({ code, line, field }) => [code, line, field])).toEqual([
      ['out-of-range', 1, 'packs'],
      ['whole-number-expected', 2, 'packs'],
      ['expiry-before-production', 3, 'expiresOn'],
      ['reject-reason-missing', 4, 'rejectReason'],
      ['expired', 5, 'expiresOn'],
      ['standard-below-item', 6, 'standard'],
      ['required', 7, 'packs'],
      ['archived', 8, 'itemId'],
    ])
  })

  it('keeps line numbers when some lines cannot be read and others break a rule', () => {
    const read = readLines([lineWith(1, { packs: 'x' }), lineWith(1, { packs: '0' })], facts)
    expect(read.refusals.map(({ code, line }) => [code, line])).toEqual([
      ['number-expected', 1],
      ['out-of-range', 2],
    ])
  })
})

describe('what the program works out', () => {
  it('is the expiry from the shelf life, the pieces from the packs, the accepted from the rejected', () => {
    const item = catalogue.items.get(1)
    expect(workOut(lineWith(1, { madeOn: '2020-02-01', packs: '3', rejectedBase: '10' }), item)).toEqual({
      expiresOn: '2022-01-31',
      packSizeBase: 2000,
      piecesBase: 6000,
      acceptedBase: 5990,
      standard: 'YY 0469-2011',
    })
    expect(workOut(lineWith(1, { packs: '3', packSizeBase: '500' }), item).piecesBase).toBe(1500)
    expect(workOut(lineWith(1, { piecesBase: '7' }), item)).toMatchObject({ piecesBase: null, acceptedBase: 7 })
    expect(workOut(lineWith(1, { piecesBase: '7', rejectedBase: '8' }), item).acceptedBase).toBeNull()
  })
})

describe('Enter', () => {
  const path = (itemId: number, cells: Partial<DraftLine['cells']>, from: LineField) => {
    const step = stepOnEnter(lineWith(itemId, cells), from, catalogue.items.get(itemId))
    return step.to === 'field' ? step.field : step.to
  }

  it('goes through a line of a known item by lot, day of production and packs, and opens the next', () => {
    expect(path(1, {}, 'item')).toBe('lot')
    expect(path(1, { lot: 'A' }, 'lot')).toBe('madeOn')
    expect(path(1, { lot: 'A', madeOn: '2020-02-01' }, 'madeOn')).toBe('packs')
    expect(path(1, { lot: 'A', madeOn: '2020-02-01', packs: '3' }, 'packs')).toBe('next-line')
  })

  it('asks for the expiry where it cannot be worked out, and for pieces where there are no packs', () => {
    expect(path(3, { lot: 'A', madeOn: '2020-02-01' }, 'madeOn')).toBe('expiresOn')
    expect(path(1, { lot: 'A' }, 'madeOn')).toBe('expiresOn')
    expect(path(1, { expiresOn: '2021-01-01' }, 'lot')).toBe('packs')
    expect(path(1, {}, 'packs')).toBe('piecesBase')
  })

  it('asks for the reason of a rejection', () => {
    expect(path(1, { packs: '3', rejectedBase: '2' }, 'rejectedBase')).toBe('rejectReason')
    expect(path(1, { packs: '3', rejectedBase: '0' }, 'rejectedBase')).toBe('next-line')
  })

  it('on a line without anything goes to saving', () => {
    expect(stepOnEnter(blankLine('k'), 'item', undefined)).toEqual({ to: 'save' })
  })

  it('is not needed behind a date that has all its digits', () => {
    expect(['20200206', '2020-02-06', '2020/02/06'].map(isWholeDate)).toEqual([true, true, true])
    expect(['2020026', '2020-2-6', '2020-02/06', '202002061'].map(isWholeDate)).toEqual([false, false, false, false])
  })
})
