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

function writeObject(value: object, path: string): string {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`canonical JSON takes plain objects only (at ${path || 'the root'})`)
  }
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[key]
    if (field === undefined) continue
    parts.push(`${JSON.stringify(key)}:${write(field, `${path}.${key}`)}`)
  }
  return `{${parts.join(',')}}`
}
