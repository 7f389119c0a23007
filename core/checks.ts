import { isCivilDate } from './civil-date.ts'
import { type Decision, decided, type Refusal, type RefusalCode, refusal, refused } from './refusal.ts'
import { normaliseText } from './text.ts'

/** The largest quantity of one line, in base units: more is a slip of the finger. */
export const largestQuantity = 1_000_000_000

/**
 * Collects every refusal of one input, so that a person puts all of it right in one go. Each check returns the cleaned
 * value (text normalised and trimmed) and a harmless stand-in where it refuses: `decide` never lets that through.
 */
export class Checks {
  readonly refusals: Refusal[] = []
  private readonly line: number | null

  constructor(line: number | null = null) {
    this.line = line
  }

  refuse(code: RefusalCode, rest: Partial<Omit<Refusal, 'code'>> = {}): void {
    this.refusals.push(refusal(code, { line: this.line, ...rest }))
  }

  /** Normalised text of at most `longest` characters; empty only where it isn't required. */
  text(field: string, given: string, rule: { longest: number; required?: boolean }): string {
    const clean = normaliseText(given)
    if (rule.required && clean === '') this.refuse('required', { field, given })
    if ([...clean].length > rule.longest) {
      this.refuse('too-long', { field, given: [...clean].length, allowed: rule.longest })
    }
    return clean
  }

  /** A whole number within [min, max]. */
  whole(field: string, given: number, min: number, max: number): number {
    if (!Number.isFinite(given)) this.refuse('number-expected', { field, given: String(given) })
    else if (!Number.isInteger(given)) this.refuse('whole-number-expected', { field, given })
    else if (given < min || given > max) {
      this.refuse('out-of-range', { field, given, allowed: `${min}–${max}`, about: { min, max } })
    } else return given
    return min
  }

  wholeOrNull(field: string, given: number | null, min: number, max: number): number | null {
    return given === null ? null : this.whole(field, given, min, max)
  }

  /** An existing day. */
  date(field: string, given: string): string {
    if (given === '') this.refuse('required', { field })
    else if (!isCivilDate(given)) this.refuse('date-invalid', { field, given, allowed: 'YYYY-MM-DD' })
    else return given
    return '1970-01-01'
  }

  dateOrNull(field: string, given: string | null): string | null {
    if (given === null || given === '') return null
    const before = this.refusals.length
    const date = this.date(field, given)
    // No stand-in here: a day that is refused must not lead to a second refusal of what would follow from it.
    return this.refusals.length === before ? date : null
  }

  oneOf<T extends string | number>(field: string, given: string | number, allowed: readonly T[]): T {
    const found = allowed.find((value) => value === given)
    if (found === undefined) this.refuse('malformed', { field, given, allowed: allowed.join(', ') })
    return found ?? allowed[0]!
  }

  take(other: Checks): void {
    this.refusals.push(...other.refusals)
  }

  decide<T>(value: T): Decision<T> {
    return this.refusals.length === 0 ? decided(value) : refused(...this.refusals)
  }
}
