import { type CivilDate, civilDate, daysInMonth, parseCivilDate } from './civil-date.ts'

/**
 * GS1 element strings, as scanners hand them over from DataMatrix, GS1-128 and QR, and GS1 Digital Link addresses.
 * Source: GS1 General Specifications, release 24: 3.1 to 3.8 (application identifiers), 7.8.5 (FNC1 as 0x1D), 7.9 (check
 * digits), 7.12 (century of two-digit years), 3.4 (day 00 means the last day of the month); GS1 Digital Link 1.2.
 */
export interface Gs1Data {
  /** 01: 14 digits with a valid check digit. */
  readonly gtin: string | null
  /** 10 */
  readonly lot: string | null
  /** 11 */
  readonly madeOn: CivilDate | null
  /** 15 */
  readonly bestBefore: CivilDate | null
  /** 17 */
  readonly expiresOn: CivilDate | null
  /** 21 */
  readonly serial: string | null
  /** 30: items in a variable-measure unit, or 37: trade items in a logistic unit. */
  readonly count: number | null
  /** Other application identifiers as they came, in order: `[['240', 'X1']]`. */
  readonly other: readonly (readonly [string, string])[]
}

export const gs1Problems = {
  empty: { zh: '没有扫到内容', en: 'nothing was scanned' },
  'not-gs1': { zh: '这不是 GS1 码', en: 'this is not a GS1 code' },
  'unknown-identifier': { zh: '不认识的应用标识符', en: 'an unknown application identifier' },
  'too-short': { zh: '内容不完整', en: 'the code ends too early' },
  'check-digit': { zh: 'GTIN 校验位不对', en: 'the check digit of the GTIN is wrong' },
  'bad-date': { zh: '没有这一天', en: 'there is no such day' },
  'bad-characters': { zh: '有不允许的字符', en: 'characters that are not allowed' },
  'too-long': { zh: '内容太长', en: 'a value longer than allowed' },
  'twice-different': { zh: '同一标识符出现两次且内容不同', en: 'one identifier twice with different values' },
} as const
export type Gs1Problem = keyof typeof gs1Problems

export type Gs1Result =
  | { readonly ok: true; readonly data: Gs1Data; readonly form: 'elements' | 'link' | 'gtin' }
  | { readonly ok: false; readonly problem: Gs1Problem; readonly at: string }

const separator = '\u001d'
/** Values of 20 and of 90 characters are the standard's own limits. */
interface Identifier {
  readonly min: number
  readonly max: number
  readonly digits: boolean
}

const fixed = (length: number): Identifier => ({ min: length, max: length, digits: true })
const upTo = (max: number, digits = false): Identifier => ({ min: 1, max, digits })

/** Identifiers with their value's length; the fixed ones need no separator behind them (General Specifications, 7.8.5.2). */
const identifiers: Readonly<Record<string, Identifier>> = {
  '00': fixed(18),
  '01': fixed(14),
  '02': fixed(14),
  '10': upTo(20),
  '11': fixed(6),
  '12': fixed(6),
  '13': fixed(6),
  '15': fixed(6),
  '16': fixed(6),
  '17': fixed(6),
  '20': fixed(2),
  '21': upTo(20),
  '22': upTo(20),
  '30': upTo(8, true),
  '37': upTo(8, true),
  '235': upTo(28),
  '240': upTo(30),
  '241': upTo(30),
  '242': upTo(6, true),
  '243': upTo(20),
  '250': upTo(30),
  '251': upTo(30),
  '253': upTo(30),
  '254': upTo(20),
  '400': upTo(30),
  '410': fixed(13),
  '411': fixed(13),
  '412': fixed(13),
  '414': fixed(13),
  '415': fixed(13),
  '416': fixed(13),
  '417': fixed(13),
  '420': upTo(20),
  '421': upTo(12),
  '422': fixed(3),
  '710': upTo(20),
  '711': upTo(20),
  '712': upTo(20),
  '713': upTo(20),
  '714': upTo(20),
  '7003': fixed(10),
  '8005': fixed(6),
  '8006': fixed(18),
  '8008': upTo(12, true),
  '8012': upTo(20),
  '8020': upTo(25),
  '8200': upTo(70),
  ...Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [`9${digit}`, upTo(digit === 0 ? 30 : 90)])),
}

function findIdentifier(text: string, at: number): { readonly code: string; readonly identifier: Identifier } | null {
  for (const length of [2, 3, 4]) {
    const code = text.slice(at, at + length)
    const identifier = identifiers[code]
    if (identifier && code.length === length) return { code, identifier }
    // 310n to 369n: measures and amounts, whose fourth digit says where the decimal point is.
    if (length === 4 && /^3[1-6]\d\d$/.test(code)) return { code, identifier: fixed(6) }
    if (length === 4 && /^39[02]\d$/.test(code)) return { code, identifier: upTo(15, true) }
  }
  return null
}

