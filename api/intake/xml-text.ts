const decoder = new TextDecoder()
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** UTF-8 text between two positions, with XML's entities and Excel's `_x000D_` undone. Unknown entities stay as written. */
export function decodeXmlText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length <= 24) {
    // Short plain ASCII is most of it, and far cheaper without a decoder.
    let text = ''
    let at = start
    for (; at < end; at += 1) {
      const c = bytes[at]!
      if (c >= 128 || c === 38 || c === 95) break
      text += String.fromCharCode(c)
    }
    if (at === end) return text
  }
  return undoXmlText(decoder.decode(bytes.subarray(start, end)))
}

export function undoXmlText(text: string): string {
  let out = text
  if (out.includes('&')) {
    out = out.replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
      (whole, hex: string, decimal: string, name: string) => {
        if (name !== undefined) return named[name] ?? whole
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
      },
    )
  }
  if (out.includes('_x')) {
    out = out.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
  return out
}
