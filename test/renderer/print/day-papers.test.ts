import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alertList } from '../../../renderer/print/alert-list.tsx'
import { dailyReport } from '../../../renderer/print/daily-report.tsx'
import { expiryList } from '../../../renderer/print/expiry-list.tsx'
import type { Papers } from '../../../renderer/print/paper.tsx'
import { publicNotice } from '../../../renderer/print/public-notice.tsx'
import { unitCard } from '../../../renderer/print/unit-card.tsx'
import { item, needOf, unit } from './documents.ts'
import { openPdfPrinter, type PdfPrinter, readPdf, squeeze } from './pdf-printer.ts'

const organisation = '顺德区新冠肺炎防控指挥部物资保障组'
const both = { language: 'both', organisation, person: '梁启明' } as const

let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

const print = async (papers: Papers) => readPdf(await printer.print(papers))

const flow = (placeName: string, quantityBase: number) => ({
  placeId: 1,
  supplierKind: placeName === '张先生' ? 'donor' : null,
  placeName,
  placeNameEn: '',
  itemId: 1,
  itemName: item.name,
  itemNameEn: item.nameEn,
  specification: item.specification,
  baseUnit: item.baseUnit,
  quantityBase,
})
const units = (count: number) =>
  Array.from({ length: count }, (_, index) => flow(`领用单位${String(index + 1).padStart(4, '0')}`, index + 1))

describe('a daily report on paper', { timeout: 60_000 }, () => {
  it('has what came and went by item, what is short, who runs out and what is promised', async () => {
    const amounts = { onHandBase: 9000, reservedBase: 300, availableBase: 8700, unusableBase: 0 }
    const pages = await print(
      dailyReport(
        {
          today: {
            businessDate: '2020-02-06',
            short: [
              {
                itemId: 1,
                code: item.code,
                name: item.name,
                nameEn: item.nameEn,
                baseUnit: '只',
                availableBase: 8700,
                useMilliPerDay: 4_000_000,
                coverMilliDays: 2175,
              },
            ],
            runningOut: [
              {
                unitId: 5,
                unitName: '区第一人民医院',
                unitNameEn: 'First Hospital',
                tier: 1,
                itemId: 1,
                itemName: item.name,
                itemNameEn: item.nameEn,
                coverMilliDays: 999,
              },
            ],
            runningOutCount: 12,
            due: [
              {
                commitmentId: 1,
                supplierId: 2,
                supplierName: '康得福',
                supplierNameEn: 'Kangdefu',
                itemName: item.name,
                itemNameEn: item.nameEn,
                baseUnit: '只',
                outstandingBase: 12_345,
                dueOn: '2020-02-05',
              },
            ],
          },
          stock: [
            {
              ...amounts,
              item,
              earliestExpiresOn: null,
              coverMilliDays: 2175,
              useMilliPerDay: 4_000_000,
              byDepot: new Map(),
            },
          ],
          flows: { received: [flow('康得福', 2000), flow('慈善会', 500)], given: [flow('区医院', 640)] },
        },
        both,
      ),
    )
    expect(pages).toHaveLength(1)
    const text = squeeze(pages[0]!.text)
    expect(text).toContain('只pcs2,5006409,0003008,7002.1')
    for (const word of ['日报', 'Dailyreport', '区第一人民医院', '0.9', '列出1/12', '康得福', '12,345只', '梁启明']) {
      expect(text, word).toContain(word)
    }
  })
})

describe('a public notice on paper', { timeout: 60_000 }, () => {
  it.each([1, 30])('names each of %i units once and no person', async (count) => {
    const pages = await print(
      publicNotice(
        {
          from: '2020-02-05',
          to: '2020-02-06',
          flows: { received: [flow('康得福', 2000), flow('张先生', 20)], given: units(count) },
        },
        both,
      ),
    )
    const text = squeeze(pages.map((page) => page.text).join(''))
    expect(text.match(/领用单位\d{4}/g)).toEqual(units(count).map((row) => row.placeName))
    expect(text).toContain('个人aprivateperson')
    expect(text).not.toContain('张先生')
    expect(text).not.toContain('梁启明')
    expect(pages.at(-1)!.text).toContain('盖章处')
  })
})

describe('an expiry list on paper', { timeout: 60_000 }, () => {
  it.each([1, 30])('has each of %i lots once under a header row on every page', async (count) => {
    const lots = Array.from({ length: count }, (_, index) => ({
      depotId: 3,
      lotId: index + 1,
      lot: `L2002${String(index + 1).padStart(4, '0')}`,
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
    const depots = [{ placeId: 3, name: '一号库', nameEn: 'Depot 1' }]
    const pages = await print(expiryList({ lots, depots, today: '2020-02-06', nearExpiryDays: 30 }, both))
    const text = squeeze(pages.map((page) => page.text).join(''))
    expect(text.match(/L2002\d{4}/g)).toEqual(lots.map(({ lot }) => lot))
    for (const page of pages) expect(page.text).toContain('剩余天数')
    expect(text).toContain('2020-03-07')
  })
})

describe('a unit card on paper', { timeout: 60_000 }, () => {
  it('has people by duty, need and stock', async () => {
    const pages = await print(
      unitCard(
        {
          unit: {
            ...unit,
            headcount: [
              { dutyId: 1, people: 40 },
              { dutyId: 2, people: 0 },
            ],
          },
          needs: [needOf(1)],
          items: [item],
          duties: [
            { dutyId: 1, name: '医生', nameEn: 'Doctors' },
            { dutyId: 2, name: '护士', nameEn: 'Nurses' },
          ],
          slips: [],
          today: '2020-02-06',
        },
        both,
      ),
    )
    const text = squeeze(pages[0]!.text)
    for (const word of [
      '区第一人民医院',
      '医生Doctors40',
      '合计Total40',
      '8075.5单位自报Asstated2002.52020-02-08360',
      '单位卡',
    ]) {
      expect(text, word).toContain(word)
    }
    expect(text).not.toContain('护士')
  })
})

describe("the day's alerts on paper", { timeout: 60_000 }, () => {
  it.each([1, 30])('has %i of them, the urgent counted, each with its remedy', async (count) => {
    const alerts = Array.from({ length: count }, (_, index) => ({
      key: `low/${index}`,
      kind: 'low' as const,
      severity: index === 0 ? ('now' as const) : ('soon' as const),
      about: {
        name: `医用外科口罩${index + 1}`,
        nameEn: '',
        availableBase: 1200,
        baseUnit: '只',
        coverMilliDays: 1990,
      },
      path: '/stock/1',
      snoozedUntil: null,
    }))
    const pages = await print(alertList({ today: '2020-02-06', alerts }, both))
    const text = squeeze(pages.map((page) => page.text).join(''))
    for (const word of ['待办提醒', 'Alertsoftheday', `医用外科口罩${count}`, '1,200只', `共${count}项，其中紧急1项`]) {
      expect(text, word).toContain(word)
    }
  })
})
