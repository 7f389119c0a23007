import type { FileRefusal } from '../../core/intake/file-refusal.ts'
import type { DraftRow } from '../../core/intake/read-row.ts'
import type { LeftOut } from '../../core/intake/tables.ts'
import type { SourceRow } from './kept-sheets.ts'
import type { FromWorker, ListSource, ReadContext, ReadTable, ToWorker } from './protocol.ts'

export type Reading = {
  readonly fingerprint: string
  readonly tables: readonly ReadTable[]
  readonly rows: readonly { readonly table: number; readonly row: DraftRow }[]
  readonly leftOut: readonly LeftOut[]
  readonly leftOutCount: number
}

export type ReadAnswer =
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' }

export type ListReader = {
  /** @param source null reads the last list again. One at a time: a new one cancels the one before. */
  readonly read: (
    source: ListSource | null,
    context: ReadContext,
    onProgress: (done: number, total: number) => void,
  ) => Promise<ReadAnswer>
  /** The cells of the list that was read last, as text to be kept; null when none was, or it is too long. */
  readonly keep: (gone: readonly SourceRow[], most: number) => Promise<string | null>
  readonly cancel: () => void
}

const makeWorker = () => new Worker(new URL('./intake-worker.ts', import.meta.url), { type: 'module' })

export function createListReader(): ListReader {
  let worker: Worker | null = null
  let last = 0
  let give: ((answer: ReadAnswer) => void) | null = null
  const end = (answer: ReadAnswer) => {
    give?.(answer)
    give = null
  }
  const cancel = () => {
    worker?.terminate()
    worker = null
    end({ kind: 'cancelled' })
  }
  return {
    cancel,
    read(source, context, onProgress) {
      // A list that is being read can only be stopped with the worker that reads it.
      if (give !== null) cancel()
      worker ??= makeWorker()
      last += 1
      const id = last
      const rows: { table: number; row: DraftRow }[] = []
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.id !== id) return
        if (data.kind === 'progress') onProgress(data.done, data.total)
        else if (data.kind === 'rows') for (const row of data.rows) rows.push({ table: data.table, row })
        else if (data.kind === 'read') {
          const { fingerprint, tables, leftOut, leftOutCount } = data
          end({ kind: 'read', reading: { fingerprint, tables, rows, leftOut, leftOutCount } })
        } else if (data.kind === 'refused') end({ kind: 'refused', refusal: data.refusal })
        else if (data.kind === 'failed') end({ kind: 'failed', message: data.message })
      }
      worker.onerror = (event) => end({ kind: 'failed', message: event.message })
      return new Promise((resolve) => {
        give = resolve
        const message: ToWorker = { kind: 'read', id, source, context }
        worker?.postMessage(message, source?.kind === 'file' ? [source.bytes] : [])
      })
    },
    keep(gone, most) {
      const asked = worker
      // Nothing was read yet, or it is being read: there is no list to keep.
      if (asked === null || give !== null) return Promise.resolve(null)
      last += 1
      const id = last
      return new Promise((resolve) => {
        const hear = ({ data }: MessageEvent<FromWorker>) => {
          if (data.id !== id) return
          asked.removeEventListener('message', hear)
          resolve(data.kind === 'kept' ? data.text : null)
        }
        asked.addEventListener('message', hear)
        const message: ToWorker = { kind: 'keep', id, gone, most }
        asked.postMessage(message)
      })
    },
  }
}
