import { type UnitRow, unitKinds } from '../../api/contract/place.ts'
import { blankPlace, placeColumns, placeInput } from '../frame/place-fields.ts'
import { asNumber, asText, type CellValue } from '../grid/cell-value.ts'
import type { Field } from '../grid/row-edits.ts'
import type { placeText } from '../text/place.ts'
import type { Translate } from '../text/text.ts'
import type { WordKey } from '../text/words.ts'

export const tiers = [1, 2, 3] as const

export const blankUnit: UnitRow = {
  ...blankPlace,
  unitKind: 'checkpoint',
  tier: 2,
  route: '',
  headcount: [],
  lastReportedOn: null,
}

export const peopleOf = (row: UnitRow) => row.headcount.reduce((sum, { people }) => sum + people, 0)

export function unitKindChoices(words: Translate<WordKey>) {
  return unitKinds.map((value) => ({ value, label: words(`unitKind-${value}`), search: value }))
}

export function tierChoices(words: Translate<WordKey>) {
  return tiers.map((value) => ({ value, label: words(`tier-${value}`), search: String(value) }))
}

/** Columns of the list of units; the ids are the fields of the contract. */
export function unitFields(t: Translate<(typeof placeText.keys)[number]>, words: Translate<WordKey>): Field<UnitRow>[] {
  const [code, name, nameEn, town, contact, phone, address, note] = placeColumns<UnitRow>(words, {
    code: 84,
    name: 170,
    nameEn: 170,
    town: 84,
    contact: 90,
    phone: 120,
    address: 150,
    note: 120,
  }) as [
    Field<UnitRow>,
    Field<UnitRow>,
    Field<UnitRow>,
    Field<UnitRow>,
    Field<UnitRow>,
    Field<UnitRow>,
    Field<UnitRow>,
    Field<UnitRow>,
  ]
  return [
    code,
    name,
    {
      id: 'unitKind',
      header: t('unitKind'),
      kind: 'choice',
      read: (row) => row.unitKind,
      choices: unitKindChoices(words),
      width: 140,
      editable: true,
    },
    {
      id: 'tier',
      header: words('tier'),
      kind: 'choice',
      read: (row) => row.tier,
      choices: tierChoices(words),
      width: 142,
      editable: true,
    },
    town,
    { id: 'people', header: t('people'), kind: 'number', read: peopleOf, width: 76 },
    {
      id: 'lastReportedOn',
      header: t('lastReportedOn'),
      kind: 'date',
      read: (row) => row.lastReportedOn,
      show: (value) => (value === null ? t('never') : String(value)),
      width: 104,
    },
    contact,
    phone,
    { id: 'route', header: t('route'), kind: 'text', read: (row) => row.route, width: 90, editable: true },
    nameEn,
    address,
    note,
  ]
}

/** The unit for the contract: the cells of its row, and the people that it has. */
export function unitInput(values: Readonly<Record<string, CellValue>>, headcount: UnitRow['headcount']) {
  return {
    ...placeInput(values),
    unitKind: asText(values.unitKind) as UnitRow['unitKind'],
    tier: asNumber(values.tier),
    route: asText(values.route),
    headcount,
  }
}
