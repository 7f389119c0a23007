import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { client, newRequestId } from '../query.ts'
import { type Draft, type DraftHead, draftKeyOf, draftKind, isWorthKeeping, writeDraft } from './draft.ts'
import { createDraftSaver, type SavingState } from './draft-saver.ts'
import type { LineField } from './line.ts'
import { type Lines, type NewKey, startLines } from './lines.ts'

export type DraftHandle = {
  readonly requestId: string
  readonly lists: Draft['lists']
  readonly head: DraftHead
  readonly lines: Lines
  readonly newKey: NewKey
  readonly changeHead: (change: Partial<DraftHead>) => void
  readonly changeLines: (step: (lines: Lines) => Lines) => Lines
  readonly typing: (cell: { key: string; field: LineField; text: string } | null) => void
  readonly saving: SavingState
  /** The delivery is posted, or given up: the draft goes. */
  readonly forget: () => Promise<void>
}

let lastKey = 0
export const newLineKey: NewKey = () => {
  lastKey += 1
  return `l${lastKey}`
}

/** The delivery that is being written, kept as a draft while it is. */
export function useDraft(begin: () => Draft): DraftHandle {
  const [initial] = useState(begin)
  const { requestId, lists } = initial
  const [head, setHead] = useState(initial.head)
  const [lines, setLines] = useState(() => startLines(newLineKey, initial.lines))
  const [saving, setSaving] = useState<SavingState>({ kind: 'idle' })
  // What is on screen now, for steps that build on one another within one event.
  const now = useRef({ head, lines, typing: null as { key: string; field: LineField; text: string } | null })

  const saver = useMemo(() => {
    const key = draftKeyOf(requestId)
    return createDraftSaver({
      put: async (content) => (await client.draft.put({ key, kind: draftKind, content })).updatedAt,
      remove: async () => void (await client.draft.remove({ key })),
      onState: setSaving,
    })
  }, [requestId])

  const keep = useCallback(() => {
    const { head: current, lines: written, typing } = now.current
    const withTyping = written.now.map((line) =>
      typing !== null && line.key === typing.key
        ? {
            ...line,
            ...(typing.field === 'item' ? { itemId: null } : {}),
            cells: { ...line.cells, [typing.field]: typing.text },
          }
        : line,
    )
    const draft = { requestId, head: current, lines: withTyping, lists }
    saver.change(isWorthKeeping(draft) ? writeDraft(draft) : null)
  }, [requestId, lists, saver])

  const changeHead = useCallback(
    (change: Partial<DraftHead>) => {
      now.current.head = { ...now.current.head, ...change }
      setHead(now.current.head)
      keep()
    },
    [keep],
  )
  const changeLines = useCallback(
    (step: (before: Lines) => Lines) => {
      const next = step(now.current.lines)
      if (next !== now.current.lines) {
        now.current.lines = next
        setLines(next)
        keep()
      }
      return next
    },
    [keep],
  )
  const typing = useCallback(
    (cell: { key: string; field: LineField; text: string } | null) => {
      const had = now.current.typing !== null
      now.current.typing = cell
      if (cell !== null || had) keep()
    },
    [keep],
  )

  useEffect(() => {
    const flush = () => void saver.flush()
    const hidden = () => document.visibilityState === 'hidden' && flush()
    addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', hidden)
      // Left for another screen: what is waiting is saved, not dropped.
      flush()
    }
  }, [saver])

  const forget = useCallback(async () => {
    saver.stop()
    await client.draft.remove({ key: draftKeyOf(requestId) })
  }, [saver, requestId])

  return { requestId, lists, head, lines, newKey: newLineKey, changeHead, changeLines, typing, saving, forget }
}

/** A new delivery: from whoever delivered last, into the depot used last, today. */
export function beginDraft(facts: { supplierId: number | null; depotId: number | null; businessDate: string }): Draft {
  return {
    requestId: newRequestId(),
    head: { ...facts, noteNumber: '', noteRepeat: false, note: '', inspect: false },
    lines: [],
    lists: [],
  }
}
