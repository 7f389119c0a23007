import type { ICellEditorComp, ICellEditorParams } from 'ag-grid-community'
import { type CellValue, type Choice, matchChoices } from './cell-value.ts'
import styles from './grid.module.css'
import { isComposing, textOfKey } from './text-editor.ts'

export type ChoiceEditorParams = ICellEditorParams<unknown, CellValue> & {
  readonly label: string
  readonly choices: readonly Choice[]
  /** Said when nothing fits what was typed. */
  readonly nothingFits: string
}

const mostShown = 200
let lists = 0

/**
 * Chooses from a list by typing: Chinese, pinyin, initials or code. Arrows walk, Enter or Tab takes, Escape leaves it as
 * it was. Plain DOM for the reason given at `TextEditor`.
 */
export class ChoiceEditor implements ICellEditorComp<unknown, CellValue> {
  private root!: HTMLDivElement
  private input!: HTMLInputElement
  private list!: HTMLUListElement
  private params!: ChoiceEditorParams
  private shown: readonly Choice[] = []
  private active = 0
  private typed = false
  /** As at `TextEditor`. */
  private written = false
  private value: CellValue = null

  init(params: ChoiceEditorParams): void {
    this.params = params
    this.value = params.value ?? null
    this.root = document.createElement('div')
    this.root.className = styles.choice!
    this.input = document.createElement('input')
    this.input.className = styles.editor!
    this.input.type = 'text'
    this.input.autocomplete = 'off'
    this.input.spellcheck = false
    this.list = document.createElement('ul')
    lists += 1
    this.list.id = `choices-${lists}`
    this.list.className = styles.choices!
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', params.label)
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-label': params.label,
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      'aria-controls': this.list.id,
    })) {
      this.input.setAttribute(name, value)
    }
    this.root.append(this.input, this.list)
    this.root.style.minWidth = `${params.column.getActualWidth()}px`
    const begun = textOfKey(params.eventKey)
    if (begun !== null) {
      this.input.value = begun
      this.typed = true
    } else {
      this.input.value = params.choices.find((choice) => choice.value === this.value)?.label ?? String(this.value ?? '')
    }
    this.input.addEventListener('input', () => {
      this.written = true
      this.typed = true
      this.active = 0
      this.show()
    })
    this.input.addEventListener('keydown', (event) => this.onKey(event))
    this.show()
  }

  private onKey(event: KeyboardEvent): void {
    if (isComposing(event)) event.stopPropagation()
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      event.stopPropagation()
      this.walk(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' || event.key === 'Tab') this.take(this.active)
    else if (event.key !== 'Escape') event.stopPropagation()
  }

  private show(): void {
    const { choices } = this.params
    this.shown = (this.typed ? matchChoices(this.input.value, choices) : choices).slice(0, mostShown)
    if (!this.typed)
      this.active = Math.max(
        0,
        this.shown.findIndex((choice) => choice.value === this.value),
      )
    this.list.replaceChildren(
      ...this.shown.map((choice, index) => {
        const option = document.createElement('li')
        option.id = `${this.list.id}-${index}`
        option.setAttribute('role', 'option')
        option.textContent = choice.label
        option.addEventListener('mousedown', (event) => {
          event.preventDefault()
          this.take(index)
          this.params.stopEditing()
        })
        return option
      }),
    )
    if (this.shown.length === 0) {
      const nothing = document.createElement('li')
      nothing.className = styles.nothing!
      nothing.setAttribute('role', 'option')
      nothing.setAttribute('aria-disabled', 'true')
      nothing.textContent = this.params.nothingFits
      this.list.append(nothing)
    }
    this.mark()
  }

  private walk(step: number): void {
    if (this.shown.length === 0) return
    this.active = (this.active + step + this.shown.length) % this.shown.length
    this.typed = true
    this.mark()
  }

  private mark(): void {
    const options = [...this.list.children]
    for (const [index, option] of options.entries()) {
      option.setAttribute('aria-selected', String(index === this.active && this.shown.length > 0))
    }
    const current = options[this.active]
    if (current && this.shown.length > 0) {
      this.input.setAttribute('aria-activedescendant', current.id)
      current.scrollIntoView?.({ block: 'nearest' })
    } else this.input.removeAttribute('aria-activedescendant')
  }

  private take(index: number): void {
    if (!this.typed && this.shown[index]?.value === this.value) return
    if (this.typed && this.input.value.trim() === '') {
      this.value = null
      return
    }
    const choice = this.shown[index]
    // What fits nothing stays as typed, and the cell says so.
    this.value = choice ? choice.value : this.input.value.trim()
  }

  getGui(): HTMLElement {
    return this.root
  }

  afterGuiAttached(): void {
    this.focusIn()
    this.mark()
  }

  focusIn(): void {
    if (document.activeElement !== this.input) this.input.focus()
    if (!this.written && textOfKey(this.params.eventKey) === null) this.input.select()
  }

  getValue(): CellValue {
    return this.value
  }

  isPopup(): boolean {
    return true
  }

  getPopupPosition(): 'over' {
    return 'over'
  }
}
