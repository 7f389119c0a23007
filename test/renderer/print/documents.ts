import type { BoardRow } from '../../../api/contract/liaison.ts'
import type { SupplierRow } from '../../../api/contract/place.ts'
import { boardPaper, promisePaper } from '../../../renderer/liaison/board-paper.tsx'
import type { Promised } from '../../../renderer/liaison/promise-state.ts'
import type { Directory } from '../../../renderer/liaison/use-directory.ts'
import { allocationSlips } from '../../../renderer/print/allocation-slip.tsx'
import { dailyReport } from '../../../renderer/print/daily-report.tsx'
import { deliveryReport } from '../../../renderer/print/delivery-report.tsx'
import { expiryList } from '../../../renderer/print/expiry-list.tsx'
import { goodsReceipts } from '../../../renderer/print/goods-receipt.tsx'
import type { PaperKey, Papers, PrintLanguage } from '../../../renderer/print/paper.tsx'
import { pickLists } from '../../../renderer/print/pick-list.tsx'
import { postingPaper } from '../../../renderer/print/posting-paper.tsx'
import type { PrintRequest } from '../../../renderer/print/print.tsx'
import { publicNotice } from '../../../renderer/print/public-notice.tsx'
import { reportForms } from '../../../renderer/print/report-form.tsx'
import { allocationReport } from '../../../renderer/print/report-paper.tsx'
import { stockCard } from '../../../renderer/print/stock-card-paper.tsx'
import { stocktakeSheet } from '../../../renderer/print/stocktake-sheet.tsx'
import { unitCard } from '../../../renderer/print/unit-card.tsx'
import { deliveryDocument, longName, longNameEn, roundReport, slipDocument } from './papers.ts'
import { postingDocument, stockCardDocument, stocktakeDocument } from './table-papers.ts'

export const organisation = '顺德区新冠肺炎防控指挥部物资保障组'
const person = '梁启明'
const today = '2020-02-06'

/** A document of the program with a table of so many lines; its rows bear `L20020001`, `L20020002` and so on. */
export type PrintedDocument = {
  readonly name: string
  readonly papers: (lines: number, language: PrintLanguage, long: boolean) => Papers
  /** Words of the header row; they stand on every page that has a row. */
  readonly header: readonly PaperKey[]
  /** Words of the block of signatures, which stands on the page of the last row. */
  readonly signers: readonly PaperKey[]
  /** How often each row stands in the print. */
  readonly copies?: (lines: number) => number
  /** A number of twelve digits that stands in it when it is long. */
  readonly number?: string
}

const nameKeys = new Set(
  'name itemName unitName supplierName depotName placeName fromName toName place address note reason'.split(' '),
)
export const longFigure = 123_456_789_012

/** Names of forty characters and numbers of twelve digits in everything that a document shows. A row's mark stays. */
function lengthen<Value>(value: Value): Value {
  const one = (key: string, old: unknown): unknown => {
    if (Array.isArray(old)) return old.map((item) => one('', item))
    if (typeof old === 'object' && old !== null) {
      return Object.fromEntries(Object.entries(old).map(([name, inner]) => [name, one(name, inner)]))
    }
    if (typeof old === 'string') {
      const mark = /L2002\d{4}/.exec(old)?.[0] ?? ''
      if (/En$/.test(key) && old !== '') return `${longNameEn}${mark === '' ? '' : ` ${mark}`}`
      if (nameKeys.has(key) && old !== '') return `${longName}${mark}`
    }
    if (typeof old === 'number' && /Base$/.test(key) && !/[pP]ackSize|balance/.test(key) && old > 0) return longFigure
    return old
  }
  return one('', value) as Value
}

export const markOf = (index: number): string => `L2002${String(index + 1).padStart(4, '0')}`
const marked = (lines: number) => Array.from({ length: lines }, (_, index) => markOf(index))
const maybe = <Value>(value: Value, long: boolean): Value => (long ? lengthen(value) : value)

