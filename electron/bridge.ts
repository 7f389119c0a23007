/** What the preload puts into the page as `window.frontstock`; renderer/shell/bridge.ts says the same from its side. */
export type Bridge = {
  readonly locale: string
  /** `id` names the print for `stopPdf`; a stopped one answers with the code `stopped`. */
  readonly makePdf: (html: string, id: string) => Promise<BridgeAnswer<Uint8Array>>
  readonly stopPdf: (id: string) => void
  readonly print: (html: string) => Promise<BridgeAnswer<boolean>>
  readonly saveFile: (name: string, mime: string, bytes: Uint8Array) => Promise<BridgeAnswer<boolean>>
  readonly notify: (title: string, body: string) => void
}
export type BridgeAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string }

export const channels = {
  port: 'frontstock:port',
  makePdf: 'frontstock:make-pdf',
  stopPdf: 'frontstock:stop-pdf',
  print: 'frontstock:print',
  saveFile: 'frontstock:save-file',
  notify: 'frontstock:notify',
} as const

/** The page's origin: a scheme of our own, served by electron/protocol.ts. */
export const pageOrigin = 'app://frontstock'
export const localeArgument = '--frontstock-locale='
