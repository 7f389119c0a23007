import type { ICellEditorComp, ICellEditorParams } from 'ag-grid-community'
import gridStyles from '../grid/grid.module.css'
import { isCharacter, isComposing } from '../grid/text-editor.ts'

export type PinEditorParams = ICellEditorParams & { readonly label: string; readonly start: string }

/**
 * Edits the packs of a cell. Leaving it untouched (F2, Enter) pins nothing: only what is typed is a pin. Plain DOM, so
 * that it has the focus before the key that opened it is over and an input method loses nothing.
 */
export class PinEditor implements ICellEditorComp {
  private input!: HTMLInputElement
  private params!: PinEditorParams
  private touched = false

  init(params: PinEditorParams): void {
    this.params = params
    const { input } = this
    this.input = input ?? document.createElement('input')
    this.input.type = 'text'
    this.input.inputMode = 'numeric'
    this.input.autocomplete = 'off'
    this.input.spellcheck = false
    this.input.className = `${gridStyles.editor} ${gridStyles.numeric}`
    this.input.setAttribute('aria-label', params.label)
    if (isCharacter(params.eventKey)) {
      this.input.value = params.eventKey
      this.touched = true
    } else this.input.value = params.eventKey === 'Process' ? '' : params.start
    this.input.addEventListener('input', () => {
      this.touched = true
    })
    this.input.addEventListener('keydown', (event) => {
      if (isComposing(event)) event.stopPropagation()
      else if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) {
        if (!isCharacter(params.eventKey)) event.stopPropagation()
      } else if ((event.ctrlKey || event.metaKey) && 'acvxzy'.includes(event.key.toLowerCase())) event.stopPropagation()
    })
  }

  getGui(): HTMLElement {
    return this.input
  }

  afterGuiAttached(): void {
    if (!this.params.cellStartedEdit) return
    this.input.focus()
    if (isCharacter(this.params.eventKey)) {
      this.input.setSelectionRange(this.input.value.length, this.input.value.length)
    } else this.input.select()
  }

  isCancelAfterEnd(): boolean {
    return !this.touched
  }

  /** The text as typed: it is read, and refused, where the pins are kept. */
  getValue(): string {
    return this.input.value
  }
}
