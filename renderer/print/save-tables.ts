import { paperSheets } from '../export/paper-sheets.ts'
import { type SheetFormat, saveSheets } from '../export/save-sheet.ts'
import type { PrintRequest } from './print.tsx'
import { type PaperChoice, requestPapers } from './request-papers.ts'

/** The lines and totals of what a preview shows as a file: each once, whatever number of copies is printed. */
export async function saveTables(request: PrintRequest, choice: PaperChoice, format: SheetFormat): Promise<void> {
  const once = request.kind === 'slips' ? { ...request, contents: false } : request
  const papers = requestPapers(once, choice)
  await saveSheets(papers.title, await paperSheets(papers), format)
}
