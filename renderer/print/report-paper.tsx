import type { LongTable } from './long-table.tsx'
import { measureText } from './measure.tsx'
import { coverFigure, Fact, figure, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import { type ReportMeasure, reportMeasures } from './report-measures.ts'
import {
  type ReportCell,
  type ReportItem,
  type ReportTable,
  type RoundReport,
  splitColumns,
  tabulateReport,
} from './report-table.ts'
import { SignRow } from './signatures.tsx'

export type ReportOptions = {
  readonly language: PrintLanguage
  readonly organisation: string
  readonly date: string
  readonly madeBy: string
  readonly measures: readonly ReportMeasure[]
  /** In words, for the head of the report; empty means all. */
  readonly chosen: {
    readonly dates: string
    readonly towns: string
    readonly unitKinds: string
    readonly items: string
  }
}

// A4 across with margins of 10 mm leaves 277 mm; the unit's name, tier and packs stand on every page.
const unitColumns = 62
const packsColumn = 15
const room = 277 - unitColumns - packsColumn

/** Width of a column of figures at 8 pt: 1.62 mm a character and its padding. */
const widthOfFigures = (longest: number): number => Math.max(12.5, longest * 1.62 + 2.6)

/** So that the English words stand whole above the figures. */
const headWidths: { readonly [measure in ReportMeasure]: number } = { requested: 13.5, allocated: 16, cover: 14 }

function figureOf(cell: ReportCell, measure: ReportMeasure): string {
  if (measure === 'requested') return figure(cell.requestedBase)
  if (measure === 'allocated') return figure(cell.allocatedBase)
  return cell.coverMilliDays === null ? '' : coverFigure(cell.coverMilliDays)
}

/** 分配汇总表: units × items, with as many items to a page as fit and the rest on further pages. */
export function allocationReport(report: RoundReport, options: ReportOptions): Papers {
  const { language } = options
  const table = tabulateReport(report)
  const title = paperWord(language, 'allocationReport')
  const measures = options.measures.length === 0 ? reportMeasures : options.measures
  const widths = new Map(table.items.map((item) => [item.itemId, measureWidths(table, item, measures)]))
  const widthOf = (item: ReportItem) => widths.get(item.itemId)!.reduce((sum, width) => sum + width, 0)
  const parts = splitColumns(table.items, widthOf, room)
  return {
    title: `${title} ${options.date}`,
    language,
    sections: [
      {
        foot: `${title} ${options.date}`,
        landscape: true,
        likelyPages: 1,
        body: (
          <>
            <ReportHead report={report} table={table} options={options} />
            {parts.length === 0 && <p className="empty">{paperWord(language, 'nothingInReport')}</p>}
          </>
        ),
        tables: parts.map((part, index) =>
          matrixOf({
            table,
            items: part,
            widths,
            measures,
            language,
            caption: parts.length === 1 ? null : paperWord(language, 'part', { part: index + 1, parts: parts.length }),
            madeBy: index === parts.length - 1 ? options.madeBy : null,
          }),
        ),
      },
    ],
  }
}

function measureWidths(table: ReportTable, item: ReportItem, measures: readonly ReportMeasure[]): number[] {
  return measures.map((measure) => {
    let longest = figureOf(table.itemTotal(item.itemId), measure).length
    for (const unit of table.units) {
      const cell = table.cell(unit.unitId, item.itemId)
      if (cell) longest = Math.max(longest, figureOf(cell, measure).length)
    }
    // A single measure still needs room for the item's name above it.
    return Math.max(widthOfFigures(longest), measures.length === 1 ? 19 : headWidths[measure])
  })
}

function ReportHead(props: {
  readonly report: RoundReport
  readonly table: ReportTable
  readonly options: ReportOptions
}) {
  const { report, table, options } = props
  const { language, chosen } = options
  const or = (words: string) => (words === '' ? paperWord(language, 'all') : words)
  const numbers = report.rounds.map((round) => round.number)
  const rounds =
    numbers.length > 6
      ? `${numbers.slice(0, 3).join(' ')} … ${numbers[numbers.length - 1]} (${numbers.length})`
      : numbers.join(' ')
  return (
    <>
      <div className="organisation">{options.organisation}</div>
      <h1>
        <Word language={language} of="allocationReport" />
      </h1>
      <dl className="facts">
        <Fact language={language} of="rounds">
          {rounds}
        </Fact>
        <Fact language={language} of="dates">
          {or(chosen.dates)}
        </Fact>
        <Fact language={language} of="date">
          {options.date}
        </Fact>
        <Fact language={language} of="towns">
          {or(chosen.towns)}
        </Fact>
        <Fact language={language} of="unitKinds">
          {or(chosen.unitKinds)}
        </Fact>
        <Fact language={language} of="items">
          {or(chosen.items)}
        </Fact>
        <Fact language={language} of="total" wide="full">
          {paperWord(language, 'reportUnits', { count: table.units.length })} ·{' '}
          {paperWord(language, 'reportItems', { count: table.items.length })} ·{' '}
          {paperWord(language, 'totalPacks', { count: table.packs })}
        </Fact>
      </dl>
    </>
  )
}

type MatrixProps = {
  readonly table: ReportTable
  readonly items: readonly ReportItem[]
  readonly widths: ReadonlyMap<number, readonly number[]>
  readonly measures: readonly ReportMeasure[]
  readonly language: PrintLanguage
  readonly caption: string | null
  /** Set on the last part only, which is signed. */
  readonly madeBy: string | null
}

/** What the units above a row were asked for and given, by item, and their packs. */
type Sums = { readonly packs: number; readonly byItem: ReadonlyMap<number, { requested: number; allocated: number }> }

function sumsBefore(table: ReportTable, items: readonly ReportItem[]): Sums[] {
  const sums: Sums[] = [
    { packs: 0, byItem: new Map(items.map(({ itemId }) => [itemId, { requested: 0, allocated: 0 }])) },
  ]
  for (const { unitId } of table.units) {
    const before = sums[sums.length - 1]!
    const byItem = new Map(
      items.map(({ itemId }) => {
        const { requested, allocated } = before.byItem.get(itemId)!
        const cell = table.cell(unitId, itemId)
        return [
          itemId,
          {
            requested: requested + (cell?.requestedBase ?? 0),
            allocated: allocated + (cell?.allocatedBase ?? 0),
          },
        ]
      }),
    )
    sums.push({ packs: before.packs + table.unitPacks(unitId), byItem })
  }
  return sums
}

function matrixOf(props: MatrixProps): LongTable {
  const { table, items, measures, language, madeBy } = props
  const span = measures.length
  const sums = sumsBefore(table, items)
  const cellsOf = (figureFor: (item: ReportItem, measure: ReportMeasure) => string) =>
    items.flatMap((item) =>
      measures.map((measure, index) => (
        <td key={`${item.itemId}-${measure}`} className={index === span - 1 ? 'number last' : 'number'}>
          {figureFor(item, measure)}
        </td>
      )),
    )
  return {
    className: 'matrix',
    caption: props.caption,
    widths: [unitColumns - 12, 12, ...items.flatMap((item) => props.widths.get(item.itemId)!), packsColumn],
    head: <MatrixHead {...props} />,
    rows: table.units.length,
    row: (index) => <UnitRow key={index} unit={table.units[index]!} {...props} />,
    // Covers can't be added up: that of all units stands in the total alone.
    carried: (index, way) => (
      <tr key={`${way}${index}`} className="carried">
        <td colSpan={2}>{paperWord(language, way === 'forward' ? 'carriedForward' : 'broughtForward')}</td>
        {cellsOf(({ itemId }, measure) =>
          measure === 'cover' ? '' : figure(sums[index]!.byItem.get(itemId)![measure]),
        )}
        <td className="number">{figure(sums[index]!.packs)}</td>
      </tr>
    ),
    close: (
      <>
        <tr className="total">
          <td colSpan={2}>{paperWord(language, 'total')}</td>
          {cellsOf(({ itemId }, measure) => figureOf(table.itemTotal(itemId), measure))}
          <td className="number">{figure(table.packs)}</td>
        </tr>
        {madeBy !== null && (
          <SignRow
            language={language}
            signed={{ as: 'allocationReport', names: { madeBy } }}
            columns={3 + items.length * span}
          />
        )}
      </>
    ),
  }
}

function MatrixHead(props: MatrixProps) {
  const { items, measures, language } = props
  const span = measures.length
  return (
    <>
      <tr>
        <th scope="col" rowSpan={2}>
          <Word language={language} of="unit" />
        </th>
        <th scope="col" rowSpan={2}>
          <Word language={language} of="tier" />
        </th>
        {items.map((item) => (
          <th key={item.itemId} scope="colgroup" colSpan={span} className="last">
            <Name language={language} zh={item.name} en={item.nameEn} />
            <span className="stacked">
              {[item.specification, measureText(language, item.baseUnit)].filter((word) => word !== '').join(' · ')}
            </span>
          </th>
        ))}
        <th scope="col" rowSpan={2}>
          <Word language={language} of="unitPacks" />
        </th>
      </tr>
      <tr>
        {items.flatMap((item) =>
          measures.map((measure, index) => (
            <th key={`${item.itemId}-${measure}`} scope="col" className={index === span - 1 ? 'last' : undefined}>
              <Word language={language} of={measure} />
            </th>
          )),
        )}
      </tr>
    </>
  )
}

function UnitRow(props: MatrixProps & { readonly unit: ReportTable['units'][number] }) {
  const { table, items, measures, language, unit } = props
  return (
    <tr>
      <td>
        <Name language={language} zh={unit.name} en={unit.nameEn} />
      </td>
      <td className="short">{unit.tier}</td>
      {items.flatMap((item) => {
        const cell = table.cell(unit.unitId, item.itemId)
        return measures.map((measure, index) => (
          <td
            key={`${item.itemId}-${measure}`}
            className={`number${index === measures.length - 1 ? ' last' : ''}${measure === 'allocated' ? ' strong' : ''}`}
          >
            {cell === null ? '' : figureOf(cell, measure)}
          </td>
        ))
      })}
      <td className="number">{figure(table.unitPacks(unit.unitId))}</td>
    </tr>
  )
}
