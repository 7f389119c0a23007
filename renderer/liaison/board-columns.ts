import type { BoardRow } from '../../api/contract/liaison.ts'
import { formatNumber } from '../format.ts'
import type { CellValue } from '../grid/cell-value.ts'
import type { GridColumn } from '../grid/column.ts'
import { type Language, pickName } from '../text/text.ts'
import styles from './liaison.module.css'
import { needsCall } from './reason.ts'
import type { Directory } from './use-directory.ts'
import { type LiaisonWords, whyCall } from './why-words.ts'

const nothingAsBlank = (value: CellValue) => (value === 0 || value === null ? '' : formatNumber(Number(value)))

/** Columns of the board, also of what is exported. */
export function boardColumns(context: {
  readonly t: LiaisonWords
  readonly language: Language
  readonly today: string
  readonly directory: Directory
}): GridColumn<BoardRow>[] {
  const { t, language, today, directory } = context
  const wrapped = { wrapText: true }
  // The English words stand whole above the figures.
  const isEnglish = language === 'en'
  const figures = isEnglish ? 92 : 76
  const quantity = (
    id: 'promisedTodayBase' | 'deliveredTodayBase' | 'promisedWeekBase' | 'deliveredWeekBase' | 'capacityPerDayBase',
    header: string,
    width: number,
  ): GridColumn<BoardRow> => ({
    id,
    header,
    kind: 'number',
    value: (row) => row[id],
    show: nothingAsBlank,
    width,
  })
  return [
    {
      id: 'supplier',
      header: t('supplier'),
      kind: 'text',
      value: (row) => directory.supplierName(row.supplierId),
      width: isEnglish ? 140 : 132,
      pinned: 'left',
      ag: wrapped,
    },
    {
      id: 'item',
      header: t('item'),
      kind: 'text',
      value: (row) => directory.itemName(row.itemId),
      width: isEnglish ? 144 : 114,
      pinned: 'left',
      ag: wrapped,
    },
    {
      id: 'why',
      header: t('why'),
      kind: 'text',
      value: (row) => whyCall(row, { t, language, today, measure: directory.measure(row.itemId) }) || t('nothingToSay'),
      width: isEnglish ? 310 : 300,
      grow: 1,
      className: (row) => (needsCall(row, today) ? styles.why : styles.quiet),
      ag: wrapped,
    },
    {
      id: 'gapBase',
      header: t('gap'),
      kind: 'number',
      value: (row) => row.gapBase,
      show: nothingAsBlank,
      width: 72,
      className: (row) => (row.gapBase > 0 ? styles.bad : undefined),
    },
    // Who to call and what stands in the way come before the figures: they must be in sight at 1,280 pixels.
    {
      id: 'blockers',
      header: t('blocker'),
      kind: 'text',
      value: (row) => row.blockers.map((one) => `✕ ${t(`blocker-${one.kind}`)}`).join(' '),
      width: isEnglish ? 98 : 84,
      className: (row) => (row.blockers.length > 0 ? styles.bad : undefined),
      ag: wrapped,
    },
    {
      id: 'nextCall',
      header: t('nextCall'),
      kind: 'text',
      value: (row) => [row.lastCall?.nextOn, row.lastCall?.nextWith].filter(Boolean).join(' '),
      width: 96,
      className: (row) => (row.lastCall?.nextOn && row.lastCall.nextOn <= today ? styles.warn : undefined),
      ag: wrapped,
    },
    quantity('promisedTodayBase', t('promisedToday'), figures),
    quantity('deliveredTodayBase', t('deliveredToday'), figures),
    quantity('promisedWeekBase', t('promisedWeek'), figures),
    quantity('deliveredWeekBase', t('deliveredWeek'), figures),
    {
      id: 'fulfilmentPercent',
      header: t('reliability'),
      kind: 'number',
      value: (row) => row.fulfilmentPercent,
      show: (value) => (value === null ? '' : `${value}%`),
      hint: t('reliabilityHint'),
      width: isEnglish ? 96 : 72,
      className: (row) => (row.fulfilmentPercent !== null && row.fulfilmentPercent < 80 ? styles.warn : undefined),
    },
    quantity('capacityPerDayBase', t('capacity'), figures),
    { id: 'lateSince', header: t('lateSince'), kind: 'date', value: (row) => row.lateSince, width: 98 },
    {
      id: 'lastCall',
      header: t('lastCall'),
      kind: 'text',
      value: (row) => [row.lastCall?.spokeWith, row.lastCall?.note].filter(Boolean).join(' · '),
      width: 170,
      ag: wrapped,
    },
    { id: 'runsOutOn', header: t('runsOut'), kind: 'date', value: (row) => row.runsOutOn, width: 98 },
    {
      id: 'runsOutUnit',
      header: t('runsOutUnit'),
      kind: 'text',
      value: (row) => {
        const name = pickName(row.runsOutUnit ?? '', row.runsOutUnitEn ?? '', language)
        return name === '' ? '' : `${name} (${row.runsOutTier})`
      },
      width: 150,
      ag: wrapped,
    },
  ]
}
