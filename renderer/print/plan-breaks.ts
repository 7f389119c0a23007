import { renderToStaticMarkup } from 'react-dom/server'
import { type Breaks, breakTable, measureTable } from './long-table.tsx'
import { likelyPages, type PaperOptions, type Papers, paperEnd, paperStart, tablesOf } from './paper.tsx'
import type { OpenRuler } from './ruler.ts'

/** Between the margins of `paper-style.ts`, in millimetres. */
const roomMm = { upright: 297 - 12 - 16, across: 210 - 10 - 14 } as const
const pixelsOf = (millimetres: number): number => (millimetres * 96) / 25.4

/**
 * Cuts the long tables of a print into pages, by the heights that their rows will have.
 * @param slackMm left empty at the foot of each page, for what a printing browser rounds otherwise than this window.
 * @returns by the index of the section, the breaks of each of its tables; sections without long tables are left out.
 */
export async function planBreaks(
  papers: Papers,
  options: PaperOptions,
  making: {
    readonly openRuler: (page: string) => Promise<OpenRuler>
    readonly onRows: (done: number, total: number) => Promise<void>
    readonly slackMm: number
  },
): Promise<ReadonlyMap<number, readonly Breaks[]>> {
  const plan = new Map<number, readonly Breaks[]>()
  const guess = likelyPages(papers)
  const tables = papers.sections.map((section) => tablesOf(section, guess))
  const total = tables.flat().reduce((sum, { rows }) => sum + rows, 0)
  let before = 0
  for (const way of ['upright', 'across'] as const) {
    const indexes = [...papers.sections.keys()].filter((index) => {
      const { landscape = false } = papers.sections[index]!
      return tables[index]!.length > 0 && landscape === (way === 'across')
    })
    if (indexes.length === 0) continue
    const page = `${paperStart(papers, options)}<div class="ruler ${way}"></div>${paperEnd}`
    const { measure, close } = await making.openRuler(page)
    const room = pixelsOf(roomMm[way] - making.slackMm)
    try {
      for (const index of indexes) {
        const { body } = papers.sections[index]!
        const breaks: Breaks[] = []
        for (const [at, table] of tables[index]!.entries()) {
          const above = at > 0 ? 0 : (await measure(renderToStaticMarkup(body)))[0]!
          const heights = await measureTable(table, measure, (done) => making.onRows(before + done, total))
          before += table.rows
          breaks.push(breakTable(heights, room, above, table.staysWithNext))
        }
        plan.set(index, breaks)
      }
    } finally {
      close()
    }
  }
  return plan
}
