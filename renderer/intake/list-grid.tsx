import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import type { Status } from '../../core/intake/reasons.ts'
import { type Offer, OfferList } from '../delivery/offer-list.tsx'
import { useKeys } from '../frame/keys.tsx'
import { armCell } from '../grid/first-key.ts'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import styles from './list-grid.module.css'
import { headingOf, type ListColumn, type ListRow, nextDoubt, statusAt } from './list-rows.ts'
import type { TargetKind } from './target.ts'

export type GridHands = { readonly focus: () => void; readonly goTo: (key: number, column: ListColumn) => void }

export type ListGridProps = {
  readonly rows: readonly ListRow[]
  readonly columns: readonly ListColumn[]
  readonly target: TargetKind
  readonly textOf: (row: ListRow, column: ListColumn) => string
  /** What stands in the cell while it is written; null where nothing can be written. */
  readonly editText: (row: ListRow, column: ListColumn) => string | null
  /** What a cell is for a reader who has come to it: its doubts in words, and what can be done. */
  readonly words: (row: ListRow, column: ListColumn) => string
  readonly hint: (row: ListRow, column: ListColumn) => string
  /** What is offered while a cell is written; null where cells are plain text. */
  readonly offers: (row: ListRow, column: ListColumn, typed: string) => readonly Offer[] | null
  readonly onEdit: (row: ListRow, column: ListColumn, text: string) => void
  readonly onTake: (row: ListRow, column: ListColumn, offer: Offer, typed: string) => void
  readonly onConfirm: (row: ListRow, column: ListColumn) => void
  readonly onConfirmKind: (row: ListRow, column: ListColumn) => void
  readonly onDelete: (row: ListRow) => void
  readonly onUndo: () => void
  readonly onRedo: () => void
  readonly counts: ReactNode
  /** Hands out how to take the focus back to the cell that had it, and to another one. */
  readonly onReady: (hands: GridHands) => void
}

type At = { readonly key: number; readonly column: ListColumn }
type Editing = { readonly text: string; readonly offering: number | null }

const rowHeight = 30
const rowsAround = 10
const movingKeys: ReadonlySet<string> = new Set(
  'ArrowDown ArrowUp PageDown PageUp ArrowRight ArrowLeft Home End Enter F2'.split(' '),
)
const numbers: ReadonlySet<ListColumn> = new Set<ListColumn>(['quantity', 'quantityBase', 'used', 'usedDays', 'source'])

