import { normaliseText } from '../text.ts'
import { readPackSize } from './pack-size.ts'
import { isPackWord, isSameUnit, knownUnit, unitPattern } from './unit-of-measure.ts'

/**
 * Numbers as they are written in lists: `1,200`, `１２００`, `5万`, `1.5万只`, `两千`, `198件`, `约3000`, `≥500`, `10箱+5个`.
 */
export interface QuantityText {
  /** The number as written, 万 and 千 worked out; null when there is none. */
  readonly value: number | null
  /** The unit glued to the number, or null. */
  readonly unit: string | null
  /**
   * `approximate`: 约, 左右, 余, 多, +, 半. `range`: `100-200`. `leftover`: something stands beside the number that was not
   * understood. `comma`: `1,20`, `1 000` and `1.500` group by no rule that we are sure of. `product`: `2*500只`.
   */
  readonly doubt: null | 'approximate' | 'range' | 'leftover' | 'mixed' | 'comma' | 'product'
  readonly leftover: string | null
  /** What one of the unit holds, where the cell says it: `每箱500只` of `2箱（每箱500只）`. */
  readonly pack?: string
}

const none: QuantityText = { value: null, unit: null, doubt: null, leftover: null }

const chineseDigits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
}
const chinesePowers: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }
/** Multipliers behind Arabic digits: `5万`, `2千`, `3百`, `1.2亿`, `5w`, `10k`. */
const multipliers: Readonly<Record<string, number>> = {
  百: 100,
  千: 1000,
  仟: 1000,
  k: 1000,
  万: 10_000,
  萬: 10_000,
  w: 10_000,
  十万: 100_000,
  百万: 1_000_000,
  千万: 10_000_000,
  亿: 100_000_000,
}

/** `三千五百` → 3500, `一万二` is left alone (null): it may mean 10,002 or 12,000. */
export function readChineseNumeral(text: string): number | null {
  if (text === '') return null
  let total = 0
  let section = 0
  let digit: number | null = null
  let lastPower = Number.POSITIVE_INFINITY
  for (const c of text) {
    if (c in chineseDigits) {
      if (digit !== null && digit !== 0) return null
      digit = chineseDigits[c]!
      if (digit === 0) lastPower = Number.POSITIVE_INFINITY
    } else if (c in chinesePowers) {
      const power = chinesePowers[c]!
      section += (digit ?? (power === 10 && section === 0 ? 1 : 0)) * power
      if (digit === null && !(power === 10)) return null
      digit = null
      lastPower = power
    } else if (c === '万' || c === '萬' || c === '亿') {
      section += digit ?? 0
      if (section === 0) return null
      total = (total + section) * (c === '亿' ? 100_000_000 : 10_000)
      section = 0
      digit = null
      lastPower = c === '亿' ? 100_000_000 : 10_000
    } else {
      return null
    }
  }
  // A last digit straight behind 百, 千 or 万 is short for the next power down (一千二 = 1200), or a slip: not for us to say.
  if (digit !== null && lastPower > 10 && lastPower !== Number.POSITIVE_INFINITY) return null
  return total + section + (digit ?? 0)
}

const digits = String.raw`\d+(?:,\d+)*(?:\.\d+)?|\.\d+`
const multiplierWords = '十万|百万|千万|亿|万|萬|千|仟|百|[kw](?![a-z])'
const numeral = '[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+'
const quantityPattern = new RegExp(
  String.raw`^(?:共计?|合计|总计)?\s*(约|大约|近|超|超过|不少于|至少|>=?|≥|≈|~)?\s*([-+−]?)(?:(${digits})\s*(${multiplierWords})?|(${numeral}?))\s*(余|多|来)?\s*(${unitPattern})?\s*(左右|以上|\+|余|多|整)?$`,
  'i',
)
const plainNumber = /^-?\d+(?:\.\d+)?$/
const gluedPattern = new RegExp(String.raw`^(\d+)(${unitPattern})$`, 'i')

/** As `readQuantityCell` where there is no room for a pack size: a cell that states one is not read. */
export function readQuantity(cell: string | number | null): QuantityText {
  const read = readQuantityCell(cell)
  return read.pack === undefined ? read : { value: null, unit: null, doubt: 'mixed', leftover: String(cell) }
}

