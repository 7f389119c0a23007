import { mkdirSync, writeFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { inProject } from './project.ts'

/**
 * Draws the icon and writes it in every form that the packagers want: `node build/make-icons.ts` after a change here.
 * A carton, and on it an arrow to the front. Drawn by hand from distances, so that it needs no browser and no picture.
 */
const blue = [31, 84, 150] as const
const deep = [20, 58, 108] as const
const white = [255, 255, 255] as const
const sand = [226, 233, 242] as const
const amber = [240, 160, 32] as const
type Colour = readonly [number, number, number]

/** Signed distance to a rounded rectangle; everything is in a square of side 1. */
function box(x: number, y: number, left: number, top: number, right: number, bottom: number, radius: number): number {
  const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + radius
  const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}

/** Signed distance to a stroke from one point to another. */
function stroke(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number, width: number): number {
  const dx = toX - fromX
  const dy = toY - fromY
  const along = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy) - width / 2
}

const shapes: readonly (readonly [Colour, (x: number, y: number) => number])[] = [
  [blue, (x, y) => box(x, y, 0.04, 0.04, 0.96, 0.96, 0.2)],
  [white, (x, y) => box(x, y, 0.2, 0.36, 0.8, 0.8, 0.04)],
  [sand, (x, y) => box(x, y, 0.16, 0.22, 0.84, 0.38, 0.04)],
  [deep, (x, y) => box(x, y, 0.42, 0.22, 0.58, 0.38, 0)],
  [amber, (x, y) => stroke(x, y, 0.3, 0.59, 0.66, 0.59, 0.085)],
  [amber, (x, y) => stroke(x, y, 0.54, 0.47, 0.67, 0.59, 0.085)],
  [amber, (x, y) => stroke(x, y, 0.54, 0.71, 0.67, 0.59, 0.085)],
]

function draw(size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = (row * size + column) * 4
      let [red, green, blueness, alpha] = [0, 0, 0, 0]
      for (const [colour, distance] of shapes) {
        // Half a pixel on either side of an edge is where it fades.
        const cover = Math.min(1, Math.max(0, 0.5 - distance((column + 0.5) / size, (row + 0.5) / size) * size))
        if (cover === 0) continue
        const rest = alpha * (1 - cover)
        const total = cover + rest
        red = (colour[0] * cover + red * rest) / total
        green = (colour[1] * cover + green * rest) / total
        blueness = (colour[2] * cover + blueness * rest) / total
        alpha = total
      }
      pixels.set([red, green, blueness, alpha * 255].map(Math.round), at)
    }
  }
  return png(size, pixels)
}

function png(size: number, pixels: Buffer): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc(body), body.length + 4)
    return framed
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(row * size * 4, (row + 1) * size * 4)]),
  )
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return ~value >>> 0
}

/** Windows: a table of pictures, each a PNG. */
function ico(sizes: readonly number[]): Buffer {
  const pictures = sizes.map(draw)
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  for (const [index, size] of sizes.entries()) {
    const at = 6 + 16 * index
    header.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0], at)
    header.writeUInt32LE(pictures[index]!.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += pictures[index]!.length
  }
  return Buffer.concat([header, ...pictures])
}

/** macOS: named pictures one after the other. */
function icns(): Buffer {
  const kinds = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 }
  const entries = Object.entries(kinds).map(([type, size]) => {
    const picture = draw(size)
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32BE(picture.length + 8, 4)
    return Buffer.concat([head, picture])
  })
  const body = Buffer.concat(entries)
  const head = Buffer.alloc(8)
  head.write('icns', 0, 'latin1')
  head.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([head, body])
}

const folder = inProject('build', 'icons')
mkdirSync(folder, { recursive: true })
for (const size of [16, 32, 48, 64, 128, 256, 512]) writeFileSync(`${folder}/${size}x${size}.png`, draw(size))
writeFileSync(`${folder}/icon.ico`, ico([16, 24, 32, 48, 64, 128, 256]))
writeFileSync(`${folder}/icon.icns`, icns())
mkdirSync(inProject('renderer', 'public'), { recursive: true })
writeFileSync(inProject('renderer', 'public', 'icon.png'), draw(64))