/** The check digit for the digits before it: weights 3 and 1 from the right (General Specifications, 7.9.1). */
export function gs1CheckDigit(digits: string): string {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    sum += index % 2 === 0 ? digit * 3 : digit
  }
  return String((10 - (sum % 10)) % 10)
}

export function hasValidCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && gs1CheckDigit(digits.slice(0, -1)) === digits.slice(-1)
}

/** A GTIN-8, -12, -13 or -14 as 14 digits; null when its length or its check digit is wrong. */
export function normaliseGtin(digits: string): string | null {
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits) || !hasValidCheckDigit(digits)) return null
  return digits.padStart(14, '0')
}

/**
 * The full year of a two-digit one: the one of a hundred that lies within −49 and +50 years of the current year
 * (General Specifications, 7.12).
 */
export function gs1Year(twoDigits: number, currentYear: number): number {
  const century = Math.floor(currentYear / 100) * 100
  const difference = twoDigits - (currentYear % 100)
  if (difference >= 51) return century - 100 + twoDigits
  if (difference <= -50) return century + 100 + twoDigits
  return century + twoDigits
}

/** YYMMDD; day 00 is the last day of its month. */
function readDate(digits: string, today: CivilDate): CivilDate | null {
  const year = gs1Year(Number(digits.slice(0, 2)), Number(today.slice(0, 4)))
  const month = Number(digits.slice(2, 4))
  const day = Number(digits.slice(4, 6))
  return civilDate(year, month, day === 0 ? daysInMonth(year, month) : day)
}

/** Symbology identifiers that say "GS1" (ISO/IEC 15424): GS1-128, DataMatrix, QR, DataBar and composite. */
const prefix = /^\](?:C1|d2|Q3|e0|J1)/
/** Prefixes of symbols that carry plain data: EAN/UPC and QR or Code 128 without FNC1. */
const plainPrefix = /^\](?:E0|E4|C0|Q1|d1|A0)/
/** How scanners and people write the separator when they can't send 0x1D: Alt+029, its picture, a name for it. */
const writtenSeparator = /\u2194|␝|<GS>|\{GS\}|\[GS\]|\^\]|Alt\+?029/gi
/** GS1 character set 82: what lots and serials may be made of (General Specifications, 7.11). */
const characterSet82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/

class Refused extends Error {
  readonly problem: Gs1Problem
  readonly at: string
  constructor(problem: Gs1Problem, at: string) {
    super(problem)
    this.problem = problem
    this.at = at.slice(0, 40)
  }
}

/**
 * Reads what a scanner sent. `today` decides the century. Never throws: what can't be read comes back as a problem.
 */
export function parseGs1(scanned: string, today: CivilDate): Gs1Result {
  try {
    return parse(scanned, today)
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem, at: error.at }
    throw error
  }
}

function parse(scanned: string, today: CivilDate): Gs1Result {
  const text = scanned.replace(/^[\r\n\t ]+|[\r\n\t ]+$/g, '')
  if (text === '') throw new Refused('empty', '')
  if (text.length > 2000) throw new Refused('too-long', text)
  const unmarked = text.replace(plainPrefix, '').replace(prefix, '')
  if (/^https?:\/\//i.test(unmarked)) return { ok: true, form: 'link', data: collect(readLink(unmarked), today) }
  const marked = prefix.test(text)
  if (/^\((?:\d{2,4})\)/.test(unmarked))
    return { ok: true, form: 'elements', data: collect(readBracketed(unmarked), today) }
  const elements = unmarked.replace(writtenSeparator, separator)
  if (!marked && /^(?:\d{8}|\d{12,14})$/.test(elements)) {
    const gtin = normaliseGtin(elements)
    if (gtin === null) throw new Refused('check-digit', elements)
    return { ok: true, form: 'gtin', data: collect([['01', gtin]], today) }
  }
  // Without the mark of its symbol, text that merely begins with the digits of an identifier is somebody's own code.
  if (
    !marked &&
    !/^(?:0[012]\d{14}|1[1-7]\d{6})/.test(elements.replaceAll(separator, '')) &&
    !elements.includes(separator)
  ) {
    throw new Refused('not-gs1', text)
  }
  return { ok: true, form: 'elements', data: collect(readElements(elements), today) }
}

type Pair = readonly [string, string]

function readElements(text: string): Pair[] {
  const pairs: Pair[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === separator) {
      at += 1
      continue
    }
    const found = findIdentifier(text, at)
    if (!found) throw new Refused(pairs.length === 0 ? 'not-gs1' : 'unknown-identifier', text.slice(at, at + 8))
    const { code, identifier } = found
    at += code.length
    if (identifier.min === identifier.max) {
      pairs.push([code, checkValue(code, identifier, text.slice(at, at + identifier.max))])
      at += identifier.max
    } else {
      const end = text.indexOf(separator, at)
      const value = text.slice(at, end === -1 ? text.length : end)
      pairs.push([code, checkValue(code, identifier, value)])
      at += value.length
    }
  }
  return pairs
}

