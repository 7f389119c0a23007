import type { ICellEditorComp, ICellEditorParams } from 'ag-grid-community'
import type { CellValue } from './cell-value.ts'
import styles from './grid.module.css'

export type TextEditorParams = ICellEditorParams<unknown, CellValue> & {
  readonly label: string
  readonly parse: (text: string) => CellValue
  readonly numeric: boolean
}

/** A key that writes a character (not a name such as `F2` or `Enter`). */
export const isCharacter = (key: string | null): key is string => key !== null && [...key].length === 1

/** The text that the key which began the edit puts in place of the cell's; null where the edit keeps the cell's text. */
export function textOfKey(eventKey: string | null): string | null {
  if (eventKey === null) return null
  if (eventKey === 'Process' || eventKey === 'Backspace' || eventKey === 'Delete') return ''
  // Names of keys are Latin words; a finished composition may be several characters, but never such a word.
  return isCharacter(eventKey) || !/^[A-Z][A-Za-z0-9]*$/.test(eventKey) ? eventKey : null
}

/** While an input method composes, Enter, Escape and arrows are the method's, not the grid's. */
export const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229

/**
 * Edits text, numbers and dates. Plain DOM rather than a component: it is there and has the focus before the key event
 * that started it is over, so that no character is lost, not even an input method's first.
 */
export class TextEditor implements ICellEditorComp<unknown, CellValue> {
  private input!: HTMLInputElement
  private params!: TextEditorParams
  /** Something was typed: from then on nothing may select the text, or the next key would replace it. */
  private typed = false

  init(params: TextEditorParams): void {
    this.params = params
    this.input = document.createElement('input')
    this.input.type = 'text'
    this.input.className = params.numeric ? `${styles.editor} ${styles.numeric}` : styles.editor!
    this.input.setAttribute('aria-label', params.label)
    this.input.autocomplete = 'off'
    this.input.spellcheck = false
    if (params.numeric) this.input.inputMode = 'decimal'
    this.input.value =
      textOfKey(params.eventKey) ?? (params.value === null || params.value === undefined ? '' : String(params.value))
    this.input.addEventListener('input', () => {
      this.typed = true
    })
    this.input.addEventListener('keydown', (event) => {
      if (isComposing(event)) event.stopPropagation()
      // Within the text these move the cursor; Ctrl+Z is the input's own undo until the edit is done.
      else if (
        ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) &&
        params.eventKey !== null &&
        !isCharacter(params.eventKey)
      ) {
        event.stopPropagation()
      } else if ((event.ctrlKey || event.metaKey) && 'acvxzy'.includes(event.key.toLowerCase())) event.stopPropagation()
    })
  }

  getGui(): HTMLElement {
    return this.input
  }

  afterGuiAttached(): void {
    if (this.params.cellStartedEdit) this.focusIn()
  }

  /** The grid may call this again when keys have already come. */
  focusIn(): void {
    if (document.activeElement !== this.input) this.input.focus()
    if (this.typed) return
    if (textOfKey(this.params.eventKey) === null) this.input.select()
    else this.input.setSelectionRange(this.input.value.length, this.input.value.length)
  }

  getValue(): CellValue {
    return this.params.parse(this.input.value)
  }
}
