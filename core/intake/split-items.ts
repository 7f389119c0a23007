import { normaliseText } from '../text.ts'
import { readFamily } from './grade.ts'
import { readQuantity } from './number-text.ts'
import { readPackSize } from './pack-size.ts'
import { knownUnit, unitPattern } from './unit-of-measure.ts'

/**
 * Several items in one cell or one sentence: `N95（10万）/护目镜（1千）`, `医用口罩5万只、消毒液1000瓶`, `5万只医用口罩和1000瓶消毒液`.
 */
export interface NamedQuantity {
  readonly name: string
  /** The quantity as written, `10万`, `1000瓶`; null where the part has none. */
  readonly quantity: string | null
  readonly specification: string | null
}

const amount = String.raw`(?:约|共|共计|各)?\s*(?:\d+-\d+|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+)\s*(?:十万|百万|千万|亿|万|千|百|[kw](?![a-z]))?\s*(?:余|多)?\s*(?:${unitPattern})?`
const inBrackets = new RegExp(String.raw`^(.*?\S)\s*\(\s*(${amount})\s*\)$`, 'i')
const afterMark = new RegExp(String.raw`^(.*?\S)\s*(?:[:=×*xX]|\s)\s*(${amount})$`, 'i')
const glued = new RegExp(String.raw`^(.*?[^\d.,\s])\s*(${amount})$`, 'i')
/** N95一千只: digits in front of a numeral belong to the name. */
const behindDigits = new RegExp(String.raw`^(.*?\d)([一二两三四五六七八九十百千万]+(?:${unitPattern}))$`, 'i')
const before = new RegExp(String.raw`^(${amount})\s*的?\s*(.*\S)$`, 'i')
const leadingNumber = new RegExp(String.raw`^(\d+(?:,\d{3})*\s*(?:${unitPattern})?)\s+(?:of\s+)?([A-Za-z].*\S)$`, 'i')
const bracketedPack = /\s*\(([^()]*)\)$/
const packInName = new RegExp(
  String.raw`\d+(?:\.\d+)?\s*(?:${unitPattern})?\s*[*×xX/]\s*\d*\s*(?:${unitPattern})(?:\s*/\s*(?:${unitPattern}))?`,
  'i',
)

/** Commas that part thousands and marks inside brackets do not part items. */
export function partList(text: string, marks: RegExp): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at]!
    if (c === '(' || c === '[') depth += 1
    else if (c === ')' || c === ']') depth = Math.max(0, depth - 1)
    else if (depth === 0 && marks.test(c)) {
      if (c === ',' && /\d/.test(text[at - 1] ?? '') && /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5))) continue
      // 1/2, 2020/2/6 and 200个/箱 stay whole.
      if (
        c === '/' &&
        (/\d/.test(text[at + 1] ?? '') || isUnitAfter(text, at + 1) || /^\/?T\b/i.test(text.slice(at + 1, at + 3)))
      )
        continue
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function isUnitAfter(text: string, at: number): boolean {
  const word = /^[^\d\s、,;/+()]{1,3}/.exec(text.slice(at))?.[0] ?? ''
  return word !== '' && knownUnit(word) !== null
}

