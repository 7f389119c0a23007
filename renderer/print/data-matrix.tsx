import { datamatrix, drawingSVG } from 'bwip-js/browser'

type Drawn = { readonly size: string; readonly path: string }

// A thousand labels of one lot are one drawing.
const drawn = new Map<string, Drawn>()
const mostKept = 5_000

export type Symbol = {
  /** GS1 elements (FNC1 first, 0x1D becomes FNC1), or plain text. */
  readonly gs1: boolean
  readonly text: string
}

/** Sharp and square: bwip-js draws a module two units wide, with a quiet zone of one module (ISO/IEC 16022) on each side. */
function draw({ gs1, text }: Symbol): Drawn {
  const key = `${gs1 ? 'gs1' : 'plain'}:${text}`
  const known = drawn.get(key)
  if (known) return known
  // As FNC1 and text and not as `(01)…`: a lot may hold brackets, and the checks of the standard's own combinations
  // don't know our code of an item without a GTIN.
  const content = gs1 ? `^FNC1${text.replaceAll('\u001d', '^FNC1')}` : text.replaceAll('^', '^094')
  const svg = datamatrix<string>(
    { bcid: 'datamatrix', text: content, parsefnc: gs1, parse: !gs1, scale: 1, padding: 2, backgroundcolor: 'ffffff' },
    drawingSVG(),
  )
  const size = /viewBox="0 0 ([\d.]+) /.exec(svg)?.[1]
  const path = /<path d="([^"]+)"/.exec(svg)?.[1]
  if (size === undefined || path === undefined) throw new Error(`no DataMatrix for ${JSON.stringify(text)}`)
  if (drawn.size >= mostKept) drawn.clear()
  drawn.set(key, { size, path })
  return { size, path }
}

/** A DataMatrix as SVG. */
export function DataMatrix(props: { readonly symbol: Symbol }) {
  const { size, path } = draw(props.symbol)
  return (
    <svg
      className="matrix-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={props.symbol.text.replaceAll('\u001d', ' ')}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" fillRule="evenodd" />
    </svg>
  )
}
