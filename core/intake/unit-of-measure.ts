import { normaliseText } from '../text.ts'

/**
 * Units of measure as they are written. Words for one single thing (只, 个, 片, pcs …) are one unit under several names;
 * words for packs (箱, 盒, 件 …) mean nothing until somebody says how many are inside.
 */
export type UnitClass = 'piece' | 'set' | 'pair' | 'vessel' | 'pack' | 'measure' | 'other'

export interface UnitWord {
  /** How the unit is written in Chinese here: `只`, `箱`, `瓶`. Unknown words keep their own spelling. */
  readonly unit: string
  readonly class: UnitClass
}

const words: readonly (readonly [UnitClass, string, readonly string[]])[] = [
  ['piece', '只', ['隻', 'pc', 'pcs', 'piece', 'pieces', 'ea', 'each', 'mask', 'masks', 'unit', 'units']],
  ['piece', '个', ['個', '箇']],
  ['piece', '片', []],
  ['piece', '枚', []],
  ['piece', '支', ['枝']],
  ['piece', '条', ['條']],
  ['piece', '张', ['張', 'sheet', 'sheets']],
  ['piece', '顶', ['頂']],
  ['piece', '把', []],
  ['piece', '根', []],
  ['piece', '粒', ['tablet', 'tablets']],
  ['piece', '块', []],
  ['piece', '台', ['臺', '部', '辆', '架']],
  ['piece', '床', []],
  ['piece', '本', []],
  ['set', '套', ['set', 'sets', 'suit', 'suits']],
  ['set', '身', []],
  ['set', '人份', ['测试', 'test', 'tests', '人次', 'kit', 'kits']],
  ['pair', '双', ['雙', '对', 'pair', 'pairs']],
  ['pair', '副', ['付', '幅']],
  ['vessel', '瓶', ['btl', 'bottle', 'bottles']],
  ['vessel', '桶', ['barrel', 'barrels', 'drum', 'drums', 'bucket', 'buckets']],
  ['vessel', '罐', ['can', 'cans']],
  ['vessel', '壶', []],
  ['vessel', '袋', ['bag', 'bags']],
  ['vessel', '管', ['tube', 'tubes']],
  ['vessel', '板', []],
  ['vessel', '卷', ['roll', 'rolls']],
  ['pack', '盒', ['bx', 'box', 'boxes']],
  ['pack', '箱', ['大箱', '纸箱', 'ctn', 'ctns', 'carton', 'cartons', 'case', 'cases', 'cs']],
  ['pack', '件', ['大件']],
  ['pack', '包', ['小包', '中包', '大包', 'pk', 'pack', 'packs', 'packet', 'packets', 'pkt']],
  ['pack', '提', []],
  ['pack', '打', ['dozen', 'doz', 'dz']],
  ['pack', '捆', ['扎', 'bundle', 'bundles']],
  ['pack', '托', ['托盘', 'pallet', 'pallets']],
  ['pack', '筐', []],
  ['pack', '柜', []],
  ['measure', '吨', ['t', 'ton', 'tons', 'tonne', 'tonnes']],
  ['measure', '千克', ['公斤', 'kg', 'kgs', 'kilogram', 'kilograms']],
  ['measure', '斤', []],
  ['measure', '克', ['g', 'gram', 'grams']],
  ['measure', '毫克', ['mg']],
  ['measure', '升', ['l', 'litre', 'litres', 'liter', 'liters', 'ltr']],
  ['measure', '毫升', ['ml']],
  ['measure', '米', ['m', 'metre', 'metres', 'meter', 'meters']],
  ['measure', '厘米', ['cm']],
  ['measure', '毫米', ['mm']],
  ['measure', '平方米', ['㎡', 'm2']],
  ['measure', '立方米', ['m3']],
  ['measure', '英寸', ['inch', 'inches']],
]

const byWord = new Map<string, UnitWord>()
for (const [unitClass, unit, others] of words) {
  const entry: UnitWord = { unit, class: unitClass }
  byWord.set(unit, entry)
  for (const other of others) byWord.set(other, entry)
}

/** All known spellings, longest first, for use in a pattern. Latin ones need a word boundary behind them. */
const unitWords: readonly string[] = [...byWord.keys()].sort((a, b) => b.length - a.length)

const escapeForPattern = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A pattern source that matches a known unit, Latin letters only as a whole word. */
export const unitPattern: string = `(?:${unitWords
  .map((word) => (/^[a-z0-9]+$/.test(word) ? `${escapeForPattern(word)}(?![a-z])` : escapeForPattern(word)))
  .join('|')})`

/** The unit a word stands for, or null when the word is not a known unit. `Pcs.`, `ＰＣＳ` and `只` are the same. */
export function knownUnit(text: string): UnitWord | null {
  const direct = byWord.get(text)
  if (direct) return direct
  const plain = normaliseText(text)
    .toLowerCase()
    .replace(/[.\s]/g, '')
    .replace(/^\((.*)\)$/, '$1')
  return byWord.get(plain) ?? null
}

const multipliers: Readonly<Record<string, number>> = {
  百: 100,
  千: 1000,
  万: 10_000,
  十万: 100_000,
  百万: 1_000_000,
  亿: 100_000_000,
}
const unitText =
  /^(十万|百万|万|千|百|亿)?\s*(.+?)\s*(?:(?:\/|每|per\s+)\s*(?:(天|日|day|d)|(月|周|年|小时|month|week|year|hour)))?$/i

/**
 * A unit with what a heading or a column of units lays on its numbers: `万只`, `只/天`. `per` is the time it is counted by
 * where that isn't a day. Null when it holds no known unit.
 */
export function readUnitText(
  text: string,
): { readonly unit: string; readonly multiplier: number; readonly per: string | null } | null {
  const found = unitText.exec(normaliseText(text))
  if (!found || knownUnit(found[2]!) === null) return null
  return {
    unit: found[2]!,
    multiplier: found[1] ? multipliers[found[1]]! : 1,
    per: found[4] ? `/${found[4]}` : null,
  }
}

/** The unit's own spelling here; an unknown word stays as it is written (normalised). */
export function unitName(text: string): string {
  return knownUnit(text)?.unit ?? normaliseText(text)
}

/** True when one of the one is one of the other: the same word, or two words for one single thing. */
export function isSameUnit(a: string, b: string): boolean {
  const left = knownUnit(a)
  const right = knownUnit(b)
  if (left === null || right === null) return normaliseText(a).toLowerCase() === normaliseText(b).toLowerCase()
  return left.unit === right.unit || (left.class === 'piece' && right.class === 'piece') || isPairWord(left, right)
}

const isPairWord = (a: UnitWord, b: UnitWord): boolean => a.class === 'pair' && b.class === 'pair'

/** Words that hold an unstated number of things and so need a pack size before they can be counted. */
export function isPackWord(text: string): boolean {
  return knownUnit(text)?.class === 'pack'
}
