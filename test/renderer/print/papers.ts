import type { DeliveryDocument } from '../../../api/contract/delivery.ts'
import type { SlipDocument } from '../../../api/contract/round.ts'
import type { RoundReport } from '../../../renderer/print/report-table.ts'

/** Documents of any length, as the API gives them. */
export const longName = '医用一次性防护服连体带帽防渗透抗静电加厚型隔离病区专用大号（含鞋套）贰零贰零年'
export const longNameEn = 'Protective coverall with hood and boot covers, fluid resistant, isolation wards'

const items = [
  ['FH-19083', '医用防护口罩', 'Medical protective mask', '折叠式 头戴', 'GB 19083-2010', '只', '盒', 50],
  ['SM-0469', '医用外科口罩', 'Surgical mask', '17.5cm×9.5cm', 'YY 0469-2011', '只', '箱', 2000],
  ['PC-19082', '医用防护服', 'Protective coverall', '连体 175', 'GB 19082-2009', '件', '箱', 40],
  ['GL-10213', '检查手套', 'Examination gloves', 'M', 'GB 10213-2006', '双', '盒', 50],
  ['HR-500', '免洗手消毒液', 'Hand rub', '500ml', '', '瓶', '箱', 24],
] as const

export function deliveryDocument(lines: number, change: Partial<DeliveryDocument['head']> = {}): DeliveryDocument {
  return {
    head: {
      postingSeq: 7,
      number: 'RK20200206-0007',
      businessDate: '2020-02-06',
      at: Date.UTC(2020, 1, 6, 3),
      person: '陈国华',
      supplierId: 11,
      supplierName: '佛山市南海康得福医疗用品有限公司',
      supplierNameEn: 'Kangdefu Medical Supplies Co., Ltd.',
      depotId: 3,
      depotName: '区应急物资一号库',
      depotNameEn: 'District depot 1',
      noteNumber: 'KDF-0206-18',
      note: '',
      lines,
      acceptedBase: lines * 1000,
      rejectedBase: 0,
      ...change,
    },
    lines: Array.from({ length: lines }, (_, index) => {
      const [code, name, nameEn, specification, standard, baseUnit, packName, size] = items[index % items.length]!
      return {
        line: index + 1,
        itemId: 100 + (index % items.length),
        itemCode: code,
        itemName: name,
        itemNameEn: nameEn,
        specification,
        standard,
        baseUnit,
        packName,
        lot: `L2002${String(index + 1).padStart(4, '0')}`,
        madeOn: '2020-01-28',
        expiresOn: '2022-01-27',
        packs: 20,
        packSizeBase: size,
        countedBase: 20 * size,
        acceptedBase: 20 * size,
        rejectedBase: 0,
        rejectReason: '',
      }
    }),
  }
}

export function slipDocument(lines: number, change: Partial<SlipDocument['head']> = {}): SlipDocument {
  return {
    head: {
      slipId: 21,
      number: 'DB20200206-0021',
      state: 'approved',
      roundId: 5,
      roundNumber: 'FP20200206-0002',
      businessDate: '2020-02-06',
      unitId: 40,
      unitCode: 'U040',
      unitName: '顺德区第一人民医院发热门诊',
      unitNameEn: 'Shunde First People’s Hospital fever clinic',
      town: '大良',
      unitKind: 'fever-clinic',
      tier: 1,
      address: '甲子路 1 号',
      contact: '黎淑仪',
      phone: '0757-22318000',
      route: '一号线',
      depotId: 3,
      depotName: '区应急物资一号库',
      depotNameEn: 'District depot 1',
      preparedBy: '陈国华',
      approvedBy: '梁启明',
      approvedAt: Date.UTC(2020, 1, 6, 6),
      dispatchedAt: null,
      dispatchNumber: null,
      signedBy: null,
      signedOn: null,
      lines,
      packs: lines * 3,
      ...change,
    },
    lines: Array.from({ length: lines }, (_, index) => {
      const [code, name, nameEn, specification, standard, baseUnit, packName, size] = items[index % items.length]!
      return {
        line: index + 1,
        itemId: 100 + (index % items.length),
        itemCode: code,
        itemName: name,
        itemNameEn: nameEn,
        specification,
        standard,
        baseUnit,
        packName,
        lot: `L2002${String(index + 1).padStart(4, '0')}`,
        madeOn: '2020-01-28',
        expiresOn: '2022-01-27',
        packs: 3,
        packSizeBase: size,
        quantityBase: 3 * size,
        needBase: 5 * size,
        pickedPacks: null,
        substituteFor: null,
        substituteForEn: null,
        coverAfterMilliDays: 7_550,
        why: {
          reason: 'level',
          rung: 4,
          rungName: '倾斜补足',
          rungNameEn: 'Tilted to the front',
          rungDays: 7,
          horizonDays: 14,
          coverBeforeMilliDays: 1_990,
          queuePacks: index + 31,
        },
      }
    }),
  }
}

export function roundReport(units: number, itemCount: number): RoundReport {
  const reportItems = Array.from({ length: itemCount }, (_, index) => {
    const [, name, nameEn, specification, , baseUnit, packName] = items[index % items.length]!
    return {
      itemId: 100 + index,
      code: `I${String(index).padStart(3, '0')}`,
      name: `${name}${index >= items.length ? index : ''}`,
      nameEn: `${nameEn}${index >= items.length ? ` ${index}` : ''}`,
      specification,
      baseUnit,
      packName,
    }
  })
  const reportUnits = Array.from({ length: units }, (_, index) => ({
    unitId: 400 + index,
    code: `U${String(index).padStart(4, '0')}`,
    name: `${['大良', '容桂', '北滘'][index % 3]}第${index + 1}防疫卡口`,
    nameEn: `Checkpoint ${index + 1}`,
    town: ['大良', '容桂', '北滘'][index % 3]!,
    unitKind: 'checkpoint',
    tier: (index % 3) + 1,
  }))
  return {
    rounds: [
      {
        roundId: 5,
        number: 'FP20200206-0002',
        state: 'approved',
        policyId: 1,
        policyName: '默认',
        policyNameEn: 'Default',
        businessDate: '2020-02-06',
        horizonDays: 7,
        note: '',
        approvedAt: Date.UTC(2020, 1, 6, 6),
        approvedBy: '梁启明',
        cancelledAt: null,
        units,
        items: itemCount,
        packs: units * itemCount * 2,
        slips: units,
        slipsDispatched: 0,
      },
    ],
    units: reportUnits,
    items: reportItems,
    lines: reportUnits.flatMap((unit) =>
      reportItems.map((item, index) => ({
        unitId: unit.unitId,
        itemId: item.itemId,
        needBase: 500 + index,
        stockBase: 100,
        useMilliPerDay: 40_000,
        packs: 2,
        packSizeBase: 100,
        quantityBase: 200,
        pinned: false,
        rung: 1,
        reason: 'level',
        queuePacks: null,
      })),
    ),
  }
}
