import { randomBytes } from 'node:crypto'
import { answer, type Call, readBody } from './call.ts'
import { mostPrintBytes, type PrintStore } from './print-store.ts'

/** Printing waits in a queue of its own: one document at a time, and not more than a few windows can mean. */
const mostWaiting = 16

/**
 * `POST /print` takes a document as HTML and answers with its PDF; `POST /print?keep` only keeps it for a while and
 * answers with its path, for the window's own print dialog. A window that hangs up stops the printing. Errors carry a `code` that the shell puts into words.
 */
export function createPrintRoute(options: {
  readonly store: PrintStore
  readonly printPdf: ((url: string, signal: AbortSignal) => Promise<Uint8Array>) | null
  readonly log: (line: string) => void
}): { post: (call: Call) => Promise<void> } {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    async post({ request, response, query }) {
      const keep = query.has('keep')
      const refuse = (status: number, code: string, reference = '') =>
        answer(response, status, JSON.stringify({ code, reference }), { 'content-type': 'application/json' })
      const { printPdf } = options
      // Before the body is read: the window can turn to its own print dialog at once.
      if (!keep && printPdf === null) return refuse(501, 'no-browser')
      if (waiting >= mostWaiting) return refuse(429, 'busy')
      waiting += 1
      const hungUp = new AbortController()
      response.once('close', () => hungUp.abort())
      let id: string | null = null
      try {
        const html = (await readBody(request, mostPrintBytes)).toString('utf8')
        id = options.store.put(html)
        if (id === null) return refuse(429, 'busy')
        const path = `/print/${id}`
        if (keep || printPdf === null) {
          id = null
          return answer(response, 200, JSON.stringify({ path }), { 'content-type': 'application/json' })
        }
        // By the name that the page itself came from: fonts with a full address are its own.
        const url = `http://${request.headers.host}${path}`
        const pdf = last.then(() => (hungUp.signal.aborted ? null : printPdf(url, hungUp.signal)))
        last = pdf.catch(() => {})
        const bytes = await pdf
        if (bytes !== null) answer(response, 200, bytes, { 'content-type': 'application/pdf' })
      } catch (error) {
        if (id === null) throw error
        if (hungUp.signal.aborted) return
        const reference = randomBytes(4).toString('hex')
        options.log(`hub: printing failed (${reference}): ${error instanceof Error ? error.stack : String(error)}`)
        refuse(502, 'print-failed', reference)
      } finally {
        if (id !== null) options.store.remove(id)
        waiting -= 1
      }
    },
  }
}
