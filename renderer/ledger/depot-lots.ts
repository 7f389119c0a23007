import { useMemo } from 'react'
import type { DepotLot } from '../../api/contract/ledger.ts'
import { formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import type { GridColumn } from '../grid/column.ts'
import { ledgerText } from '../text/ledger.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import styles from './ledger.module.css'
import { readAmounts, type TypedCells, type TypedRow } from './typed-cells.ts'

export const depotLotId = (row: DepotLot): string => String(row.lotId)
export const depotLotSearch = ({ row }: TypedRow<DepotLot>): string =>
  [row.itemCode, row.itemName, row.itemNameEn, row.specification, row.lot].join(' ')

export const isExpired = (row: Pick<DepotLot, 'expiresOn'>, today: string): boolean =>
  row.expiresOn !== null && row.expiresOn < today

/** What is to leave the depot, by lot: no more than is free. */
export const readDepotLots = (rows: readonly DepotLot[], typed: TypedCells) =>
  readAmounts(
    rows.map((row) => ({ rowId: depotLotId(row), mostBase: row.freeBase, item: row.itemName, lot: row.lot })),
    ['quantity'],
    typed,
  )

/** Columns of a depot's lots with one to write how much leaves. */
export function useDepotLotColumns(quantityHeader: string): readonly GridColumn<TypedRow<DepotLot>>[] {
  const t = useText(ledgerText)
  const words = useText(wordText)
  const language = useLanguage()
  const today = useMe().businessDate
  return useMemo(() => {
    const quantity = (value: unknown, { row }: TypedRow<DepotLot>) =>
      `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`
    return [
      { id: 'code', header: words('code'), kind: 'text', value: ({ row }) => row.itemCode, width: 100 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: ({ row }) =>
          [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' '),
        grow: 2,
        width: 190,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: ({ row }) => row.lot, grow: 1, width: 115 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: ({ row }) => row.expiresOn, width: 108 },
      {
        id: 'state',
        header: t('lotState'),
        kind: 'text',
        value: ({ row }) => t(row.hold ? 'onHold' : isExpired(row, today) ? 'expired' : 'usable'),
        className: ({ row }) => (row.hold ? styles.held : isExpired(row, today) ? styles.bad : undefined),
        width: 100,
      },
      {
        id: 'onHand',
        header: t('onHand'),
        kind: 'number',
        value: ({ row }) => row.onHandBase,
        show: quantity,
        width: 125,
      },
      { id: 'free', header: t('free'), kind: 'number', value: ({ row }) => row.freeBase, show: quantity, width: 125 },
      {
        id: 'quantity',
        header: quantityHeader,
        kind: 'number',
        value: ({ cells }) => cells.quantity ?? null,
        editable: true,
        width: 120,
      },
    ]
  }, [t, words, language, today, quantityHeader])
}
