import { dateOfSerial } from '../../core/intake/date-text.ts'
import type { Cell, Merge, SheetRow } from '../../core/intake/sheet.ts'
import { decodeXmlText } from './xml-text.ts'

/**
 * The XML of one worksheet, scanned as bytes. A general XML reader makes an object per tag, three million of them for a
 * hundred thousand rows of ten; this looks for the handful of tags that hold cells and takes no notice of the rest.
 */
export interface SheetXml {
  readonly rows: readonly SheetRow[]
  readonly merges: readonly Merge[]
  readonly hiddenRows: number
  /** True when the sheet went on past the limits and was read only up to them. */
  readonly tooManyRows: boolean
  readonly tooManyColumns: boolean
}

export interface SheetXmlOptions {
  readonly sharedStrings: readonly string[]
  /** By style number: is the cell formatted as a date? */
  readonly dateStyles: readonly boolean[]
  readonly epoch: 1900 | 1904
  readonly maxRows: number
  readonly maxColumns: number
}

const open = 60
const close = 62
const slash = 47
const space = 32
const equals = 61
const doubleQuote = 34
const singleQuote = 39
const colon = 58

/**
 * Reads a sheet while its bytes still arrive, so that reading takes the time in which the next bytes inflate.
 * @returns `part` takes the buffer and how much of it is filled; `finish` takes it filled.
 */
export function createSheetReader(options: SheetXmlOptions): {
  readonly part: (bytes: Uint8Array, filled: number) => void
  readonly finish: (bytes: Uint8Array) => SheetXml
} {
  let scanner: SheetScanner | null = null
  return {
    part(bytes, filled) {
      scanner ??= new SheetScanner(bytes, options)
      scanner.scanTo(endOfLastRow(bytes, scanner.position, filled), false)
    },
    finish(bytes) {
      scanner ??= new SheetScanner(bytes, options)
      scanner.scanTo(bytes.length, true)
      return scanner.read()
    },
  }
}

/** Behind the last `</row>` between the two, or `from` when there is none. A loop: the row's end is a few bytes off. */
function endOfLastRow(bytes: Uint8Array, from: number, to: number): number {
  for (let at = to - 6; at >= from; at -= 1) {
    if (bytes[at] !== slash) continue
    const end = bytes.indexOf(close, at)
    if (bytes[at - 1] !== open || end === -1 || end >= to) continue
    if (bytes[end - 1] === 119 && bytes[end - 2] === 111 && bytes[end - 3] === 114) return end + 1
  }
  return from
}

class SheetScanner {
  private readonly bytes: Uint8Array
  private readonly options: SheetXmlOptions
  private readonly rows: SheetRow[] = []
  private readonly merges: Merge[] = []
  position = 0
  private waits = false
  private hiddenRows = 0
  private tooManyRows = false
  private tooManyColumns = false
  private readonly dates = new Map<number, string | null>()
  private rowNumber = 0
  private cells: Cell[] = []
  private filled = false
  private column = 0
  private style = 0
  /** First letter of the cell's type: n (number), s (shared), i (inlineStr), S (str), b, e, d. */
  private type = 'n'

  constructor(bytes: Uint8Array, options: SheetXmlOptions) {
    this.bytes = bytes
    this.options = options
  }

  /**
   * Goes on up to a position that is behind a tag. Comments and CDATA may hold anything, the end of a row too, so at the
   * first of them it stops until all the bytes are there (`whole`).
   */
  scanTo(end: number, whole: boolean): void {
    if (this.waits && !whole) return
    const { bytes } = this
    let at = this.position
    for (;;) {
      if (this.tooManyRows) break
      // The next tag is a few bytes off; a loop beats a call of indexOf four million times over.
      while (at < end && bytes[at] !== open) at += 1
      if (at >= end) break
      const first = bytes[at + 1]!
      if (first === 33 || first === 63) {
        if (first === 33 && !whole) {
          this.waits = true
          this.position = at
          return
        }
        at = this.skipMarkup(at)
        continue
      }
      const closing = first === slash
      let name = closing ? at + 2 : at + 1
      let nameEnd = name
      while (nameEnd < end) {
        const c = bytes[nameEnd]!
        // A prefix such as x: says nothing here.
        if (c === colon) name = nameEnd + 1
        else if (c === space || c === close || c === slash || c < space) break
        nameEnd += 1
      }
      const length = nameEnd - name
      const letter = bytes[name]!
      if (length === 1 && letter === 99 /* c */) {
        if (closing) this.column += 1
        else {
          const tagEnd = this.readCell(nameEnd)
          if (bytes[tagEnd - 1] === slash) this.column += 1
          at = bytes[tagEnd - 1] === slash ? tagEnd : this.readPlainValue(tagEnd)
          continue
        }
      } else if (length === 1 && letter === 118 /* v */ && !closing) {
        let tagEnd = nameEnd
        while (tagEnd < end && bytes[tagEnd] !== close) tagEnd += 1
        if (bytes[tagEnd - 1] !== slash) {
          let stop = tagEnd
          while (stop < end && bytes[stop] !== open) stop += 1
          if (stop >= end) break
          this.setValue(tagEnd + 1, stop)
          at = stop
          continue
        }
      } else if (length === 1 && letter === 116 /* t */ && !closing) {
        at = this.readInline(nameEnd)
        continue
      } else if (length === 3 && letter === 114 && bytes[name + 1] === 111 && bytes[name + 2] === 119 /* row */) {
        if (closing) {
          this.endRow()
          if (this.rows.length > this.options.maxRows) {
            this.tooManyRows = true
            break
          }
        } else this.startRow(nameEnd)
      } else if (
        letter === 114 &&
        bytes[name + 1] === 80 &&
        bytes[name + 2] === 104 &&
        !closing /* rPh: a reading aid, not text */
      ) {
        at = this.skipTo('/rPh>', at)
        continue
      } else if (letter === 109 && length === 9 && !closing) {
        this.readMerge(nameEnd)
      }
      at = nameEnd
    }
    this.position = Math.max(at, end)
  }

