/** What a cell holds. A number column may hold text: what was typed and isn't a number, kept so that nothing is lost. */
export type CellValue = string | number | null

/** One cell's change. A paste, a fill or an undo is many of them in one command. */
export type CellEdit = {
  readonly rowId: string
  readonly columnId: string
  readonly before: CellValue
  readonly after: CellValue
}

export type EditCause = 'type' | 'paste' | 'fill' | 'clear' | 'undo' | 'redo'

const fullWidth = /[！-～]/g

/** Full-width digits, letters and signs (as a Chinese input method makes them) to their plain forms; outer blanks off. */
export function toHalfWidth(text: string): string {
  return text
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('　', ' ')
    .trim()
}

const plainNumber = /^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$/

/** `１，２００` and `1,200` → 1200; empty → null; anything else stays the text that was typed. */
export function parseNumber(text: string): CellValue {
  const plain = toHalfWidth(text).replaceAll('，', ',')
  if (plain === '') return null
  if (!plainNumber.test(plain) || !/\d/.test(plain)) return text.trim()
  return Number(plain.replaceAll(',', ''))
}

const separated = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/
const compact = /^(\d{4})(\d{2})(\d{2})$/

/** `2020/2/6`, `20200206`, `2020年2月6日` → `2020-02-06`; empty → null; anything else stays as typed. */
export function parseDate(text: string): CellValue {
  const plain = toHalfWidth(text)
  if (plain === '') return null
  const found = separated.exec(plain) ?? compact.exec(plain)
  if (!found) return text.trim()
  return `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`
}

export type Choice = { readonly value: string | number; readonly label: string; readonly search?: string }

/**
 * The choice that a typed or pasted text means: by label or value exactly, else by label or search text where only one
 * fits. Otherwise the text as it is.
 */
export function parseChoice(text: string, choices: readonly Choice[]): CellValue {
  const plain = toHalfWidth(text)
  if (plain === '') return null
  const lower = plain.toLowerCase()
  const exact = choices.find((choice) => choice.label.toLowerCase() === lower || String(choice.value) === plain)
  if (exact) return exact.value
  const found = matchChoices(lower, choices)
  return found.length === 1 ? found[0]!.value : text.trim()
}

/** Choices whose label or search text (pinyin, initials, code) holds every word typed; those that begin with it first. */
export function matchChoices(typed: string, choices: readonly Choice[]): readonly Choice[] {
  const words = toHalfWidth(typed).toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return choices
  const first = words[0]!
  const found = choices.filter((choice) => {
    const hay = `${choice.label} ${choice.search ?? ''}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  })
  const rank = (choice: Choice) =>
    choice.label.toLowerCase().startsWith(first) ||
    (choice.search ?? '').split(' ').some((part) => part.startsWith(first))
      ? 0
      : 1
  return [...found].sort((left, right) => rank(left) - rank(right))
}

/** For the contract: what a cell holds as text, or as a number. */
export const asText = (value: CellValue | undefined): string =>
  value === null || value === undefined ? '' : String(value)
/** Nothing typed counts as `empty`. Text that isn't a number never comes here: the row is not sent then. */
export const asNumber = (value: CellValue | undefined, empty = 0): number => (typeof value === 'number' ? value : empty)
export const asNumberOrNull = (value: CellValue | undefined): number | null =>
  typeof value === 'number' ? value : null
