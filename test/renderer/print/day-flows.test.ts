import { describe, expect, it } from 'vitest'
import type { PostingHead } from '../../../api/contract/ledger.ts'
import { isPerson, readFlows, sumFlows } from '../../../renderer/print/day-flows.ts'
import { nearExpiry } from '../../../renderer/print/expiry-list.tsx'
import { postingDocument } from './table-papers.ts'

type Kind = 'supplier' | 'depot' | 'unit' | 'lost'

function posting(from: readonly [Kind, string], to: readonly [Kind, string], quantityBase: number, head = {}) {
  const document = postingDocument(1, 'delivery', head)
  const lines = document.lines.map((line) => ({
    ...line,
    fromKind: from[0],
    fromName: from[1],
    toKind: to[0],
    toName: to[1],
    quantityBase,
  }))
  return { ...document, lines }
}

describe('what came and went between two days', () => {
  it('is added up by place and item, with returns and corrections taken off', () => {
    const flows = sumFlows([
      posting(['supplier', '康得福'], ['depot', '一号库'], 1000),
      posting(['supplier', '康得福'], ['depot', '一号库'], 500),
      posting(['depot', '一号库'], ['supplier', '康得福'], 500),
      posting(['depot', '一号库'], ['unit', '区医院'], 300),
      posting(['unit', '区医院'], ['depot', '一号库'], 40),
      posting(['depot', '一号库'], ['unit', '学校'], 7),
      posting(['unit', '学校'], ['depot', '一号库'], 7),
      posting(['depot', '一号库'], ['lost', ''], 3),
    ])
    expect(flows.received.map((row) => [row.placeName, row.quantityBase])).toEqual([['康得福', 1000]])
    expect(flows.given.map((row) => [row.placeName, row.quantityBase])).toEqual([['区医院', 260]])
  })

  it('is read over every page of the ledger, and only from the days asked for', async () => {
    const dates = ['2020-02-05', '2020-02-06', '2020-02-07', '2020-02-08']
    const documents = Array.from({ length: 2300 }, (_, index) =>
      posting(['supplier', '康得福'], ['depot', '一号库'], 1, {
        postingSeq: index + 1,
        businessDate: dates[index % 4],
      }),
    )
    const newest: PostingHead[] = documents.map(({ head }) => head).reverse()
    const flows = await readFlows(
      {
        list: async (before, limit) =>
          newest.filter((head) => before === null || head.postingSeq < before).slice(0, limit),
        get: async (postingSeq) => documents[postingSeq - 1]!,
      },
      '2020-02-06',
      '2020-02-07',
    )
    expect(flows.received.map((row) => row.quantityBase)).toEqual([1150])
  })
})

describe('a public notice', () => {
  it('takes a donor for a person unless the name says an organisation', () => {
    for (const name of ['张先生', '李小明', '匿名市民', 'Wang Wei']) expect(isPerson(name, 'donor'), name).toBe(true)
    for (const name of ['顺德区慈善会', '美的集团股份有限公司', '广东省红十字基金', 'Kangdefu Co., Ltd.']) {
      expect(isPerson(name, 'donor'), name).toBe(false)
    }
    expect(isPerson('康得福', 'manufacturer')).toBe(false)
  })
})

describe('an expiry list', () => {
  it('has what has expired first, then what soon does, and nothing without stock or expiry', () => {
    const lot = (lotId: number, expiresOn: string | null, onHandBase = 10) => ({
      depotId: 3,
      lotId,
      lot: `L${lotId}`,
      itemId: 1,
      itemCode: 'A',
      itemName: '口罩',
      itemNameEn: '',
      specification: '',
      baseUnit: '只',
      expiresOn,
      hold: false,
      onHandBase,
      freeBase: onHandBase,
    })
    const lots = [
      lot(1, '2020-03-07'),
      lot(2, '2020-03-08'),
      lot(3, '2020-02-05'),
      lot(4, null),
      lot(5, '2020-02-06', 0),
    ]
    const rows = nearExpiry({ lots, depots: [], today: '2020-02-06', nearExpiryDays: 30 })
    expect(rows.map(({ lotId, daysLeft }) => [lotId, daysLeft])).toEqual([
      [3, -1],
      [1, 30],
    ])
  })
})
