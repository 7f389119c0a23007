import { describe, expect, it } from 'vitest'
import type { PostingDocument } from '../../../api/contract/ledger.ts'
import { correctable, documentPath } from '../../../renderer/ledger/correctable.ts'

type Owner = PostingDocument['owner']
function posting(kind: PostingDocument['head']['kind'], owner: Owner = null, correctedBySeq: number | null = null) {
  const head: PostingDocument['head'] = {
    postingSeq: 12,
    kind,
    number: 'X1',
    businessDate: '2026-11-24',
    at: 0,
    person: '梁',
    corrects: null,
    correctsSeq: null,
    correctedBy: correctedBySeq === null ? null : 'GZ1',
    correctedBySeq,
    reason: '',
    lines: 1,
    quantityBase: 1,
    fromName: null,
    fromNameEn: null,
    toName: null,
    toNameEn: null,
    routes: 0,
  }
  return { head, owner }
}
const slip = (state: string): Owner => ({ kind: 'slip', id: 5, number: 'DB1', state })
const transfer: Owner = { kind: 'transfer', id: 6, number: 'YK1', state: 'received' }
const stocktake: Owner = { kind: 'stocktake', id: 7, number: 'PD1', state: 'posted' }

describe('a posting', () => {
  it('is corrected once, and says why where it is not', () => {
    expect(correctable(posting('delivery'))).toBe('yes')
    expect(correctable(posting('write-off'))).toBe('yes')
    expect(correctable(posting('stocktake', stocktake))).toBe('yes')
    expect(correctable(posting('delivery', null, 13))).toBe('corrected')
    expect(correctable(posting('correction'))).toBe('correction')
    expect(correctable(posting('transfer', transfer))).toBe('transfer')
    expect(correctable(posting('dispatch', slip('dispatched')))).toBe('yes')
    expect(correctable(posting('dispatch', slip('signed')))).toBe('signed')
    expect(correctable(posting('signature', slip('signed')))).toBe('difference')
  })

  it('leads to the document that it is a step of', () => {
    expect(documentPath(posting('delivery'))).toBe('/deliveries/12')
    expect(documentPath(posting('dispatch', slip('signed')))).toBe('/slips/5')
    expect(documentPath(posting('transfer', transfer))).toBe('/ledger/transfers/6')
    expect(documentPath(posting('stocktake', stocktake))).toBe('/stocktakes/7')
    expect(documentPath(posting('return'))).toBeNull()
  })
})