/** The rows of a list that was read: every doubt is marked, and is resolved without the mouse. */
export function ListGrid(props: ListGridProps) {
  const { rows, columns, target } = props
  const t = useText(intakeText)
  const listId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  // What a list needs first is at its first doubt.
  const [at, setAt] = useState<At | null>(() => {
    const found = nextDoubt(rows, columns, target, null, 1)
    return found === null ? null : { key: rows[found.index]!.key, column: found.column }
  })
  const [editing, setEditing] = useState<Editing | null>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(500)
  const [noDoubt, setNoDoubt] = useState(false)
  /** The focus belongs into the cell, and goes there as soon as it is in the document. */
  const wanted = useRef(true)

  // The row may be gone: the one that has taken its place has the focus then.
  const lastIndex = useRef(0)
  const known = at === null ? -1 : indexOfKey(rows, at.key, lastIndex.current)
  const index = rows.length === 0 ? -1 : known === -1 ? Math.min(lastIndex.current, rows.length - 1) : known
  const column =
    at !== null && columns.includes(at.column) ? at.column : columns.includes('match') ? 'match' : columns[1]!
  const row = rows[index]
  if (index >= 0) lastIndex.current = index

  const offers = editing === null || row === undefined ? null : props.offers(row, column, editing.text)
  const offerAt = Math.min(editing?.offering ?? 0, Math.max(0, (offers?.length ?? 0) - 1))

  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const { onReady } = props
  const focusCell = useCallback(() => {
    wanted.current = true
    setAt((before) => (before === null ? null : { ...before }))
  }, [])
  const goTo = useCallback((key: number, next: ListColumn) => {
    wanted.current = true
    setNoDoubt(false)
    setAt({ key, column: next })
  }, [])
  useEffect(() => onReady({ focus: focusCell, goTo }), [onReady, focusCell, goTo])

  // Scrolled into sight, into the document and focused, in this order.
  useLayoutEffect(() => {
    const element = scroll.current
    if (!wanted.current || !element || row === undefined) return
    const above = index * rowHeight
    const header = element.querySelector('thead')?.offsetHeight ?? rowHeight
    if (above < element.scrollTop) element.scrollTop = above
    else if (above + rowHeight + header > element.scrollTop + element.clientHeight)
      element.scrollTop = above + rowHeight + header - element.clientHeight
    if (element.scrollTop !== top) setTop(element.scrollTop)
    const cell = element.querySelector<HTMLElement>(`[data-cell="${row.key}:${column}"]`)
    if (cell === null) return
    const goal = editing === null ? cell : input.current
    if (goal !== null && document.activeElement !== goal) goal.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (editing === null) wanted.current = false
  })

  const startEditing = (text: string | null, immediately = false) => {
    if (row === undefined) return
    const current = props.editText(row, column)
    if (current === null) return
    wanted.current = true
    const begin = () => {
      setAt({ key: row.key, column })
      setEditing({ text: text ?? current, offering: props.offers(row, column, text ?? current) === null ? null : 0 })
    }
    if (immediately) flushSync(begin)
    else begin()
  }
  const start = useRef(startEditing)
  start.current = startEditing

  const editableHere = row !== undefined && props.editText(row, column) !== null
  const cellName = row === undefined ? '' : `${row.key}:${column}`
  // The first key of an input method opens the editor, and is not lost.
  useLayoutEffect(() => {
    if (!editableHere || editing !== null) return
    const cell = scroll.current?.querySelector<HTMLElement>(`[data-cell="${cellName}"]`)
    if (!cell) return
    const disarm = armCell(cell, (text) => start.current(text, true))
    // A cell that has had the focus before has no caret yet, and an input method writes where the caret is.
    if (document.activeElement === cell) getSelection()?.collapse(cell, 0)
    return disarm
  }, [editableHere, editing, cellName])

  const move = (to: number, next: ListColumn) => {
    const target = rows[Math.max(0, Math.min(to, rows.length - 1))]
    if (target === undefined) return
    wanted.current = true
    setNoDoubt(false)
    setAt({ key: target.key, column: next })
  }

  const commit = (): void => {
    if (editing === null || row === undefined) return
    setEditing(null)
    wanted.current = true
    if (offers !== null) return
    if (editing.text !== props.editText(row, column)) props.onEdit(row, column, editing.text)
  }
  const leave = () => {
    setEditing(null)
    wanted.current = true
    setAt((before) => (before === null ? null : { ...before }))
  }
  const takeOffer = (offer: Offer) => {
    if (row === undefined || editing === null) return
    const { text } = editing
    leave()
    props.onTake(row, column, offer, text)
  }

  const goDoubt = (step: 1 | -1) => {
    if (editing !== null) commit()
    const found = nextDoubt(rows, columns, target, index === -1 ? null : { index, column }, step)
    setNoDoubt(found === null)
    if (found !== null) move(found.index, found.column)
    else focusCell()
    setNoDoubt(found === null)
  }
  useKeys('keysScreen', [
    { chord: 'F8', label: t('keyNextDoubt'), run: () => goDoubt(1) },
    { chord: 'Shift+F8', label: t('keyPreviousDoubt'), run: () => goDoubt(-1) },
  ])

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || row === undefined) return
    const command = event.ctrlKey || event.metaKey
    const done = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (editing !== null) return onEditorKey(event, done)
    if (command && (event.code === 'KeyZ' || event.code === 'KeyY')) {
      done()
      wanted.current = true
      return event.code === 'KeyZ' && !event.shiftKey ? props.onUndo() : props.onRedo()
    }
    if (event.altKey && event.key === 'Delete') {
      done()
      wanted.current = true
      return props.onDelete(row)
    }
    if (event.key === ' ' && !command) {
      done()
      wanted.current = true
      return event.altKey || event.shiftKey ? props.onConfirmKind(row, column) : props.onConfirm(row, column)
    }
    if (event.altKey) return
    // The editor has the focus before this key is over, and takes it as its first.
    if (event.key.length === 1 && !command) return startEditing('', true)
    const across = columns.indexOf(column)
    const page = Math.max(1, Math.floor(height / rowHeight) - 2)
    if (movingKeys.has(event.key)) done()
    switch (event.key) {
      case 'ArrowDown':
        return move(index + 1, column)
      case 'ArrowUp':
        return move(index - 1, column)
      case 'PageDown':
        return move(index + page, column)
      case 'PageUp':
        return move(index - page, column)
      case 'ArrowRight':
        return move(index, columns[across + 1] ?? column)
      case 'ArrowLeft':
        return move(index, columns[across - 1] ?? column)
      case 'Home':
        return move(command ? 0 : index, command ? column : columns[0]!)
      case 'End':
        return move(command ? rows.length - 1 : index, command ? column : columns[columns.length - 1]!)
      case 'Enter':
      case 'F2':
        return startEditing(null)
    }
  }

  function onEditorKey(event: KeyboardEvent<HTMLElement>, done: () => void) {
    if (editing === null) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter') {
      done()
      const offer = offers?.[offerAt]
      if (offer) takeOffer(offer)
      else if (offers === null) commit()
    } else if (event.key === 'Tab') {
      done()
      const next = columns[columns.indexOf(column) + (event.shiftKey ? -1 : 1)] ?? column
      commit()
      move(index, next)
    } else if (event.key === 'Escape') {
      done()
      leave()
    } else if (step !== 0 && offers !== null) {
      done()
      if (offers.length > 0) setEditing({ ...editing, offering: (offerAt + step + offers.length) % offers.length })
    }
  }

  const first = Math.max(0, Math.floor(top / rowHeight) - rowsAround)
  const beyond = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + rowsAround)
  const words = row === undefined ? '' : props.words(row, column)
  const status = row === undefined ? 'sure' : statusAt(row, column, target)
  return (
    <section className={styles.frame} aria-label={t('listLabel')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the cells inside bubble here */}
      <div
        className={styles.scroll}
        ref={scroll}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <table
          className={styles.table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus and are written is a grid
          role="grid"
          aria-label={t('listLabel')}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length}
        >
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((one) => (
                <th key={one} scope="col" data-number={numbers.has(one) || undefined} data-column={one}>
                  {t(`column-${headingOf(one, target)}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <Gap rows={first} columns={columns.length} />}
            {rows.slice(first, beyond).map((one, offset) => (
              <GridRow
                key={one.key}
                row={one}
                number={first + offset + 2}
                columns={columns}
                target={target}
                textOf={props.textOf}
                active={one === row ? column : null}
                editing={one === row ? editing : null}
                input={input}
                listId={listId}
                offered={one === row && offers !== null ? (offers[offerAt]?.id ?? null) : null}
                lookup={one === row && offers !== null}
                onFocusCell={(next) => {
                  if (one === row && next === column) return
                  if (editing !== null) commit()
                  setNoDoubt(false)
                  setAt({ key: one.key, column: next })
                }}
                onOpen={() => start.current(null)}
                onType={(text) =>
                  setEditing((before) =>
                    before === null ? null : { text, offering: before.offering === null ? null : 0 },
                  )
                }
                onBlur={() => {
                  if (!wanted.current || editing === null) return
                  commit()
                  wanted.current = false
                }}
              />
            ))}
            {beyond < rows.length && <Gap rows={rows.length - beyond} columns={columns.length} />}
          </tbody>
        </table>
      </div>
      <div className={styles.status}>
        <span className={styles.words} role="status" data-status={status}>
          {noDoubt ? t('noDoubtLeft') : words}
        </span>
        <span className={styles.hint}>{row === undefined ? '' : props.hint(row, column)}</span>
      </div>
      <div className={styles.counts}>
        {props.counts}
        <span className={styles.keys}>{t('gridKeys')}</span>
      </div>
      {editing !== null && offers !== null && row !== undefined && (
        <OfferList
          id={listId}
          label={t(`column-${headingOf(column, target)}`)}
          anchor={scroll.current?.querySelector<HTMLElement>(`[data-cell="${row.key}:${column}"]`) ?? null}
          offers={offers}
          at={offerAt}
          onTake={takeOffer}
        />
      )}
    </section>
  )
}

type GridRowProps = {
  readonly row: ListRow
  readonly number: number
  readonly columns: readonly ListColumn[]
  readonly target: TargetKind
  readonly textOf: (row: ListRow, column: ListColumn) => string
  readonly active: ListColumn | null
  readonly editing: Editing | null
  readonly input: RefObject<HTMLInputElement | null>
  readonly listId: string
  readonly offered: number | null
  readonly lookup: boolean
  readonly onFocusCell: (column: ListColumn) => void
  readonly onOpen: () => void
  readonly onType: (text: string) => void
  readonly onBlur: () => void
}

/** Drawn again only when what it shows has changed; what it calls looks up what is current by itself. */
const GridRow = memo(
  function GridRow(props: GridRowProps) {
    const { row, columns, target, active, editing } = props
    const t = useText(intakeText)
    return (
      <tr className={styles.row} aria-rowindex={props.number} data-row={row.key}>
        {columns.map((column) => {
          const status: Status = statusAt(row, column, target)
          const isEditing = editing !== null && active === column
          const text = props.textOf(row, column)
          return (
            <td
              key={column}
              // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: see the grid
              role="gridcell"
              className={styles.cell}
              data-cell={`${row.key}:${column}`}
              data-column={column}
              data-status={status === 'sure' ? undefined : status}
              data-number={numbers.has(column) || undefined}
              tabIndex={active === column ? 0 : -1}
              aria-invalid={status === 'wrong' || undefined}
              aria-description={status === 'sure' ? undefined : t(status === 'wrong' ? 'cellWrong' : 'cellGuessed')}
              title={isEditing || text.length < 12 ? undefined : text}
              onFocus={() => props.onFocusCell(column)}
              onDoubleClick={props.onOpen}
            >
              {isEditing ? (
                <input
                  ref={props.input}
                  className={styles.input}
                  value={editing.text}
                  autoComplete="off"
                  spellCheck={false}
                  aria-label={t('cellLabel', {
                    column: t(`column-${headingOf(column, target)}`),
                    row: row.row.source.row,
                  })}
                  {...(props.lookup
                    ? {
                        role: 'combobox',
                        'aria-expanded': true,
                        'aria-autocomplete': 'list' as const,
                        'aria-controls': props.listId,
                        ...(props.offered === null
                          ? {}
                          : { 'aria-activedescendant': `${props.listId}-${props.offered}` }),
                      }
                    : {})}
                  onChange={(event) => props.onType(event.currentTarget.value)}
                  onBlur={props.onBlur}
                />
              ) : (
                <span className={styles.content}>
                  {status === 'wrong' && <IconAlertTriangle size={13} aria-hidden className={styles.wrongSign} />}
                  {status === 'guessed' && <IconHelpCircle size={13} aria-hidden className={styles.guessSign} />}
                  <span className={styles.text}>{text}</span>
                </span>
              )}
            </td>
          )
        })}
      </tr>
    )
  },
  (before, after) =>
    before.row === after.row &&
    before.number === after.number &&
    before.columns === after.columns &&
    before.textOf === after.textOf &&
    before.active === after.active &&
    before.editing === after.editing &&
    before.offered === after.offered &&
    before.lookup === after.lookup &&
    // Its callbacks belong to the row that has the focus; others only ask for it.
    after.active === null,
)

/** Where a row is: mostly where it was. A map of a hundred thousand rows would be made anew with every cell written. */
function indexOfKey(rows: readonly ListRow[], key: number, last: number): number {
  return rows[last]?.key === key ? last : rows.findIndex((row) => row.key === key)
}

function Gap({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  return (
    <tr aria-hidden style={{ height: rows * rowHeight }}>
      <td colSpan={columns} />
    </tr>
  )
}
