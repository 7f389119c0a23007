import { describe, expect, it } from 'vitest'
import { isPerson } from '../../../renderer/print/day-flows.ts'
import { nearExpiry } from '../../../renderer/print/expiry-list.tsx'

describe('a public notice', () => {
  const isDonor = (placeName: string) => isPerson({ placeName, supplierKind: 'donor' })
  it('takes a donor for a person unless the name says an organisation', () => {
    for (const name of ['张先生', '李小明', '匿名市民', 'Wang Wei']) expect(isDonor(name), name).toBe(true)
    for (const name of ['顺德区慈善会', '美的集团股份有限公司', '广东省红十字基金', 'Kangdefu Co., Ltd.']) {
      expect(isDonor(name), name).toBe(false)
    }
    expect(isPerson({ placeName: '康得福', supplierKind: 'manufacturer' })).toBe(false)
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
