/**
 * Grades. In January 2020 36,000 KN95 were recorded as N95: the standard on the box decides what a lot may be, so it is
 * compared by family and rank, never by the look of a name.
 * Source: GB 19083 (medical protective), GB 2626 (particulate respirator), YY 0469 (surgical), YY/T 0969 (disposable
 * medical); GB 19082 (coverall); GB 7543 (surgical gloves), GB 10213 (examination gloves).
 */
type Grade = { readonly family: 'mask' | 'respirator' | 'coverall' | 'gloves'; readonly rank: number }

const grades: readonly (readonly [RegExp, readonly Grade[]])[] = [
  // A medical protective mask is also a respirator and better than any medical mask; GB 2626 is no medical mask at all.
  [
    /^GB(\/T)?19083/,
    [
      { family: 'mask', rank: 3 },
      { family: 'respirator', rank: 2 },
    ],
  ],
  [/^GB(\/T)?2626/, [{ family: 'respirator', rank: 1 }]],
  [/^YY(\/T)?0469/, [{ family: 'mask', rank: 2 }]],
  [/^YY(\/T)?0969/, [{ family: 'mask', rank: 1 }]],
  [/^GB(\/T)?19082/, [{ family: 'coverall', rank: 1 }]],
  [/^GB(\/T)?7543/, [{ family: 'gloves', rank: 2 }]],
  [/^GB(\/T)?10213/, [{ family: 'gloves', rank: 1 }]],
]

function gradesOf(standard: string): readonly Grade[] | null {
  const bare = standard.toUpperCase().replace(/[\s_-]/g, '')
  return grades.find(([pattern]) => pattern.test(bare))?.[1] ?? null
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
  const wanted = gradesOf(itemStandard)
  const there = gradesOf(lotStandard)
  if (wanted === null || there === null) return false
  // The first grade of an item is what it is sold as; a lot may meet it by any of its own.
  return there.some(({ family, rank }) => family === wanted[0]!.family && rank >= wanted[0]!.rank)
}
