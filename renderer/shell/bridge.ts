/**
 * What Electron's preload puts into the window (electron/bridge.ts describes the same from its side, and a test keeps
 * the two alike). Missing in a browser.
 */
export type Bridge = {
  readonly locale: string
  /** `id` names the print for `stopPdf`; a stopped one answers with the code `stopped`. */
  readonly makePdf: (html: string, id: string) => Promise<BridgeAnswer<Uint8Array>>
  readonly stopPdf: (id: string) => void
  /** Resolves to false when the user cancelled the system's print dialog. */
  readonly print: (html: string) => Promise<BridgeAnswer<boolean>>
  /** Resolves to false when the user cancelled. */
  readonly saveFile: (name: string, mime: string, bytes: Uint8Array) => Promise<BridgeAnswer<boolean>>
  readonly notify: (title: string, body: string) => void
}
export type BridgeAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string }

declare global {
  interface Window {
    readonly frontstock?: Bridge
  }
}

export const bridge: Bridge | undefined = globalThis.window?.frontstock
