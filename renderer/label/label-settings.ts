import { type LabelKind, type LabelSizeId, labelKinds, labelLimits, labelSizes } from '../../core/label.ts'
import { type Decision, decided, refusal, refused } from '../../core/refusal.ts'
import { toHalfWidth } from '../grid/cell-value.ts'

/** What this machine prints labels with: its printer has one roll and is off by so much. */
export type LabelSettings = {
  readonly kind: LabelKind
  readonly size: LabelSizeId
  readonly xMm: number
  readonly yMm: number
}

const defaults: LabelSettings = { kind: 'lot', size: '50x30', xMm: 0, yMm: 0 }
const storageKey = 'frontstock.label'

/** Millimetres with one decimal, as typed: `-1.5`, `０`; empty is none. */
export function readOffset(typed: string, field: 'offsetX' | 'offsetY'): Decision<number> {
  const plain = toHalfWidth(typed).replace('−', '-').replace(/^$/, '0')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return refused(refusal('number-expected', { field, given: typed }))
  const value = Number(plain)
  const most = labelLimits.offsetMm
  if (Math.abs(value) > most) {
    return refused(refusal('out-of-range', { field, given: value, about: { min: -most, max: most } }))
  }
  // Not −0, and no more decimals than a printer can move by.
  return decided(Math.round(value * 10) / 10 + 0)
}

/** What was kept, whatever somebody else has written there since. */
export function parseLabelSettings(kept: string | null): LabelSettings {
  if (kept === null) return defaults
  try {
    const read: unknown = JSON.parse(kept)
    if (typeof read !== 'object' || read === null) return defaults
    const value = read as Readonly<Record<string, unknown>>
    const offset = (name: 'xMm' | 'yMm') => {
      const found = readOffset(String(value[name]), name === 'xMm' ? 'offsetX' : 'offsetY')
      return found.ok ? found.value : 0
    }
    return {
      kind: labelKinds.find((kind) => kind === value.kind) ?? defaults.kind,
      size: labelSizes.find(({ id }) => id === value.size)?.id ?? defaults.size,
      xMm: offset('xMm'),
      yMm: offset('yMm'),
    }
  } catch {
    return defaults
  }
}

/**
 * Kept by the window's own profile, which belongs to this machine. Also as a cookie: the browser's window may come from
 * another port the next time, and storage belongs to a port while a cookie doesn't.
 */
export function keepLabelSettings(settings: LabelSettings): void {
  const text = JSON.stringify(settings)
  try {
    localStorage.setItem(storageKey, text)
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is missing on plain http
    document.cookie = `${storageKey}=${encodeURIComponent(text)}; path=/; max-age=31536000; samesite=strict`
  } catch {
    // Forbidden storage only means that it is asked again next time.
  }
}

export function readLabelSettings(): LabelSettings {
  try {
    const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${storageKey}=`))
    const kept =
      localStorage.getItem(storageKey) ?? (cookie ? decodeURIComponent(cookie.slice(storageKey.length + 1)) : null)
    return parseLabelSettings(kept)
  } catch {
    return defaults
  }
}
