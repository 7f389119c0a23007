import { useMemo } from 'react'
import type { StocktakeDocument } from '../../api/contract/ledger.ts'
import { varianceValueFen } from '../../core/stock-move.ts'
import { formatFen, formatNumber } from '../format.ts'
import type { GridColumn } from '../grid/column.ts'
import ledgerStyles from '../ledger/ledger.module.css'
import { stocktakeText } from '../text/stocktake.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, packWord, wordText } from '../text/words.ts'
import { countedOf, reasonOf, type SheetRow } from './count-sheet.ts'
import { readCount } from './count-text.ts'

export const searchOfLine = (row: SheetRow): string =>
  [row.shelf, row.itemCode, row.itemName, row.itemNameEn, row.specification, row.lot, row.reason].join(' ')

/** Signed, with a true minus: `+8`, `−3`. */
export const signed = (value: number): string =>
  value > 0 ? `+${formatNumber(value)}` : value < 0 ? `−${formatNumber(-value)}` : '0'

/**
 * The columns of a count sheet. Who counts blind is not shown what the ledger says, nor by how much he differs, until the
 * differences are reviewed.
 */
export function useSheetColumns(props: {
  readonly head: StocktakeDocument['head']
  readonly canCount: boolean
  readonly reviewing: boolean
  /** Somebody has said where things lie. */
  readonly hasShelves: boolean
}): readonly GridColumn<SheetRow>[] {
  const { head, canCount, reviewing, hasShelves } = props
  const t = useText(stocktakeText)
  const words = useText(wordText)
  const language = useLanguage()
  const isBlind = head.blind && head.state === 'open' && !reviewing
  return useMemo(() => {
    const quantity = (value: unknown, row: SheetRow) =>
      typeof value === 'number' ? `${formatNumber(value)} ${measureName(row.baseUnit, language)}` : String(value ?? '')
    const isTyped = (row: SheetRow) => row.typed?.counted !== undefined
    return [
      ...(hasShelves
        ? [{ id: 'shelf', header: t('shelf'), kind: 'text' as const, value: (row: SheetRow) => row.shelf, width: 84 }]
        : []),
      { id: 'code', header: words('code'), kind: 'text', value: (row) => row.itemCode, width: 92 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: (row) => [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' '),
        grow: 2,
        width: 180,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: (row) => row.lot, grow: 1, width: 105 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: (row) => row.expiresOn, width: 104 },
      {
        id: 'pack',
        header: t('pack'),
        kind: 'text',
        value: (row) =>
          row.packSizeBase > 1 ? `${packWord(row.packName, language)} × ${formatNumber(row.packSizeBase)}` : '',
        width: 110,
      },
      ...(isBlind
        ? []
        : [
            {
              id: 'expected',
              header: t('expected'),
              kind: 'number' as const,
              value: (row: SheetRow) => row.expectedBase,
              show: quantity,
              width: 108,
            },
          ]),
      {
        id: 'counted',
        header: t('counted'),
        hint: t('countHint'),
        kind: 'number',
        value: (row) => countedOf(row),
        show: quantity,
        parse: readCount,
        editable: canCount,
        width: 110,
      },
      ...(isBlind
        ? []
        : [
            {
              id: 'variance',
              header: t('variance'),
              kind: 'number' as const,
              value: (row: SheetRow) => (isTyped(row) ? null : row.varianceBase),
              show: (value: unknown) => (typeof value === 'number' ? signed(value) : ''),
              className: (row: SheetRow) => (row.varianceBase === 0 ? undefined : ledgerStyles.bad),
              width: 90,
            },
            {
              id: 'value',
              header: t('value'),
              hint: t('valueHint'),
              kind: 'number' as const,
              value: (row: SheetRow) => {
                const fen = isTyped(row) ? null : varianceValueFen(row)
                return fen === null ? null : fen / 100
              },
              show: (value: unknown) => (typeof value === 'number' ? formatFen(Math.round(value * 100)) : ''),
              width: 96,
            },
          ]),
      {
        id: 'reason',
        header: t('reason'),
        kind: 'text',
        value: (row) => reasonOf(row),
        editable: canCount,
        grow: 1,
        width: 120,
      },
    ]
  }, [t, words, language, canCount, isBlind, hasShelves])
}
