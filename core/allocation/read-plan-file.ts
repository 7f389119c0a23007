import { Malformed } from './malformed.ts'
import type { Plan, Problem } from './problem.ts'
import type { PlanRefusal } from './refusal.ts'

export type ProblemOrRefusal =
  | { readonly ok: true; readonly problem: Problem }
  | { readonly ok: false; readonly refusal: PlanRefusal }

export type ResultOrRefusal =
  | { readonly ok: true; readonly result: Plan }
  | { readonly ok: false; readonly refusal: PlanRefusal }

/** What a value of a plan file must look like; ranges and names are checked where the problem is prepared. */
type Shape =
  | { readonly kind: 'text' | 'number' | 'flag' }
  | { readonly kind: 'nullable'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'numbers-by-name' }
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, Shape>>; readonly optional: readonly string[] }

const text: Shape = { kind: 'text' }
const number: Shape = { kind: 'number' }
const flag: Shape = { kind: 'flag' }
const nullable = (of: Shape): Shape => ({ kind: 'nullable', of })
const list = (of: Shape): Shape => ({ kind: 'list', of })
const fields = (required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape => ({
  kind: 'fields',
  fields: { ...required, ...optional },
  optional: Object.keys(optional),
})

const problemShape = fields(
  {
    format: text,
    date: text,
    horizonDays: number,
    rounding: text,
    rungs: list(
      fields(
        { tiers: list(number), days: number },
        { weightPercent: { kind: 'numbers-by-name' }, name: text, nameEn: text },
      ),
    ),
    items: list(
      fields(
        {
          item: text,
          packBase: number,
          reservePacks: number,
          lots: list(
            fields(
              { lot: text, depot: text, packs: number, expiresOn: nullable(text) },
              { held: flag, packBase: number },
            ),
          ),
        },
        {
          substitutes: list(text),
          promises: list(fields({ on: text, quantityBase: number, haircutPercent: number })),
        },
      ),
    ),
    units: list(
      fields(
        {
          unit: text,
          tier: number,
          lines: list(
            fields(
              {
                item: text,
                stockBase: number,
                useMilliPerDay: number,
                requestBase: nullable(number),
                capBase: nullable(number),
                pinPacks: nullable(number),
                creditMilli: number,
                depots: nullable(list(text)),
              },
              { lots: nullable(list(text)), substitutes: nullable(list(text)) },
            ),
          ),
        },
        { distances: nullable({ kind: 'numbers-by-name' }) },
      ),
    ),
  },
  { nearExpiry: flag, rollingDays: nullable(number) },
)

const packPlace = fields({ unit: text, item: text, pack: number, rung: number })

const resultShape = fields({
  format: text,
  problemSha256: text,
  lines: list(
    fields({
      unit: text,
      item: text,
      packs: number,
      quantityBase: number,
      rung: nullable(number),
      coverBeforeDays: nullable(number),
      coverAfterDays: nullable(number),
      reason: text,
      queuePacks: nullable(number),
      lots: list(fields({ lot: text, depot: text, packs: number }, { item: text, packBase: number })),
    }),
  ),
  items: list(
    fields(
      {
        item: text,
        grantedPacks: number,
        leftPacks: number,
        exact: flag,
        certificate: fields(
          { lastGranted: nullable(packPlace), firstRefused: nullable(packPlace) },
          {
            tight: list(
              fields({
                lots: list(fields({ item: text, depot: text, lot: text })),
                lastGranted: nullable(packPlace),
                firstRefused: packPlace,
              }),
            ),
          },
        ),
      },
      {
        bound: fields({ rung: number, worstOffMilliDays: number, boundMilliDays: number }),
        serviceLevel: fields({ levelBasisPoints: number, tightestOn: nullable(text), grantedPacksWithout: number }),
      },
    ),
  ),
})

function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'a text'
    case 'number':
      return 'a number'
    case 'flag':
      return 'true or false'
    case 'list':
      return 'a list'
    case 'fields':
      return 'an object'
    case 'numbers-by-name':
      return 'an object of numbers'
    case 'nullable':
      return `${nameOf(shape.of)} or null`
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function check(value: unknown, shape: Shape, path: () => string): void {
  const wrong = (): Malformed => {
    const given = isObject(value) ? 'an object' : Array.isArray(value) ? 'a list' : value
    return new Malformed('wrong-type', path() || 'the file', given, nameOf(shape))
  }
  const under = (name: string) => () => (path() ? `${path()}.${name}` : name)
  switch (shape.kind) {
    case 'text':
      if (typeof value !== 'string') throw wrong()
      return
    case 'number':
      if (typeof value !== 'number') throw wrong()
      return
    case 'flag':
      if (typeof value !== 'boolean') throw wrong()
      return
    case 'nullable':
      if (value !== null) check(value, shape.of, path)
      return
    case 'list': {
      if (!Array.isArray(value)) throw wrong()
      for (let at = 0; at < value.length; at++) check(value[at], shape.of, () => `${path()}[${at}]`)
      return
    }
    case 'numbers-by-name': {
      if (!isObject(value)) throw wrong()
      for (const name of Object.keys(value)) check(value[name], number, under(name))
      return
    }
    case 'fields': {
      if (!isObject(value)) throw wrong()
      for (const name of Object.keys(value)) {
        if (!Object.hasOwn(shape.fields, name)) {
          throw new Malformed('unknown-field', under(name)(), undefined, Object.keys(shape.fields).join(', '))
        }
      }
      for (const [name, of] of Object.entries(shape.fields)) {
        if (Object.hasOwn(value, name)) check(value[name], of, under(name))
        else if (!shape.optional.includes(name)) throw new Malformed('missing', under(name)(), undefined, nameOf(of))
      }
    }
  }
}

function parse(source: string, shape: Shape): { ok: true; value: unknown } | { ok: false; refusal: PlanRefusal } {
  try {
    let value: unknown
    try {
      value = JSON.parse(source)
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown)
      throw new Malformed('not-json', 'the file', message.replace(/\s+/g, ' '), '')
    }
    check(value, shape, () => '')
    return { ok: true, value }
  } catch (thrown) {
    if (thrown instanceof Malformed) return { ok: false, refusal: thrown.refusal }
    throw thrown
  }
}

/** Reads a problem strictly: every field of its shape and no other. Ranges and names are `prepare`'s to check. */
export function readProblem(source: string): ProblemOrRefusal {
  const parsed = parse(source, problemShape)
  return parsed.ok ? { ok: true, problem: parsed.value as Problem } : parsed
}

/** Reads a result strictly; whether it is right is `verifyPlan`'s to say. */
export function readResult(source: string): ResultOrRefusal {
  const parsed = parse(source, resultShape)
  if (!parsed.ok) return parsed
  const result = parsed.value as Plan
  if (result.format !== 'frontstock-result/1') {
    const refusal = { kind: 'malformed', malformation: 'not-allowed', path: 'format' } as const
    return { ok: false, refusal: { ...refusal, given: String(result.format), allowed: '"frontstock-result/1"' } }
  }
  return { ok: true, result }
}
