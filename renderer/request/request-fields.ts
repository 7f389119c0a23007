import { daysBetween } from '../../core/civil-date.ts'
import type { CellValue, Choice } from '../grid/cell-value.ts'
import type { EditRow, Field } from '../grid/row-edits.ts'
import type { client, Output } from '../query.ts'
import type { requestText } from '../text/request.ts'
import type { Translate } from '../text/text.ts'
import type { WordKey } from '../text/words.ts'
import styles from './request.module.css'

export type RequestRow = Output<typeof client.request.list>[number]

export const blankRequest: RequestRow = {
  requestSeq: 0,
  unitId: 0,
  itemId: 0,
  quantityBase: 0,
  requestedOn: '',
  note: '',
  at: 0,
  person: '',
  open: true,
  withdrawn: false,
  normBase: 0,
  aboveNorm: false,
}

export type RequestState = 'open' | 'withdrawn' | 'answered'
export const requestState = (row: RequestRow): RequestState =>
  row.withdrawn ? 'withdrawn' : row.open ? 'open' : 'answered'

/** What the columns read of units and items, archived ones included: an old request still has names. */
export type RequestNames = {
  readonly unit: (unitId: number) => string
  readonly town: (unitId: number) => string
  readonly tier: (unitId: number) => number | null
  readonly item: (itemId: number) => string
  readonly unitChoices: readonly Choice[]
  readonly itemChoices: readonly Choice[]
}

/** Columns of the list. A request is written once: only a new row is filled in. */
export function requestFields(
  t: Translate<(typeof requestText.keys)[number]>,
  words: Translate<WordKey>,
  names: RequestNames,
  today: string,
  canEdit: boolean,
): Field<RequestRow>[] {
  const editable = (row: EditRow<RequestRow>) => canEdit && row.isNew
  const known = (of: (id: number) => string) => (value: CellValue) =>
    typeof value === 'number' ? of(value) : String(value ?? '')
  const orNull = (value: number) => (value === 0 ? null : value)
  const isWritten = (row: RequestRow) => row.requestSeq !== 0
  return [
    {
      id: 'unitId',
      header: t('unit'),
      kind: 'choice',
      read: (row) => orNull(row.unitId),
      show: known(names.unit),
      choices: names.unitChoices,
      width: 170,
      grow: 2,
      pinned: 'left',
      editable,
    },
    { id: 'tier', header: t('tier'), kind: 'number', read: (row) => names.tier(row.unitId), width: 58 },
    { id: 'town', header: t('town'), kind: 'text', read: (row) => names.town(row.unitId), width: 72 },
    {
      id: 'itemId',
      header: t('item'),
      kind: 'choice',
      read: (row) => orNull(row.itemId),
      show: known(names.item),
      choices: names.itemChoices,
      width: 180,
      grow: 2,
      editable,
    },
    {
      id: 'quantityBase',
      header: t('quantity'),
      kind: 'number',
      read: (row) => (isWritten(row) ? row.quantityBase : null),
      width: 96,
      className: (row) => (row.base.aboveNorm ? styles.above : undefined),
      editable,
    },
    {
      id: 'normBase',
      header: t('norm'),
      hint: t('normHint'),
      kind: 'number',
      read: (row) => (isWritten(row) ? row.normBase : null),
      width: 96,
    },
    {
      id: 'flag',
      header: t('flag'),
      hint: t('aboveHint'),
      kind: 'text',
      read: (row) => (row.aboveNorm ? `⚠ ${t('above')}` : ''),
      className: () => styles.above,
      width: 136,
    },
    {
      id: 'requestedOn',
      header: t('requestedOn'),
      kind: 'date',
      read: (row) => row.requestedOn || today,
      width: 106,
      editable,
    },
    {
      id: 'age',
      header: t('age'),
      kind: 'number',
      read: (row) => (isWritten(row) && today !== '' ? daysBetween(row.requestedOn, today) : null),
      width: 66,
    },
    {
      id: 'state',
      header: t('state'),
      kind: 'text',
      read: (row) => (isWritten(row) ? t(`state-${requestState(row)}`) : ''),
      width: 96,
    },
    {
      id: 'note',
      header: words('note'),
      kind: 'text',
      longest: 500,
      read: (row) => row.note,
      width: 120,
      grow: 1,
      editable,
    },
    { id: 'person', header: words('person'), kind: 'text', read: (row) => row.person, width: 90 },
  ]
}
