import type { ItemRow } from '../../../api/contract/item.ts'
import type { Catalogue } from '../../../renderer/delivery/line.ts'

/** A few items as the API gives them, for the tests of the line grid. */
export function itemRow(itemId: number, code: string, name: string, rest: Partial<ItemRow> = {}): ItemRow {
  return {
    itemId,
    code,
    name,
    nameEn: '',
    category: 'mask',
    specification: '',
    standard: '',
    baseUnit: '只',
    packName: '箱',
    packSizeBase: 100,
    shelfLifeDays: 730,
    reserveBase: 0,
    unitPriceFen: null,
    search: `${code} ${name}`.toLowerCase(),
    archivedAt: null,
    version: 1,
    ...rest,
  }
}

const rows = [
  itemRow(1, 'KZ-01', '医用外科口罩', {
    nameEn: 'Surgical mask',
    standard: 'YY 0469-2011',
    packSizeBase: 2000,
    search: 'kz-01 医用外科口罩 surgical mask yiyongwaikekouzhao yywkkz',
  }),
  itemRow(2, 'KZ-02', '医用防护口罩', {
    nameEn: 'Medical protective mask',
    standard: 'GB 19083-2010',
    baseUnit: '个',
    packName: '盒',
    packSizeBase: 20,
    search: 'kz-02 医用防护口罩 medical protective mask yiyongfanghukouzhao yyfhkz',
  }),
  itemRow(3, 'FHF-1', '医用防护服', {
    baseUnit: '件',
    packSizeBase: 40,
    shelfLifeDays: null,
    search: 'fhf-1 医用防护服 yiyongfanghufu yyfhf',
  }),
  itemRow(4, 'OLD-1', '旧口罩', { archivedAt: 1, search: 'old-1 旧口罩 jiukouzhao jkz' }),
]

export const catalogue: Catalogue = {
  items: new Map(rows.map((row) => [row.itemId, row])),
  today: '2020-02-06',
  promised: new Set([2]),
}

export function keys(): () => string {
  let last = 0
  return () => {
    last += 1
    return `k${last}`
  }
}
