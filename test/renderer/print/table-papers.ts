import type { PostingDocument, StocktakeDocument } from '../../../api/contract/ledger.ts'
import type { StockCardDocument } from '../../../renderer/print/stock-card-paper.tsx'
import { longName, longNameEn } from './papers.ts'

const item = {
  code: 'FH-19083',
  name: '医用防护口罩',
  nameEn: 'Medical protective mask',
  specification: '折叠式 头戴',
  baseUnit: '只',
}
export const lotNumber = (index: number): string => `L2002${String(index + 1).padStart(4, '0')}`

/** In, in, out, over and over; the newest first, as the ledger gives them. */
export function stockCardDocument(lines: number, openingBase = 500): StockCardDocument {
  let balanceBase = openingBase
  const rows = Array.from({ length: lines }, (_, index) => {
    const out = index % 3 === 2
    const amount = out ? 700 : 1000
    balanceBase += out ? -amount : amount
    return {
      movementSeq: index + 1,
      postingSeq: index + 1,
      kind: out ? 'dispatch' : 'delivery',
      number: `${out ? 'FF' : 'RK'}20200206-${String(index + 1).padStart(4, '0')}`,
      businessDate: '2020-02-06',
      at: Date.UTC(2020, 1, 6, 3) + index,
      place: out ? '顺德区第一人民医院' : '南海康得福医疗用品有限公司',
      placeEn: out ? 'Shunde First Hospital' : 'Kangdefu Medical Supplies Co., Ltd.',
      lot: lotNumber(index),
      inBase: out ? 0 : amount,
      outBase: out ? amount : 0,
      balanceBase,
      person: '陈国华',
    }
  })
  return { item, depot: { name: '区应急物资一号库', nameEn: 'District depot 1' }, rows: rows.reverse() }
}

export function stocktakeDocument(
  lines: number,
  change: Partial<StocktakeDocument['head']> = {},
  long = false,
): StocktakeDocument {
  return {
    head: {
      stocktakeId: 4,
      number: 'PD20200206-0001',
      depotId: 3,
      depotName: '区应急物资一号库',
      depotNameEn: 'District depot 1',
      category: 'mask',
      shelf: '',
      blind: false,
      state: 'open',
      note: '',
      startedAt: Date.UTC(2020, 1, 6, 3),
      startedBy: '陈国华',
      closedAt: null,
      closedBy: null,
      postingSeq: null,
      lines,
      counted: 0,
      differing: 0,
      ...change,
    },
    lines: Array.from({ length: lines }, (_, index) => ({
      lotId: index + 1,
      lot: lotNumber(index),
      itemId: 101,
      shelf: '',
      itemCode: item.code,
      itemName: long ? longName : item.name,
      itemNameEn: long ? longNameEn : item.nameEn,
      specification: item.specification,
      baseUnit: item.baseUnit,
      packName: '盒',
      packSizeBase: 50,
      expiresOn: '2022-01-27',
      expectedBase: long ? 123_456_789_012 : 77_000 + index,
      countedBase: null,
      varianceBase: null,
      reason: '',
      countedAt: null,
      countedBy: null,
      unitPriceFen: null,
    })),
  }
}

export function postingDocument(
  lines: number,
  kind: PostingDocument['head']['kind'],
  change: Partial<PostingDocument['head']> = {},
): PostingDocument {
  return {
    head: {
      postingSeq: 9,
      kind,
      number: 'TK20200206-0003',
      businessDate: '2020-02-06',
      at: Date.UTC(2020, 1, 6, 3),
      person: '陈国华',
      corrects: null,
      correctsSeq: null,
      correctedBy: null,
      correctedBySeq: null,
      reason: '外箱破损',
      lines,
      quantityBase: lines * 40,
      fromName: null,
      fromNameEn: null,
      toName: null,
      toNameEn: null,
      routes: 0,
      ...change,
    },
    lines: Array.from({ length: lines }, (_, index) => ({
      line: index + 1,
      lotId: index + 1,
      lot: lotNumber(index),
      expiresOn: '2022-01-27',
      itemId: 101,
      itemCode: item.code,
      itemName: item.name,
      itemNameEn: item.nameEn,
      specification: item.specification,
      baseUnit: item.baseUnit,
      fromKind: 'unit',
      fromName: '顺德区第一人民医院',
      fromNameEn: 'Shunde First Hospital',
      toKind: 'depot',
      toName: '区应急物资一号库',
      toNameEn: 'District depot 1',
      quantityBase: 40,
    })),
    owner: null,
  }
}
