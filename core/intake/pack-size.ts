import { normaliseText } from '../text.ts'
import { isPackWord, isSameUnit, knownUnit, unitPattern } from './unit-of-measure.ts'

/**
 * The pack size that hides in a specification: `200个/箱`, `80箱*100`, `500ml*30瓶`, `12瓶/箱`, `10支*42盒/箱`, `100只装`.
 */
export interface PackStep {
  /** The outer unit, null when the specification doesn't name it (`500ml*30瓶`: thirty bottles to … something). */
  readonly outer: string | null
  readonly count: number
  /** The inner unit, null when not named (`2500/箱`). */
  readonly inner: string | null
}

export interface PackSize {
  readonly steps: readonly PackStep[]
  /** Why the reading is a guess, or null. `order`: `80箱*100` could be eighty to a case or eighty cases. */
  readonly doubt: null | 'order' | 'unnamed' | 'not-whole' | 'several'
}

const noPack: PackSize = { steps: [], doubt: null }

const number = String.raw`(\d+(?:\.\d+)?)`
const unit = `(${unitPattern})`
const per = '(?:/|每|per|\\bin\\b|a\\b)'
const lead = String.raw`(?<![\d.A-Za-z])`

const perPattern = new RegExp(String.raw`${lead}${number}\s*${unit}?\s*(?:装)?\s*${per}\s*(\d+)?\s*${unit}`, 'gi')
const eachPattern = new RegExp(
  String.raw`(?:每|一|1)\s*${unit}\s*(?:装|有|内装|=|＝|:|:为)?\s*${number}\s*${unit}?`,
  'i',
)
const boxOfPattern = new RegExp(String.raw`${unit}\s*of\s*${number}\s*${unit}?`, 'i')
const timesPattern = new RegExp(
  String.raw`${lead}${number}\s*${unit}?((?:\s*[*×xX✕]\s*\d+(?:\.\d+)?\s*${unit}?)+)\s*(?:/\s*${unit})?`,
  'i',
)
const holdsPattern = new RegExp(String.raw`${lead}${number}\s*${unit}\s*装(?!置)`, 'i')
const bareInnerPattern = new RegExp(String.raw`^${number}\s*${unit}$`, 'i')

/** Reads a specification; steps run from the outer pack inwards. No steps when it holds no pack size. */
export function readPackSize(specification: string): PackSize {
  const text = normaliseText(specification)
  if (text === '' || !/\d/.test(text)) return noPack
  return readTimes(text) ?? readPer(text) ?? readEach(text) ?? readHolds(text) ?? noPack
}

interface Factor {
  readonly count: number
  readonly unit: string | null
}

/** `A*B`, `A*B*C`, `A*B/outer`. */
function readTimes(text: string): PackSize | null {
  const found = timesPattern.exec(text)
  if (!found) return null
  const factors: Factor[] = [{ count: Number(found[1]), unit: found[2] ?? null }]
  for (const part of found[3]!.matchAll(new RegExp(String.raw`[*×xX✕]\s*(\d+(?:\.\d+)?)\s*${unit}?`, 'gi'))) {
    factors.push({ count: Number(part[1]), unit: part[2] ?? null })
  }
  const outer = found[found.length - 1] ?? null
  const behind = text.slice(found.index + found[0].length)
  // 17.5cm*9.5cm and 175×95mm are sizes of the thing, not numbers of it.
  const counted = factors.filter((factor) => factor.unit === null || knownUnit(factor.unit)?.class !== 'measure')
  const measured = factors.length - counted.length
  if (measured > 0 && counted.every((factor) => factor.unit === null) && outer === null) return null
  if (counted.length === 0) return null
  if (counted.some((factor) => !Number.isInteger(factor.count) || factor.count <= 0)) return null
  if (measured > 0) return chain(counted, outer, counted.length === 1 && outer === null ? 'unnamed' : null)
  if (/^\s*(?:mm|cm|m)\b/i.test(behind)) return null
  const [first, second] = counted
  if (counted.length === 2 && first && second && outer === null) {
    const firstIsPack = first.unit !== null && isPackWord(first.unit)
    const secondIsPack = second.unit !== null && isPackWord(second.unit)
    // `80箱*100`, `12件*100个`: so many cases of so many; the inner number is what one case holds.
    if (firstIsPack && !secondIsPack)
      return { steps: [{ outer: first.unit, count: second.count, inner: second.unit }], doubt: 'order' }
    // `10片*5袋`: ten to a bag, five bags to what is not named.
    if (first.unit !== null && second.unit !== null) {
      return {
        steps: [
          { outer: null, count: second.count, inner: second.unit },
          { outer: second.unit, count: first.count, inner: first.unit },
        ],
        doubt: 'unnamed',
      }
    }
    // `100*20`: nothing says which is inside.
    return {
      steps: [{ outer: null, count: first.count * second.count, inner: second.unit ?? first.unit }],
      doubt: 'unnamed',
    }
  }
  return chain(counted, outer, outer === null ? 'unnamed' : null)
}

