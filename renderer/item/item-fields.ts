import { categories, type ItemRow } from '../../api/contract/item.ts'
import type { Field } from '../grid/row-edits.ts'
import type { itemText } from '../text/item.ts'
import type { Translate } from '../text/text.ts'
import type { WordKey } from '../text/words.ts'

export const blankItem: ItemRow = {
  itemId: 0,
  code: '',
  name: '',
  nameEn: '',
  category: 'mask',
  specification: '',
  standard: '',
  baseUnit: '个',
  packName: '箱',
  packSizeBase: 1,
  shelfLifeDays: null,
  reserveBase: 0,
  unitPriceFen: null,
  search: '',
  archivedAt: null,
  version: 0,
}

/** Yuan as they are typed, in fen. More than two decimals stay a fraction, which the API refuses by name. */
export const fenOf = (yuan: number | null): number | null =>
  yuan === null ? null : Math.round(yuan * 100_000_000) / 1_000_000

/** Columns of the list of items; the ids are the fields of the contract. */
export function itemFields(t: Translate<(typeof itemText.keys)[number]>, words: Translate<WordKey>): Field<ItemRow>[] {
  const editable = true
  return [
    { id: 'code', header: words('code'), kind: 'text', read: (row) => row.code, width: 96, pinned: 'left', editable },
    { id: 'name', header: words('name'), kind: 'text', read: (row) => row.name, width: 180, grow: 2, editable },
    { id: 'nameEn', header: words('nameEn'), kind: 'text', read: (row) => row.nameEn, width: 170, grow: 2, editable },
    {
      id: 'category',
      header: words('category'),
      kind: 'choice',
      read: (row) => row.category,
      choices: categories.map((value) => ({ value, label: words(`category-${value}`), search: value })),
      width: 120,
      editable,
    },
    {
      id: 'specification',
      header: words('specification'),
      kind: 'text',
      read: (row) => row.specification,
      width: 110,
      editable,
    },
    {
      id: 'standard',
      header: words('standard'),
      kind: 'text',
      read: (row) => row.standard,
      width: 110,
      hint: t('standardHint'),
      editable,
    },
    { id: 'baseUnit', header: words('unitOfMeasure'), kind: 'text', read: (row) => row.baseUnit, width: 86, editable },
    { id: 'packName', header: t('packName'), kind: 'text', read: (row) => row.packName, width: 86, editable },
    {
      id: 'packSizeBase',
      header: t('packSize'),
      kind: 'number',
      read: (row) => row.packSizeBase,
      width: 86,
      hint: t('packSizeHint'),
      editable,
    },
    {
      id: 'shelfLifeDays',
      header: t('shelfLife'),
      kind: 'number',
      read: (row) => row.shelfLifeDays,
      width: 108,
      editable,
    },
    {
      id: 'reserveBase',
      header: t('reserve'),
      kind: 'number',
      read: (row) => row.reserveBase,
      width: 100,
      hint: t('reserveHint'),
      editable,
    },
    {
      id: 'unitPriceFen',
      header: t('unitPrice'),
      kind: 'number',
      read: (row) => (row.unitPriceFen === null ? null : row.unitPriceFen / 100),
      width: 100,
      hint: t('unitPriceHint'),
      editable,
    },
  ]
}
