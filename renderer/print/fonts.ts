import regular from '@fontsource/noto-sans-sc/400.css?inline'
import bold from '@fontsource/noto-sans-sc/700.css?inline'

/**
 * The same font files as the window's own, by full address: a document to print is a page of its own, and the browser
 * that prints it takes only the parts of the font that the text needs.
 */
export function paperFontFaces(): string {
  return `${regular}\n${bold}`.replaceAll(
    /url\((["']?)([^)"']+)\1\)/g,
    (_, __, address: string) => `url("${new URL(address, location.href).href}")`,
  )
}
