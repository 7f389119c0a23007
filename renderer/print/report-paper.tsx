import {
  coverFigure,
  Fact,
  figure,
  Name,
  type Papers,
  type PrintLanguage,
  paperWord,
  Seal,
  Sign,
  Word,
} from './paper.tsx'
import { type ReportMeasure, reportMeasures } from './report-measures.ts'
import {
  type ReportCell,
  type ReportItem,
  type ReportTable,
  type RoundReport,
  splitColumns,
  tabulateReport,
} from './report-table.ts'

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
            {parts.map((part, index) => (
              <Matrix
                key={part[0]!.itemId}
                table={table}
                items={part}
                widths={widths}
                measures={measures}
                language={language}
                caption={
                  parts.length === 1 ? null : paperWord(language, 'part', { part: index + 1, parts: parts.length })
                }
                madeBy={index === parts.length - 1 ? options.madeBy : null}
              />
            ))}
          </>
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

function Matrix(props: MatrixProps) {
  const { table, items, measures, language } = props
  const span = measures.length
  const columns = 3 + items.length * span
  const units = table.units
  const last = units[units.length - 1]
  return (
    <table className="matrix">
      {props.caption !== null && <caption>{props.caption}</caption>}
      <colgroup>
        <col className="unit-column" width={mm(unitColumns - 12)} />
        <col width={mm(12)} />
        {items.flatMap((item) =>
          props.widths
            .get(item.itemId)!
            .map((width, index) => <col key={`${item.itemId}-${measures[index]}`} width={mm(width)} />),
        )}
        <col width={mm(packsColumn)} />
      </colgroup>
      <thead>
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
                {[item.specification, item.baseUnit].filter((word) => word !== '').join(' · ')}
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
      </thead>
      <tbody>
        {units.slice(0, -1).map((unit) => (
          <UnitRow key={unit.unitId} unit={unit} {...props} />
        ))}
      </tbody>
      <tbody className="keep">
        {last && <UnitRow unit={last} {...props} />}
        <tr className="total">
          <td colSpan={2}>{paperWord(language, 'total')}</td>
          {items.flatMap((item) => {
            const total = table.itemTotal(item.itemId)
            return measures.map((measure, index) => (
              <td key={`${item.itemId}-${measure}`} className={index === span - 1 ? 'number last' : 'number'}>
                {figureOf(total, measure)}
              </td>
            ))
          })}
          <td className="number">{figure(table.packs)}</td>
        </tr>
        {props.madeBy !== null && (
          <tr>
            <td colSpan={columns} className="close">
              <div className="signatures">
                <div className="sign">
                  <Sign language={language} of="madeBy" name={props.madeBy} />
                  <Sign language={language} of="reviewer" />
                  <Sign language={language} of="approver" />
                </div>
                <Seal language={language} />
              </div>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

/** `width` on a column is the one size that may stand in a document whose policy forbids style attributes: CSS pixels. */
const mm = (millimetres: number): number => Math.round((millimetres * 96) / 25.4)

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
