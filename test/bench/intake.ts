import { fork } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { inflateRawSync } from 'node:zlib'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { Archive } from '../../api/intake/archive.ts'
import { readListFile } from '../../api/intake/read-file.ts'
import { readPinyin } from '../../api/intake/read-pinyin.ts'
import { clientFor } from '../../api/router.ts'
import { type IntakeResult, readList } from '../../core/intake/intake.ts'
import { inflateInNode } from '../../hub/inflate.ts'
import { ordinaryCatalogue } from '../core/intake/lists.ts'
import { createRandom } from '../db/random.ts'
import { buildLongList } from './long-list.ts'
import { type Row, row, takeTurns } from './row.ts'

/**
 * A list of 100,000 rows of ten columns from XLSX bytes to checked draft rows (read, recognised, converted, checked), and
 * on into the ledger, against inflating the same file and looking at each byte once.
 */
const lines = 100_000

export async function benchIntake(): Promise<Row[]> {
  const bytes = buildLongList(lines)
  const read = () => readAll(bytes)
  const doubtful = (await read()).rows.filter((line) => line.status !== 'sure').length
  const measured = await takeTurns(7, () => scanBytes(bytes), read)
  const blocked = await runInOwnProcess(bytes)
  const about = {
    task: 'list intake, XLSX 100,000 × 10',
    ours: `read, recognise, check (no commit); ${doubtful} rows doubtful`,
    baseline: 'inflate and look at each byte',
  }
  return [
    row(about, measured, { ratio: 4 }),
    row(
      { ...about, ours: 'read, recognise, check and commit: a delivery for each of 97 senders, durable' },
      { baselineMs: measured.baselineMs, oursMs: measured.oursMs + (await commitMs(await read())) },
      { ratio: 4 },
    ),
    {
      task: 'the window during that intake (in a worker)',
      baseline: 'a timer of 5 ms on an idle thread: longest gap',
      ours: `longest gap; ${blocked.memoryMegabytes} MB at most`,
      baselineMs: blocked.idleGapMs,
      oursMs: blocked.gapMs,
      ratio: blocked.gapMs / blocked.idleGapMs,
      goal: '≤ 50 ms, < 500 MB',
      met: blocked.gapMs <= 50 && blocked.memoryMegabytes < 500,
    },
  ]
}

export const rows = benchIntake

/** Every row as a line, all senders in one transaction, through the procedure into a new file; milliseconds. */
async function commitMs({ rows: draft }: IntakeResult): Promise<number> {
  const folder = join(import.meta.dirname, '..', '..', '.tmp', 'bench', `intake-${process.pid}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const desk = openDesk({ folder, version: 'bench' })
  try {
    const client = clientFor({ desk, person: soloPerson(desk) })
    const random = createRandom(97)
    const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }
    const depot = await client.depot.save({
      requestId: random.uuid(),
      placeId: null,
      version: null,
      ...nothing,
      code: 'D01',
      name: '仓库',
    })
    const items = new Map<string, number>()
    for (const { code, name, baseUnit } of ordinaryCatalogue) {
      const { itemId } = await client.item.save({
        requestId: random.uuid(),
        itemId: null,
        version: null,
        code,
        name,
        nameEn: '',
        category: 'other',
        specification: '',
        standard: '',
        baseUnit: baseUnit || '个',
        packName: '箱',
        packSizeBase: 1,
        shelfLifeDays: null,
        reserveBase: 0,
        unitPriceFen: null,
      })
      items.set(code, itemId)
    }
    const [any] = items.values()
    const senders = Map.groupBy(draft, (line) => line.party ?? '')
    const deliveries = [...senders].map(([name, lines]) => ({
      postingId: random.uuid(),
      supplierId: null,
      newSupplier: { name, supplierKind: 'donor' as const },
      writtenAs: [name],
      // What is doubtful is taken as the clerk would have settled it: the cost of a line is what counts here.
      lines: lines.map((line) => ({
        itemId: items.get(line.match ?? '') ?? any!,
        lot: line.lot ?? '',
        madeOn: line.madeOn,
        expiresOn: line.expiresOn,
        standard: '',
        packs: null,
        packSizeBase: null,
        piecesBase: line.quantityBase ?? 1,
        acceptedBase: null,
        rejectedBase: 0,
        rejectReason: '',
      })),
    }))
    const start = performance.now()
    const posted = await client.delivery.postList({
      requestId: random.uuid(),
      depotId: depot.placeId,
      businessDate: desk.businessDate(),
      note: '',
      inspect: false,
      list: null,
      deliveries,
    })
    const elapsed = performance.now() - start
    const posts = posted.deliveries.reduce((sum, one) => sum + one.lines, 0)
    if (posts !== lines) throw new Error(`${posts} lines posted`)
    return elapsed
  } finally {
    closeDesk(desk)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function readAll(bytes: Uint8Array): Promise<IntakeResult> {
  const file = await readListFile(bytes, 'list.xlsx', undefined, inflateInNode)
  if (!file.ok) throw new Error(file.refusal.code)
  const result = readList(file.value.sheets, {
    kind: 'delivery',
    today: '2026-11-24',
    catalogue: ordinaryCatalogue,
    readPinyin,
  })
  if (result.rows.length !== lines) throw new Error(`${result.rows.length} rows`)
  return result
}

function scanBytes(bytes: Uint8Array): number {
  const archive = new Archive(bytes)
  let tags = 0
  for (const entry of archive.entries.values()) {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
    const inflated = inflateRawSync(bytes.subarray(start, start + entry.compressedBytes))
    for (let at = 0; at < inflated.length; at += 1) if (inflated[at] === 60) tags += 1
  }
  return tags
}

interface Blocked {
  readonly idleGapMs: number
  readonly gapMs: number
  readonly memoryMegabytes: number
}

/** A process of its own, so that what the measurements before left behind doesn't count as the intake's memory. */
function runInOwnProcess(bytes: Uint8Array): Promise<Blocked> {
  const folder = join(import.meta.dirname, '..', '..', '.tmp', 'bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `intake-${process.pid}.xlsx`)
  writeFileSync(path, bytes)
  return new Promise<Blocked>((resolve, reject) => {
    const child = fork(import.meta.filename, [path])
    child.once('message', (message) => resolve(message as Blocked))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the intake's process ended with ${code}`)))
  }).finally(() => rmSync(path, { force: true }))
}

/** In that process: the intake in a worker, while this thread watches how long it is ever kept from its timer. */
async function watchWorker(path: string): Promise<Blocked> {
  const idleGapMs = await watch(new Promise((resolve) => setTimeout(resolve, 1500)))
  let memory = 0
  const meter = setInterval(() => {
    memory = Math.max(memory, process.memoryUsage.rss())
  }, 10)
  const done = new Promise<void>((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { path } })
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
  const gapMs = await watch(done)
  clearInterval(meter)
  return { idleGapMs, gapMs, memoryMegabytes: Math.round(memory / 1_048_576) }
}

async function watch(work: Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 5)
  await work
  clearInterval(timer)
  return longest
}

if (!isMainThread && workerData?.path) {
  parentPort?.postMessage((await readAll(readFileSync(workerData.path as string))).rows.length)
} else if (process.send && process.argv[2]) {
  process.send(await watchWorker(process.argv[2]))
  process.disconnect()
}
