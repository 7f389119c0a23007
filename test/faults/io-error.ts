import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../db/random.ts'
import { checkFolder } from './check.ts'
import { memoryFolder, notRun, type Suite, straceMissing } from './result.ts'

const worker = join(import.meta.dirname, 'stubborn-worker.ts')
const names = [
  'frontstock.db',
  'frontstock.db-wal',
  'frontstock.db-shm',
  'frontstock.db-journal',
  'frontstock.db.new',
  'frontstock.db.new-wal',
  'frontstock.db.closed',
  'frontstock.db.closed.part',
]
const calls = [
  'pwrite64',
  'pread64',
  'fsync',
  'fdatasync',
  'ftruncate',
  'openat',
  'rename',
  'unlink',
  'newfstatat',
  'mmap',
] as const

/**
 * The n-th call of a kind on the database's files fails, alone or with up to 20 after it, with "input/output error" or
 * "no space left". Each failure must fold into the closed set of faults, nothing may be half done, and the program goes
 * on once the disk works again.
 */
export const ioError: Suite = async ({ deep, seed }) => {
  const missing = straceMissing()
  if (missing) return [notRun('I/O error on the n-th call', missing)]
  const perCall = deep ? 200 : 20
  const random = createRandom(seed)
  const jobs = calls.flatMap((call) =>
    Array.from({ length: perCall }, () => ({
      call,
      nth: random.between(1, call === 'pwrite64' || call === 'pread64' ? 400 : 40),
      length: random.pick([1, 1, 3, 20]),
      error: random.pick(['EIO', 'ENOSPC']),
      seed: random.between(1, 2 ** 31),
    })),
  )
  const tally = { runs: 0, failures: 0, hit: 0, bad: 0, first: '' }
  const root = memoryFolder('io')
  const lane = async () => {
    for (let job = jobs.pop(); job; job = jobs.pop()) {
      const problem = await runWithError(root, job, tally)
      tally.runs += 1
      if (!problem) continue
      tally.bad += 1
      if (process.env.FRONTSTOCK_VERBOSE) console.log(JSON.stringify(job), problem)
      tally.first ||= `${JSON.stringify(job)}: ${problem}`
    }
  }
  await Promise.all([lane(), lane()])
  rmSync(root, { recursive: true, force: true })
  return [
    {
      fault: 'I/O error or full disk on the n-th call',
      ran: true,
      ok: tally.bad === 0 && tally.hit > tally.runs / 4,
      counts: {
        runs: tally.runs,
        'runs that met it': tally.hit,
        'faults reported': tally.failures,
        'lost, half done, corrupt or unknown': tally.bad,
      },
      ...(tally.first ? { note: tally.first } : {}),
    },
  ]
}

type Job = { call: string; nth: number; length: number; error: string; seed: number }

function runWithError(root: string, job: Job, tally: { failures: number; hit: number }): Promise<string | null> {
  const folder = mkdtempSync(join(root, 'run-'))
  const paths = [folder, ...names.map((name) => join(folder, name))].flatMap((path) => ['-P', path])
  const inject = `inject=${job.call}:error=${job.error}:when=${job.nth}..${job.nth + job.length - 1}`
  return new Promise((resolve, reject) => {
    const child = spawn('strace', [
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      ...paths,
      '-e',
      `trace=${job.call}`,
      '-e',
      inject,
      process.execPath,
      worker,
      folder,
      String(job.seed),
      '25',
    ])
    let output = ''
    let errors = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    child.stderr.on('data', (text) => {
      errors += text
    })
    child.on('error', reject)
    child.on('close', (status) => {
      const lines = output.split('\n')
      const faults = lines.filter((line) => line.startsWith('fault'))
      tally.failures += faults.length
      if (faults.length > 0) tally.hit += 1
      const acknowledged = lines.filter((line) => /^[0-9a-f]{8}-/.test(line))
      const check = checkFolder(folder, acknowledged)
      rmSync(folder, { recursive: true, force: true })
      if (check.state !== 'sound') resolve(`${check.state}: ${check.why}`)
      else if (status !== 0)
        resolve(
          `ended with ${status}: ${errors.split('\n').find((line) => /Error/.test(line)) ?? errors.slice(0, 300)}`,
        )
      else resolve(lines.includes('closed') ? null : 'did not come to its end')
    })
  })
}
