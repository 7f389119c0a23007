import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { notRun, type Suite } from './result.ts'

/** Runs in a mount namespace of its own, where it may mount small file systems; see disk-full-worker.ts. */
export const diskFull: Suite = ({ deep, seed }) => {
  const possible = spawnSync('unshare', [
    '-rm',
    'sh',
    '-c',
    'mkdir -p /tmp/.frontstock-probe && mount -t tmpfs -o size=64k tmpfs /tmp/.frontstock-probe',
  ])
  if (possible.error || possible.status !== 0) {
    return [notRun('disk full at any size', 'no file system can be mounted here (unshare -rm, mount -t tmpfs)')]
  }
  const sizes = deep ? 500 : 50
  const ran = spawnSync(
    'unshare',
    ['-rm', process.execPath, join(import.meta.dirname, 'disk-full-worker.ts'), String(seed), String(sizes)],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  )
  if (ran.status !== 0) {
    return [
      {
        fault: 'disk full at any size',
        ran: true,
        ok: false,
        counts: { sizes },
        note: ran.stderr.trim().split('\n').slice(0, 5).join(' '),
      },
    ]
  }
  const tally = JSON.parse(ran.stdout.trim().split('\n').at(-1)!) as {
    full: number
    atStart: number
    atWork: number
    other: string[]
    bad: string[]
  }
  return [
    {
      fault: 'disk full at any size',
      ran: true,
      ok: tally.bad.length === 0 && tally.full > sizes / 2,
      counts: {
        sizes,
        'came to the end of the disk': tally.full,
        'at start': tally.atStart,
        'at work': tally.atWork,
        'half done or not going on': tally.bad.length,
      },
      ...(tally.bad.length > 0
        ? { note: tally.bad[0]! }
        : tally.other.length > 0
          ? { note: `also seen: ${[...new Set(tally.other)].join(', ')}` }
          : {}),
    },
  ]
}
