import { useMemo } from 'react'
import { type LabelKind, labelCode } from '../../core/label.ts'
import type { GridColumn } from '../grid/column.ts'
import type { TypedRow } from '../ledger/typed-cells.ts'
import { labelText } from '../text/label.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import styles from './label.module.css'
import { type LabelSource, labelCell } from './label-rows.ts'

type Row = TypedRow<LabelSource>

const quantityOf = (kind: LabelKind, { row, cells }: Row): number | null => {
  const value = labelCell(kind, row, cells, 'quantity')
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 1e8 ? value : null
}

/** What each row of labels says, how many, and what its code can't hold. */
export function useLabelColumns(kind: LabelKind, today: string): readonly GridColumn<Row>[] {
  const t = useText(labelText)
  const language = useLanguage()
  return useMemo(() => {
    const codeOf = (one: Row) =>
      today === '' ? null : labelCode(kind, { ...one.row, quantityBase: quantityOf(kind, one) }, today)
    const left = (one: Row) => codeOf(one)?.leftOut ?? []
    const written = (column: 'quantity' | 'copies' | 'shelf', width: number): GridColumn<Row> => ({
      id: column,
      header: t(column),
      kind: column === 'shelf' ? 'text' : 'number',
      value: (one) => labelCell(kind, one.row, one.cells, column),
      editable: true,
      width,
    })
    return [
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: ({ row }) =>
          [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' '),
        grow: 2,
        width: 200,
      },
      ...(kind === 'shelf'
        ? [written('shelf', 120)]
        : ([
            { id: 'lot', header: t('lot'), kind: 'text', value: ({ row }) => row.lot, grow: 1, width: 130 },
            { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: ({ row }) => row.expiresOn, width: 110 },
            written('quantity', 115),
          ] satisfies GridColumn<Row>[])),
      written('copies', 85),
      {
        id: 'identifiedBy',
        header: t('identifiedBy'),
        kind: 'text',
        value: ({ row }) => (row.gtin === null ? `${t('ownCode')} ${row.itemCode}` : `${t('gtin')} ${row.gtin}`),
        width: 190,
      },
      {
        id: 'inCode',
        header: t('inCode'),
        kind: 'text',
        value: (one) => {
          const found = left(one)
          return found.length === 0 ? t('codeHolds') : found.map((part) => t(`left-${part}`)).join(' · ')
        },
        className: (one) => (left(one).length > 0 ? styles.warn : undefined),
        grow: 1,
        width: 160,
      },
    ]
  }, [t, language, kind, today])
}
