import { drawingSVG, qrcode } from 'bwip-js/browser'

/**
 * A QR code as SVG, with the white margin of four modules that scanners need (bwip-js draws a module two units wide,
 * so the padding is eight).
 */
export function QrCode(props: { readonly text: string }) {
  const svg = qrcode<string>(
    { bcid: 'qrcode', text: props.text, scale: 1, padding: 8, backgroundcolor: 'ffffff' },
    drawingSVG(),
  )
  const viewBox = /viewBox="([\d. -]+)"/.exec(svg)?.[1]
  const path = /<path d="([^"]+)"/.exec(svg)?.[1]
  if (viewBox === undefined || path === undefined) throw new Error(`no QR code for ${JSON.stringify(props.text)}`)
  const size = viewBox.split(' ')[2]
  return (
    <svg className="qr" viewBox={viewBox} role="img" aria-label={props.text} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" fillRule="evenodd" />
    </svg>
  )
}
