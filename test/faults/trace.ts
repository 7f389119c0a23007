import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a process asked of the file system, in order. Data is what it wrote; a descriptor is as the process numbered it. */
export type FsEvent =
  | {
      readonly kind: 'open'
      readonly fd: number
      readonly path: string
      readonly create: boolean
      readonly truncate: boolean
    }
  | { readonly kind: 'close'; readonly fd: number }
  | { readonly kind: 'write'; readonly fd: number; readonly offset: number | null; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly fd: number; readonly size: number }
  | { readonly kind: 'sync'; readonly fd: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly path: string }

const calls =
  'openat,close,pwrite64,write,pwritev,pwritev2,writev,lseek,ftruncate,fallocate,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,unlink,unlinkat'

/** Runs a command under strace and gives what its main thread did. Throws when it did something this can't follow. */
export function record(command: readonly string[], scratch: string): FsEvent[] {
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  const ran = spawnSync(
    'strace',
    ['-ff', '-qq', '-xx', '-s', '16777216', '-e', `trace=${calls}`, '-o', join(scratch, 'trace'), ...command],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  )
  if (ran.status !== 0) throw new Error(`the traced program ended with ${ran.status}: ${ran.stderr}`)
  const traces = readdirSync(scratch)
    .filter((name) => name.startsWith('trace.'))
    .map((name) => join(scratch, name))
    .sort((a, b) => statSync(b).size - statSync(a).size)
  // The main thread wrote by far the most; that no other thread touches files is checked below.
  const [main, ...others] = traces
  for (const other of others) {
    if (/^(pwrite|pwritev|ftruncate|rename|unlink|fsync|fdatasync)/m.test(readFileSync(other, 'latin1'))) {
      throw new Error(`another thread wrote to files: ${other}`)
    }
  }
  const events = readFileSync(main!, 'latin1').split('\n').flatMap(parseLine)
  rmSync(scratch, { recursive: true, force: true })
  return events
}

function parseLine(line: string): FsEvent[] {
  const found = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(line)
  if (!found) return []
  const [, call, list, answer] = found as unknown as [string, string, string, string]
  const result = Number(answer)
  if (result < 0) return []
  const args = list.split(', ')
  const fd = Number(args[0])
  switch (call) {
    case 'openat': {
      const flags = args[2] ?? ''
      return [
        {
          kind: 'open',
          fd: result,
          path: textOf(args[1]!),
          create: flags.includes('O_CREAT'),
          truncate: flags.includes('O_TRUNC'),
        },
      ]
    }
    case 'close':
      return [{ kind: 'close', fd }]
    case 'write':
      return [{ kind: 'write', fd, offset: null, data: bytesOf(args[1]!).subarray(0, result) }]
    case 'pwrite64':
      return [{ kind: 'write', fd, offset: Number(args[3]), data: bytesOf(args[1]!).subarray(0, result) }]
    case 'ftruncate':
      return [{ kind: 'truncate', fd, size: Number(args[1]) }]
    case 'fsync':
    case 'fdatasync':
      return [{ kind: 'sync', fd }]
    case 'rename':
      return [{ kind: 'rename', from: textOf(args[0]!), to: textOf(args[1]!) }]
    case 'unlink':
      return [{ kind: 'unlink', path: textOf(args[0]!) }]
    case 'lseek':
      // Node asks where it stands in a stream; SQLite on this platform writes at offsets.
      return []
    default:
      throw new Error(`a call that this recording can't follow: ${line.slice(0, 100)}`)
  }
}

/** `"\x2f\x74"` → bytes */
function bytesOf(quoted: string): Buffer {
  if (!quoted.startsWith('"') || !quoted.endsWith('"'))
    throw new Error(`not whole: ${quoted.slice(0, 40)} … ${quoted.slice(-10)}`)
  return Buffer.from(quoted.slice(1, -1).replaceAll('\\x', ''), 'hex')
}
const textOf = (quoted: string): string => bytesOf(quoted).toString('utf8')
