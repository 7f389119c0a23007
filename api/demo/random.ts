/**
 * Random numbers from a seed, the same on every machine. Mulberry32 by Tommy Ettinger (public domain).
 * `whole(a, b)` gives a whole number from a to b, both included; `id()` a version-4 shaped UUID.
 */
export function createRandom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const hex = (length: number): string => Array.from({ length }, () => whole(0, 15).toString(16)).join('')
  return {
    next,
    whole,
    pick: <T>(values: readonly T[]): T => values[whole(0, values.length - 1)]!,
    id: (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[whole(0, 3)]}${hex(3)}-${hex(12)}`,
  }
}
export type Random = ReturnType<typeof createRandom>
