/** The closed set of what a machine can do to us. Anything else is a bug. */
export type FaultKind = 'busy' | 'disk-full' | 'read-only' | 'damaged' | 'io' | 'unknown'

/** SQLite's extended result codes by their beginning. https://www.sqlite.org/rescode.html */
const kinds: readonly (readonly [string, FaultKind])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CANTOPEN', 'io'],
  ['SQLITE_NOMEM', 'unknown'],
  ['SQLITE_PERM', 'read-only'],
]

/** Null for what isn't the machine's doing. */
export function faultOf(error: unknown): FaultKind | null {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return kinds.find(([beginning]) => code.startsWith(beginning))?.[1] ?? null
}
