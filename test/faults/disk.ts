import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Random } from '../db/random.ts'
import type { FsEvent } from './trace.ts'

/**
 * A disk as a power cut finds it. What was synced is there. Of what was written since, any part may be: writes out of
 * order, some of them lost, each torn at sectors of 512 bytes. Names (created, renamed, removed) become durable with a
 * sync of their folder; before it, any number of them in order may have.
 */
type DataChange = { readonly offset: number; readonly data: Buffer } | { readonly size: number }
type Inode = { durable: Buffer; pending: DataChange[] }
type NameChange = { readonly path: string; readonly inode: Inode | null; readonly from?: string }

const sector = 512

export class Disk {
  readonly #folder: string
  readonly #names = new Map<string, Inode>()
  readonly #durableNames = new Map<string, Inode>()
  #pendingNames: NameChange[] = []
  readonly #open = new Map<number, { path: string; inode: Inode | null; position: number }>()

  /** `files`: what is on the disk already, by absolute path. Only what is below `folder` is followed. */
  constructor(folder: string, files: ReadonlyMap<string, Buffer>) {
    this.#folder = folder
    for (const [path, content] of files) {
      const inode = { durable: content, pending: [] }
      this.#names.set(path, inode)
      this.#durableNames.set(path, inode)
    }
  }

  #inside(path: string): boolean {
    return path === this.#folder || path.startsWith(`${this.#folder}/`)
  }

  apply(event: FsEvent): void {
    switch (event.kind) {
      case 'open':
        this.#openFile(event)
        return
      case 'close':
        this.#open.delete(event.fd)
        return
      case 'write': {
        const file = this.#open.get(event.fd)
        if (!file?.inode) return
        const offset = event.offset ?? file.position
        file.inode.pending.push({ offset, data: event.data })
        if (event.offset === null) file.position += event.data.length
        return
      }
      case 'truncate':
        this.#open.get(event.fd)?.inode?.pending.push({ size: event.size })
        return
      case 'sync': {
        const file = this.#open.get(event.fd)
        if (file?.inode) settle(file.inode)
        else if (file) this.#settleNames(file.path)
        return
      }
      case 'rename': {
        if (!this.#inside(event.to)) return
        const inode = this.#names.get(event.from)
        if (!inode) throw new Error(`renamed but never seen: ${event.from}`)
        this.#names.delete(event.from)
        this.#names.set(event.to, inode)
        this.#pendingNames.push({ path: event.to, inode, from: event.from })
        return
      }
      case 'unlink':
        if (!this.#names.delete(event.path)) return
        this.#pendingNames.push({ path: event.path, inode: null })
    }
  }

  #openFile(event: Extract<FsEvent, { kind: 'open' }>): void {
    if (!this.#inside(event.path)) return
    let inode = this.#names.get(event.path) ?? null
    if (!inode && event.create) {
      inode = { durable: Buffer.alloc(0), pending: [] }
      this.#names.set(event.path, inode)
      this.#pendingNames.push({ path: event.path, inode })
    }
    if (inode && event.truncate) inode.pending.push({ size: 0 })
    this.#open.set(event.fd, { path: event.path, inode, position: 0 })
  }

  #settleNames(folder: string): void {
    this.#pendingNames = this.#pendingNames.filter((change) => {
      if (dirname(change.path) !== folder) return true
      changeName(this.#durableNames, change)
      return false
    })
  }

  /** Writes what a power cut now might leave into an empty folder. */
  writeImage(target: string, random: Random): void {
    const names = new Map(this.#durableNames)
    const survived = random.between(0, this.#pendingNames.length)
    for (const change of this.#pendingNames.slice(0, survived)) changeName(names, change)
    for (const [path, inode] of names) {
      // The index of the log is a memory map that no power cut keeps; SQLite makes it anew.
      if (path.endsWith('-shm')) continue
      const copy = join(target, relative(this.#folder, path))
      mkdirSync(dirname(copy), { recursive: true })
      writeFileSync(copy, cut(inode, random))
    }
  }
}

function changeName(names: Map<string, Inode>, change: NameChange): void {
  if (change.from !== undefined) names.delete(change.from)
  if (change.inode) names.set(change.path, change.inode)
  else names.delete(change.path)
}

function settle(inode: Inode): void {
  for (const change of inode.pending) inode.durable = applied(inode.durable, change)
  inode.pending = []
}

function applied(content: Buffer, change: DataChange): Buffer {
  if ('size' in change) {
    if (change.size <= content.length) return Buffer.from(content.subarray(0, change.size))
    return Buffer.concat([content, Buffer.alloc(change.size - content.length)])
  }
  const end = change.offset + change.data.length
  const grown =
    end > content.length ? Buffer.concat([content, Buffer.alloc(end - content.length)]) : Buffer.from(content)
  change.data.copy(grown, change.offset)
  return grown
}

/** How much of what was not synced survives differs from cut to cut: nothing, all, or any part of it. */
function cut(inode: Inode, random: Random): Buffer {
  const share = random.pick([0, 1, 0.1, 0.5, 0.9])
  let content = inode.durable
  for (const change of inode.pending) {
    if (!random.chance(share)) continue
    const torn = 'data' in change && change.data.length > sector && random.chance(0.2)
    if (!torn) {
      content = applied(content, change)
      continue
    }
    for (let start = 0; start < change.data.length; start += sector) {
      if (random.chance(0.5)) continue
      content = applied(content, { offset: change.offset + start, data: change.data.subarray(start, start + sector) })
    }
  }
  return content
}
