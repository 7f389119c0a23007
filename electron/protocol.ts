import { randomBytes } from 'node:crypto'
import { protocol } from 'electron'
import { type Assets, openAssets } from '../hub/assets.ts'
import { commonHeaders, pagePolicy, printPolicy } from '../hub/headers.ts'
import type { PrintStore } from '../hub/print-store.ts'
import { pageOrigin } from './bridge.ts'

/** Before the application is ready: `app:` becomes a scheme with an origin of its own, secure like https. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built renderer and the documents to print; the same files and policies as the hub. */
export function serveApp(assetsFolder: string, store: PrintStore): void {
  const assets = openAssets(assetsFolder)
  protocol.handle('app', (request) => respond(request, assets, store))
}

function respond(request: Request, assets: Assets, store: PrintStore): Response {
  const url = URL.parse(request.url)
  if (url === null || url.host !== 'frontstock' || request.method !== 'GET') return answer(403)
  const path = url.pathname
  if (path.startsWith('/print/')) {
    const document = store.find(path.slice('/print/'.length))
    if (document === null) return answer(404)
    return answer(200, document, { ...html, 'content-security-policy': printPolicy })
  }
  const asset = assets.find(path)
  if (asset !== null) return answer(200, Uint8Array.from(asset.bytes), { 'content-type': asset.type })
  if (/\.[^/]*$/.test(path)) return answer(404)
  const nonce = randomBytes(16).toString('base64')
  return answer(200, assets.page(nonce), { ...html, 'content-security-policy': pagePolicy({ nonce, connect: [] }) })
}

const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }

function answer(status: number, body: BodyInit = '', headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { ...commonHeaders, ...headers } })
}

export const isOurPage = (url: string): boolean => url === pageOrigin || url.startsWith(`${pageOrigin}/`)
