/**
 * An expression that settles when a document to print has all the fonts it needs. A browser fetches the part of a font
 * that a text needs when it lays that text out, and the margins of a page (`第 1 页，共 3 页`) are laid out only as it
 * prints: too late, and the PDF would have holes there. So the texts of the page rules are asked for by name.
 */
export const loadFonts: string = `(async () => {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try { return [...sheet.cssRules] } catch { return [] }
  })
  const text = '0123456789' + rules.map((rule) => rule.cssText).filter((css) => css.includes('@page')).join('')
  const families = new Set([...document.fonts].map((face) => face.family.replaceAll(/["']/g, '')))
  const wanted = [...families].flatMap((family) => [400, 700].map((weight) => document.fonts.load(weight + ' 16px "' + family + '"', text)))
  await Promise.allSettled(wanted)
  await document.fonts.ready
  return 0
})()`
