import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { copyBackup, finishCopy, matchesItsName } from './backup-file.ts'
import { prepareRestore } from './restore.ts'
import type { VerifyReport } from './verify.ts'
import { verifyFile } from './verify-file.ts'

/**
 * What reads a whole database file or waits for a slow disk is done on a thread of its own, so that windows don't stall
 * for the seconds that a large ledger or a memory stick takes.
 */

const works = {
  /** Is the file what its name says, and does it verify? */
  check: ({ file }: { readonly file: string }): { matchesName: boolean; report: VerifyReport } => ({
    matchesName: matchesItsName(file),
    report: verifyFile(file),
  }),
  /** A finished copy of the pages becomes a backup: verified, synced, renamed. */
  finish: finishCopy,
  /** A backup is copied to a second folder, read back and compared. */
  copy: copyBackup,
  /** A backup is put beside the database, verified; nothing is exchanged yet. */
  restore: ({ source, folder }: { readonly source: string; readonly folder: string }): VerifyReport =>
    prepareRestore(source, folder),
} as const
type Works = typeof works
export type WorkName = keyof Works
/** What an error of the thread keeps on its way: it is copied, not shared. */
type Failure = { readonly message: string; readonly code: string; readonly zh: string; readonly en: string }
export type WorkAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: Failure }

/** An error of the thread, with its code and, where it is a refusal, its sentences. */
export class AsideError extends Error {
  readonly code: string
  readonly zh: string
  readonly en: string
  constructor({ message, code, zh, en }: Failure) {
    super(message)
    this.name = 'AsideError'
    this.code = code
    this.zh = zh
    this.en = en
  }
}

/** Does the work on this thread; the thread's file calls it. */
export function answerWork(name: WorkName, input: unknown): WorkAnswer {
  try {
    return { ok: true, value: works[name](input as never) }
  } catch (error) {
    const { code = '', zh = '', en = '' } = error as Partial<Failure>
    return { ok: false, failure: { message: error instanceof Error ? error.message : String(error), code, zh, en } }
  }
}

/**
 * The build puts `aside-worker.js` beside the bundle or in `db/` beside its folder; where it is missing, this thread does
 * the work. Throws AsideError.
 * @param how.signal ends the thread
 * @param how.here starts none
 */
export async function workAside<Name extends WorkName>(
  name: Name,
  input: Parameters<Works[Name]>[0],
  how: { readonly signal?: AbortSignal; readonly here?: boolean } = {},
): Promise<ReturnType<Works[Name]>> {
  const script = how.here ? undefined : findScript()
  const answer = script === undefined ? answerWork(name, input) : await ask(script, { name, input }, how.signal)
  if (!answer.ok) throw new AsideError(answer.failure)
  return answer.value as ReturnType<Works[Name]>
}

function findScript(): string | undefined {
  return [
    join(import.meta.dirname, 'aside-worker.ts'),
    join(import.meta.dirname, 'aside-worker.js'),
    join(import.meta.dirname, '..', 'db', 'aside-worker.js'),
  ].find((candidate) => existsSync(candidate))
}

function ask(script: string, workerData: object, signal: AbortSignal | undefined): Promise<WorkAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const worker = new Worker(script, { workerData })
    const stop = () => {
      reject(signal?.reason)
      void worker.terminate()
    }
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', (answer: WorkAnswer) => resolve(answer))
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      reject(new Error(`the thread ended with ${code} and without an answer`))
    })
  })
}