  read(): SheetXml {
    if (this.filled) this.endRow()
    return {
      rows: this.rows,
      merges: this.merges,
      hiddenRows: this.hiddenRows,
      tooManyRows: this.tooManyRows,
      tooManyColumns: this.tooManyColumns,
    }
  }

  private skipMarkup(at: number): number {
    if (this.bytes[at + 1] === 33 && this.bytes[at + 2] === 45) return this.skipTo('-->', at)
    const stop = this.bytes.indexOf(close, at)
    return stop === -1 ? this.bytes.length : stop
  }

  private skipTo(mark: string, from: number): number {
    const codes = [...mark].map((c) => c.charCodeAt(0))
    let at = from
    for (;;) {
      at = this.bytes.indexOf(codes[0]!, at)
      if (at === -1) return this.bytes.length
      if (codes.every((code, index) => this.bytes[at + index] === code)) return at + codes.length
      at += 1
    }
  }

  private startRow(from: number): void {
    if (this.filled) this.endRow()
    this.cells = []
    this.filled = false
    this.column = 0
    this.rowNumber += 1
    const { bytes } = this
    let at = from
    for (;;) {
      const attribute = nextAttribute(bytes, at)
      if (attribute === null) return
      const { nameStart, nameEnd, valueStart, valueEnd } = attribute
      if (nameEnd - nameStart === 1 && bytes[nameStart] === 114 /* r */) {
        const number = readInteger(bytes, valueStart, valueEnd)
        if (number > 0 && number <= 1_048_576) this.rowNumber = number
      } else if (
        bytes[nameStart] === 104 &&
        nameEnd - nameStart === 6 /* hidden */ &&
        (bytes[valueStart] === 49 || bytes[valueStart] === 116)
      ) {
        this.hiddenRows += 1
      }
      at = valueEnd + 1
    }
  }

  private endRow(): void {
    if (this.filled) this.rows.push({ number: this.rowNumber, cells: this.cells })
    this.cells = []
    this.filled = false
  }

  /** Reads the attributes of a cell; returns the position of the tag's end. Attributes with other names are passed over. */
  private readCell(from: number): number {
    const { bytes } = this
    const end = bytes.length
    this.style = 0
    this.type = 'n'
    let at = from
    for (;;) {
      while (bytes[at]! <= space) at += 1
      const name = bytes[at]
      if (name === undefined || name === close) return Math.min(at, end)
      if (name === slash) {
        at += 1
        continue
      }
      const nameStart = at
      while (at < end && bytes[at] !== equals && bytes[at] !== close) at += 1
      const quote = bytes[at + 1]
      if (bytes[at] !== equals || (quote !== doubleQuote && quote !== singleQuote)) {
        const stop = bytes.indexOf(close, at)
        return stop === -1 ? end : stop
      }
      const single = at - nameStart === 1
      const valueStart = at + 2
      at = valueStart
      while (at < end && bytes[at] !== quote) at += 1
      if (single) {
        if (name === 114 /* r */) this.column = columnOf(bytes, valueStart, at, this.column)
        else if (name === 115 /* s */) this.style = readInteger(bytes, valueStart, at)
        else if (name === 116 /* t */) this.type = typeOf(bytes[valueStart]!, at - valueStart)
      }
      at += 1
    }
  }

