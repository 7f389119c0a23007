const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u
/** Of the font's size: Chinese is square; of Latin text the widest (capital M, W) are nearly so. */
const widthOf = (character: string): number =>
  wide.test(character) ? 1 : /[A-Z@%&]/.test(character) ? 0.74 : /[mw]/.test(character) ? 0.88 : 0.59
const lineHeight = 1.2
/** The font's strokes reach a little above its first line and below its last. */
const strokesBeyond = 0.25
const mmPerPoint = 25.4 / 72

/** Lines that a text takes at a width (in multiples of its font size), broken between words, and anywhere in long ones. */
function linesOf(text: string, most: number): number {
  let lines = 1
  let at = 0
  for (const word of text.split(/(?<=[\s\p{Script=Han}])|(?=\p{Script=Han})/u)) {
    const width = [...word].reduce((sum, character) => sum + widthOf(character), 0)
    if (at + width <= most) at += width
    else if (width <= most) {
      lines += 1
      at = width
    } else {
      // Begins on a line of its own, and is cut wherever that is full.
      if (at > 0) lines += 1
      lines += Math.ceil(width / Math.max(most - 1, 1)) - 1
      at = most
    }
  }
  return lines
}

/**
 * The largest font size in points, of those allowed, at which these paragraphs stand in a box; the smallest where none
 * does. An estimate from the safe side: nothing is measured, so that labels can be laid out anywhere.
 */
export function fitText(
  paragraphs: readonly string[],
  box: { readonly widthMm: number; readonly heightMm: number },
  sizes: FontSizes,
) {
  for (let points = sizes.largest; points > sizes.smallest; points -= 0.5) {
    const em = points * mmPerPoint
    const lines = paragraphs.reduce((sum, text) => sum + linesOf(text, box.widthMm / em), 0)
    if ((lines * lineHeight + strokesBeyond) * em <= box.heightMm) return points
  }
  return sizes.smallest
}

export type FontSizes = { readonly largest: number; readonly smallest: number }
