import type { DraftHead } from '../delivery/draft.ts'
import type { ListSource } from './protocol.ts'
import { type TargetKind, targets } from './target.ts'

/** A list on its way from where it was pasted or dropped to the screen that reads it. Not kept over a reload. */
export type HandOff = {
  readonly target: TargetKind
  readonly source: ListSource
  /** The delivery that is being written, to whose lines the rows go. */
  readonly into: { readonly requestId: string; readonly head: DraftHead } | null
}

let waiting: HandOff | null = null

/** @returns the address that reads it. */
export function handOff(list: HandOff): string {
  waiting = list
  return targets[list.target].path
}

export const waitingList = (target: TargetKind): HandOff | null => (waiting?.target === target ? waiting : null)

export function forgetHandOff(list: HandOff): void {
  if (waiting === list) waiting = null
}

export const listFiles = '.xlsx,.xls,.csv,.tsv,.txt'

export async function sourceOfFile(file: File): Promise<ListSource> {
  return { kind: 'file', name: file.name, bytes: await file.arrayBuffer() }
}
