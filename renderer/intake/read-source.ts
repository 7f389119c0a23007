import { readListFile } from '../../api/intake/read-file.ts'
import { readPinyin } from '../../api/intake/read-pinyin.ts'
import type { FileRefusal } from '../../core/intake/file-refusal.ts'
import { readList, readText } from '../../core/intake/intake.ts'
import type { Sheet } from '../../core/intake/sheet.ts'
import { readSheetsText } from './kept-sheets.ts'
import { pause } from './pause.ts'
import type { FromWorker, ListSource, ReadContext, ReadTable } from './protocol.ts'

/** Rows in one message: few enough that taking them over never holds up the window for long. */
const portion = 500
const mostLeftOut = 1_000
const samplesOfColumn = 3

export type SheetsOrRefusal =
  | { readonly ok: true; readonly sheets: readonly Sheet[] }
  | { readonly ok: false; readonly refusal: FileRefusal }

export async function readSheets(source: ListSource): Promise<SheetsOrRefusal> {
  if (source.kind === 'text') {
    const sheets = readText(source.text, source.name)
    if (sheets.every((sheet) => sheet.rows.length === 0))
      return { ok: false, refusal: { code: 'file-empty', data: {} } }
    return { ok: true, sheets }
  }
  if (source.kind === 'sheets') {
    const sheets = readSheetsText(source.text)
    return sheets === null ? { ok: false, refusal: { code: 'file-empty', data: {} } } : { ok: true, sheets }
  }
  const read = await readListFile(new Uint8Array(source.bytes), source.name)
  return read.ok ? { ok: true, sheets: read.value.sheets } : { ok: false, refusal: read.refusal }
}

/** Reads sheets into draft rows, and says how far it is. */
export async function readInto(
  sheets: readonly Sheet[],
  context: ReadContext,
  id: number,
  post: (message: FromWorker) => void,
): Promise<void> {
  const mappings = new Map(context.mappings.map((mapping) => [mapping.layout, mapping]))
  const result = readList(sheets, {
    kind: context.kind,
    today: context.today,
    catalogue: context.catalogue,
    readPinyin,
    aliases: new Map(context.aliases),
    duties: context.duties,
    findMapping: (layout) => mappings.get(layout) ?? null,
    onProgress(done, total) {
      post({ kind: 'progress', id, done, total })
      return true
    },
  })
  for (const [index, table] of result.tables.entries()) {
    for (let at = 0; at < table.rows.length; at += portion) {
      post({ kind: 'rows', id, table: index, rows: table.rows.slice(at, at + portion) })
      // All at once they would keep the window from drawing until the last of them is unpacked.
      if (at + portion < table.rows.length) await pause()
    }
  }
  post({
    kind: 'read',
    id,
    fingerprint: result.fingerprint,
    tables: result.tables.map(({ rows, leftOut: _, ...table }): ReadTable => {
      const numbers = rows.slice(0, samplesOfColumn).map((row) => row.source.row)
      return { ...table, rowCount: rows.length, samples: samplesOf(sheets, table.sheet, numbers) }
    }),
    leftOut: result.leftOut.slice(0, mostLeftOut),
    leftOutCount: result.leftOut.length,
  })
}

function samplesOf(sheets: readonly Sheet[], name: string, numbers: readonly number[]): Record<number, string[]> {
  const samples: Record<number, string[]> = {}
  const wanted = new Set(numbers)
  for (const row of sheets.find((sheet) => sheet.name === name)?.rows ?? []) {
    if (!wanted.has(row.number)) continue
    row.cells.forEach((cell, index) => {
      if (cell === null || cell === '') return
      const known = samples[index] ?? []
      samples[index] = [...known, String(cell).slice(0, 40)]
    })
  }
  return samples
}
