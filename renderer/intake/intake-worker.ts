import type { Sheet } from '../../core/intake/sheet.ts'
import { writeSheets } from './kept-sheets.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import { readInto, readSheets } from './read-source.ts'

/** Reads lists apart from the window, so that it answers however long the list is. Cancelled by ending it. */
let sheets: readonly Sheet[] | null = null
const post = (message: FromWorker) => postMessage(message)

addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  const { id } = data
  try {
    if (data.kind === 'keep') {
      return post({ kind: 'kept', id, text: sheets === null ? null : writeSheets(sheets, data.gone, data.most) })
    }
    const { source, context } = data
    if (source !== null) {
      sheets = null
      const read = await readSheets(source)
      if (!read.ok) return post({ kind: 'refused', id, refusal: read.refusal })
      sheets = read.sheets
    }
    if (sheets === null) throw new Error('no list was read yet')
    await readInto(sheets, context, id, post)
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
})