/** Reads a quantity cell. Nothing throws; what could not be understood has a null value and the text as leftover. */
export function readQuantityCell(cell: string | number | null): QuantityText {
  if (cell === null || cell === '') return none
  if (typeof cell === 'number') {
    return { value: cell, unit: null, doubt: null, leftover: null }
  }
  const text = normaliseText(cell)
  if (text === '') return none
  if (plainNumber.test(text))
    return { value: Number(text), unit: null, doubt: endsLikeThousands(text) ? 'comma' : null, leftover: null }
  const glued = gluedPattern.exec(text)
  if (glued) return { value: Number(glued[1]), unit: glued[2]!, doubt: null, leftover: null }
  return readWrittenQuantity(text)
}

/** `1.500` is one and a half here and fifteen hundred in half of Europe; `1.5` and `0.250` are what they are. */
const endsLikeThousands = (text: string): boolean =>
  text.length > 4 && text.charCodeAt(text.length - 4) === 46 && text.endsWith('0') && /^[1-9]\d{0,2}\./.test(text)

function readWrittenQuantity(text: string): QuantityText {
  const found = quantityPattern.exec(text)
  if (found && (found[3] !== undefined || found[5])) {
    const [, before, sign, number, multiplier, chinese, more, unit, after] = found
    const approximate = Boolean(before || more || (after && after !== '整'))
    let value: number | null
    let doubt: QuantityText['doubt'] = approximate ? 'approximate' : null
    if (number !== undefined) {
      const read = readDigits(number)
      value = read.value
      if (multiplier) value = round(value * multipliers[multiplier.toLowerCase()]!)
      if (read.oddComma) doubt = 'comma'
    } else {
      value = readChineseNumeral(chinese!)
    }
    if (value !== null) {
      if (sign === '-' || sign === '−') value = -value
      return { value, unit: unit ?? null, doubt, leftover: null }
    }
  }
  return readAround(text)
}

/** `1,200` groups by three; `1,20` does not and may be a decimal comma, so it is doubted. */
function readDigits(text: string): { value: number; oddComma: boolean } {
  const oddComma = text.includes(',') && !/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)
  return { value: Number(text.replaceAll(',', '')), oddComma }
}

const someNumber = String.raw`(\d+(?:\.\d+)?)\s*(${multiplierWords})?\s*(${unitPattern})?`
const rangePattern = new RegExp(String.raw`^${someNumber}\s*[-~—–至到]+\s*${someNumber}$`, 'i')
const somewhere = new RegExp(String.raw`(${digits})\s*(${multiplierWords})?\s*(${unitPattern})?`, 'ig')
const grouped = new RegExp(String.raw`^(\d{1,3}(?: \d{3})+(?:\.\d+)?)\s*(${unitPattern})?$`, 'i')
const stepped = new RegExp(String.raw`^(\d+)万(?:(\d)千)?(?:(\d)百)?\s*(${unitPattern})?$`, 'i')
const half = new RegExp(String.raw`^(\d+|${numeral})?\s*(${unitPattern})?半\s*(${unitPattern})?$`, 'i')
const times = new RegExp(String.raw`^(\d+)\s*(${unitPattern})?\s*[*×xX✕]\s*(\d+)\s*(${unitPattern})?$`, 'i')
const withPack = new RegExp(
  String.raw`^(\d+(?:,\d{3})*(?:\.\d+)?|${numeral})\s*(${unitPattern})\s*[,、;:]?\s*(?:\((.+)\)|(每.+|\d.*\/.*))$`,
  'i',
)
/** What a heading of capacities may repeat in each cell: `5万只/天`, `日产10万只`. */
const aDay = /^(?:日产能?量?|日均产?能?|每[天日])?\s*(.+?)\s*(?:(?:\/|每|per\s+|a\s+)(?:天|日|day|d))?$/i

/** True of what only says that the number is of one day. */
export const isOfOneDay = (leftover: string | null): boolean => leftover === '/天'

/** A number with words around it: read when there is just one, and doubted; two numbers are read where one counts the other. */
function readAround(text: string): QuantityText {
  const read = readMarked(text) ?? readByHalves(text) ?? readGrouped(text) ?? readTimes(text) ?? readWithPack(text)
  if (read !== null) return read
  const range = rangePattern.exec(text)
  if (range) {
    const value = round(Number(range[4]) * (range[5] ? multipliers[range[5].toLowerCase()]! : 1))
    return { value, unit: range[6] ?? range[3] ?? null, doubt: 'range', leftover: text }
  }
  const found = [...text.matchAll(somewhere)]
  if (found.length === 0) return { value: null, unit: null, doubt: 'leftover', leftover: text }
  if (found.length > 1) return { value: null, unit: null, doubt: 'mixed', leftover: text }
  const [whole, number, multiplier, unit] = found[0]!
  const value = readDigits(number!).value * (multiplier ? multipliers[multiplier.toLowerCase()]! : 1)
  const outside = text.replace(whole, ' ').trim()
  const trailingUnit = unit === undefined && knownUnit(outside) ? outside : null
  if (trailingUnit) return { value: round(value), unit: trailingUnit, doubt: null, leftover: null }
  return { value: round(value), unit: unit ?? null, doubt: 'leftover', leftover: outside }
}

