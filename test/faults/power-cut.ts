import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../db/random.ts'
import { checkFolder } from './check.ts'
import { Disk } from './disk.ts'
import { type FaultResult, memoryFolder, notRun, type Suite, scratchFolder, straceMissing } from './result.ts'
import { type FsEvent, record } from './trace.ts'

const worker = join(import.meta.dirname, 'worker.ts')
const steps = 70

type Recording = {
  readonly folder: string
  readonly before: ReadonlyMap<string, Buffer>
  readonly events: readonly FsEvent[]
}

/**
 * Power cuts. The program's own file system calls are recorded while it works, and from them the disks are made that a
 * power cut at any moment could leave: what was not synced is dropped, torn and reordered. Each is opened and verified,
 * and every acknowledged operation must be there. The two controls run the same with SQLite's weaker settings: when
 * they lose nothing, the harness is blind.
 */
export const powerCut: Suite = ({ deep, seed }) => {
  const missing = straceMissing()
  if (missing) return [notRun('power cut', missing)]
  const images = deep ? 20_000 : 2_000
  const fresh = recordRun(seed, scratchFolder('power'), ['wal_autocheckpoint = 25'])
  // The second time it is opened, worked on and closed; the checkpoints come at other moments.
  const again = recordRun(seed + 1, fresh.folder, [])
  const share = images / 2
  const held = [cutAndCheck(fresh, seed, share), cutAndCheck(again, seed + 1, share)]
  const total = (state: Exclude<keyof Tally, 'first'>): number => held.reduce((sum, tally) => sum + tally[state], 0)
  const bad = total('lost') + total('corrupt') + total('refused') + total('halfDone')
  const results: FaultResult[] = [
    {
      fault: 'power cut',
      ran: true,
      ok: bad === 0,
      counts: {
        images,
        lost: total('lost'),
        'half done': total('halfDone'),
        corrupt: total('corrupt'),
        refused: total('refused'),
      },
      ...(bad > 0 ? { note: held.find((tally) => tally.first)?.first ?? '' } : {}),
    },
  ]
  for (const setting of ['NORMAL', 'OFF']) {
    const control = recordRun(seed, scratchFolder('power'), [`synchronous = ${setting}`, 'wal_autocheckpoint = 25'])
    const tally = cutAndCheck(control, seed, 300)
    const losses = tally.lost + tally.corrupt + tally.refused + tally.halfDone
    results.push({
      fault: `power cut, control: synchronous=${setting} must lose`,
      ran: true,
      ok: losses > 0,
      counts: {
        images: 300,
        lost: tally.lost,
        'half done': tally.halfDone,
        corrupt: tally.corrupt,
        refused: tally.refused,
      },
      ...(losses > 0 ? {} : { note: 'THE HARNESS IS BROKEN: it sees no losses where there must be some' }),
    })
  }
  return results
}

function recordRun(seed: number, folder: string, pragmas: readonly string[]): Recording {
  const before = new Map(
    readdirSync(folder).map((name) => [join(folder, name), readFileSync(join(folder, name))] as const),
  )
  const events = record(
    [process.execPath, worker, folder, String(seed), String(steps), ...pragmas],
    scratchFolder('trace'),
  )
  return { folder, before, events }
}

type Tally = { lost: number; corrupt: number; refused: number; halfDone: number; first: string }

function cutAndCheck(recording: Recording, seed: number, images: number): Tally {
  const random = createRandom(seed)
  const disk = new Disk(recording.folder, recording.before)
  const tally: Tally = { lost: 0, corrupt: 0, refused: 0, halfDone: 0, first: '' }
  const start = recording.events.findIndex((event) => event.kind === 'open' && event.path.startsWith(recording.folder))
  const cuts = Array.from({ length: images }, () => random.between(start, recording.events.length)).sort(
    (a, b) => a - b,
  )
  const acknowledged: string[] = []
  let next = 0
  const root = memoryFolder('image')
  for (let index = 0; index <= recording.events.length; index += 1) {
    for (; cuts[next] === index; next += 1) {
      const image = join(root, String(next))
      disk.writeImage(image, random)
      const check = checkFolder(image, acknowledged)
      if (check.state === 'half-done') tally.halfDone += 1
      else if (check.state !== 'sound') tally[check.state] += 1
      if (check.state !== 'sound') tally.first ||= `first at call ${index}, seed ${seed}: ${check.state}: ${check.why}`
      rmSync(image, { recursive: true, force: true })
    }
    const event = recording.events[index]
    if (!event) continue
    disk.apply(event)
    if (event.kind === 'write' && event.fd === 1) {
      acknowledged.push(
        ...event.data
          .toString()
          .split('\n')
          .filter((line) => line.includes('-')),
      )
    }
  }
  rmSync(root, { recursive: true, force: true })
  return tally
}