function checkValue(code: string, identifier: Identifier, value: string): string {
  if (value.length < identifier.min) throw new Refused('too-short', code + value)
  if (value.length > identifier.max) throw new Refused('too-long', code + value)
  if (identifier.digits ? !/^\d+$/.test(value) : !characterSet82.test(value))
    throw new Refused('bad-characters', code + value)
  return value
}

/** `(01)06901234567892(10)A1(17)260300`, as it is printed under the symbol and typed off it. */
function readBracketed(text: string): Pair[] {
  const pairs: Pair[] = []
  // A lot may hold brackets itself; only an identifier of two to four digits in brackets begins a new element.
  for (const part of text.split(/(?=\(\d{2,4}\))/)) {
    const found = /^\((\d{2,4})\)([\s\S]*)$/.exec(part)
    if (!found) throw new Refused('not-gs1', part)
    const code = found[1]!
    const known = findIdentifier(code, 0)
    const last = pairs[pairs.length - 1]
    if (!known || known.code !== code) {
      if (!last) throw new Refused('unknown-identifier', code)
      pairs[pairs.length - 1] = [last[0], last[1] + part]
      continue
    }
    pairs.push([code, found[2]!.replaceAll(separator, '').trim()])
  }
  return pairs.map(([code, value]) => [code, checkValue(code, findIdentifier(code, 0)!.identifier, value)])
}

/** Words that older Digital Link addresses use in place of the numbers. */
const linkWords: Readonly<Record<string, string>> = {
  gtin: '01',
  lot: '10',
  batch: '10',
  ser: '21',
  serial: '21',
  exp: '17',
}

/** `https://example.org/01/06901234567892/10/A1?17=260300`. */
function readLink(address: string): Pair[] {
  const [beforeHash] = address.split('#') as [string]
  const [path, query = ''] = beforeHash.split('?') as [string, string?]
  const parts = path
    .replace(/^https?:\/\/[^/]*/i, '')
    .split('/')
    .filter((part) => part !== '')
  const codeOf = (part: string): string => linkWords[part.toLowerCase()] ?? part
  const start = parts.findIndex((part, index) => codeOf(part) === '01' && /^\d{8,14}$/.test(parts[index + 1] ?? ''))
  if (start === -1) throw new Refused('not-gs1', address)
  const pairs: Pair[] = []
  const add = (code: string, raw: string, known: boolean) => {
    const found = findIdentifier(code, 0)
    if (!found || found.code !== code) {
      if (known) throw new Refused('unknown-identifier', code)
      return
    }
    const value = decode(raw)
    pairs.push([
      code,
      code === '01'
        ? checkValue(code, found.identifier, value.padStart(14, '0'))
        : checkValue(code, found.identifier, value),
    ])
  }
  for (let index = start; index + 1 < parts.length; index += 2) add(codeOf(parts[index]!), parts[index + 1]!, true)
  // Other parameters of the address (linkType, utm_source) are none of ours.
  for (const parameter of query.split(/[&;]/)) {
    const [name, value] = parameter.split('=') as [string, string?]
    if (value !== undefined && value !== '') add(codeOf(name), value, false)
  }
  return pairs
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refused('bad-characters', text)
  }
}

function collect(pairs: readonly Pair[], today: CivilDate): Gs1Data {
  const values = new Map<string, string>()
  const other: Pair[] = []
  for (const [code, value] of pairs) {
    const before = values.get(code)
    if (before !== undefined && before !== value) throw new Refused('twice-different', code + value)
    if (before !== undefined) continue
    values.set(code, value)
    if (!['01', '10', '11', '15', '17', '21', '30', '37'].includes(code)) other.push([code, value])
  }
  const date = (code: string): CivilDate | null => {
    const value = values.get(code)
    if (value === undefined) return null
    const read = readDate(value, today)
    if (read === null) throw new Refused('bad-date', code + value)
    return read
  }
  const gtin = values.get('01') ?? null
  if (gtin !== null && !hasValidCheckDigit(gtin)) throw new Refused('check-digit', gtin)
  const count = values.get('30') ?? values.get('37')
  return {
    gtin,
    lot: values.get('10') ?? null,
    madeOn: date('11'),
    bestBefore: date('15'),
    expiresOn: date('17'),
    serial: values.get('21') ?? null,
    count: count === undefined ? null : Number(count),
    other,
  }
}

