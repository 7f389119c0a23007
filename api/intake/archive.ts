import type { FileRefusal } from '../../core/intake/file-refusal.ts'

/** A raw deflate stream, unpacked; it fails when the stream is damaged, cut short or followed by more bytes. */
export type Inflate = (packed: Uint8Array) => ReadableStream<Uint8Array>

/** What Node and browsers share. */
const inflateAnywhere: Inflate = (packed) => {
  const stream = new DecompressionStream('deflate-raw')
  const writer = stream.writable.getWriter()
  // Handed over whole: through a Blob's stream the same bytes took twice as long. A failure shows at the reading end.
  void writer
    .write(packed.slice())
    .then(() => writer.close())
    .catch(() => undefined)
  return stream.readable
}

/**
 * The ZIP archive inside an XLSX file, trusted in nothing. The directory is walked and judged before a byte is inflated: how many entries,
 * how large they say they are, whether they overlap. While inflating, an entry that goes on past what it declared is stopped.
 * Uses only what Node and browsers share (DecompressionStream), so the same file runs in either's worker; a host with a
 * quicker way to inflate hands it in.
 */
export interface ArchiveEntry {
  readonly name: string
  readonly method: number
  readonly compressedBytes: number
  readonly inflatedBytes: number
  readonly offset: number
}

export interface ArchiveLimits {
  readonly entries: number
  readonly inflatedBytes: number
}

const archiveLimits: ArchiveLimits = { entries: 2000, inflatedBytes: 160 * 1_048_576 }

export class ArchiveRefused extends Error {
  readonly refusal: FileRefusal
  constructor(refusal: FileRefusal) {
    super(refusal.code)
    this.name = 'ArchiveRefused'
    this.refusal = refusal
  }
}

const hostile = (what: string): ArchiveRefused => new ArchiveRefused({ code: 'archive-hostile', data: { what } })
const damaged = (): ArchiveRefused => new ArchiveRefused({ code: 'archive-damaged', data: {} })

const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const endSize = 22
const directorySize = 46
const localSize = 30

export class Archive {
  readonly entries: ReadonlyMap<string, ArchiveEntry>
  private readonly bytes: Uint8Array
  private readonly inflate: Inflate

  /** Throws `ArchiveRefused` for anything that is not a plain, well-formed archive within the limits. */
  constructor(bytes: Uint8Array, inflate: Inflate = inflateAnywhere, limits: ArchiveLimits = archiveLimits) {
    this.bytes = bytes
    this.inflate = inflate
    this.entries = readDirectory(bytes, limits)
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  /** The inflated bytes of an entry, exactly as many as it declared. */
  async read(
    name: string,
    signal?: AbortSignal,
    onPart?: (bytes: Uint8Array, filled: number) => void,
  ): Promise<Uint8Array> {
    const entry = this.entries.get(name)
    if (!entry) throw damaged()
    const start = dataStart(this.bytes, entry)
    const packed = this.bytes.subarray(start, start + entry.compressedBytes)
    if (entry.method === 0) {
      if (entry.compressedBytes !== entry.inflatedBytes) throw damaged()
      return packed
    }
    return readWhole(this.inflate(packed), entry.inflatedBytes, signal, onPart)
  }
}

function readDirectory(bytes: Uint8Array, limits: ArchiveLimits): Map<string, ArchiveEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) throw hostile('split archive')
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) throw hostile('ZIP64')
  if (count > limits.entries) throw hostile(`${count} entries`)
  if (start + size > end) throw damaged()
  const decoder = new TextDecoder()
  const entries = new Map<string, ArchiveEntry>()
  let total = 0
  let at = start
  for (let index = 0; index < count; index += 1) {
    if (at + directorySize > end || view.getUint32(at, true) !== directorySignature) throw damaged()
    const flags = view.getUint16(at + 8, true)
    const nameLength = view.getUint16(at + 28, true)
    const next = at + directorySize + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) throw damaged()
    const name = decoder
      .decode(bytes.subarray(at + directorySize, at + directorySize + nameLength))
      .replaceAll('\\', '/')
    const entry: ArchiveEntry = {
      name: name.replace(/^\/+/, ''),
      method: view.getUint16(at + 10, true),
      compressedBytes: view.getUint32(at + 20, true),
      inflatedBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    }
    if ((flags & 0x1) !== 0 || (flags & 0x40) !== 0) throw new ArchiveRefused({ code: 'file-encrypted', data: {} })
    if (entry.method !== 0 && entry.method !== 8) throw hostile(`compression method ${entry.method}`)
    if (entries.has(entry.name)) throw hostile('two entries of one name')
    // The deflate format can't do better than about 1032 to 1, so a larger claim is a lie.
    if (entry.inflatedBytes > entry.compressedBytes * 1040 + 64) throw hostile('impossible compression ratio')
    total += entry.inflatedBytes
    if (total > limits.inflatedBytes)
      throw hostile(`inflates to more than ${Math.round(limits.inflatedBytes / 1_048_576)} MB`)
    entries.set(entry.name, entry)
    at = next
  }
  refuseOverlaps([...entries.values()], start)
  return entries
}

/** The end record, searched backwards over a comment of at most 64 KB. */
function findEnd(view: DataView): number {
  const last = view.byteLength - endSize
  for (let at = last; at >= 0 && at >= last - 0xffff; at -= 1) {
    if (view.getUint32(at, true) === endSignature && at + endSize + view.getUint16(at + 20, true) <= view.byteLength)
      return at
  }
  throw damaged()
}

/** Entries that share their bytes are how a small archive inflates without end. */
function refuseOverlaps(entries: ArchiveEntry[], directoryStart: number): void {
  entries.sort((a, b) => a.offset - b.offset)
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index]!
    const limit = entries[index + 1]?.offset ?? directoryStart
    if (entry.offset + localSize + entry.compressedBytes > limit) throw hostile('entries that overlap')
  }
}

function dataStart(bytes: Uint8Array, entry: ArchiveEntry): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.offset + localSize > bytes.byteLength || view.getUint32(entry.offset, true) !== localSignature)
    throw damaged()
  const start =
    entry.offset + localSize + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  if (start + entry.compressedBytes > bytes.byteLength) throw damaged()
  return start
}

const partBytes = 256 * 1024

async function readWhole(
  stream: ReadableStream<Uint8Array>,
  declared: number,
  signal: AbortSignal | undefined,
  onPart?: (bytes: Uint8Array, filled: number) => void,
): Promise<Uint8Array> {
  const out = new Uint8Array(declared)
  let filled = 0
  const reader = stream.getReader()
  let coming = reader.read()
  try {
    let told = 0
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await coming
      if (done) break
      // Asked for before the work on this one, so that the two go on at once.
      coming = reader.read()
      if (filled + value.byteLength > declared) throw hostile('an entry larger than it declares')
      out.set(value, filled)
      filled += value.byteLength
      if (onPart && filled - told >= partBytes) {
        told = filled
        onPart(out, filled)
      }
    }
  } catch (error) {
    await Promise.allSettled([reader.cancel(), coming])
    if (error instanceof ArchiveRefused || signal?.aborted) throw error
    throw damaged()
  }
  if (filled !== declared) throw damaged()
  return out
}