/** One item, whole, that the papers of the tests speak of. */
export const item = {
  itemId: 1,
  code: 'FH-19083',
  name: '医用防护口罩',
  nameEn: 'Medical protective mask',
  category: 'mask' as const,
  specification: '折叠式',
  standard: 'GB 19083-2010',
  baseUnit: '只',
  packName: '盒',
  packSizeBase: 50,
  shelfLifeDays: null,
  reserveBase: 0,
  unitPriceFen: null,
  note: '',
  search: '',
  archivedAt: null,
  version: 1,
}
export const unit = {
  placeId: 5,
  code: 'U001',
  name: '区第一人民医院',
  nameEn: 'First Hospital',
  town: '大良',
  contact: '黎淑仪',
  phone: '0757-22318000',
  address: '甲子路 1 号',
  note: '',
  search: '',
  archivedAt: null,
  version: 1,
  unitKind: 'fever-clinic' as const,
  tier: 1 as const,
  route: '',
  headcount: [{ dutyId: 1, people: 40 }],
  lastReportedOn: null,
}
export const needOf = (itemId: number) => ({
  itemId,
  useMilliPerDay: 80_000,
  stockBase: 200,
  reportedBase: 200,
  reportedOn: today,
  shippedSinceBase: 40,
  coverMilliDays: 2500,
  needBase: 360,
  belowShipments: false,
  actual: { milliPerDay: 75_500, source: 'stated' as const },
  statedMilliPerDay: 75_500,
  useDiffers: false,
  actualRunsOutOn: '2020-02-08',
  runsOutOn: '2020-02-08',
})
const depot = { placeId: 3, name: '区应急物资一号库', nameEn: 'District depot 1' }
const supplier: SupplierRow = {
  placeId: 11,
  code: 'S011',
  name: '佛山市南海康得福医疗用品有限公司',
  nameEn: 'Kangdefu Medical Supplies Co., Ltd.',
  town: '',
  contact: '何志强',
  phone: '0757-86331000',
  address: '',
  note: '',
  search: '',
  archivedAt: null,
  version: 1,
  supplierKind: 'manufacturer',
  licence: '',
  capacity: [],
  lastDeliveryAt: null,
}

function directoryOf(long: boolean, names: readonly string[] = []): Directory {
  const items =
    names.length === 0 ? [item] : names.map((name, index) => ({ ...item, itemId: index + 1, name, nameEn: name }))
  const rows = maybe({ items, supplier }, long)
  return {
    suppliers: [rows.supplier],
    items: rows.items,
    supplierById: new Map([[supplier.placeId, rows.supplier]]),
    itemById: new Map(rows.items.map((row) => [row.itemId, row])),
    supplierName: () => rows.supplier.name,
    itemName: (itemId) => rows.items[itemId - 1]!.name,
    measure: () => item.baseUnit,
  }
}

function built(request: PrintRequest, language: PrintLanguage): Papers {
  if (request.kind !== 'papers') throw new Error(`no papers of its own: ${request.kind}`)
  const choice = {
    language,
    copies: 1,
    reasons: false,
    organisation,
    organisationEn: '',
    businessDate: today,
    person,
  } as const
  return request.build(choice, organisation)
}

const promises = (lines: number): Promised[] =>
  marked(lines).map((mark, index) => ({
    commitmentId: index + 1,
    supplierId: supplier.placeId,
    itemId: 1,
    quantityBase: 5000,
    dueOn: '2020-02-05',
    note: mark,
    closedAt: null,
    version: 1,
    deliveredBase: 2000,
    outstandingBase: 3000,
  }))

const boardRows = (lines: number): BoardRow[] =>
  marked(lines).map((_, index) => ({
    supplierId: supplier.placeId,
    itemId: index + 1,
    capacityPerDayBase: 5000,
    promisedTodayBase: 800,
    promisedWeekBase: 9000,
    deliveredTodayBase: 0,
    deliveredWeekBase: 0,
    gapBase: 3000,
    lateSince: '2020-02-04',
    nextDueOn: today,
    fulfilmentPercent: 45,
    blockers: [],
    lastCall: null,
    runsOutOn: null,
    runsOutUnit: null,
    runsOutUnitEn: null,
    runsOutTier: null,
    unitsBelowTwoDays: 0,
  }))

