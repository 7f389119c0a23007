/**
 * Tells a barcode scanner that types from a person who types. A scanner's keys come a few milliseconds apart and end with
 * Enter or Tab; nobody types eight characters like that. A pure machine: keys and instants in, what to do with them out.
 *
 * The keys of a scan must not land in the field that happens to have the focus, and the keys of a person must, at once. So
 * keys are held back only while they come at a scanner's pace, and given back (`replay`) as soon as they turn out to be a
 * person's: a person waits `gapMs` for a first letter at most.
 */
export interface ScanOptions {
  /** Keys further apart than this, in milliseconds, are not one scan. */
  readonly gapMs: number
  /** Characters a scan has at least. A GTIN-8 has 8; shorter bursts are somebody rolling over the keys. */
  readonly shortest: number
  /** Characters a scan has at most; what is longer is given up and replayed. */
  readonly longest: number
  /** The average pace, in milliseconds a character, that only a machine keeps up. */
  readonly averageMs: number
}

export const defaultScanOptions: ScanOptions = { gapMs: 60, shortest: 6, longest: 2000, averageMs: 35 }

export interface ScanState {
  readonly options: ScanOptions
  /** Characters held back, oldest first. */
  readonly held: readonly string[]
  readonly startedAt: number
  readonly lastAt: number
  /** The digits of an Alt+029 being typed on the number pad, or null. */
  readonly altDigits: string | null
  /** True from a key that nobody wants until the next pause: what follows it at once belongs to it. */
  readonly unwanted: boolean
}

/** Whether any listener could want a code that begins so. Keys that nobody wants are never held back. */
export type WantsPrefix = (prefix: string) => boolean

/**
 * `hold`: keep the key from the field; `pass`: let it through; `replay`: these held characters were typed by a person, put
 * them into the field (then let this key through); `scan`: a code was scanned, keep this key from the field as well.
 */
export type ScanAction =
  | { readonly kind: 'hold' }
  | { readonly kind: 'pass' }
  | { readonly kind: 'replay'; readonly text: string }
  | { readonly kind: 'scan'; readonly code: string }

export interface ScanStep {
  readonly state: ScanState
  readonly action: ScanAction
}

export interface KeyPress {
  /** As `KeyboardEvent.key`: one character, or a name such as `Enter`. */
  readonly key: string
  readonly alt?: boolean
  readonly ctrl?: boolean
  readonly meta?: boolean
  /** True while an input method composes: never a scanner, never held. */
  readonly composing?: boolean
}

const separator = '\u001d'

export function startScan(options: ScanOptions = defaultScanOptions): ScanState {
  return { options, held: [], startedAt: 0, lastAt: Number.NEGATIVE_INFINITY, altDigits: null, unwanted: false }
}

const empty = (state: ScanState, lastAt: number): ScanState => ({
  ...state,
  held: [],
  startedAt: 0,
  lastAt,
  altDigits: null,
  unwanted: false,
})
const giveBack = (state: ScanState): ScanAction =>
  state.held.length === 0 ? { kind: 'pass' } : { kind: 'replay', text: state.held.join('') }

/** Takes one key at an instant in milliseconds (any steady clock). Shift, Alt and the like alone change nothing. */
export function takeKey(state: ScanState, press: KeyPress, at: number, wants: WantsPrefix = () => true): ScanStep {
  const { options } = state
  if (press.composing) return { state: empty(state, at), action: giveBack(state) }
  if (press.key === 'Shift' || press.key === 'CapsLock' || press.key === 'AltGraph' || press.key === 'Control') {
    return { state, action: { kind: 'pass' } }
  }
  if (press.key === 'Alt')
    return {
      state: { ...state, altDigits: state.altDigits ?? '' },
      action: state.held.length > 0 ? { kind: 'hold' } : { kind: 'pass' },
    }
  const inTime = at - state.lastAt <= options.gapMs
  // A scanner that can't send 0x1D types it as Alt+029, or as Ctrl+].
  if (press.alt && /^\d$/.test(press.key) && state.held.length > 0 && inTime) return takeAltDigit(state, press.key, at)
  const isSeparator = press.key === separator || (press.ctrl === true && press.key === ']')
  if ((press.ctrl || press.meta || press.alt) && !isSeparator)
    return { state: empty(state, at), action: giveBack(state) }
  const character = isSeparator ? separator : press.key
  if (press.key === 'Enter' || press.key === 'Tab') return takeEnd(state, inTime, at)
  if ([...character].length !== 1) return { state: empty(state, at), action: giveBack(state) }
  const goesOn = inTime && state.held.length < options.longest
  const held = goesOn ? [...state.held, character] : [character]
  if ((goesOn && state.unwanted) || !wants(held.join('')))
    return { state: { ...empty(state, at), unwanted: true }, action: giveBack(state) }
  const next: ScanState = {
    ...state,
    held,
    startedAt: held.length === 1 ? at : state.startedAt,
    lastAt: at,
    altDigits: null,
    unwanted: false,
  }
  // What was held belongs to a person; this key may begin a scan, and waits for the next to show.
  return { state: next, action: goesOn || state.held.length === 0 ? { kind: 'hold' } : giveBack(state) }
}

function takeAltDigit(state: ScanState, digit: string, at: number): ScanStep {
  const digits = (state.altDigits ?? '') + digit
  const done = /^0?29$/.test(digits)
  const held = done ? [...state.held, separator] : state.held
  return {
    state: { ...state, held, lastAt: at, altDigits: done || digits.length >= 4 ? null : digits },
    action: { kind: 'hold' },
  }
}

function takeEnd(state: ScanState, inTime: boolean, at: number): ScanStep {
  const { held, options } = state
  const pace = held.length > 1 ? (state.lastAt - state.startedAt) / (held.length - 1) : Number.POSITIVE_INFINITY
  if (inTime && held.length >= options.shortest && pace <= options.averageMs) {
    return { state: empty(state, at), action: { kind: 'scan', code: held.join('') } }
  }
  return { state: empty(state, at), action: giveBack(state) }
}

/**
 * To be called `gapMs` after the last key when none has come since: whatever is held was typed by a person. A scanner set
 * to send no Enter is caught here, if what it sent is as long and as fast as only a scan can be.
 */
export function settleScan(state: ScanState, at: number): ScanStep {
  const { held, options } = state
  if (held.length === 0 || at - state.lastAt < options.gapMs) return { state, action: { kind: 'pass' } }
  const pace = held.length > 1 ? (state.lastAt - state.startedAt) / (held.length - 1) : Number.POSITIVE_INFINITY
  const action: ScanAction =
    held.length >= Math.max(8, options.shortest) && pace <= options.averageMs
      ? { kind: 'scan', code: held.join('') }
      : { kind: 'replay', text: held.join('') }
  return { state: empty(state, at), action }
}
