import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'

/**
 * The files of the built renderer. The list is made once, at the start, and only a name on the list is served: no path
 * from a request ever reaches the file system.
 */
export type Assets = {
  /** The file at a URL path such as `/assets/index-1a2b.js`, or null. */
  find: (urlPath: string) => Asset | null
  /** The page with the nonce of this load in it. */
  page: (nonce: string) => string
}
export type Asset = {
  readonly bytes: Uint8Array
  readonly type: string
  readonly etag: string
  readonly hashed: boolean
}

/** Stands in index.html where the nonce of the page load belongs. */
export const nonceMark = '__CSP_NONCE__'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** @param folder the built renderer; throws when it holds no index.html. */
export function openAssets(folder: string): Assets {
  const files = new Map<string, string>()
  const walk = (inner: string) => {
    for (const name of readdirSync(join(folder, inner))) {
      const path = inner === '' ? name : `${inner}/${name}`
      if (statSync(join(folder, path)).isDirectory()) walk(path)
      else files.set(`/${path}`, join(folder, path))
    }
  }
  walk('')
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const loaded = new Map<string, Asset>()
  return {
    find(urlPath) {
      const path = files.get(urlPath)
      if (path === undefined || urlPath === '/index.html') return null
      let asset = loaded.get(urlPath)
      if (asset === undefined) {
        const bytes = readFileSync(path)
        asset = {
          bytes,
          type: types[extname(urlPath)] ?? 'application/octet-stream',
          etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
          hashed: urlPath.startsWith('/assets/'),
        }
        loaded.set(urlPath, asset)
      }
      return asset
    },
    page: (nonce) => html.replaceAll(nonceMark, nonce),
  }
}
