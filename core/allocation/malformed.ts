import type { Malformation, PlanRefusal } from './refusal.ts'

/** Thrown within a check, and caught at its edge, where it becomes a refusal. */
export class Malformed extends Error {
  readonly refusal: PlanRefusal
  constructor(malformation: Malformation, path: string, given: unknown, allowed: string) {
    super(malformation)
    this.refusal = { kind: 'malformed', malformation, path, given: show(given), allowed }
  }
}

function show(given: unknown): string {
  if (given === undefined) return ''
  if (typeof given === 'string') return JSON.stringify(given.length > 60 ? `${given.slice(0, 60)}…` : given)
  if (Array.isArray(given)) return given.length > 8 ? `${given.length} entries` : `[${given.map(show).join(', ')}]`
  return String(given)
}
