/**
 * Bands of cover after the round, in plain days: the words, colours and gauges of the matrix. `none`: the unit uses none
 * of the item, so there is nothing to run out of.
 */
export const coverBands = ['under-1', 'under-3', 'under-7', 'enough', 'none'] as const
export type CoverBand = (typeof coverBands)[number]

export function coverBand(coverMilliDays: number | null): CoverBand {
  if (coverMilliDays === null) return 'none'
  if (coverMilliDays < 1000) return 'under-1'
  if (coverMilliDays < 3000) return 'under-3'
  return coverMilliDays < 7000 ? 'under-7' : 'enough'
}

/** Reports older than this are marked: the estimate then rests on the norm more than on what the unit counted. */
export const staleReportDays = 3
