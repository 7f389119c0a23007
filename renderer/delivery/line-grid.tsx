import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { parseBlock } from '../grid/clipboard.ts'
import { deliveryText } from '../text/delivery.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, packWord } from '../text/words.ts'
import { isWholeDate, stepOnEnter } from './enter-path.ts'
import { fieldOfHeading } from './heading.ts'
import {
  type Catalogue,
  type DraftLine,
  dateFields,
  isBlank,
  type LineField,
  lineFields,
  offerItems,
  quantityFields,
} from './line.ts'
import { cellId, editText } from './line-cells.ts'
import styles from './line-grid.module.css'
import { type Promise as ItemPromise, LineRow } from './line-row.tsx'
import {
  chooseItem,
  copyFromAbove,
  type Lines,
  type NewKey,
  pasteBlock,
  redo,
  removeLine,
  typeCell,
  undo,
} from './lines.ts'
import { type Offer, OfferList } from './offer-list.tsx'

export type CellWords = ReadonlyMap<string, { readonly [field in LineField]?: string }>

export type LineGridProps = {
  readonly lines: Lines
  /** Changes the lines and gives them back as they are then. */
  readonly change: (step: (lines: Lines) => Lines) => Lines
  readonly newKey: NewKey
  readonly catalogue: Catalogue
  readonly promises: ReadonlyMap<number, ItemPromise>
  /** By line key. */
  readonly problems: CellWords
  readonly doubts: CellWords
  /** What is being typed and not yet taken over, for the draft; null when nothing is. */
  readonly onTyping: (typing: { key: string; field: LineField; text: string } | null) => void
  /** Takes a pasted text that is a list and no block of cells. @returns whether it did. */
  readonly takeList: (text: string, field: LineField) => boolean
  /** Enter on a line in which nothing is written. */
  readonly onEnd: () => void
  /** Hands out how to move the focus into a cell. */
  readonly onReady: (focusCell: (key: string | null, field: LineField) => void) => void
  readonly totals: ReactNode
}

type Editing = {
  readonly key: string
  readonly field: LineField
  readonly text: string
  /** What stood there when the focus came: as long as nothing is typed, the cell may change by itself (a scan counts up). */
  readonly from: string
  readonly byItself: boolean
}

const rowHeight = 58
const rowsAround = 8

const columnClass: { readonly [field in LineField]: string | undefined } = {
  item: styles.itemColumn,
  lot: styles.lotColumn,
  madeOn: styles.dateColumn,
  expiresOn: styles.dateColumn,
  packs: styles.countColumn,
  packSizeBase: styles.countColumn,
  piecesBase: styles.countColumn,
  acceptedBase: styles.countColumn,
  rejectedBase: styles.countColumn,
  rejectReason: styles.reasonColumn,
  standard: styles.standardColumn,
}

/**
 * The lines of a delivery, written without the mouse. Every cell is a field of its own, so an input method finds it as
 * it is used to. Only the rows in sight are in the document, whatever the length of a pasted list.
 */
