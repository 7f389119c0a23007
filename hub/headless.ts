import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { Browser } from './find-browser.ts'
import { loadFonts } from './load-fonts.ts'

/**
 * An installed browser without a window, driven over its debugging pipe (no port that others could reach), that prints
 * a page to PDF. It starts with the first document and leaves when nothing has been printed for a while.
 */
export type Headless = {
  /**
   * Throws when the browser cannot start, the page cannot load, it takes longer than two minutes, or `signal` stops it:
   * then the browser is ended on the spot, since one that lays out a thousand pages listens to nothing.
   */
  readonly printPdf: (url: string, signal?: AbortSignal) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

const idleMs = 60_000
const longestMs = 120_000

type Reply = {
  id?: number
  method?: string
  sessionId?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}
type Pending = { resolve: (result: unknown) => void; reject: (error: Error) => void }

export function createHeadless(browser: Browser, log: (line: string) => void): Headless {
  let running: Promise<Debugger> | null = null
  let idle: NodeJS.Timeout | undefined

  const close = async () => {
    clearTimeout(idle)
    const current = running
    running = null
    if (current !== null) await current.then((link) => link.close()).catch(() => {})
  }

  return {
    async printPdf(url, signal) {
      signal?.throwIfAborted()
      clearTimeout(idle)
      running ??= startBrowser(browser, log, () => {
        running = null
      })
      const current = running
      const stop = () => void current.then((link) => link.kill()).catch(() => {})
      signal?.addEventListener('abort', stop, { once: true })
      try {
        return await print(await current, url)
      } catch (error) {
        await close()
        throw signal?.aborted ? signal.reason : error
      } finally {
        signal?.removeEventListener('abort', stop)
        clearTimeout(idle)
        idle = setTimeout(() => void close(), idleMs)
        idle.unref()
      }
    },
    close,
  }
}

async function print(link: Debugger, url: string): Promise<Uint8Array> {
  const patience = AbortSignal.timeout(longestMs)
  const { browserContextId } = await link.send<{ browserContextId: string }>('Target.createBrowserContext', {})
  try {
    const { targetId } = await link.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      browserContextId,
    })
    const { sessionId } = await link.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
    await link.send('Page.enable', {}, sessionId)
    const loaded = link.once('Page.loadEventFired', sessionId, patience)
    // When the navigation itself fails, nobody waits for the load any more.
    loaded.catch(() => {})
    const navigation = await link.send<{ errorText?: string }>('Page.navigate', { url }, sessionId)
    if (navigation.errorText !== undefined) throw new Error(`the page did not load: ${navigation.errorText}`)
    await loaded
    await link.send('Runtime.evaluate', { expression: loadFonts, awaitPromise: true }, sessionId)
    const { stream } = await link.send<{ stream: string }>(
      'Page.printToPDF',
      {
        printBackground: true,
        preferCSSPageSize: true,
        displayHeaderFooter: false,
        transferMode: 'ReturnAsStream',
        // Left to itself, a browser without a window tags its PDF: twice the time for a thousand slips, and many times the bytes.
        generateTaggedPDF: false,
        generateDocumentOutline: false,
      },
      sessionId,
    )
    const pieces: Buffer[] = []
    for (;;) {
      const piece = await link.send<{ data: string; eof: boolean; base64Encoded?: boolean }>(
        'IO.read',
        { handle: stream, size: 1024 * 1024 },
        sessionId,
      )
      pieces.push(Buffer.from(piece.data, piece.base64Encoded ? 'base64' : 'utf8'))
      if (piece.eof) return Buffer.concat(pieces)
    }
  } finally {
    await link.send('Target.disposeBrowserContext', { browserContextId }).catch(() => {})
  }
}

type Debugger = {
  readonly send: <T = unknown>(method: string, params: object, sessionId?: string) => Promise<T>
  readonly once: (method: string, sessionId: string, patience: AbortSignal) => Promise<unknown>
  readonly close: () => Promise<void>
  /** At once, whatever it is doing. */
  readonly kill: () => void
}

