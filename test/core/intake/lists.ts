import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CatalogueItem, catalogueItem } from '../../../core/intake/catalogue.ts'
import type { IntakeKind } from '../../../core/intake/header-words.ts'
import { type IntakeContext, type IntakeResult, readList } from '../../../core/intake/intake.ts'
import type { DraftRow } from '../../../core/intake/read-row.ts'
import { type Cell, type Sheet, sheetOf } from '../../../core/intake/sheet.ts'

/** Real lists are not part of the project; their folder is named by FRONTSTOCK_LISTS, or stands beside the checkout. */
export function findRealList(name: string): string | null {
  const beside = fileURLToPath(new URL('../../../../shared/data', import.meta.url))
  for (const folder of [process.env.FRONTSTOCK_LISTS, beside]) {
    if (folder && existsSync(join(folder, name))) return join(folder, name)
  }
  return null
}

const item = (
  code: string,
  name: string,
  standard: string,
  baseUnit: string,
  rest: Partial<CatalogueItem> = {},
): CatalogueItem => catalogueItem({ code, name, standard, baseUnit, ...rest })

export const ordinaryCatalogue: readonly CatalogueItem[] = [
  item('M-MED', '医用防护口罩', 'GB 19083-2010', '只', {
    nameEn: 'medical protective mask',
    packs: [{ unit: '盒', sizeBase: 25 }],
  }),
  item('M-N95', 'N95口罩', 'GB 2626-2019', '只', { nameEn: 'N95 respirator' }),
  item('M-SUR', '医用外科口罩', 'YY 0469-2011', '只', {
    nameEn: 'surgical mask',
    packs: [
      { unit: '盒', sizeBase: 50 },
      { unit: '箱', sizeBase: 2000 },
    ],
  }),
  item('M-DIS', '一次性使用医用口罩', 'YY/T 0969-2013', '只', { nameEn: 'disposable medical mask' }),
  item('C-MED', '医用防护服', 'GB 19082-2009', '件', { packs: [{ unit: '箱', sizeBase: 50 }] }),
  item('G-GOG', '护目镜', '', '副', { packs: [{ unit: '箱', sizeBase: 100 }] }),
  item('F-SHD', '防护面罩', '', '个'),
  item('H-EXA', '一次性检查手套', 'GB 10213-2006', '双', { packs: [{ unit: '盒', sizeBase: 50 }] }),
  item('S-SHO', '一次性鞋套', '', '双'),
  item('D-084', '84消毒液', '', '瓶', { packs: [{ unit: '箱', sizeBase: 30 }] }),
  item('A-075', '75%酒精', '', '瓶'),
  item('W-RUB', '免洗手消毒液', '', '瓶'),
  item('I-GWN', '隔离衣', '', '件'),
  item('O-GWN', '手术衣', 'YY/T 0506', '件'),
  item('K-CAP', '医用帽', '', '个', { aliases: ['圆帽'] }),
]

export interface ReadOptions extends Partial<Omit<IntakeContext, 'kind'>> {
  readonly kind?: IntakeKind
  readonly sheet?: Partial<Sheet>
}

/** Reads rows of cells as one sheet, on 10 February 2020, with no catalogue unless one is given. */
export function readRows(rows: readonly (readonly Cell[])[], options: ReadOptions = {}): IntakeResult {
  const { sheet, ...context } = options
  return readList([{ ...sheetOf('Sheet1', rows), ...sheet }], {
    kind: 'delivery',
    today: '2020-02-10',
    catalogue: null,
    ...context,
  })
}

export const codesOf = (row: DraftRow | undefined): string[] => (row?.reasons ?? []).map((reason) => reason.code)

/** Row by row: who, what, how much in which unit. */
export const inShort = (result: IntakeResult): (string | number | null)[][] =>
  result.rows.map((row) => [row.party, row.item, row.quantity, row.unit])
