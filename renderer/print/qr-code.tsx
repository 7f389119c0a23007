import { drawingSVG, qrcode } from 'bwip-js/browser'

type Drawn = { readonly size: string; readonly path: string }

// Three copies of a slip, the same slips in another language: drawing a code takes longer than the rest of its slip.
const drawn = new Map<string, Drawn>()
const mostKept = 5_000

/** With the white margin of four modules that scanners need: bwip-js draws a module two units wide, so it is eight. */
function draw(text: string): Drawn {
  const known = drawn.get(text)
  if (known) return known
  const svg = qrcode<string>({ bcid: 'qrcode', text, scale: 1, padding: 8, backgroundcolor: 'ffffff' }, drawingSVG())
  const size = /viewBox="0 0 ([\d.]+) /.exec(svg)?.[1]
  const path = /<path d="([^"]+)"/.exec(svg)?.[1]
  if (size === undefined || path === undefined) throw new Error(`no QR code for ${JSON.stringify(text)}`)
  if (drawn.size >= mostKept) drawn.clear()
  drawn.set(text, { size, path })
  return { size, path }
}

/** A QR code as SVG. */
export function QrCode(props: { readonly text: string }) {
  const { size, path } = draw(props.text)
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={props.text} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" fillRule="evenodd" />
    </svg>
  )
}
