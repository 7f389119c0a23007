/**
 * What Electron's preload puts into the window (electron/bridge.ts describes the same from its side, and a test keeps
 * the two alike). Missing in a browser.
 */
export type Bridge = {
  readonly locale: string
  readonly makePdf: (html: string) => Promise<BridgeAnswer<Uint8Array>>
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
