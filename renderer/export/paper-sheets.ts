import type { CellValue } from '../grid/cell-value.ts'
import { type Papers, sectionHtml } from '../print/paper.tsx'
import { type PaperCellRead, type PaperTableRead, readPaper } from './read-paper.ts'
import type { Sheet } from './sheet.ts'

const sectionsBetweenPauses = 12

/**
 * The tables of documents as sheets: every line and total that is printed. Documents of one kind share a sheet, in which
 * the facts of the head (number, unit, date …) stand behind the columns of each line.
 * @param parse reads the HTML of a section.
 */
export async function paperSheets(papers: Papers, parse: (html: string) => Element = parseHtml): Promise<Sheet[]> {
  const tables: PaperTableRead[] = []
  for (let index = 0; index < papers.sections.length; index++) {
    if (index % sectionsBetweenPauses === 0 && index > 0) await new Promise<void>((resolve) => setTimeout(resolve, 0))
    tables.push(...readPaper(parse([...sectionHtml(papers, index, { fontFaces: '' })].join(''))))
  }
  return sheetsOfTables(papers.title, tables)
}

function parseHtml(html: string): Element {
  return new DOMParser().parseFromString(html, 'text/html').body
}

/** Tables with the same columns are one sheet, in the order in which they stand. */
export function sheetsOfTables(title: string, tables: readonly PaperTableRead[]): Sheet[] {
  const alike = new Map<string, PaperTableRead[]>()
  for (const table of tables) {
    const key = JSON.stringify([table.heading, table.headers])
    alike.set(key, [...(alike.get(key) ?? []), table])
  }
  return [...alike.values()].map((some) => {
    const [{ heading, headers }] = some as [PaperTableRead]
    const factNames = [
      ...new Set(some.flatMap(({ facts }) => facts.filter(([, value]) => value !== '').map(([name]) => name))),
    ]
    const rows = some.flatMap((table) => {
      const facts = new Map(table.facts)
      return table.rows.map((cells) => [
        ...cells,
        ...factNames.map((name): PaperCellRead => ({ text: facts.get(name) ?? '', kind: 'date' })),
      ])
    })
    const names = [...headers, ...factNames]
    const columns = names.map((header, at) => ({ header, kind: columnKind(rows.map((row) => row[at]!)) }))
    return {
      name: heading === '' ? title : heading,
      columns,
      rows: rows.map((row) => row.map((cell, at) => cellValue(cell, columns[at]!.kind))),
    }
  })
}

type Kind = Sheet['columns'][number]['kind']

const figure = /^[+\-−]?[\d,]+(\.\d+)?$/
const percent = /^[\d,]+(\.\d+)?%$/
const civilDate = /^\d{4}-\d{2}-\d{2}$/

function columnKind(cells: readonly PaperCellRead[]): Kind {
  const filled = cells.filter(({ text }) => text !== '')
  if (filled.some(isNumber)) return 'number'
  if (filled.some(({ kind, text }) => kind === 'date' && civilDate.test(text))) return 'date'
  return filled.length > 0 && filled.every(({ text }) => percent.test(text)) ? 'percent' : 'text'
}

const isNumber = ({ kind, text }: PaperCellRead): boolean =>
  kind === 'number' ? figure.test(text) : kind === 'count' && /^\d{1,9}$/.test(text)

function cellValue(cell: PaperCellRead, kind: Kind): CellValue {
  const { text } = cell
  if (text === '') return null
  if (isNumber(cell)) return Number(text.replaceAll(',', '').replace('−', '-'))
  return kind === 'percent' ? Number(text.replace(/[,%]/g, '')) / 100 : text
}