/** A part with its quantity taken off, or null when it has none. */
export function takeQuantity(part: string): NamedQuantity | null {
  // `医用口罩5箱(200个/箱)`: the brackets hold the pack size of what stands before them.
  const pack = bracketedPack.exec(part)
  if (pack && readPackSize(pack[1]!).steps.some((step) => step.outer !== null)) {
    const inner = takeQuantity(part.slice(0, pack.index))
    if (inner) return { ...inner, specification: pack[1]! }
  }
  const english = leadingNumber.exec(part)
  if (english && knownUnit(english[2]!) === null) return named(english[2]!.replace(/^[x×*]\s+/i, ''), english[1]!)
  const bracketed = inBrackets.exec(part)
  if (bracketed && isAmount(bracketed[2]!)) return named(bracketed[1]!, bracketed[2]!)
  const marked = afterMark.exec(part)
  if (marked && isAmount(marked[2]!)) return afterOther(marked[1]!, marked[2]!, part) ?? named(marked[1]!, marked[2]!)
  const joined = glued.exec(part)
  if (joined && isAmount(joined[2]!)) {
    // N95 and 3M9001 end in digits that are part of the name: digits straight behind a Latin letter are no quantity.
    const straight = !/\s/.test(part[joined[1]!.length] ?? '')
    if (!(straight && /[A-Za-z\-+#]$/.test(joined[1]!)))
      return afterOther(joined[1]!, joined[2]!, part) ?? named(joined[1]!, joined[2]!)
  }
  const inWords = behindDigits.exec(part)
  if (inWords && isAmount(inWords[2]!)) return named(inWords[1]!, inWords[2]!)
  const leading = before.exec(part)
  if (leading && isAmount(leading[1]!) && hasUnit(leading[1]!) && !/^[%/*×]/.test(leading[2]!))
    return named(leading[2]!, leading[1]!)
  return null
}

/**
 * A name that ends in a quantity of its own: `手套20箱×100双` is twenty cases of a hundred, `口罩50箱 共5000只` comes to five
 * thousand; of any other two numbers nobody knows which counts, and the part has none. Null when the name has no quantity.
 */
function afterOther(name: string, quantity: string, part: string): NamedQuantity | null {
  const pack = bracketedPack.exec(name)
  const own = pack && readPackSize(pack[1]!).steps.length > 0 ? name.slice(0, pack.index) : name
  const inner = packInName.test(own) ? null : (glued.exec(own) ?? afterMark.exec(own))
  if (!inner || !isAmount(inner[2]!) || !hasUnit(inner[2]!) || /[A-Za-z]$/.test(inner[1]!)) return null
  const between = part.slice(name.length, part.length - quantity.length)
  if (/[*×xX]/.test(between) && hasUnit(quantity)) {
    const unit = readQuantity(inner[2]!).unit!
    return { ...named(inner[1]!, inner[2]!), specification: `${quantity}/${unit}` }
  }
  if (/^共/.test(quantity)) return { ...named(inner[1]!, quantity), specification: own === name ? null : pack![1]! }
  return { name: part, quantity: null, specification: null }
}

const isAmount = (text: string): boolean => {
  const read = readQuantity(text.replace(/^(?:共计|共|各)/, ''))
  if (read.value === null || read.doubt === 'mixed' || read.doubt === 'leftover') return false
  // 1.2L and 450g behind a name say how large one is; 50升 and 2吨 say how much came.
  const unit = read.unit === null ? null : knownUnit(read.unit)
  if (unit?.class !== 'measure') return true
  return ['吨', '千克', '斤'].includes(unit.unit) ? true : unit.unit === '升' && read.value >= 10
}
const hasUnit = (text: string): boolean => readQuantity(text.replace(/^(?:共计|共|各)/, '')).unit !== null

function named(name: string, quantity: string): NamedQuantity {
  let text = name
    .replace(/^(?:[的和及与等]|(?:今天|目前|现有|现在|库存|还有|还剩|另有|另)\s*)+/, '')
    .replace(/(?:还有|还剩|剩余|剩下|共有|[::的共剩有=]|\s-)+$/, '')
    .trim()
  let specification: string | null = null
  const pack = packInName.exec(text)
  if (pack && pack.index > 0) {
    specification = pack[0]
    text = `${text.slice(0, pack.index)} ${text.slice(pack.index + pack[0].length)}`
      .replace(/\(\s*\)/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  }
  return { name: text, quantity: quantity.replace(/^(?:共计|共|各)/, '').trim(), specification }
}

const strongMarks = /[、,;。\n+|]/
const allMarks = /[、,;。\n+|/]/

/**
 * The items of a cell with their quantities when at least one quantity stands in it, else null: the cell is one name.
 * A part without a quantity keeps null for it.
 */
export function splitItems(cell: string): readonly NamedQuantity[] | null {
  if (!/[\d一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]/.test(cell)) return null
  const text = normaliseText(cell)
  for (const marks of [allMarks, strongMarks]) {
    const parts = partList(text, marks).flatMap(partByAnd).flatMap(partBySpace)
    const items = parts.map((part) => takeQuantity(part) ?? { name: part, quantity: null, specification: null })
    const withQuantity = items.filter((item) => item.quantity !== null && /[^\d\s]/.test(item.name)).length
    // A slash parts items only when every side has its own quantity: N95/KN95口罩500只 is one item.
    if (withQuantity > 0 && (marks === strongMarks || (withQuantity >= 2 && withQuantity === items.length)))
      return items
  }
  return null
}

/** 和 and 及 part two items only when both sides carry a quantity. */
function partByAnd(part: string): string[] {
  const pieces = part.split(/和|以及|及|与|\band\b|&/)
  return pieces.length > 1 && pieces.every((piece) => takeQuantity(piece.trim()) !== null)
    ? pieces.map((piece) => piece.trim())
    : [part]
}

/** 外科口罩500个 防护服20套 护目镜 10副: a space parts items when each of them then has its quantity. */
function partBySpace(part: string): string[] {
  const words = part.split(' ')
  if (words.length < 2 || !/[\u4e00-\u9fff]/.test(part)) return [part]
  const pieces: string[] = []
  for (const word of words) {
    const before = pieces[pieces.length - 1]
    if (before !== undefined && takeQuantity(before) === null) pieces[pieces.length - 1] = `${before} ${word}`
    else pieces.push(word)
  }
  const isItem = (piece: string) => {
    const taken = takeQuantity(piece)
    return taken !== null && /[\u4e00-\u9fffA-Za-z]{2}/.test(taken.name)
  }
  return pieces.length > 1 && pieces.every(isItem) ? pieces : [part]
}

/** Names in one cell without quantities: `酒精棉片、湿纸巾` (several things), `防冲击眼罩/护目镜` (several names of one). */
export function partNames(cell: string): { readonly parts: readonly string[]; readonly strong: boolean } {
  const text = normaliseText(cell)
  const strong = partList(text, /[、,;\n]/)
  // “Mask, surgical” is one thing with its kind behind it, as catalogues write them.
  const isInverted = !/[\u4e00-\u9fff]/.test(text) && strong.filter((part) => readFamily(part) !== null).length < 2
  if (strong.length > 1 && !isInverted) return { parts: strong, strong: true }
  if (strong.length > 1) return { parts: [text], strong: false }
  const weak = partList(text, /[|/]/)
  return { parts: weak, strong: false }
}
