import { useCallback, useEffect, useRef, useState } from 'react'
import type { StocktakeDocument } from '../../api/contract/ledger.ts'
import type { CellEdit } from '../grid/cell-value.ts'
import { api, client, type Fault, newRequestId, queryClient, sendCommand } from '../query.ts'
import {
  batchLost,
  batchRefused,
  batchSaved,
  type Count,
  type CountSheet,
  emptySheet,
  type SheetLine,
  takeBatch,
  typeCounts,
} from './count-sheet.ts'

/** Saves counts as they are typed: one command at a time, all that was typed meanwhile in the next. */
export function useCounts(document: StocktakeDocument) {
  const { stocktakeId } = document.head
  const [sheet, setSheet] = useState<CountSheet>(emptySheet)
  const [fault, setFault] = useState<Fault | null>(null)
  const latest = useRef<{ sheet: CountSheet; lines: readonly SheetLine[] }>({ sheet, lines: document.lines })
  latest.current.lines = document.lines
  // After a lost connection the same content goes again under the same id, so that it takes effect once.
  const pending = useRef<{ content: string; requestId: string } | null>(null)
  const running = useRef(false)

  const change = useCallback((next: (sheet: CountSheet) => CountSheet) => {
    latest.current.sheet = next(latest.current.sheet)
    setSheet(latest.current.sheet)
  }, [])

  const send = useCallback(async () => {
    if (running.current) return
    running.current = true
    try {
      for (;;) {
        const batch = takeBatch(latest.current.sheet, latest.current.lines)
        if (batch === null) return
        change(() => batch.sheet)
        const outcome = await sendCommand(client.stocktake.count, countInput(stocktakeId, batch.counts, pending))
        if (outcome.ok) {
          pending.current = null
          setFault(null)
          queryClient.setQueryData(api.stocktake.get.queryKey({ input: { stocktakeId } }), outcome.value)
          latest.current.lines = outcome.value.lines
          change(batchSaved)
        } else if (outcome.fault === null) {
          pending.current = null
          setFault(null)
          change((now) => batchRefused(now, batch.counts, outcome.refusals))
        } else {
          setFault(outcome.fault)
          change(batchLost)
          return
        }
      }
    } finally {
      running.current = false
    }
  }, [change, stocktakeId])

  const onEdits = useCallback(
    (edits: readonly CellEdit[]) => {
      change((now) => typeCounts(now, edits))
      void send()
    },
    [change, send],
  )

  // A window that is closed with counts that are not saved asks first.
  const unsaved = sheet.typed.size
  useEffect(() => {
    if (unsaved === 0) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [unsaved])

  return { sheet, onEdits, fault, unsaved, retry: () => void send() }
}

function countInput(
  stocktakeId: number,
  counts: readonly Count[],
  pending: { current: { content: string; requestId: string } | null },
) {
  const input = { stocktakeId, counts: [...counts] }
  const content = JSON.stringify(input)
  if (pending.current?.content !== content) pending.current = { content, requestId: newRequestId() }
  return { ...input, requestId: pending.current.requestId }
}
