/**
 * Text with separators: CSV (RFC 4180), TSV, a block copied from Excel or WPS. Lenient where people's files are: a quote
 * inside an unquoted field is a character, a quoted field may hold line breaks, rows may differ in length, the last line
 * may lack its end. Nothing throws; an unclosed quote runs to the end of the text and is reported.
 */

export type Delimiter = ',' | '\t' | ';' | '|'

export interface Delimited {
  readonly rows: readonly (readonly string[])[]
  /** 1-based row in which a quote was opened and never closed, or null. */
  readonly unclosedQuoteRow: number | null
}

const lineFeed = 10
const carriageReturn = 13
const quote = 34
const apostrophe = 39
const equalsSign = 61

/** Reads `text`; a byte order mark in front is left out. An empty line is an empty row, so that row numbers stay true. */
export function parseDelimited(text: string, delimiter: Delimiter, maxRows = Number.POSITIVE_INFINITY): Delimited {
  const rows: string[][] = []
  const separator = delimiter.charCodeAt(0)
  let unclosedQuoteRow: number | null = null
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let row: string[] = []
  const end = text.length
  while (position < end && rows.length < maxRows) {
    let field: string
    if (text.charCodeAt(position) === quote) {
      const close = closingQuote(text, position + 1)
      if (close === -1) {
        unclosedQuoteRow = rows.length + 1
        field = text.slice(position + 1).replaceAll('""', '"')
        position = end
      } else {
        field = text.slice(position + 1, close)
        if (field.includes('"')) field = field.replaceAll('""', '"')
        position = close + 1
        // Text behind the closing quote belongs to the field: `"5"箱` is 5箱.
        const rest = endOfField(text, position, separator)
        if (rest > position) field += text.slice(position, rest)
        position = rest
      }
    } else {
      const stop = endOfField(text, position, separator)
      field = text.slice(position, stop)
      position = stop
    }
    row.push(field)
    if (position >= end) {
      rows.push(row)
      row = []
      break
    }
    if (text.charCodeAt(position) === separator) {
      position += 1
      if (position >= end) {
        row.push('')
        rows.push(row)
        row = []
      }
    } else {
      position += text.charCodeAt(position) === carriageReturn && text.charCodeAt(position + 1) === lineFeed ? 2 : 1
      rows.push(row)
      row = []
    }
  }
  return { rows, unclosedQuoteRow }
}

/** `="0012"`: how text is kept from being made a number in CSV. */
const keptAsText = /^="(.*)"$/s

/**
 * The text that was meant by a field with an apostrophe in front of what a spreadsheet would run as a formula: CSV is
 * written so, by this program (renderer/export/csv.ts) and by others.
 */
export const withoutGuard = (field: string): string =>
  field.charCodeAt(0) === apostrophe && guarded.test(field)
    ? field.slice(1)
    : field.charCodeAt(0) === equalsSign
      ? field.replace(keptAsText, '$1')
      : field

const guarded = /^'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2)
  return at
}

function endOfField(text: string, from: number, separator: number): number {
  let at = from
  const end = text.length
  while (at < end) {
    const code = text.charCodeAt(at)
    if (code === separator || code === lineFeed || code === carriageReturn) return at
    at += 1
  }
  return end
}

/**
 * The separator under which the first lines have the same number of fields, more than one; tab before comma before the
 * others, because a tab is never typed into a cell. Null when no separator makes a grid: the text is prose or a message.
 */
export function detectDelimiter(text: string): Delimiter | null {
  const sample = text.length > 65_536 ? text.slice(0, 65_536) : text
  let best: Delimiter | null = null
  let bestScore = 0
  for (const delimiter of ['\t', ',', ';', '|'] as const) {
    const { rows } = parseDelimited(sample, delimiter, 60)
    // The sample may end in the middle of a row.
    const whole = sample.length < text.length ? rows.slice(0, -1) : rows
    const filled = whole.filter((row) => row.some((field) => field.trim() !== ''))
    if (filled.length === 0) continue
    const widths = new Map<number, number>()
    for (const row of filled) if (row.length > 1) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
    let common = 0
    for (const count of widths.values()) common = Math.max(common, count)
    if (common === 0) continue
    const share = common / filled.length
    const score = delimiter === '\t' ? share + 1 : share
    if ((share >= 0.5 || delimiter === '\t') && score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}
