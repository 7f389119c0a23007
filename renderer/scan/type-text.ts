import { flushSync } from 'react-dom'

const buttons = /^(?:checkbox|radio|button|submit|range|file|color)$/

export function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !element.readOnly && !buttons.test(element.type)
  return element instanceof HTMLTextAreaElement
}

/** Gives characters that were held back to what has the focus: text to a field, keys to everything else. */
export function typeText(text: string): void {
  for (const character of text) typeCharacter(character)
}

function typeCharacter(character: string): void {
  // What separates the parts of a label is no text.
  if (character < ' ') return
  const target = document.activeElement
  if (!(target instanceof HTMLElement)) return
  // A cell that waits for its first key is made editable and opens its editor itself.
  if (isTextField(target) || target.isContentEditable) {
    // As typed: the field says so with an input event of its own, and Ctrl+Z of the field takes it back.
    flushSync(() => document.execCommand('insertText', false, character))
    return
  }
  if (character === ' ' && (target instanceof HTMLButtonElement || target instanceof HTMLInputElement)) {
    target.click()
    return
  }
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key: character, code: codeOf(character), bubbles: true, cancelable: true }),
  )
}

const codeOf = (character: string): string =>
  /[a-z]/i.test(character) ? `Key${character.toUpperCase()}` : /\d/.test(character) ? `Digit${character}` : ''
