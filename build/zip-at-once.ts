import type { Plugin } from 'vite'

const at = '\0zip-at-once'

/**
 * The workbook writer zips sheets over 160 kB in workers that fflate makes of blob: addresses. Our policy forbids those
 * (worker-src 'self'), and fflate then waits for ever. Zipping on the spot takes tenths of a second for a large list.
 */
export function zipAtOnce(): Plugin {
  return {
    name: 'frontstock-zip-at-once',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (source !== 'fflate' || importer === undefined) return null
      if (!/write-excel-file[\\/]modules[\\/]zip[\\/]zipToArrayBuffer\.js/.test(importer)) return null
      const real = await this.resolve(source, importer, { skipSelf: true })
      return real === null ? null : `${at}?${real.id}`
    },
    load(id) {
      if (!id.startsWith(`${at}?`)) return null
      return `import { zipSync } from ${JSON.stringify(id.slice(at.length + 1))}
export function zip(files, done) {
  let zipped
  try { zipped = zipSync(files) } catch (error) { return done(error, null) }
  done(null, zipped)
}`
    },
  }
}
