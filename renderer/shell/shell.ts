import { bridge } from './bridge.ts'
import { createBrowserShell } from './browser.ts'
import { createElectronShell } from './electron.ts'

/** What the renderer may ask of whatever it runs in. It never knows more of it than this. */
export type Shell = {
  readonly kind: 'electron' | 'browser'
  /** BCP 47, of the system or the browser. */
  readonly locale: string
  /**
   * A complete HTML document to a PDF. Throws ShellRefusal; with `no-browser`, `print` still works. Aborting `signal`
   * ends the browser or window that prints, and throws its reason.
   */
  readonly makePdf: (html: string, signal: AbortSignal) => Promise<Uint8Array>
  /** Opens the print dialog for a complete HTML document. Throws ShellRefusal. */
  readonly print: (html: string) => Promise<void>
  /** @returns false when the user cancelled. Throws ShellRefusal when it could not be written. */
  readonly saveFile: (name: string, mime: string, bytes: Uint8Array) => Promise<boolean>
  /** @param accept as of `<input accept>`, for instance `.xlsx,.csv`. @returns null when the user cancelled. */
  readonly chooseFile: (accept: string) => Promise<File | null>
  readonly notify: (title: string, body: string) => void
}

export { ShellRefusal, type ShellRefusalCode } from './refusal.ts'

let shell: Shell | undefined

export function getShell(): Shell {
  shell ??= bridge === undefined ? createBrowserShell() : createElectronShell(bridge)
  return shell
}

/** The nonce of this page load, for Mantine (`getStyleNonce`), `get-nonce` (`setNonce`) and AG Grid (`styleNonce`). */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