  /**
   * The shape of nearly every cell, `<v>…</v></c>` straight behind its tag, taken in one go; returns where to go on. What
   * does not have that shape is left to the general scan.
   */
  private readPlainValue(tagEnd: number): number {
    const { bytes } = this
    if (bytes[tagEnd + 1] !== open || bytes[tagEnd + 2] !== 118 || bytes[tagEnd + 3] !== close) return tagEnd
    const start = tagEnd + 4
    let stop = start
    while (stop < bytes.length && bytes[stop] !== open) stop += 1
    if (
      bytes[stop + 1] !== slash ||
      bytes[stop + 2] !== 118 ||
      bytes[stop + 4] !== open ||
      bytes[stop + 5] !== slash ||
      bytes[stop + 6] !== 99 ||
      bytes[stop + 7] !== close
    ) {
      return tagEnd
    }
    this.setValue(start, stop)
    this.column += 1
    return stop + 7
  }

  private put(value: Cell): void {
    if (value === null || value === '') return
    if (this.column >= this.options.maxColumns) {
      this.tooManyColumns = true
      return
    }
    while (this.cells.length < this.column) this.cells.push(null)
    // Several runs of rich text in one cell follow each other.
    const before = this.cells[this.column]
    if (typeof before === 'string' && typeof value === 'string') this.cells[this.column] = before + value
    else this.cells[this.column] = value
    this.filled = true
  }

  private setValue(start: number, end: number): void {
    const { bytes, options } = this
    switch (this.type) {
      case 's':
        this.put(options.sharedStrings[readInteger(bytes, start, end)] ?? null)
        return
      case 'n': {
        const value = readNumber(bytes, start, end)
        if (Number.isNaN(value)) return
        this.put(options.dateStyles[this.style] ? (this.dateOf(value) ?? value) : value)
        return
      }
      case 'b':
        this.put(bytes[start] === 49 ? 'TRUE' : 'FALSE')
        return
      case 'd':
        this.put(decodeXmlText(bytes, start, end).slice(0, 10))
        return
      default:
        this.put(decodeXmlText(bytes, start, end))
    }
  }

  /** A column of dates holds the same few days over and over. */
  private dateOf(serial: number): string | null {
    let date = this.dates.get(serial)
    if (date === undefined) {
      date = dateOfSerial(serial, this.options.epoch)
      if (this.dates.size < 50_000) this.dates.set(serial, date)
    }
    return date
  }

  private readInline(from: number): number {
    const { bytes } = this
    const tagEnd = bytes.indexOf(close, from)
    if (tagEnd === -1) return bytes.length
    if (bytes[tagEnd - 1] === slash) return tagEnd
    const stop = bytes.indexOf(open, tagEnd)
    if (stop === -1) return bytes.length
    if (this.type === 'i') this.put(decodeXmlText(bytes, tagEnd + 1, stop))
    return stop
  }

  private readMerge(from: number): void {
    if (this.merges.length >= 100_000) return
    const attribute = nextAttribute(this.bytes, from)
    if (attribute === null) return
    const text = String.fromCharCode(
      ...this.bytes.subarray(attribute.valueStart, Math.min(attribute.valueEnd, attribute.valueStart + 30)),
    )
    const found = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text)
    if (!found) return
    const left = columnNumber(found[1]!)
    const right = columnNumber(found[3]!)
    this.merges.push({ top: Number(found[2]), left, bottom: Number(found[4]), right })
  }
}

/** `s` is a shared string, `str` the result of a formula. */
function typeOf(first: number, length: number): string {
  if (first === 115 /* s */) return length > 1 ? 'S' : 's'
  return first === 105 ? 'i' : first === 98 ? 'b' : first === 101 ? 'e' : first === 100 ? 'd' : 'n'
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

interface Attribute {
  readonly nameStart: number
  readonly nameEnd: number
  readonly valueStart: number
  readonly valueEnd: number
}

function nextAttribute(bytes: Uint8Array, from: number): Attribute | null {
  let at = from
  while (at < bytes.length && bytes[at]! <= space) at += 1
  const nameStart = at
  while (at < bytes.length && bytes[at] !== equals) {
    if (bytes[at] === close || bytes[at] === open) return null
    at += 1
  }
  const nameEnd = at
  at += 1
  const quote = bytes[at]
  if (quote !== doubleQuote && quote !== singleQuote) return null
  const valueEnd = bytes.indexOf(quote, at + 1)
  return valueEnd === -1 ? null : { nameStart, nameEnd, valueStart: at + 1, valueEnd }
}

function readInteger(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - 48
    if (digit < 0 || digit > 9) return value
    value = value * 10 + digit
  }
  return value
}

/** 0-based column of `AB12`; the running column when there is no reference. */
function columnOf(bytes: Uint8Array, start: number, end: number, running: number): number {
  let column = 0
  for (let at = start; at < end; at += 1) {
    const letter = bytes[at]! & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column === 0 || column > 16_384 ? running : column - 1
}

function readNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - 48
    if (digit < 0 || digit > 9 || end - start > 15) {
      const text = decodeXmlText(bytes, start, end).trim()
      return text === '' ? Number.NaN : Number(text)
    }
    value = value * 10 + digit
  }
  return end > start ? value : Number.NaN
}
