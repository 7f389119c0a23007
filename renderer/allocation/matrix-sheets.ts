import type { Rung } from '../../core/allocation/problem.ts'
import { workOutNeed } from '../../core/need.ts'
import type { Sheet } from '../export/sheet.ts'
import { formatDays } from '../format.ts'
import type { CellValue } from '../grid/cell-value.ts'
import { allocationText } from '../text/allocation.ts'
import { allocationPanelText } from '../text/allocation-panel.ts'
import { type Language, textIn } from '../text/text.ts'
import { cellView, groupView, type MatrixShow, type MatrixSource } from './cell-view.ts'
import type { FigureRow } from './matrix-cell.ts'
import type { MatrixItem, MatrixWords } from './matrix-columns.ts'
import type { MatrixRow } from './matrix-rows.ts'
import type { RoundNames } from './round-names.ts'
import { whySentences } from './why-text.ts'

/** What stands in the matrix: its rows in the order shown, its columns, and the figures above and below. */
export type ShownMatrix = {
  readonly label: string
  readonly source: MatrixSource
  readonly rows: readonly MatrixRow[]
  readonly items: readonly MatrixItem[]
  readonly words: MatrixWords
  readonly show: MatrixShow
  readonly above: readonly FigureRow[]
  readonly below: readonly FigureRow[]
}
export type SheetWords = { readonly names: RoundNames; readonly rungs: readonly Rung[]; readonly language: Language }

/** The matrix as it stands on screen, and beneath it every line of its units with what it rests on and its reason. */
export function matrixSheets(shown: ShownMatrix, words: SheetWords): readonly Sheet[] {
  return [shownCells(shown, words.language), shownLines(shown, words)]
}

const figureText = /^[+−-]?[\d,]+(\.\d+)?$/

/** A figure as it is drawn, as the number that it is; what is no figure (`12 / 30`) stays a text. */
function figureOf(text: string): CellValue {
  if (text === '') return null
  return figureText.test(text) ? Number(text.replaceAll(',', '').replace('−', '-')) : text
}

/** `45.0%` as its share of one. */
const shareOf = (text: string): CellValue => (text === '' ? null : Math.round(Number(text.slice(0, -1)) * 10) / 1000)

function shownCells({ label, source, rows, items, words, show, above, below }: ShownMatrix, language: Language): Sheet {
  const t = textIn(allocationText, language)
  const isShare = show === 'share'
  // Beside shares, what is no share stays a text: as a number it would be read as a share too.
  const plain = (text: string): CellValue => (isShare ? text || null : figureOf(text))
  const figures = (figure: FigureRow): CellValue[] => [
    null,
    figure.label,
    null,
    ...items.map(({ code }) => plain(figure.figure(code).text)),
  ]
  const cells = rows.map((row): CellValue[] => {
    if (row.kind === 'group') {
      const name = `${words.groupLabel(row.value)} (${row.units.length})`
      return [null, name, null, ...items.map(({ code }) => plain(groupView(source, row.units, code).main))]
    }
    const mark = words.reportMark(row.id)?.text ?? null
    return [
      row.facts.tier,
      words.unitName(row.id),
      mark,
      ...items.map(({ code }) => {
        const { main, refused } = cellView(source, row.id, code, show)
        if (refused && main === '') return t('refusedMark')
        return isShare ? shareOf(main) : figureOf(main)
      }),
    ]
  })
  return {
    name: `${label} ${t(`show-${show}`)}`,
    columns: [
      { header: t('sheetTier'), kind: 'number' },
      { header: words.unitHeading, kind: 'text' },
      { header: t('sheetReport'), kind: 'text' },
      ...items.map(({ name, pack }) => ({ header: `${name} ${pack}`, kind: isShare ? 'percent' : 'number' }) as const),
    ],
    rows: [...above.map(figures), ...cells, ...below.map(figures)],
  }
}

function shownLines({ source, rows, items }: ShownMatrix, { names, rungs, language }: SheetWords): Sheet {
  const t = textIn(allocationText, language)
  const panel = textIn(allocationPanelText, language)
  const { horizonDays, solved, pins } = source
  const days = (milli: number) => figureOf(formatDays(Number.isNaN(milli) ? null : milli))
  const lines = rows.flatMap((row): CellValue[][] => {
    if (row.kind === 'group') return []
    const { id: unit, facts } = row
    return items.flatMap(({ code, name, pack }): CellValue[][] => {
      const plan = solved.items.get(code)
      const line = source.index.lines.get(code)?.get(unit)
      if (line === undefined) return []
      const at = plan?.refusal ? undefined : plan?.indexOf.get(unit)
      const why = at === undefined ? null : (plan?.explain(unit) ?? null)
      const packName = names.packName(code)
      return [
        [
          facts.unit,
          names.unit(unit),
          facts.tier,
          facts.town,
          code,
          name,
          pack,
          line.stockBase,
          line.useMilliPerDay / 1000,
          workOutNeed(line.stockBase, line.useMilliPerDay, horizonDays),
          at === undefined ? null : plan!.packs[at]!,
          at === undefined ? null : plan!.quantityBase[at]!,
          at === undefined ? null : days(plan!.coverBefore[at]!),
          at === undefined ? null : days(plan!.coverAfter[at]!),
          pins.get(code)?.get(unit) ?? null,
          why === null
            ? plan?.refusal
              ? panel('whyNotSolved')
              : ''
            : whySentences(why, { rungs, horizonDays, packName, language }, panel).join(' '),
        ],
      ]
    })
  })
  const text = (header: string) => ({ header, kind: 'text' as const })
  const number = (header: string) => ({ header, kind: 'number' as const })
  return {
    name: t('sheetLines'),
    columns: [
      text(t('sheetUnitCode')),
      text(t('unitHeading')),
      number(t('sheetTier')),
      text(t('sheetTown')),
      text(t('sheetItemCode')),
      text(t('sheetItem')),
      text(t('sheetPack')),
      number(panel('factStock')),
      number(panel('factUse')),
      number(panel('factNeed', { days: horizonDays })),
      number(t('show-packs')),
      number(t('show-pieces')),
      number(t('sheetCoverBefore')),
      number(t('sheetCoverAfter')),
      number(t('sheetPinned')),
      text(t('sheetReason')),
    ],
    rows: lines,
  }
}