/** The apostrophe by which Excel keeps a number as text, and a number that is said to be of one day. */
function readMarked(text: string): QuantityText | null {
  const bare = text.replace(/^['‘’`´]+\s*/, '')
  if (bare !== text) return readQuantityCell(bare)
  const inner = aDay.exec(text)?.[1] ?? text
  if (inner === text) return null
  const read = readQuantityCell(inner)
  if (read.value === null) return null
  return read.doubt === null ? { ...read, doubt: 'leftover', leftover: '/天' } : read
}

/** `半箱`, `两箱半`, `2万5千`. */
function readByHalves(text: string): QuantityText | null {
  const found = half.exec(text)
  // 半箱 has its unit behind, 两箱半 in front; 半 alone and 两半 count nothing.
  const unit = found?.[2] ?? found?.[3] ?? null
  if (found && unit !== null && (found[1] === undefined) === (found[2] === undefined)) {
    const whole = found[1] === undefined ? 0 : (readChineseNumeral(found[1]) ?? Number(found[1]))
    if (Number.isFinite(whole)) return { value: whole + 0.5, unit, doubt: 'approximate', leftover: null }
  }
  const steps = stepped.exec(text)
  if (!steps) return null
  const value = Number(steps[1]) * 10_000 + Number(steps[2] ?? 0) * 1000 + Number(steps[3] ?? 0) * 100
  return { value, unit: steps[4] ?? null, doubt: null, leftover: null }
}

/** `1 000`: three by three, and still it could be two numbers. */
function readGrouped(text: string): QuantityText | null {
  const found = grouped.exec(text)
  if (!found) return null
  return { value: Number(found[1]!.replaceAll(' ', '')), unit: found[2] ?? null, doubt: 'comma', leftover: null }
}

/** `2箱×500只` is two cases and says what each holds; `2*500只` is a thousand, if it is what it looks like. */
function readTimes(text: string): QuantityText | null {
  const found = times.exec(text)
  if (!found) return null
  const [, first, firstUnit, second, secondUnit] = found
  const isOuter = (unit: string | undefined) => unit !== undefined && isPackWord(unit)
  if (isOuter(firstUnit) && !isOuter(secondUnit))
    return {
      value: Number(first),
      unit: firstUnit!,
      doubt: null,
      leftover: null,
      pack: `${second}${secondUnit ?? ''}/${firstUnit}`,
    }
  if (isOuter(secondUnit) && firstUnit !== undefined && !isOuter(firstUnit))
    return {
      value: Number(second),
      unit: secondUnit!,
      doubt: 'product',
      leftover: null,
      pack: `${first}${firstUnit}/${secondUnit}`,
    }
  if (isOuter(firstUnit) || isOuter(secondUnit)) return null
  if (firstUnit !== undefined && secondUnit !== undefined) return null
  return {
    value: Number(first) * Number(second),
    unit: secondUnit ?? firstUnit ?? null,
    doubt: 'product',
    leftover: null,
  }
}

/** `2箱（每箱500只）`, `20箱 100个/箱`, `1箱(2000只)`; `2箱(2000只)` may mean all of it or one, and is left to a person. */
function readWithPack(text: string): QuantityText | null {
  const found = withPack.exec(text)
  if (!found) return null
  const [, number, unit, inBrackets, behind] = found
  const value = /\d/.test(number!) ? readDigits(number!).value : readChineseNumeral(number!)
  const said = (inBrackets ?? behind)!
  if (value === null || !isPackWord(unit!)) return null
  const { steps, doubt } = readPackSize(said)
  const outer = steps[0]?.outer
  if (outer && doubt === null && isSameUnit(outer, unit!))
    return { value, unit: unit!, doubt: null, leftover: null, pack: said }
  const inner = value === 1 && steps.length === 1 && outer === null ? steps[0]! : null
  return inner?.inner && !isPackWord(inner.inner)
    ? { value, unit: unit!, doubt: null, leftover: null, pack: `${inner.count}${inner.inner}/${unit}` }
    : null
}

/** 1.1万 is 11,000 and not 11,000.000000000002. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
