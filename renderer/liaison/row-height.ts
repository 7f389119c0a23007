const lineHeight = 18
const lowest = 44
/** Four lines and a little: a row that has more to say is read in the panel. */
const highest = 82

/** About how many lines a text takes in so many pixels at the grid's size, bold: by words, and by Chinese characters. */
export function lineCount(text: string, room: number): number {
  let lines = 1
  let used = 0
  for (const token of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const width = [...token].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 13.2 : 6.9), 0)
    if (used > 0 && used + width > room) {
      lines += 1
      used = 0
    }
    used += width
  }
  return lines
}

/** The height in which none of a row's texts is cut: pairs of a text and the room that its column has. */
export function rowHeightFor(texts: readonly (readonly [text: string, room: number])[]): number {
  const most = Math.max(1, ...texts.map(([text, room]) => lineCount(text, room)))
  return Math.min(highest, Math.max(lowest, most * lineHeight + 10))
}
