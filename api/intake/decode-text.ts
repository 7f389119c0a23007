import type { FileRefusal } from '../../core/intake/file-refusal.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/** The text of a file in the encodings that Excel, WPS and Notepad write, with or without a byte order mark. */
export function decodeText(
  bytes: Uint8Array,
): { readonly text: string; readonly encoding: TextEncoding } | FileRefusal {
  const marked: TextEncoding | null =
    bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
      ? 'utf-8'
      : bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? 'utf-16be'
          : null
  const candidates: TextEncoding[] = marked
    ? [marked]
    : ([...(unmarkedUtf16(bytes) ?? ['utf-8', 'gb18030'])] as TextEncoding[])
  for (const encoding of candidates) {
    const text = tryDecode(bytes, encoding)
    // A zero character is in no list; it means that these bytes are not text in this encoding.
    if (text !== null && !text.includes('\u0000')) return { text, encoding }
  }
  return { code: 'encoding-unknown', data: {} }
}

function tryDecode(bytes: Uint8Array, encoding: TextEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Separators, digits and line ends of UTF-16 have a zero for their other byte, and always on the same side. */
function unmarkedUtf16(bytes: Uint8Array): TextEncoding[] | null {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return null
  const sample = Math.min(bytes.length, 4000)
  let even = 0
  let odd = 0
  for (let at = 0; at < sample; at += 1) {
    if (bytes[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  if (odd > 0 && even === 0) return ['utf-16le']
  if (even > 0 && odd === 0) return ['utf-16be']
  return null
}
