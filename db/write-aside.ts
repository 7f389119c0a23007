import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { openBeside } from './connect.ts'
import type { Database } from './statement.ts'

/**
 * Writing that takes seconds, on a thread of its own with a connection of its own, so that every window is answered
 * meanwhile: who reads sees the ledger as it was before, who writes waits its turn without holding anybody up.
 */
const writing = new WeakMap<Database, Promise<void>>()
const written = new WeakMap<Database, number>()

/** How many threads have written so far: the connection's own count of changes (`countChanges`) knows nothing of them. */
export const countWrittenAside = (database: Database): number => written.get(database) ?? 0

/** Resolves when no thread is writing; goes on in the same turn then, so that a synchronous write follows undisturbed. */
export async function whenWritable(database: Database): Promise<void> {
  for (let busy = writing.get(database); busy !== undefined; busy = writing.get(database)) await busy
}

/** Whether `runAside` can work on it: a database in memory is its own connection's alone, and a script may be missing. */
export const canRunAside = (database: Database, script: string): boolean =>
  database.folder !== null && findScript(script) !== undefined

export type FromAside<Answer> =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string; readonly code: string | null }

type ToAside<Part> = { readonly kind: 'part'; readonly part: Part } | { readonly kind: 'end' }

type Beginning = { readonly file: string; readonly stop: SharedArrayBuffer }

/**
 * Starts the thread `script`, which calls `serveAside`, hands it `parts` one by one with a turn of the event loop between
 * them, and gives its answer. Until then it is the only one that writes. Rejects with what failed there, as an Error with
 * the driver's code. Stopping is asked for, not forced: the thread ends its transaction first.
 */
export async function runAside<Part, Answer>(
  database: Database,
  script: string,
  parts: Iterable<Part>,
  watch: { readonly signal: AbortSignal; readonly onProgress: (done: number, total: number) => void },
): Promise<Answer> {
  await whenWritable(database)
  let release = () => {}
  writing.set(
    database,
    new Promise((resolve) => {
      release = resolve
    }),
  )
  try {
    const answer = await work<Part, Answer>(database.file, script, parts, watch)
    written.set(database, countWrittenAside(database) + 1)
    return answer
  } finally {
    writing.delete(database)
    release()
  }
}

async function work<Part, Answer>(
  file: string,
  script: string,
  parts: Iterable<Part>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number, total: number) => void },
): Promise<Answer> {
  const stop = new SharedArrayBuffer(4)
  const stopNow = () => void Atomics.store(new Int32Array(stop), 0, 1)
  const beginning: Beginning = { file, stop }
  const path = findScript(script)
  if (path === undefined) throw new Error(`the thread ${script} is missing beside ${import.meta.dirname}`)
  const worker = new Worker(path, { workerData: beginning })
  const ended = new Promise<Answer>((resolve, reject) => {
    worker.on('message', (message: FromAside<Answer>) => {
      if (message.kind === 'progress') onProgress(message.done, message.total)
      else if (message.kind === 'answer') resolve(message.answer)
      else reject(failure(message))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the thread ${script} ended with ${code} and without an answer`)))
  })
  // Looked at below; until then a thread that cannot start is no unhandled rejection.
  ended.catch(() => {})
  const exited = new Promise((resolve) => worker.once('exit', resolve))
  signal.addEventListener('abort', stopNow, { once: true })
  if (signal.aborted) stopNow()
  let whole = false
  try {
    for (const part of parts) {
      const message: ToAside<Part> = { kind: 'part', part }
      worker.postMessage(message)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const message: ToAside<Part> = { kind: 'end' }
    worker.postMessage(message)
    whole = true
    return await ended
  } finally {
    signal.removeEventListener('abort', stopNow)
    // What never came to its end has begun nothing.
    if (!whole) void worker.terminate()
    // Its connection is closed before anybody else writes.
    await exited
  }
}

function failure({ message, stack, code }: FromAside<never> & { kind: 'failed' }): Error {
  const error = new Error(message)
  error.stack = stack
  return code === null ? error : Object.assign(error, { code })
}

/** In the source beside this folder, in the build beside the bundle's. */
function findScript(name: string): string | undefined {
  const places = ['.ts', '.js'].map((ending) => join(import.meta.dirname, '..', `${name}${ending}`))
  return places.find((place) => existsSync(place))
}

/**
 * In the thread: collects the parts, then calls `answer` with the database and a `tick` that reports progress and says
 * whether to stop.
 */
export function serveAside<Part, Answer>(
  answer: (database: Database, parts: readonly Part[], tick: (done: number, total: number) => boolean) => Answer,
): void {
  const port = parentPort
  if (port === null) throw new Error('this file is started as a thread')
  const { file, stop } = workerData as Beginning
  const stopped = new Int32Array(stop)
  const post = (message: FromAside<Answer>) => port.postMessage(message)
  const parts: Part[] = []
  port.on('message', (message: ToAside<Part>) => {
    if (message.kind === 'part') {
      parts.push(message.part)
      return
    }
    let database: Database | undefined
    try {
      database = openBeside(file)
      const value = answer(database, parts, (done, total) => {
        post({ kind: 'progress', done, total })
        return Atomics.load(stopped, 0) === 0
      })
      database.close()
      post({ kind: 'answer', answer: value })
    } catch (error) {
      database?.close()
      const known = error instanceof Error ? error : new Error(String(error))
      const code = 'code' in known && typeof known.code === 'string' ? known.code : null
      post({ kind: 'failed', message: known.message, stack: known.stack ?? '', code })
    } finally {
      port.close()
    }
  })
}
