import { describe, expect, it } from 'vitest'
import { parseGs1 } from '../../core/gs1.ts'
import { type LabelFacts, labelCode } from '../../core/label.ts'

const today = '2026-11-24'
const gs = '\u001d'
const gtin = '06901234567892'
const facts: LabelFacts = {
  itemCode: 'M-0469',
  gtin,
  lot: '261101A',
  expiresOn: '2028-10-31',
  quantityBase: 2000,
}

describe('what the code of a label says', () => {
  it('is GTIN, expiry, lot and count', () => {
    const { symbol, leftOut } = labelCode('lot', facts, today)
    expect(symbol).toEqual({ gs1: true, text: `01${gtin}1728103110261101A${gs}302000` })
    expect(leftOut).toEqual([])
    expect(labelCode('carton', facts, today).symbol).toEqual(symbol)
  })

  it('is our own code of an item without a GTIN', () => {
    const { symbol } = labelCode('lot', { ...facts, gtin: null }, today)
    expect(symbol).toEqual({ gs1: true, text: `1728103191M-0469${gs}10261101A${gs}302000` })
    const read = parseGs1(`]d2${symbol!.text}`, today)
    expect(read).toMatchObject({
      ok: true,
      data: { gtin: null, lot: '261101A', expiresOn: '2028-10-31', count: 2000, other: [['91', 'M-0469']] },
    })
    expect(labelCode('lot', { ...facts, gtin: '6901234567893' }, today).symbol!.text).toContain('91M-0469')
  })

  it('on a shelf is the item alone', () => {
    expect(labelCode('shelf', facts, today).symbol).toEqual({ gs1: true, text: `01${gtin}` })
    expect(labelCode('shelf', { ...facts, gtin: null }, today).symbol).toEqual({ gs1: false, text: 'M-0469' })
    // What would be taken for somebody's GTIN is marked as ours.
    expect(labelCode('shelf', { ...facts, gtin: null, itemCode: '12345678' }, today).symbol).toEqual({
      gs1: true,
      text: '9112345678',
    })
  })

  it('leaves out, and names, what GS1 has no characters or no room for', () => {
    const odd = { ...facts, lot: '批20261101', expiresOn: '2099-01-01' }
    const { symbol, leftOut } = labelCode('lot', odd, today)
    expect(symbol!.text).toBe(`01${gtin}302000`)
    expect(leftOut).toEqual(['lot', 'expiresOn'])
    expect(labelCode('lot', { ...facts, lot: 'x'.repeat(21) }, today).leftOut).toEqual(['lot'])
    expect(labelCode('lot', { ...facts, gtin: null, itemCode: '口罩-1' }, today)).toEqual({
      symbol: null,
      leftOut: ['item'],
    })
  })

  it('has nothing of a lot without a number, an expiry or a count', () => {
    const bare = { ...facts, lot: '', expiresOn: null, quantityBase: null }
    expect(labelCode('lot', bare, today)).toEqual({ symbol: { gs1: true, text: `01${gtin}` }, leftOut: [] })
  })
})
