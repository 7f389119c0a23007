import type { z } from 'zod'
import { type Refusal, refusal } from '../../core/refusal.ts'

type Issue = z.core.$ZodIssue

const mostRefusals = 20
const longestGiven = 80

/**
 * What a schema found wrong with a request, as refusals that the screen words in the reader's language: which field, on
 * which line, what was given and what is allowed. The schema's own sentences are English and go nowhere.
 * @param data the request as it was sent.
 */
export function refusalsOfIssues(issues: readonly Issue[], data: unknown): Refusal[] {
  return issues.flatMap((issue) => refusalsOf(issue, data)).slice(0, mostRefusals)
}

function refusalsOf(issue: Issue, data: unknown): Refusal[] {
  const { path } = issue
  const value = path.reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), data)
  const given = shownValue(value)
  const where = placeOf(path)
  const one = (code: Refusal['code'], rest: Partial<Pick<Refusal, 'given' | 'allowed'>> = {}): Refusal[] => [
    refusal(code, { ...where, given, ...rest }),
  ]
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined || value === null) return [refusal('required', where)]
      switch (issue.expected) {
        case 'int':
          return one(typeof value === 'number' ? 'whole-number-expected' : 'number-expected')
        case 'number':
          return one('number-expected')
        case 'string':
          return one('text-expected')
        case 'boolean':
          return one('yes-no-expected')
        case 'array':
          return one('list-expected')
        default:
          return one('fields-expected')
      }
    case 'too_big': {
      const allowed = Number(issue.maximum)
      if (issue.origin === 'string') return one('too-long', { given: lengthOf(value), allowed })
      if (issue.origin === 'array') return one('too-many', { given: lengthOf(value), allowed })
      return one('out-of-range', { allowed: `${issue.inclusive === false ? '<' : '≤'} ${allowed}` })
    }
    case 'too_small': {
      const allowed = Number(issue.minimum)
      if (issue.origin === 'number' || issue.origin === 'int')
        return one('out-of-range', { allowed: `${issue.inclusive === false ? '>' : '≥'} ${allowed}` })
      return lengthOf(value) === 0 ? [refusal('required', where)] : one('too-few', { given: lengthOf(value), allowed })
    }
    case 'invalid_value':
      return value === undefined ? [refusal('required', where)] : one('malformed', { allowed: issue.values.join(', ') })
    case 'invalid_format':
      return one('format-invalid', {
        allowed: issue.format === 'regex' ? (issue.pattern ?? '') : formatName(issue.format),
      })
    case 'not_multiple_of':
      return one('out-of-range', { allowed: `n × ${issue.divisor}` })
    case 'unrecognized_keys':
      return issue.keys.map((key) => refusal('unknown-field', { ...placeOf([...path, key]), given: key }))
    case 'invalid_union': {
      if (value === undefined || value === null) return [refusal('required', where)]
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? []
      const inside = nearest.flatMap((found) => refusalsOf({ ...found, path: [...path, ...found.path] }, data))
      return inside.length > 0 ? inside : one('fields-expected')
    }
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((found) => refusalsOf({ ...found, path: [...path, ...found.path] }, data))
    case 'custom':
      return one('format-invalid')
  }
}

/** The names on the way to a value are its field, the first position in a list its line. */
function placeOf(path: readonly PropertyKey[]): Pick<Refusal, 'field' | 'line'> {
  const index = path.find((part) => typeof part === 'number')
  return {
    field: path.filter((part) => typeof part === 'string').join('.') || null,
    line: typeof index === 'number' ? index + 1 : null,
  }
}

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null

const lengthOf = (value: unknown): number => (typeof value === 'string' || Array.isArray(value) ? value.length : 0)

const formatName = (format: string): string => (format === 'uuid' ? 'UUID' : format)

function shownValue(value: unknown): string | number | null {
  if (typeof value === 'number' || value === undefined || value === null) return value ?? null
  const text = isRecord(value) ? JSON.stringify(value) : String(value)
  return text.length > longestGiven ? `${text.slice(0, longestGiven)}…` : text
}
