import type { CellValue } from '../grid/cell-value.ts'
import { asText } from '../grid/cell-value.ts'
import type { Field } from '../grid/row-edits.ts'
import type { Translate } from '../text/text.ts'
import type { WordKey } from '../text/words.ts'

/** What units, suppliers and depots have in common. */
export type PlaceRow = {
  readonly placeId: number
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly town: string
  readonly address: string
  readonly contact: string
  readonly phone: string
  readonly note: string
  readonly search: string
  readonly archivedAt: number | null
  readonly version: number
}

export const blankPlace: PlaceRow = {
  placeId: 0,
  code: '',
  name: '',
  nameEn: '',
  town: '',
  address: '',
  contact: '',
  phone: '',
  note: '',
  search: '',
  archivedAt: null,
  version: 0,
}

type PlaceTextField = 'code' | 'name' | 'nameEn' | 'town' | 'address' | 'contact' | 'phone' | 'note'

/** Columns of the fields that every place has; `widths` says which, in their order. */
export function placeColumns<Row extends PlaceRow>(
  words: Translate<WordKey>,
  widths: Partial<Record<PlaceTextField, number>>,
): Field<Row>[] {
  return (Object.entries(widths) as [PlaceTextField, number][]).map(([id, width]) => ({
    id,
    header: words(id),
    kind: 'text',
    read: (row) => row[id],
    width,
    editable: true,
    ...(id === 'note' ? { longest: 500 } : id === 'address' ? { longest: 200 } : {}),
    ...(id === 'code' ? { pinned: 'left' as const } : {}),
    ...(id === 'name' ? { grow: 2 } : {}),
    ...(id === 'note' || id === 'address' ? { grow: 1 } : {}),
  }))
}

/** The place's own fields for the contract, from the cells. */
export function placeInput(values: Readonly<Record<string, CellValue>>) {
  return {
    code: asText(values.code),
    name: asText(values.name),
    nameEn: asText(values.nameEn),
    town: asText(values.town),
    address: asText(values.address),
    contact: asText(values.contact),
    phone: asText(values.phone),
    note: asText(values.note),
  }
}

export const placeKey = (row: PlaceRow) => String(row.placeId)
export const placeSearch = (row: PlaceRow) =>
  `${row.search} ${row.town} ${row.contact} ${row.phone} ${row.address} ${row.note}`

/** The list with the saved row in its place; a new one first, until it is read again. */
export function upsertPlace<Row extends PlaceRow>(rows: readonly Row[] | undefined, row: Row): Row[] {
  const list = rows ?? []
  return list.some((one) => one.placeId === row.placeId)
    ? list.map((one) => (one.placeId === row.placeId ? row : one))
    : [row, ...list]
}
