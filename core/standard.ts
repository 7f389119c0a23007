/**
 * Standards and what they stand for: the one table, for the ledger as for the reading of lists. In January 2020 36,000
 * KN95 were recorded as N95: the standard on the box decides what a lot may be, so it is compared by family and rank,
 * never by the look of a name.
 * Sources: GB 19083 医用防护口罩, GB 2626 呼吸防护 自吸过滤式防颗粒物呼吸器, YY 0469 医用外科口罩, YY/T 0969 一次性使用医用口罩,
 * GB/T 32610 日常防护型口罩, GB 19082 医用一次性防护服, GB 24539 化学防护服, YY/T 0506 手术衣, GB 10213 and GB 24786 检查手套, GB 7543 外科手套.
 */
export type Grade =
  | 'mask-medical-protective'
  | 'mask-particulate'
  | 'mask-surgical'
  | 'mask-disposable-medical'
  | 'mask-civil'
  | 'coverall-medical'
  | 'coverall-chemical'
  | 'gown-surgical'
  | 'glove-exam'
  | 'glove-surgical'

/** Within a family the higher rank may stand in for the lower. */
type Rank = { readonly family: 'mask' | 'respirator' | 'coverall' | 'gloves'; readonly rank: number }

interface Standard {
  readonly number: RegExp
  readonly grade: Grade
  /** The first is what it is sold as. None: it meets only itself. */
  readonly ranks: readonly Rank[]
}

/** A number of a standard, however it is spaced: GB 2626, GB/T2626, gb-2626. */
const of = (letters: string, digits: string, grade: Grade, ...ranks: readonly Rank[]): Standard => ({
  number: new RegExp(`${letters}[\\s_]*(?:/\\s*T)?[\\s_]*-?[\\s_]*(?:${digits})(?!\\d)`, 'i'),
  grade,
  ranks,
})

const standards: readonly Standard[] = [
  // A medical protective mask is also a respirator and better than any medical mask; GB 2626 is no medical mask at all.
  of('GB', '19083', 'mask-medical-protective', { family: 'mask', rank: 3 }, { family: 'respirator', rank: 2 }),
  of('GB', '2626', 'mask-particulate', { family: 'respirator', rank: 1 }),
  of('YY', '0469', 'mask-surgical', { family: 'mask', rank: 2 }),
  of('YY', '0969', 'mask-disposable-medical', { family: 'mask', rank: 1 }),
  of('GB', '32610|38880', 'mask-civil'),
  { number: /\bEN\s*149\b|\bNIOSH\b/i, grade: 'mask-particulate', ranks: [] },
  { number: /\bEN\s*14683\b|\bASTM\s*F\s*2100\b/i, grade: 'mask-surgical', ranks: [] },
  of('GB', '19082', 'coverall-medical', { family: 'coverall', rank: 1 }),
  of('GB', '24539', 'coverall-chemical'),
  of('YY', '0506', 'gown-surgical'),
  of('GB', '10213', 'glove-exam', { family: 'gloves', rank: 1 }),
  of('GB', '24786', 'glove-exam'),
  of('GB', '7543', 'glove-surgical', { family: 'gloves', rank: 2 }),
]

/** The grades that the numbers of standards in a text stand for. */
export function gradesOfStandards(text: string): readonly Grade[] {
  if (!/\d{3}|NIOSH/i.test(text)) return []
  const grades: Grade[] = []
  for (const { number, grade } of standards) if (number.test(text) && !grades.includes(grade)) grades.push(grade)
  return grades
}

function ranksOf(standard: string): readonly Rank[] {
  const given = standard.trim()
  return standards.find(({ number }) => number.exec(given)?.index === 0)?.ranks ?? []
}

/** The number of a standard without its year and spaces: `YY 0469-2011` and `yy0469` are the same standard. */
function numberOf(standard: string): string {
  return standard
    .toUpperCase()
    .replace(/[-—–](19|20)\d\d$/, '')
    .replace(/[\s_-]/g, '')
    .replace('/T', '')
}

/**
 * Whether a lot marked `lotStandard` may be filed under an item of `itemStandard`. An item without a standard takes any.
 * A standard that isn't in the table meets only itself, whatever its year.
 */
export function standardMeets(lotStandard: string, itemStandard: string): boolean {
  if (itemStandard === '') return true
  if (numberOf(lotStandard) === numberOf(itemStandard)) return true
  const [wanted] = ranksOf(itemStandard)
  if (wanted === undefined) return false
  // An item is what it is sold as; a lot may meet it by any of its own ranks.
  return ranksOf(lotStandard).some(({ family, rank }) => family === wanted.family && rank >= wanted.rank)
}