/** Factors run from the inside out: `10支*42盒/箱` is ten to a box, forty-two boxes to a case. */
function chain(factors: readonly Factor[], outer: string | null, doubt: PackSize['doubt']): PackSize {
  if (factors.length > 1 && factors.some((factor) => factor.unit === null)) {
    // `20*50只/箱`: one of the layers has no name, so only the whole is known.
    const named = factors.find((factor) => factor.unit !== null && !isPackWord(factor.unit))
    const count = factors.reduce((product, factor) => product * factor.count, 1)
    return { steps: [{ outer, count, inner: named?.unit ?? null }], doubt: 'unnamed' }
  }
  const steps: PackStep[] = []
  let above = outer
  for (let index = factors.length - 1; index >= 0; index -= 1) {
    const factor = factors[index]!
    steps.push({ outer: above, count: factor.count, inner: factor.unit })
    above = factor.unit
  }
  return { steps, doubt }
}

/** `200个/箱`, `2500/箱`, `50 pcs/box`, `10片/袋,5袋/盒`, `250双/12箱`. */
function readPer(text: string): PackSize | null {
  const steps: PackStep[] = []
  let doubt: PackSize['doubt'] = null
  for (const found of text.matchAll(perPattern)) {
    const inner = found[2] ?? null
    const outer = found[4]!
    // `500公斤/桶`, `500ml/瓶` say how big one is, not how many there are.
    if (inner !== null && knownUnit(inner)?.class === 'measure') continue
    let count = Number(found[1])
    if (found[3] !== undefined && Number(found[3]) !== 1) {
      count /= Number(found[3])
      doubt = 'not-whole'
    }
    if (!Number.isInteger(count) || count <= 0) {
      doubt = 'not-whole'
      continue
    }
    if (steps.some((step) => step.outer !== null && isSameUnit(step.outer, outer) && step.count !== count))
      doubt = 'several'
    steps.push({ outer, count, inner })
  }
  const inBrackets = /\((\d+)\s*([^\d\s()]{1,2})装\)/.exec(text)
  const last = steps[steps.length - 1]
  if (inBrackets && last?.inner && knownUnit(inBrackets[2]!)) {
    // `100盒/件(4瓶装)`: a hundred boxes to the case, each of four bottles.
    steps.push({ outer: last.inner, count: Number(inBrackets[1]), inner: inBrackets[2]! })
  }
  if (steps.length === 0) return doubt === null ? null : { steps, doubt }
  return { steps: fromOutside(steps), doubt }
}

