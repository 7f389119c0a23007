import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Refusal } from '../../core/refusal.ts'
import { type Fault, newRequestId, type Outcome } from '../query.ts'
import { refusalSentence } from '../text/refusal.ts'
import { useLanguage } from '../text/text.ts'
import type { CellEdit, CellValue, EditCause } from './cell-value.ts'
import type { GridColumn } from './column.ts'
import {
  addRow,
  discardRow,
  type EditRow,
  type Field,
  fieldColumn,
  forgetSaved,
  hasTyped,
  noRowEdits,
  overlay,
  type RowEdits,
  refusalAt,
  rowRefused,
  rowSaved,
  type SavedRows,
  sendRow,
  typeCells,
  typedProblems,
  valuesOf,
  withSaved,
} from './row-edits.ts'

export type RowEditsOptions<Row> = {
  readonly rows: readonly Row[] | undefined
  readonly keyOf: (row: Row) => string
  readonly blank: Row
  readonly fields: readonly Field<Row>[]
  /** Sends one row; `base` has the id and the version that were read. */
  readonly save: (sent: SentRow<Row>) => Promise<Outcome<Row>>
}

export type SentRow<Row> = {
  /** The whole row, by column id. */
  readonly values: Readonly<Record<string, CellValue>>
  readonly base: Row
  readonly isNew: boolean
  /** The same again when the same content is sent after a lost answer. */
  readonly requestId: string
}

export type RowEditsHandle<Row> = {
  readonly rows: EditRow<Row>[] | undefined
  readonly columns: readonly GridColumn<EditRow<Row>>[]
  readonly onEdits: (edits: readonly CellEdit[], cause: EditCause) => void
  readonly onFocusCell: (row: EditRow<Row>) => void
  readonly onLeave: () => void
  readonly problemOf: (row: EditRow<Row>, columnId: string) => string | null
  readonly growRows: (count: number) => readonly string[]
  /** Adds a row to be filled in and gives its key; it is saved when it is left. */
  readonly add: () => string
  /** Sends everything that was typed and isn't saved. */
  readonly saveAll: () => void
  /**
   * Forgets what was typed in a row; a new one goes away. Where it is on its way to the server already, it waits for the
   * answer instead. @returns the row as it was saved then, else null.
   */
  readonly discard: (key: string) => Promise<Row | null>
  readonly discardAll: () => void
  readonly refused: readonly Refusal[]
  readonly fault: Fault | null
}

let freshRows = 0

