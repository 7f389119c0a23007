import type { GridApi } from 'ag-grid-community'
import { type RefObject, useEffect, useRef } from 'react'
import { cellOf } from './focused-cell.ts'

/**
 * Typing over a cell with a Chinese input method. A cell that has the focus isn't a text field, so the browser switches
 * the input method off there and the first key arrives as a bare letter. While it has the focus, an editable cell is
 * therefore made a text field that changes nothing: the method's first key then arrives as such, the editor is opened and
 * focused before the key event is over, and the composition begins in the editor.
 * @param start opens the editor with this text in it ('' for none).
 * @returns the way to make the cell plain again.
 */
export function armCell(cell: HTMLElement, start: (text: string) => void): () => void {
  let kept: Map<Text, string> | null = null
  const texts = () => {
    const found: Text[] = []
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) found.push(walker.currentNode as Text)
    return found
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target === cell && event.keyCode === 229 && !event.isComposing) start('')
  }
  const onBeforeInput = (event: InputEvent) => {
    if (event.target !== cell) return
    event.preventDefault()
    // A dead key or an emoji panel writes without a key of its own.
    if (event.inputType === 'insertText' && event.data && !event.isComposing) start(event.data)
  }
  // Where a method composes here all the same, its result goes into the editor and the cell is put back as it was.
  const onCompositionStart = (event: CompositionEvent) => {
    if (event.target === cell) kept = new Map(texts().map((node) => [node, node.data]))
  }
  const onCompositionEnd = (event: CompositionEvent) => {
    if (kept === null) return
    for (const node of texts()) {
      const before = kept.get(node)
      if (before === undefined) node.remove()
      else node.data = before
    }
    kept = null
    if (event.data !== '') start(event.data)
  }
  const refuse = (event: Event) => event.preventDefault()
  cell.contentEditable = 'true'
  cell.spellcheck = false
  cell.addEventListener('keydown', onKeyDown)
  cell.addEventListener('beforeinput', onBeforeInput)
  cell.addEventListener('compositionstart', onCompositionStart)
  cell.addEventListener('compositionend', onCompositionEnd)
  cell.addEventListener('drop', refuse)
  return () => {
    cell.removeAttribute('contenteditable')
    cell.removeAttribute('spellcheck')
    cell.removeEventListener('keydown', onKeyDown)
    cell.removeEventListener('beforeinput', onBeforeInput)
    cell.removeEventListener('compositionstart', onCompositionStart)
    cell.removeEventListener('compositionend', onCompositionEnd)
    cell.removeEventListener('drop', refuse)
  }
}

/** Arms the cell that has the focus, where `wants` says that text is typed there. */
export function useFirstKey<Row>(
  body: RefObject<HTMLElement | null>,
  api: RefObject<GridApi<Row> | null>,
  wants: (row: Row, columnId: string) => boolean,
): void {
  const latest = useRef(wants)
  latest.current = wants
  useEffect(() => {
    const element = body.current
    if (!element) return
    let disarm = () => {}
    const onFocusIn = ({ target }: FocusEvent) => {
      disarm()
      disarm = () => {}
      const found = cellOf(target, api.current)
      if (!found || found.cell !== target || !latest.current(found.row, found.columnId)) return
      const { rowIndex, columnId } = found
      disarm = armCell(found.cell, (text) => {
        api.current?.startEditingCell({ rowIndex, colKey: columnId, key: text === '' ? 'Process' : text })
      })
    }
    const onFocusOut = () => {
      disarm()
      disarm = () => {}
    }
    element.addEventListener('focusin', onFocusIn)
    element.addEventListener('focusout', onFocusOut)
    return () => {
      disarm()
      element.removeEventListener('focusin', onFocusIn)
      element.removeEventListener('focusout', onFocusOut)
    }
  }, [body, api])
}
