/**
 * One text for one value, whatever order its fields were written in, so that equal content has an equal hash on every
 * machine. Follows RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code unit, no white space, numbers as
 * ECMAScript writes them. A field that is `undefined` counts as absent. Throws a TypeError for what JSON cannot say
 * (NaN, infinities, functions, bigint, Map, Date …): silently dropping it would give two contents one hash.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '')
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no ${value} (at ${path || 'the root'})`)
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return writeArray(value, path)
      return writeObject(value, path)
    default:
      throw new TypeError(`canonical JSON has no ${typeof value} (at ${path || 'the root'})`)
  }
}

function writeArray(value: readonly unknown[], path: string): string {
  const parts: string[] = []
  for (let index = 0; index < value.length; index += 1) parts.push(write(value[index], `${path}[${index}]`))
  return `[${parts.join(',')}]`
}

function checkPlain(value: object, path: string): void {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`canonical JSON takes plain objects only (at ${path || 'the root'})`)
  }
}

function writeObject(value: object, path: string): string {
  checkPlain(value, path)
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[key]
    if (field === undefined) continue
    parts.push(`${JSON.stringify(key)}:${write(field, `${path}.${key}`)}`)
  }
  return `{${parts.join(',')}}`
}

/** Text that is gathered before it is handed on. */
const pieceLength = 1 << 16

/** `canonicalJson` of a large value in pieces, so that all of its text never stands in memory at once. */
export function writeCanonical(value: unknown, take: (piece: string) => void): void {
  let piece = ''
  const add = (text: string) => {
    piece += text
    if (piece.length < pieceLength) return
    take(piece)
    piece = ''
  }
  // Long arrays, wherever they are, go element by element; all else is written whole.
  const walk = (one: unknown, path: string): void => {
    if (Array.isArray(one)) {
      add('[')
      for (let index = 0; index < one.length; index += 1) {
        if (index > 0) add(',')
        const element: unknown = one[index]
        if (holdsArray(element)) walk(element, `${path}[${index}]`)
        else add(write(element, `${path}[${index}]`))
      }
      add(']')
      return
    }
    if (!holdsArray(one)) {
      add(write(one, path))
      return
    }
    checkPlain(one, path)
    let isFirst = true
    add('{')
    for (const key of Object.keys(one).sort()) {
      const field = (one as Record<string, unknown>)[key]
      if (field === undefined) continue
      add(`${isFirst ? '' : ','}${JSON.stringify(key)}:`)
      isFirst = false
      walk(field, `${path}.${key}`)
    }
    add('}')
  }
  walk(value, '')
  if (piece !== '') take(piece)
}

/** An object with an array or an object below it. */
const holdsArray = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.values(value).some((field) => typeof field === 'object' && field !== null))
