import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom, type Random } from '../db/random.ts'
import { checkFolder } from './check.ts'
import { type Suite, scratchFolder } from './result.ts'

const worker = join(import.meta.dirname, 'worker.ts')
/** A folder is killed and opened again so often before a new one is taken, so that files stay small and rounds short. */
const roundsPerFolder = 25

/** kill -9 at a random moment of a process that does real operations, from its first breath on. */
export const kill: Suite = async ({ deep, seed }) => {
  const rounds = deep ? 5_000 : 200
  const lanes = 2
  const tallies = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => killRounds(rounds / lanes, createRandom(seed + lane * 7919))),
  )
  const sum = (pick: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + pick(tally), 0)
  const slowest = Math.max(...tallies.map((tally) => tally.slowestOpenMs))
  const bad = sum((tally) => tally.bad)
  return [
    {
      fault: 'kill -9 during mixed operations',
      ran: true,
      // A run that was killed before anything was acknowledged would prove nothing.
      ok: bad === 0 && slowest < 2000 && sum((tally) => tally.acknowledged) > rounds,
      counts: {
        rounds,
        acknowledged: sum((tally) => tally.acknowledged),
        'killed before open': sum((tally) => tally.early),
        'lost, half done or corrupt': bad,
        'slowest reopen ms': Math.round(slowest),
      },
      ...(bad > 0 ? { note: tallies.find((tally) => tally.first)?.first ?? '' } : {}),
    },
  ]
}

type Tally = { acknowledged: number; early: number; bad: number; slowestOpenMs: number; first: string }

async function killRounds(rounds: number, random: Random): Promise<Tally> {
  const tally: Tally = { acknowledged: 0, early: 0, bad: 0, slowestOpenMs: 0, first: '' }
  let folder = ''
  let acknowledged: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    if (round % roundsPerFolder === 0) {
      if (folder) rmSync(folder, { recursive: true, force: true })
      folder = scratchFolder('kill')
      acknowledged = []
    }
    const before = acknowledged.length
    const { lines, ready } = await runAndKill(folder, random)
    acknowledged.push(...lines)
    tally.acknowledged += acknowledged.length - before
    if (!ready) tally.early += 1
    const check = checkFolder(folder, acknowledged)
    if (check.state === 'sound') {
      tally.slowestOpenMs = Math.max(tally.slowestOpenMs, check.openMs)
      // One more than acknowledged may have taken effect in each round: committed, and killed before it could say so.
      if (check.requests <= acknowledged.length + round + 1) continue
    }
    tally.bad += 1
    tally.first ||= `round ${round}: ${JSON.stringify(check)}`
  }
  rmSync(folder, { recursive: true, force: true })
  return tally
}

/** Kills at a moment counted from the start in one round of four, else from when the folder is open. */
function runAndKill(folder: string, random: Random): Promise<{ lines: string[]; ready: boolean }> {
  const fromStart = random.chance(0.25)
  const delay = random.between(0, fromStart ? 500 : 120)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [worker, folder, String(random.between(1, 2 ** 31)), '0'])
    let output = ''
    let errors = ''
    let armed = false
    const arm = () => {
      if (armed) return
      armed = true
      setTimeout(() => child.kill('SIGKILL'), delay)
    }
    if (fromStart) arm()
    child.stdout.on('data', (text) => {
      output += text
      arm()
    })
    child.stderr.on('data', (text) => {
      errors += text
    })
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') {
        reject(new Error(`the program ended by itself: ${errors}`))
        return
      }
      // What was cut off in the middle of a line was not told to anyone.
      const whole = output.slice(0, output.lastIndexOf('\n') + 1).split('\n')
      resolve({ lines: whole.filter((line) => line.includes('-')), ready: whole.includes('ready') })
    })
  })
}
