import { randomBytes } from 'node:crypto'

/**
 * Documents on their way to paper: HTML made by the renderer waits here, under a name that nobody can guess, until the
 * printing browser (or Electron's hidden window) has fetched it.
 */
export type PrintStore = {
  /** @returns the id, or null when the store has no room. */
  put: (html: string) => string | null
  find: (id: string) => string | null
  remove: (id: string) => void
}

export const mostPrintBytes = 64 * 1024 * 1024
const mostStoredBytes = 3 * mostPrintBytes
const keptMs = 10 * 60_000

export function createPrintStore(now: () => number): PrintStore {
  const documents = new Map<string, { html: string; storedAt: number }>()
  const sweep = () => {
    for (const [id, document] of documents) if (now() - document.storedAt > keptMs) documents.delete(id)
  }
  return {
    put(html) {
      sweep()
      let size = html.length
      for (const document of documents.values()) size += document.html.length
      if (size > mostStoredBytes) return null
      const id = randomBytes(16).toString('hex')
      documents.set(id, { html, storedAt: now() })
      return id
    },
    find(id) {
      sweep()
      return documents.get(id)?.html ?? null
    },
    remove: (id) => void documents.delete(id),
  }
}