/** Two-digit years can't say more than a century; a date outside of it would be read back as another. */
function writeDate(date: CivilDate, today: CivilDate): string {
  if (!parseCivilDate(date)) throw new RangeError(`not a civil date: ${date}`)
  if (!canWriteGs1Date(date, today)) {
    throw new RangeError(
      `${date} is more than 49 years before or 50 years after ${today} and can't be written with a two-digit year`,
    )
  }
  return date.slice(2).replaceAll('-', '')
}

export interface Gs1Content {
  /** Null for an item that has none: then `internalCode` says which it is. */
  readonly gtin: string | null
  /** 91, company internal information: our own code of an item without a GTIN. */
  readonly internalCode?: string | null
  readonly lot?: string | null
  readonly madeOn?: CivilDate | null
  readonly bestBefore?: CivilDate | null
  readonly expiresOn?: CivilDate | null
  readonly serial?: string | null
  readonly count?: number | null
}

/** Whether an identifier of variable length can hold this text: its length, and the characters that GS1 has. */
export function canHoldGs1(code: '10' | '21' | '30' | '91', value: string): boolean {
  const identifier = identifiers[code]!
  const characters = identifier.digits ? /^\d+$/ : characterSet82
  return value.length >= identifier.min && value.length <= identifier.max && characters.test(value)
}

/** Whether a date can be written with its two-digit year and read back as the same. */
export function canWriteGs1Date(date: CivilDate, today: CivilDate): boolean {
  const parts = parseCivilDate(date)
  return parts !== null && gs1Year(parts.year % 100, Number(today.slice(0, 4))) === parts.year
}

/** Elements of fixed length first, so that the fewest separators are needed. */
function pairsOf(content: Gs1Content, today: CivilDate): Pair[] {
  const pairs: Pair[] = []
  if (content.gtin !== null) {
    const gtin = normaliseGtin(content.gtin)
    if (gtin === null) throw new RangeError(`not a GTIN: ${content.gtin}`)
    pairs.push(['01', gtin])
  } else if (!content.internalCode) throw new RangeError('neither a GTIN nor an internal code')
  const add = (code: '10' | '21' | '30' | '91', value: string | null | undefined) => {
    if (value === null || value === undefined) return
    if (!canHoldGs1(code, value)) throw new RangeError(`not a value for (${code}): ${value}`)
    pairs.push([code, value])
  }
  if (content.madeOn) pairs.push(['11', writeDate(content.madeOn, today)])
  if (content.bestBefore) pairs.push(['15', writeDate(content.bestBefore, today)])
  if (content.expiresOn) pairs.push(['17', writeDate(content.expiresOn, today)])
  add('91', content.internalCode)
  add('10', content.lot)
  add('21', content.serial)
  add('30', content.count === null || content.count === undefined ? null : String(content.count))
  return pairs
}

/** The element string with 0x1D behind each value of variable length but the last. Throws a RangeError for values GS1 can't hold. */
export function buildGs1(content: Gs1Content, today: CivilDate): string {
  const pairs = pairsOf(content, today)
  return pairs
    .map(([code, value], index) => {
      const identifier = identifiers[code]!
      return code + value + (identifier.min !== identifier.max && index < pairs.length - 1 ? separator : '')
    })
    .join('')
}

/** `(01)…(10)…`, for people to read, and for bwip-js to draw. */
export function buildGs1Bracketed(content: Gs1Content, today: CivilDate): string {
  return pairsOf(content, today)
    .map(([code, value]) => `(${code})${value}`)
    .join('')
}

/** A Digital Link address under `base` (such as `https://id.gs1.org`). */
export function buildGs1Link(content: Gs1Content, today: CivilDate, base: string): string {
  const pairs = pairsOf(content, today)
  const order = ['01', '10', '21']
  const path = order
    .flatMap((code) => pairs.filter((pair) => pair[0] === code))
    .map(([code, value]) => `${code}/${encodeURIComponent(value)}`)
  const query = pairs
    .filter(([code]) => !order.includes(code))
    .map(([code, value]) => `${code}=${encodeURIComponent(value)}`)
  return `${base.replace(/\/+$/, '')}/${path.join('/')}${query.length > 0 ? `?${query.join('&')}` : ''}`
}