const flow = (placeId: number, placeName: string, quantityBase: number) => ({
  placeId,
  supplierKind: null,
  placeName,
  placeNameEn: '',
  itemId: 1,
  itemName: item.name,
  itemNameEn: item.nameEn,
  specification: item.specification,
  baseUnit: item.baseUnit,
  quantityBase,
})

/** Three times a thousand lines would say nothing more. */
const copiesOf = (lines: number): 1 | 3 => (lines > 100 ? 1 : 3)

export const documents: readonly PrintedDocument[] = [
  {
    name: '入库单',
    papers: (lines, language, long) =>
      goodsReceipts([maybe(deliveryDocument(lines), long)], { language, organisation }),
    header: ['line', 'item', 'specification', 'quantity', 'lot', 'expiresOn', 'standard'],
    signers: ['buyer', 'inspector', 'storekeeper', 'preparedBy', 'seal'],
  },
  {
    name: '调拨单',
    papers: (lines, language, long) =>
      allocationSlips([maybe(slipDocument(lines), long)], {
        language,
        organisation,
        copies: copiesOf(lines),
      }),
    header: ['line', 'item', 'needed', 'thisTime', 'lot', 'expiresOn'],
    signers: ['recipient', 'recipientHead', 'storekeeperPerson', 'preparedBy', 'approver', 'seal'],
    copies: copiesOf,
  },
  {
    name: '拣货单',
    papers: (lines, language, long) =>
      pickLists([maybe(slipDocument(lines), long)], { language, organisation, date: today }),
    header: ['picked', 'item', 'lot', 'packs', 'quantity', 'difference'],
    signers: ['picker', 'checker', 'storekeeperPerson'],
  },
  {
    name: '分配汇总表',
    papers(lines, language, long) {
      const report = roundReport(lines, 3)
      const units = report.units.map((row, index) => ({
        ...row,
        tier: 1,
        name: markOf(index),
        nameEn: markOf(index),
        town: '',
      }))
      const all = { ...report, units }
      return allocationReport(long ? { ...lengthen(all), rounds: report.rounds } : all, {
        language,
        organisation,
        date: today,
        madeBy: person,
        measures: [],
        chosen: { dates: '', towns: '', unitKinds: '', items: '' },
      })
    },
    header: ['unit', 'tier', 'requested', 'allocated', 'cover', 'unitPacks'],
    signers: ['madeBy', 'reviewer', 'approver', 'seal'],
  },
  {
    name: '收发存明细',
    papers: (lines, language, long) =>
      stockCard(maybe(stockCardDocument(lines), long), { language, organisation, person }),
    header: ['date', 'document', 'number', 'otherPlace', 'lot', 'in', 'out', 'balance'],
    signers: ['madeBy', 'storekeeperPerson', 'reviewer'],
  },
  {
    name: '入库明细表',
    papers: (lines, language, long) =>
      deliveryReport([maybe(deliveryDocument(lines), long)], { language, organisation, person }),
    header: ['date', 'number', 'manufacturer', 'lot', 'accepted'],
    signers: ['madeBy', 'storekeeperPerson', 'reviewer'],
  },
  {
    name: '盘点表',
    papers: (lines, language, long) =>
      stocktakeSheet(maybe(stocktakeDocument(lines), long), {
        language,
        organisation,
        person,
        category: { zh: '口罩', en: 'Masks' },
      }),
    header: ['line', 'item', 'lot', 'expected', 'counted', 'reason'],
    signers: ['counter', 'supervisor', 'storekeeperPerson'],
  },
  {
    name: '日报',
    papers(lines, language, long) {
      const due = marked(lines).map((mark, index) => ({
        commitmentId: index + 1,
        supplierId: 11,
        supplierName: `康得福${mark}`,
        supplierNameEn: '',
        itemName: item.name,
        itemNameEn: item.nameEn,
        baseUnit: '只',
        outstandingBase: 12_345,
        dueOn: '2020-02-05',
      }))
      const report = { businessDate: today, short: [], runningOut: [], runningOutCount: 0, due }
      const flows = { received: [], given: [] }
      return dailyReport(maybe({ today: report, stock: [], flows }, long), { language, organisation, person })
    },
    header: ['manufacturer', 'item', 'dueOn', 'outstanding'],
    signers: ['madeBy', 'reviewer', 'approver'],
  },
  {
    name: '公示',
    papers(lines, language, long) {
      const given = marked(lines).map((mark, index) => flow(index + 1, `卡口${mark}`, 640))
      const flows = maybe({ received: [], given }, long)
      return publicNotice({ from: today, to: today, flows }, { language, organisation })
    },
    header: ['toUnit', 'item', 'quantity', 'unitOfMeasure'],
    signers: ['seal'],
  },
  {
    name: '承诺与兑现',
    papers: (lines, language, long) =>
      built(
        promisePaper(
          promises(lines).map((row) => ({
            ...row,
            ...(long ? { quantityBase: longFigure, outstandingBase: longFigure, note: `${longName}${row.note}` } : {}),
          })),
          directoryOf(long),
          today,
        ),
        language,
      ),
    header: ['outstanding'],
    signers: ['seal'],
  },
  {
    name: '联络看板',
    papers: (lines, language, long) =>
      built(boardPaper(maybe(boardRows(lines), long), directoryOf(long, marked(lines)), today), language),
    header: [],
    signers: ['seal'],
  },
  {
    name: '近效期清单',
    papers(lines, language, long) {
      const lots = marked(lines).map((lot, index) => ({
        depotId: 3,
        lotId: index + 1,
        lot,
        itemId: 1,
        itemCode: item.code,
        itemName: item.name,
        itemNameEn: item.nameEn,
        specification: item.specification,
        baseUnit: item.baseUnit,
        expiresOn: '2020-02-20',
        hold: false,
        onHandBase: 40,
        freeBase: 40,
      }))
      return expiryList(
        { ...maybe({ lots, depots: [depot] }, long), today, nearExpiryDays: 30 },
        { language, organisation, person },
      )
    },
    header: ['expiresOn', 'daysLeft', 'item', 'lot', 'depot', 'onHand'],
    signers: ['madeBy', 'storekeeperPerson', 'reviewer'],
  },
  {
    name: '单位卡',
    papers(lines, language, long) {
      const items = marked(lines).map((mark, index) => ({ ...item, itemId: index + 1, name: mark, nameEn: mark }))
      const needs = items.map(({ itemId }) => needOf(itemId))
      const duties = [{ dutyId: 1, name: '医生', nameEn: 'Doctors' }]
      return unitCard({ ...maybe({ unit, needs, items, duties }, long), slips: [], today }, { language, organisation })
    },
    header: [],
    signers: [],
  },
  {
    name: '库存上报表',
    papers(lines, language, long) {
      const items = marked(lines).map((mark, index) => ({ ...item, itemId: index + 1, name: mark, nameEn: mark }))
      const needs = items.map(({ itemId }) => needOf(itemId))
      const { unit: shown, ...rest } = maybe({ unit, items, needs }, long)
      return reportForms({ forms: [{ unit: shown, needs: rest.needs }], items: rest.items }, { language, organisation })
    },
    header: ['item', 'lastReported', 'sentSince', 'nowOnHand', 'usedSince', 'usedDays', 'note'],
    signers: ['madeBy', 'reviewer', 'seal'],
  },
  {
    name: '退库单',
    papers: (lines, language, long) =>
      postingPaper(maybe(postingDocument(lines, 'return'), long), { language, organisation }),
    header: ['line', 'item', 'lot', 'from', 'to', 'quantity'],
    signers: ['handler', 'storekeeperPerson', 'recipient', 'seal'],
  },
]
