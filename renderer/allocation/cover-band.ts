/**
 * Bands of cover after the round, in plain days: the words, colours and gauges of the matrix. `none`: the unit uses none
 * of the item, so there is nothing to run out of.
 */
export const coverBands = ['under-1', 'under-3', 'under-7', 'enough', 'none'] as const
export type CoverBand = (typeof coverBands)[number]

export function coverBand(coverDays: number | null): CoverBand {
  if (coverDays === null) return 'none'
  if (coverDays < 1) return 'under-1'
  if (coverDays < 3) return 'under-3'
  return coverDays < 7 ? 'under-7' : 'enough'
}

/** Reports older than this are marked: the estimate then rests on the norm more than on what the unit counted. */
export const staleReportDays = 3
