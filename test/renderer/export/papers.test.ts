import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readListFile } from '../../../api/intake/read-file.ts'
import { csvSheets } from '../../../renderer/export/csv.ts'
import { sheetsOfTables } from '../../../renderer/export/paper-sheets.ts'
import { type PaperTableRead, readPaper } from '../../../renderer/export/read-paper.ts'
import type { Sheet } from '../../../renderer/export/sheet.ts'
import { sheetNames, xlsxBytes } from '../../../renderer/export/xlsx.ts'
import { type Papers, papersHtml, printLanguages } from '../../../renderer/print/paper.tsx'
import { closeChromium, launchChromium } from '../../e2e/chromium.ts'
import { sourceFiles } from '../../source-files.ts'
import { documents, longFigure, markOf } from '../print/documents.ts'
import { moreDocuments } from '../print/more-documents.ts'

let page: Page
beforeAll(async () => {
  page = await (await launchChromium()).newPage()
}, 60_000)
afterAll(closeChromium)

const all = [...documents, ...moreDocuments]

/** What is exported of these papers, and every row of theirs as a person reads it. */
async function read(papers: Papers): Promise<{ tables: PaperTableRead[]; shown: string[] }> {
  await page.setContent(papersHtml(papers, { fontFaces: '' }))
  return (await page.evaluate(`(() => {
    const readPaper = ${readPaper.toString()}
    const sections = [...document.querySelectorAll('article.paper')]
    const rows = [...document.querySelectorAll('tbody > tr')]
      .filter((row) => !row.matches('.carried, .why, .none') && row.querySelector('td.close') === null)
    return { tables: sections.flatMap((section) => readPaper(section)), shown: rows.map((row) => row.innerText) }
  })()`)) as { tables: PaperTableRead[]; shown: string[] }
}

/** A row without what only its look on paper is made of: white space, grouping, a decimal that says nothing. */
const bare = (text: string): string =>
  text
    .replace(/[\s,]/g, '')
    .replace(/(\d)\.0+(?!\d)/g, '$1')
    .replaceAll('−', '-')
const asText = (cell: string | number | null, kind: string): string => {
  if (cell === null) return ''
  return kind === 'percent' && typeof cell === 'number' ? `${Math.round(cell * 1000) / 10}%` : String(cell)
}

/** The columns of the table itself; the facts of the document stand behind them. */
const ownColumns = (sheet: Sheet, tables: readonly PaperTableRead[]): number =>
  tables.find(
    ({ heading, headers }) =>
      headers.every((header, at) => sheet.columns[at]?.header === header) && (heading === '' || heading === sheet.name),
  )!.headers.length

describe.each(printLanguages)('the tables of every document, language %s', { timeout: 60_000 }, (language) => {
  it.each(all.map((document) => [document.name, document] as const))(
    '%s are exported as they are printed',
    async (_, document) => {
      const papers = document.papers(4, language, false)
      const { tables, shown } = await read(papers)
      const sheets = sheetsOfTables(papers.title, tables)
      expect(sheets).not.toHaveLength(0)
      // Row by row what is read on paper, lines and totals; tables with the same columns stand in one sheet.
      const exported = sheets.flatMap((sheet) => {
        const own = ownColumns(sheet, tables)
        return sheet.rows.map((row) =>
          bare(
            row
              .slice(0, own)
              .map((cell, at) => asText(cell, sheet.columns[at]!.kind))
              .join(''),
          ),
        )
      })
      expect([...exported].sort()).toEqual(shown.map(bare).sort())
      for (let line = 0; line < 4; line++) expect(exported.join('\n')).toContain(markOf(line))

      const workbook = await readListFile(await xlsxBytes(...sheets), 'a.xlsx')
      if (!workbook.ok) throw new Error(JSON.stringify(workbook.refusal))
      expect(workbook.value.sheets.map(({ name }) => name)).toEqual(sheetNames(sheets))
      for (const [index, { rows }] of workbook.value.sheets.entries()) {
        const { columns, rows: given } = sheets[index]!
        // The reader leaves out empty rows and the empty ends of others.
        const back = new Map(rows.map(({ number, cells }) => [number, cells]))
        for (const [line, row] of [columns.map(({ header }) => header), ...given].entries()) {
          const cells = back.get(line + 1) ?? []
          expect(row.map((_cell, at) => cells[at] ?? null)).toEqual(row.map((cell) => (cell === '' ? null : cell)))
        }
      }
      const csv = await readListFile(csvSheets(sheets), 'a.csv')
      if (!csv.ok) throw new Error(JSON.stringify(csv.refusal))
      const lines = csv.value.sheets[0]!.rows.map(({ cells }) =>
        cells
          .map((cell) => cell ?? '')
          .join('|')
          .replace(/\|+$/, ''),
      )
      for (const { columns, rows } of sheets) {
        for (const row of rows) {
          expect(lines).toContain(
            row
              .map((cell, at) => asText(cell, columns[at]!.kind))
              .join('|')
              .replace(/\|+$/, ''),
          )
        }
      }
    },
  )

  it('have numbers of twelve digits as numbers', async () => {
    for (const document of documents.filter(({ name }) => name !== '联络看板')) {
      const papers = document.papers(2, language, true)
      const sheets = sheetsOfTables(papers.title, (await read(papers)).tables)
      expect(
        sheets.flatMap(({ rows }) => rows.flat()),
        document.name,
      ).toContain(longFigure)
    }
  })
})

it('are exported and compared here for every document that the program has', () => {
  const laidOut = sourceFiles('renderer')
    .filter((path) => /^\s+likelyPages: (?!number)/m.test(readFileSync(path, 'utf8')))
    .map((path) => path.split(/[\\/]/).slice(-2).join('/'))
  const tried = ['documents.ts', 'more-documents.ts']
    .map((name) => readFileSync(new URL(`../print/${name}`, import.meta.url), 'utf8'))
    .join('\n')
  // A table of contents has no rows of its own, and a label no table.
  const without = ['print/contents.tsx', 'label/label-paper.tsx']
  const forgotten = laidOut.filter((path) => !without.includes(path) && !tried.includes(`/${path}'`))
  expect(forgotten).toEqual([])
  expect(laidOut.length).toBeGreaterThan(14)
})
