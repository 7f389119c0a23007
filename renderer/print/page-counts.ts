/** One number at the foot of a page, as the page styles of `paper.tsx` write it, in whichever language. */
const footPattern = /第\s*(\d+)\s*页\s*\/\s*共\s*\d+\s*页|Page\s*(\d+)\s*of\s*\d+/

/** The number that a printed page bears in its own document, read from the page's text; null when there is none. */
export function pageNumberOf(pageText: string): number | null {
  // The foot comes last in a page; a document may well say 第 1 页 in its text.
  let found: number | null = null
  for (const match of pageText.matchAll(new RegExp(footPattern, 'g'))) {
    if (match[1] !== undefined || found === null) found = Number(match[1] ?? match[2])
  }
  return found
}

/**
 * Pages of each document of a print, from the numbers on its pages: each document begins with page 1.
 * @returns null when the numbers don't make that many documents, so that nobody is told a count that isn't so.
 */
export function countPages(numbers: readonly (number | null)[], documents: number): number[] | null {
  const counts: number[] = []
  for (const number of numbers) {
    if (number === 1) counts.push(1)
    else if (counts.length > 0 && number === counts[counts.length - 1]! + 1) counts[counts.length - 1] = number
    else return null
  }
  return counts.length === documents ? counts : null
}
