import { type SupplierRow, supplierKinds } from '../../api/contract/place.ts'
import { formatInstant } from '../format.ts'
import { blankPlace, placeColumns, placeInput } from '../frame/place-fields.ts'
import { asText, type CellValue } from '../grid/cell-value.ts'
import type { Field } from '../grid/row-edits.ts'
import type { placeText } from '../text/place.ts'
import type { Translate } from '../text/text.ts'
import type { WordKey } from '../text/words.ts'

export const blankSupplier: SupplierRow = {
  ...blankPlace,
  supplierKind: 'manufacturer',
  licence: '',
  capacity: [],
  lastDeliveryAt: null,
}

/** Columns of the list of suppliers. `outstanding` is by placeId, in base units of all items together. */
export function supplierFields(
  t: Translate<(typeof placeText.keys)[number]>,
  words: Translate<WordKey>,
  outstanding: ReadonlyMap<number, number>,
): Field<SupplierRow>[] {
  const first = placeColumns<SupplierRow>(words, { code: 84, name: 210 })
  const contact = placeColumns<SupplierRow>(words, { town: 84, contact: 90, phone: 120 })
  const last = placeColumns<SupplierRow>(words, { nameEn: 190, address: 170, note: 130 })
  return [
    ...first,
    {
      id: 'supplierKind',
      header: t('supplierKind'),
      kind: 'choice',
      read: (row) => row.supplierKind,
      choices: supplierKinds.map((value) => ({ value, label: words(`supplierKind-${value}`), search: value })),
      width: 104,
      editable: true,
    },
    { id: 'capacity', header: t('capacityItems'), kind: 'number', read: (row) => row.capacity.length, width: 92 },
    {
      id: 'outstanding',
      header: t('outstanding'),
      kind: 'number',
      read: (row) => outstanding.get(row.placeId) ?? 0,
      width: 100,
      hint: t('outstandingHint'),
    },
    {
      id: 'lastDeliveryAt',
      header: t('lastDelivery'),
      kind: 'number',
      read: (row) => row.lastDeliveryAt,
      show: (value) => (value === null ? t('never') : formatInstant(value as number)),
      width: 136,
    },
    ...contact,
    { id: 'licence', header: t('licence'), kind: 'text', read: (row) => row.licence, width: 140, editable: true },
    ...last,
  ]
}

export function supplierInput(values: Readonly<Record<string, CellValue>>, capacity: SupplierRow['capacity']) {
  return {
    ...placeInput(values),
    supplierKind: asText(values.supplierKind) as SupplierRow['supplierKind'],
    licence: asText(values.licence),
    capacity,
  }
}