async function startBrowser(browser: Browser, log: (line: string) => void, onExit: () => void): Promise<Debugger> {
  const profile = mkdtempSync(join(tmpdir(), 'frontstock-print-'))
  const child = spawn(
    browser.executable,
    [
      ...browser.args,
      '--headless',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-gpu',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const link = openPipe(child, () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3, retryDelay: 200 })
    onExit()
  })
  try {
    const version = await link.send<{ product: string }>('Browser.getVersion', {})
    log(`print: ${version.product}`)
    return link
  } catch (error) {
    await link.close()
    throw error
  }
}

/** Messages are JSON texts, each ended by a zero byte; the browser reads file descriptor 3 and writes to 4. */
function openPipe(child: ChildProcess, onExit: () => void): Debugger {
  const output = child.stdio[3] as Writable
  const input = child.stdio[4] as Readable
  const pending = new Map<number, Pending>()
  const waiting = new Set<{
    method: string
    sessionId: string
    resolve: (params: unknown) => void
    reject: (error: Error) => void
  }>()
  let lastId = 0
  let ended: Error | null = null

  const end = (error: Error) => {
    if (ended !== null) return
    ended = error
    for (const call of [...pending.values(), ...waiting]) call.reject(error)
    pending.clear()
    waiting.clear()
    onExit()
  }
  const take = (reply: Reply) => {
    if (reply.id !== undefined) {
      const call = pending.get(reply.id)
      pending.delete(reply.id)
      if (reply.error !== undefined) call?.reject(new Error(reply.error.message))
      else call?.resolve(reply.result)
      return
    }
    for (const listener of waiting) {
      if (listener.method !== reply.method || listener.sessionId !== reply.sessionId) continue
      waiting.delete(listener)
      listener.resolve(reply.params)
    }
  }
  let pieces: Buffer[] = []
  input.on('data', (chunk: Buffer) => {
    let from = 0
    for (let to = chunk.indexOf(0); to !== -1; to = chunk.indexOf(0, from)) {
      pieces.push(chunk.subarray(from, to))
      take(JSON.parse(Buffer.concat(pieces).toString('utf8')) as Reply)
      pieces = []
      from = to + 1
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from))
  })
  for (const stream of [input, output]) stream.on('error', () => {})
  child.on('error', (error) => end(error))
  child.on('exit', (code, signal) => end(new Error(`the printing browser ended (${signal ?? code})`)))

  return {
    send: <T>(method: string, params: object, sessionId?: string) =>
      new Promise<T>((resolve, reject) => {
        if (ended !== null) return reject(ended)
        lastId += 1
        const id = lastId
        const late = setTimeout(() => {
          pending.delete(id)
          reject(new Error(`the printing browser did not answer ${method}`))
        }, longestMs)
        const settle =
          <V>(then: (value: V) => void) =>
          (value: V) => {
            clearTimeout(late)
            then(value)
          }
        pending.set(id, { resolve: settle((result: unknown) => resolve(result as T)), reject: settle(reject) })
        output.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
      }),
    once: (method, sessionId, patience) =>
      new Promise((resolve, reject) => {
        const listener = { method, sessionId, resolve, reject }
        waiting.add(listener)
        patience.addEventListener('abort', () => {
          if (waiting.delete(listener)) reject(new Error(`the page sent no ${method}`))
        })
      }),
    close: () =>
      new Promise((resolve) => {
        if (ended !== null || child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        const patience = setTimeout(() => child.kill('SIGKILL'), 2_000)
        child.once('exit', () => clearTimeout(patience))
        output.write(`${JSON.stringify({ id: -1, method: 'Browser.close', params: {} })}\0`)
      }),
    kill: () => void child.kill('SIGKILL'),
  }
}