export function LineGrid(props: LineGridProps) {
  const { lines, change, newKey, catalogue, promises, problems, doubts } = props
  const t = useText(deliveryText)
  const language = useLanguage()
  const listId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<Editing | null>(null)
  const [offering, setOffering] = useState<{ at: number } | null>(null)
  const [wanted, setWanted] = useState<{ key: string; field: LineField; byItself: boolean } | null>(null)
  const latest = useRef({ props, editing, language })
  latest.current = { props, editing, language }

  const offers = useMemo<readonly Offer[]>(
    () =>
      offering === null || editing?.field !== 'item'
        ? []
        : offerItems(editing.text, catalogue).map((item) => ({
            id: item.itemId,
            label: nameOf(item, language),
            detail: [
              item.code,
              item.specification,
              `${packWord(item.packName, language)} × ${item.packSizeBase} ${measureName(item.baseUnit, language)}`,
            ]
              .filter((word) => word !== '')
              .join(' · '),
          })),
    [offering, editing, catalogue, language],
  )
  const at = Math.min(offering?.at ?? 0, Math.max(0, offers.length - 1))

  const focusCell = useCallback((key: string | null, field: LineField, byItself = false) => {
    const { now } = latest.current.props.lines
    const target = key ?? now[now.length - 1]!.key
    setWanted({ key: target, field, byItself })
  }, [])
  const { onReady } = props
  useEffect(() => onReady(focusCell), [onReady, focusCell])

  // The row may have to be scrolled into sight, and so into the document, before its field can take the focus.
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const first = Math.max(0, Math.floor(top / rowHeight) - rowsAround)
  const beyond = Math.min(lines.now.length, Math.ceil((top + height) / rowHeight) + rowsAround)

  useLayoutEffect(() => {
    const element = scroll.current
    if (wanted === null || !element) return
    const index = lines.now.findIndex((line) => line.key === wanted.key)
    if (index === -1) return
    const field = element.querySelector<HTMLInputElement>(`[data-cell="${cellId(wanted.key, wanted.field)}"]`)
    if (field === null) {
      element.scrollTop = Math.max(0, index * rowHeight - element.clientHeight / 2)
      setTop(element.scrollTop)
      return
    }
    setWanted(null)
    // A field that has the focus already says nothing when it gets it again.
    if (document.activeElement === field) {
      onFocusRef.current(wanted.key, wanted.field)
      field.select()
    } else field.focus()
    // The header row covers what scrolls under it.
    field.closest('tr')?.scrollIntoView({ block: 'nearest' })
    if (wanted.byItself) setEditing((before) => (before === null ? null : { ...before, byItself: true }))
    void top
  }, [wanted, lines, top])

  const onFocusRef = useRef<(key: string, field: LineField) => void>(() => {})

  const itemOf = (line: DraftLine) => (line.itemId === null ? undefined : catalogue.items.get(line.itemId))

  const onFocus = useCallback((key: string, field: LineField) => {
    const { props: current, language: words } = latest.current
    const line = current.lines.now.find((one) => one.key === key)
    if (!line) return
    const item = line.itemId === null ? undefined : current.catalogue.items.get(line.itemId)
    const from = editText(line, field, item, words)
    setEditing({ key, field, text: from, from, byItself: false })
    setOffering(null)
  }, [])

  onFocusRef.current = onFocus

  /** Takes over what was typed into the cell. @returns the lines with it. */
  const commit = useCallback((text?: string): Lines => {
    const { props: current, editing: cell, language: words } = latest.current
    if (cell === null) return current.lines
    const line = current.lines.now.find((one) => one.key === cell.key)
    const item = line?.itemId == null ? undefined : current.catalogue.items.get(line.itemId)
    const typed = text ?? cell.text
    current.onTyping(null)
    if (line === undefined || typed === cell.from || typed === editText(line, cell.field, item, words))
      return current.lines
    return current.change((before) => typeCell(before, cell.key, cell.field, typed, current.catalogue, current.newKey))
  }, [])

  const onBlur = useCallback(() => {
    commit()
    setEditing(null)
    setOffering(null)
  }, [commit])

  /** Enter, or a date whose last digit was just typed. */
  const advance = (state: Lines, key: string, field: LineField, byItself: boolean) => {
    const index = state.now.findIndex((line) => line.key === key)
    const line = state.now[index]
    if (line === undefined) return
    const step = stepOnEnter(line, field, itemOf(line))
    if (step.to === 'field') focusCell(key, step.field, byItself)
    else if (step.to === 'save') props.onEnd()
    else focusCell(state.now[index + 1]?.key ?? null, 'item', byItself)
    // What stands in the cell now is what was read from it.
    setEditing(null)
  }

  const onType = useCallback(
    (text: string, composing: boolean) => {
      const { props: current, editing: cell } = latest.current
      if (cell === null) return
      const whole = !composing && dateFields.has(cell.field) && text.length > cell.text.length && isWholeDate(text)
      setEditing({ ...cell, text, byItself: false })
      current.onTyping({ key: cell.key, field: cell.field, text })
      if (cell.field === 'item') setOffering({ at: 0 })
      if (whole) advanceRef.current(commit(text), cell.key, cell.field, true)
    },
    [commit],
  )
  const advanceRef = useRef(advance)
  advanceRef.current = advance

  const take = (offer: Offer) => {
    if (editing === null) return
    props.onTyping(null)
    const state = change((before) => chooseItem(before, editing.key, offer.id, newKey))
    setOffering(null)
    advance(state, editing.key, 'item', false)
  }

  const refocus = (state: Lines, key: string, field: LineField) => {
    setEditing(null)
    focusCell(state.now.some((line) => line.key === key) ? key : null, field)
  }

  const moveTo = (index: number, field: LineField) => {
    const line = lines.now[index]
    if (line === undefined) return
    commit()
    focusCell(line.key, field)
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    // Keys of an input method belong to it: Enter takes what it composed.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || editing === null) return
    const { key, field } = editing
    const command = event.ctrlKey || event.metaKey
    const done = () => event.preventDefault()
    const index = lines.now.findIndex((line) => line.key === key)
    if (event.key === 'Enter' && !command && !event.altKey) {
      done()
      const offer = offering === null ? undefined : offers[at]
      if (offer && editing.text.trim() !== '') return take(offer)
      // The habit of pressing Enter behind a date that has already gone on by itself does no harm.
      if (editing.byItself) return setEditing({ ...editing, byItself: false })
      const state = commit()
      const unknown = field === 'item' && editing.text.trim() !== '' && state.now[index]?.itemId === null
      return unknown ? setOffering({ at: 0 }) : advance(state, key, field, false)
    }
    if (event.key === 'Tab' && field === 'item' && offering !== null && offers.length === 1) {
      const only = offers[0]!
      props.onTyping(null)
      setEditing(null)
      change((before) => chooseItem(before, key, only.id, newKey))
      return
    }
    if (event.key === 'Escape') {
      if (offering !== null) {
        done()
        event.stopPropagation()
        return setOffering(null)
      }
      const line = lines.now[index]
      if (line) setEditing({ ...editing, text: editText(line, field, itemOf(line), language) })
      return props.onTyping(null)
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (command || event.altKey) return
      done()
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (offering !== null && offers.length > 0)
        return setOffering({ at: (at + step + offers.length) % offers.length })
      if (field === 'item' && event.key === 'ArrowDown' && editing.text === '') return setOffering({ at: 0 })
      return moveTo(index + step, field)
    }
    if (command && event.code === 'KeyD') {
      done()
      commit()
      return refocus(
        change((before) => copyFromAbove(before, key, field, newKey)),
        key,
        field,
      )
    }
    if (command && event.code === 'Semicolon') {
      done()
      if (!dateFields.has(field)) return
      return refocus(
        change((before) => typeCell(before, key, field, catalogue.today, catalogue, newKey)),
        key,
        field,
      )
    }
    if (command && (event.code === 'KeyZ' || event.code === 'KeyY')) {
      done()
      const line = lines.now[index]
      const typed = line !== undefined && editing.text !== editText(line, field, itemOf(line), language)
      props.onTyping(null)
      if (typed && line) return setEditing({ ...editing, text: editText(line, field, itemOf(line), language) })
      const back = event.code === 'KeyZ' && !event.shiftKey
      return refocus(
        change((before) => (back ? undo(before, newKey) : redo(before, newKey))),
        key,
        field,
      )
    }
    if (event.altKey && event.key === 'Delete') {
      done()
      remove(key)
    }
  }

  const remove = (key: string) => {
    props.onTyping(null)
    const index = lines.now.findIndex((line) => line.key === key)
    setEditing(null)
    const state = change((before) => removeLine(before, key, newKey))
    focusCell(state.now[Math.min(index, state.now.length - 1)]?.key ?? null, 'item')
  }
  const removeRef = useRef(remove)
  removeRef.current = remove
  const onRemove = useCallback((key: string) => removeRef.current(key), [])

  function onPaste(event: ClipboardEvent<HTMLElement>) {
    const text = event.clipboardData.getData('text/plain')
    // One cell's text goes into the field like any other; a block goes into the cells.
    if (editing === null || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ''))) return
    event.preventDefault()
    const { key, field } = editing
    props.onTyping(null)
    if (props.takeList(text, field)) return
    const block = parseBlock(text)
    refocus(
      change((before) => pasteBlock(before, key, field, block, catalogue, newKey, fieldOfHeading)),
      key,
      field,
    )
  }

  // A cell that changes by itself under the focus, while nothing is typed into it, shows what it holds now.
  useEffect(() => {
    setEditing((before) => {
      if (before === null || before.text !== before.from) return before
      const line = lines.now.find((one) => one.key === before.key)
      const item = line?.itemId == null ? undefined : catalogue.items.get(line.itemId)
      const text = line === undefined ? before.from : editText(line, before.field, item, language)
      return text === before.from ? before : { ...before, text, from: text }
    })
  }, [lines, catalogue, language])

  const numbers = useMemo(() => {
    let last = 0
    return lines.now.map((line) => (isBlank(line) ? null : ++last))
  }, [lines.now])
  const optionId = offers[at] === undefined ? null : `${listId}-${offers[at].id}`
  const combobox = useMemo(() => ({ listId, open: offering !== null, optionId }), [listId, offering, optionId])
  const idle = useMemo(() => ({ listId, open: false, optionId: null }), [listId])
  const problem = editing === null ? undefined : problems.get(editing.key)?.[editing.field]
  const doubt = editing === null ? undefined : doubts.get(editing.key)?.[editing.field]

  return (
    <section className={styles.frame} aria-label={t('linesLabel')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and clipboard of the fields inside bubble here */}
      <div
        className={styles.scroll}
        ref={scroll}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      >
        <table className={styles.table} aria-rowcount={lines.now.length + 1}>
          <colgroup>
            <col className={styles.numberColumn} />
            {lineFields.map((field) => (
              <col key={field} className={columnClass[field]} />
            ))}
            <col className={styles.removeColumn} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">#</th>
              {lineFields.map((field) => (
                <th key={field} scope="col" data-number={quantityFields.has(field) || undefined}>
                  {t(field)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {first > 0 && <Gap rows={first} />}
            {lines.now.slice(first, beyond).map((line, index) => (
              <LineRow
                key={line.key}
                line={line}
                number={numbers[first + index]!}
                item={itemOf(line)}
                promise={line.itemId === null ? undefined : promises.get(line.itemId)}
                problems={problems.get(line.key)}
                doubts={doubts.get(line.key)}
                active={editing?.key === line.key ? editing : null}
                combobox={editing?.key === line.key ? combobox : idle}
                onFocus={onFocus}
                onType={onType}
                onBlur={onBlur}
                onRemove={onRemove}
              />
            ))}
            {beyond < lines.now.length && <Gap rows={lines.now.length - beyond} />}
          </tbody>
        </table>
      </div>
      <div className={styles.status}>
        <span
          aria-live="polite"
          data-problem={problem === undefined ? undefined : 'true'}
          data-doubt={problem === undefined && doubt !== undefined ? 'true' : undefined}
        >
          {problem ?? doubt ?? props.totals}
        </span>
        <span>{t('gridKeys')}</span>
      </div>
      {offering !== null && editing?.field === 'item' && (
        <OfferList
          id={listId}
          label={t('item')}
          anchor={scroll.current?.querySelector<HTMLElement>(`[data-cell="${cellId(editing.key, 'item')}"]`) ?? null}
          offers={offers}
          at={at}
          onTake={take}
        />
      )}
    </section>
  )
}

/** Rows out of sight, as high as they would be. */
function Gap({ rows }: { readonly rows: number }) {
  return (
    <tr aria-hidden style={{ height: rows * rowHeight }}>
      <td colSpan={lineFields.length + 2} />
    </tr>
  )
}