/** Rows that are saved one by one as they are left or edited, with the version that was read. */
export function useRowEdits<Row>(options: RowEditsOptions<Row>): RowEditsHandle<Row> {
  const language = useLanguage()
  const [edits, setEdits] = useState<RowEdits>(noRowEdits)
  const [saved, setSaved] = useState<SavedRows<Row>>(new Map())
  const [fault, setFault] = useState<Fault | null>(null)
  const latest = useRef({ options, edits, saved })
  latest.current = { options, edits, saved }
  const sending = useRef(new Map<string, Promise<Outcome<Row>>>())
  const requestIds = useRef(new Map<string, { content: string; requestId: string }>())
  const focusedKey = useRef<string | null>(null)
  /** Typed in rows that the list didn't have when their turn came. */
  const waiting = useRef(new Set<string>())
  const { rows, keyOf, blank, fields } = options

  const change = useCallback((next: (edits: RowEdits) => RowEdits) => {
    latest.current.edits = next(latest.current.edits)
    setEdits(latest.current.edits)
  }, [])

  const changeSaved = useCallback((next: SavedRows<Row>) => {
    latest.current.saved = next
    setSaved(next)
  }, [])

  const requestIdOf = useCallback((key: string, values: Readonly<Record<string, CellValue>>) => {
    const content = JSON.stringify(values)
    const known = requestIds.current.get(key)
    if (known?.content === content) return known.requestId
    const requestId = newRequestId()
    requestIds.current.set(key, { content, requestId })
    return requestId
  }, [])

  const send = useCallback(
    async (key: string) => {
      if (sending.current.has(key)) return
      if (!hasTyped(latest.current.edits, key)) return
      const current = latest.current.options
      const list = withSaved(current.rows ?? [], current.keyOf, latest.current.saved)
      const row = overlay(list, current.keyOf, current.blank, latest.current.edits).find((one) => one.key === key)
      if (!row) {
        waiting.current.add(key)
        return
      }
      const problems = typedProblems(current.fields, row)
      if (problems.length > 0) return change((now) => rowRefused(now, key, problems))
      const sent = latest.current.edits.get(key)?.patch
      change((now) => sendRow(now, key))
      const values = valuesOf(current.fields, row)
      const saving = current.save({
        values,
        base: row.base,
        isNew: row.isNew,
        requestId: requestIdOf(key, values),
      })
      sending.current.set(key, saving)
      const outcome = await saving
      sending.current.delete(key)
      if (outcome.ok) {
        setFault(null)
        requestIds.current.delete(key)
        const savedKey = current.keyOf(outcome.value)
        const from = row.isNew ? null : row.base
        const known = { row: outcome.value, from, list: latest.current.options.rows }
        changeSaved(new Map(latest.current.saved).set(savedKey, known))
        change((now) => rowSaved(now, key, savedKey))
        // Typed on while it was being saved: that is saved too, over the row that was saved.
        if (hasTyped(latest.current.edits, savedKey)) setTimeout(() => void send(savedKey))
      } else {
        setFault(outcome.fault)
        if (outcome.fault === null) requestIds.current.delete(key)
        const typedSince = latest.current.edits.get(key)?.patch !== sent
        change((now) => rowRefused(now, key, outcome.refusals))
        // What was refused is not what stands there now.
        if (typedSince && outcome.fault === null) setTimeout(() => void send(key))
      }
    },
    [change, changeSaved, requestIdOf],
  )

  useEffect(() => {
    if (rows === undefined) return
    changeSaved(forgetSaved(rows, latest.current.options.keyOf, latest.current.saved))
    const keys = [...waiting.current]
    waiting.current.clear()
    void sendInTurn(keys, send)
  }, [rows, changeSaved, send])

  const onEdits = useCallback(
    (cells: readonly CellEdit[]) => {
      const nameOf = (columnId: string) =>
        latest.current.options.fields.find(({ id }) => id === columnId)?.field ?? columnId
      change((now) => typeCells(now, cells, nameOf))
      const keys = [...new Set(cells.map(({ rowId }) => rowId))]
      void sendInTurn(
        keys.filter((key) => !latest.current.edits.get(key)?.isNew || key !== focusedKey.current),
        send,
      )
    },
    [change, send],
  )

  /** A new row is sent when it is left, not at each cell: half a row would only be refused. */
  const onFocusCell = useCallback(
    (row: EditRow<Row>) => {
      const left = focusedKey.current
      focusedKey.current = row.key
      if (left !== null && left !== focusedKey.current && latest.current.edits.get(left)?.isNew) void send(left)
    },
    [send],
  )

  const onLeave = useCallback(() => {
    const left = focusedKey.current
    if (left !== null && latest.current.edits.get(left)?.isNew) void send(left)
  }, [send])

  const grow = useCallback(
    (count: number) =>
      Array.from({ length: count }, () => {
        freshRows += 1
        const key = `new-${freshRows}`
        change((now) => addRow(now, key))
        return key
      }),
    [change],
  )

  const shown = useMemo(
    () => (rows === undefined ? undefined : overlay(withSaved(rows, keyOf, saved), keyOf, blank, edits)),
    [rows, keyOf, blank, edits, saved],
  )
  const columns = useMemo(() => fields.map(fieldColumn), [fields])
  const problemOf = useCallback(
    (row: EditRow<Row>, columnId: string) => {
      const found = refusalAt(fields, row, columnId)
      return found === null ? null : refusalSentence(found, language)
    },
    [fields, language],
  )
  const discard = useCallback(
    async (key: string) => {
      const outcome = await sending.current.get(key)
      if (outcome?.ok) return outcome.value
      change((now) => discardRow(now, key))
      return null
    },
    [change],
  )
  const saveAll = useCallback(() => void sendInTurn([...latest.current.edits.keys()], send), [send])

  // A window that is closed with rows that are refused or on their way asks first; what is typed counts at once, not
  // when it has been drawn.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (countUnsaved(latest.current.edits) > 0) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])

  return {
    rows: shown,
    columns,
    onEdits,
    onFocusCell,
    onLeave,
    problemOf,
    growRows: grow,
    add: () => grow(1)[0]!,
    saveAll,
    discard,
    discardAll: () => {
      setFault(null)
      change(() => noRowEdits)
    },
    refused: useMemo(() => [...edits.values()].flatMap((row) => row.refusals), [edits]),
    fault,
  }
}

const countUnsaved = (edits: RowEdits): number =>
  [...edits.values()].filter((row) => Object.keys(row.patch).length > 0).length

async function sendInTurn(keys: readonly string[], send: (key: string) => Promise<void>): Promise<void> {
  for (const key of keys) await send(key)
}
