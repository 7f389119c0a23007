import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import type { Gs1Problem } from '../../core/gs1.ts'
import type { Lines, NewKey } from '../delivery/lines.ts'
import { api } from '../query.ts'
import { slipNumberOf } from '../signature/slip-number.ts'
import { countScan, findCode, type KnownCode, readScan, type Scanned } from './scan-lines.ts'
import { useScanner } from './use-scanner.ts'

/** What the last scan did, for the line that says so. `turn` tells one scan from the next of the same label. */
export type ScanSaid =
  | {
      readonly kind: 'counted'
      readonly turn: number
      readonly item: ItemRow
      readonly lot: string
      readonly packs: number | null
      readonly pieces: number | null
      readonly again: boolean
    }
  | { readonly kind: 'problem'; readonly turn: number; readonly problem: Gs1Problem; readonly given: string }

export type ScanLines = {
  readonly said: ScanSaid | null
  /** A code that nobody has explained yet; other scans wait behind it. */
  readonly asked: Scanned | null
  readonly waiting: number
  readonly answer: (known: KnownCode) => void
  /** What was scanned is not wanted: on with the next. */
  readonly dismiss: () => void
}

/** Labels scanned anywhere on the screen become lines. */
export function useScanLines(options: {
  readonly items: ReadonlyMap<number, ItemRow>
  readonly today: string
  readonly change: (step: (lines: Lines) => Lines) => Lines
  readonly newKey: NewKey
  readonly enabled: boolean
}): ScanLines {
  const learnt = useQuery(api.alias.list.queryOptions())
  const [, go] = useLocation()
  const [said, setSaid] = useState<ScanSaid | null>(null)
  const [queue, setQueue] = useState<readonly string[]>([])
  const [asked, setAsked] = useState<Scanned | null>(null)
  const answers = useRef<KnownCode[]>([])
  const turn = useRef(0)

  const count = (scanned: Scanned, item: ItemRow, packSizeBase: number) => {
    let counted: ReturnType<typeof countScan> | null = null
    options.change((lines) => {
      counted = countScan(lines, scanned, item, packSizeBase, options.newKey)
      return counted.lines
    })
    if (counted === null) return
    const { packs, pieces, again } = counted as ReturnType<typeof countScan>
    turn.current += 1
    setSaid({ kind: 'counted', turn: turn.current, item, lot: scanned.lot, packs, pieces, again })
  }

  const take = (text: string) => {
    // A slip's own code opens the slip here as on every page; the delivery is kept as a draft.
    const slip = slipNumberOf(text)
    if (slip !== null) return go(`/slips/sign?number=${encodeURIComponent(slip)}`)
    const read = readScan(text, options.today)
    if (!read.ok) {
      turn.current += 1
      return setSaid({ kind: 'problem', turn: turn.current, problem: read.problem, given: read.given })
    }
    // What was answered a moment ago is known before the server's list says so.
    const found = findCode(read.scanned.code, [...answers.current, ...(learnt.data?.codes ?? [])], options.items)
    if (found === null) setAsked(read.scanned)
    else count(read.scanned, found.item, found.packSizeBase)
  }
  const latest = useRef(take)
  latest.current = take

  useScanner((code) => {
    setQueue((before) => [...before, code])
    return true
  }, options.enabled)
  const known = learnt.data !== undefined
  useEffect(() => {
    const [next, ...rest] = queue
    if (next === undefined || asked !== null || !known) return
    setQueue(rest)
    latest.current(next)
  }, [queue, asked, known])

  return {
    said,
    asked,
    waiting: queue.length,
    answer: (code) => {
      answers.current = [code, ...answers.current]
      const item = options.items.get(code.itemId)
      if (asked !== null && item !== undefined) count(asked, item, code.packSizeBase)
      setAsked(null)
    },
    dismiss: () => setAsked(null),
  }
}