/** `50片/袋*40袋/箱` is written from the inside out; the steps are wanted from the outside in. */
function fromOutside(steps: readonly PackStep[]): PackStep[] {
  const left = [...steps]
  const ordered: PackStep[] = []
  while (left.length > 0) {
    const isInside = (step: PackStep) =>
      left.some(
        (other) => other !== step && other.inner !== null && step.outer !== null && isSameUnit(other.inner, step.outer),
      )
    const next = left.findIndex((step) => !isInside(step))
    // Packs that hold each other have no outside: left as they were written.
    ordered.push(...left.splice(Math.max(0, next), 1))
    const inner = ordered[ordered.length - 1]!.inner
    const follows = left.findIndex((step) => inner !== null && step.outer !== null && isSameUnit(step.outer, inner))
    if (follows > 0) left.unshift(...left.splice(follows, 1))
  }
  return ordered
}

/** `每箱200只`, `一箱200个`, `1箱=200只`, `box of 50`. */
function readEach(text: string): PackSize | null {
  const found = eachPattern.exec(text)
  if (found) {
    const count = Number(found[2])
    const inner = found[3] ?? null
    if (Number.isInteger(count) && count > 0 && (inner === null || knownUnit(inner)?.class !== 'measure')) {
      return { steps: [{ outer: found[1]!, count, inner }], doubt: null }
    }
  }
  const boxOf = boxOfPattern.exec(text)
  if (boxOf && Number.isInteger(Number(boxOf[2]))) {
    return { steps: [{ outer: boxOf[1]!, count: Number(boxOf[2]), inner: boxOf[3] ?? null }], doubt: null }
  }
  return null
}

/** `100只装`, and a specification that is nothing but `100只`. */
function readHolds(text: string): PackSize | null {
  const found = holdsPattern.exec(text) ?? bareInnerPattern.exec(text)
  if (!found) return null
  const count = Number(found[1])
  if (!Number.isInteger(count) || count <= 0 || knownUnit(found[2]!)?.class === 'measure') return null
  return { steps: [{ outer: null, count, inner: found[2]! }], doubt: 'unnamed' }
}

export interface PackCount {
  /** How many of the base unit one written unit holds. */
  readonly count: number
  /** `unit-differs`: the list says 箱 and the specification speaks of 件. `guess`: the specification doesn't name it plainly. */
  readonly doubt: null | 'unit-differs' | 'guess'
}

/**
 * How many of `base` one `written` unit holds by a specification: 箱 over `10支*42盒/箱` with base 支 is 420. When `base`
 * is null the innermost unit of the specification is meant. Null when the specification doesn't answer.
 */
export function countByPackSize(packSize: PackSize, written: string, base: string | null): PackCount | null {
  const { steps } = packSize
  // Two sizes for one pack (348瓶/箱 324瓶/箱): neither is chosen.
  if (steps.length === 0 || packSize.doubt === 'several') return null
  const guess = packSize.doubt === null ? null : 'guess'
  let start = steps.findIndex((step) => step.outer !== null && isSameUnit(step.outer, written))
  let doubt: PackCount['doubt'] = guess
  if (start === -1) {
    // Written in the innermost unit already?
    const last = steps[steps.length - 1]!
    if (base === null && last.inner !== null && isSameUnit(last.inner, written)) return { count: 1, doubt: null }
    if (!isPackWord(written) || (last.inner !== null && isSameUnit(last.inner, written))) return null
    // 箱 and 件 are used for the same outer carton; a specification with one outer pack then means that one.
    const outermost = steps[0]!
    const alike =
      outermost.outer === null ? true : ['箱', '件', '包', '提'].includes(knownUnit(outermost.outer)?.unit ?? '')
    if (!alike) return null
    start = 0
    doubt = outermost.outer === null ? 'guess' : 'unit-differs'
  }
  let count = 1
  let reached = false
  let at: string | null = steps[start]!.outer ?? written
  for (const step of steps.slice(start)) {
    if (step.outer !== null && at !== null && !isSameUnit(step.outer, at) && step !== steps[start]) break
    count *= step.count
    at = step.inner
    if (base !== null && (step.inner === null ? true : isSameUnit(step.inner, base))) {
      reached = true
      if (step.inner !== null) break
    }
  }
  if (base === null) return { count, doubt }
  return reached ? { count, doubt } : null
}
