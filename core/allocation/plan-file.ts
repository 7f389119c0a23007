import { checkProblem } from './check-problem.ts'
import { compareCodePoints } from './order.ts'
import type { Item, Lot, Plan, Problem, Rung, Unit, UnitLine } from './problem.ts'
import { readProblem, readResult } from './read-plan-file.ts'
import { describeRefusal, type Language } from './refusal.ts'
import { solve } from './solve.ts'
import { verifyPlan } from './verify.ts'
import { describeFailure } from './verify-failure.ts'

/** Hex SHA-256 of a text in UTF-8; handed in, because core has no cryptography of its own. */
export type HashText = (text: string) => string

export type TextOrError = { readonly text: string } | { readonly error: string }

const byText = compareCodePoints

/**
 * A problem in one form whatever order it was written in: units, lines, items, lots and lists by code point, tiers rising,
 * fields that say no more than their default left out.
 */
export function canonicalProblem(problem: Problem): Problem {
  return {
    format: problem.format,
    date: problem.date,
    horizonDays: problem.horizonDays,
    rounding: problem.rounding,
    ...(problem.nearExpiry ? { nearExpiry: true } : {}),
    ...(problem.rollingDays != null ? { rollingDays: problem.rollingDays } : {}),
    rungs: problem.rungs.map(canonicalRung),
    items: problem.items.map(canonicalItem).sort((a, b) => byText(a.item, b.item)),
    units: problem.units.map(canonicalUnit).sort((a, b) => byText(a.unit, b.unit)),
  }
}

function canonicalRung({ tiers, days, weightPercent, name, nameEn }: Rung): Rung {
  const weights = Object.entries(weightPercent ?? {})
    .filter(([, weight]) => weight !== 100)
    .sort(([a], [b]) => byText(a, b))
  return {
    tiers: [...tiers].sort((a, b) => a - b),
    days,
    ...(weights.length > 0 ? { weightPercent: Object.fromEntries(weights) } : {}),
    ...(name === undefined ? {} : { name }),
    ...(nameEn === undefined ? {} : { nameEn }),
  }
}

function canonicalItem({ item, packBase, reservePacks, lots, substitutes, promises }: Item): Item {
  return {
    item,
    packBase,
    reservePacks,
    lots: lots
      .map((lot) => canonicalLot(lot, packBase))
      .sort((a, b) => byText(a.depot, b.depot) || byText(a.lot, b.lot)),
    ...(substitutes?.length ? { substitutes: [...substitutes].sort(byText) } : {}),
    ...(promises?.length
      ? {
          promises: promises
            .map(({ on, quantityBase, haircutPercent }) => ({ on, quantityBase, haircutPercent }))
            .sort(
              (a, b) => byText(a.on, b.on) || a.quantityBase - b.quantityBase || a.haircutPercent - b.haircutPercent,
            ),
        }
      : {}),
  }
}

function canonicalLot({ lot, depot, packs, expiresOn, held, packBase }: Lot, itemPackBase: number): Lot {
  return {
    lot,
    depot,
    packs,
    expiresOn,
    ...(held ? { held } : {}),
    ...(packBase !== undefined && packBase !== itemPackBase ? { packBase } : {}),
  }
}

function canonicalUnit({ unit, tier, lines, distances }: Unit): Unit {
  return {
    unit,
    tier,
    lines: lines.map(canonicalLine).sort((a, b) => byText(a.item, b.item)),
    ...(distances ? { distances: Object.fromEntries(Object.entries(distances).sort(([a], [b]) => byText(a, b))) } : {}),
  }
}

function canonicalLine(line: UnitLine): UnitLine {
  const { item, stockBase, useMilliPerDay, requestBase, capBase, pinPacks, creditMilli, depots } = line
  const sorted = (names: readonly string[]) => [...new Set(names)].sort(byText)
  return {
    item,
    stockBase,
    useMilliPerDay,
    requestBase,
    capBase,
    pinPacks,
    creditMilli,
    depots: depots ? sorted(depots) : null,
    ...(line.lots ? { lots: sorted(line.lots) } : {}),
    ...(line.substitutes ? { substitutes: sorted(line.substitutes) } : {}),
  }
}

/** The text that a problem's hash is taken of: its canonical form as JSON without white space. */
export function canonicalProblemText(problem: Problem): string {
  return JSON.stringify(canonicalProblem(problem))
}

/** A problem as a file: one unit, lot or rung to a line, so that two files can be compared by eye. */
export function problemText(problem: Problem): string {
  const { rungs, items, units, ...head } = canonicalProblem(problem)
  return `{\n${fieldsOf(head)},\n${rowsOf('rungs', rungs)},\n${rowsOf('items', items)},\n${rowsOf('units', units)}\n}\n`
}

/** A result as a file, with the hash of the problem it answers. */
export function resultText(plan: Plan, problem: Problem, hashText: HashText): string {
  const { lines, items, ...head } = { ...plan, problemSha256: hashText(canonicalProblemText(problem)) }
  return `{\n${fieldsOf(head)},\n${rowsOf('lines', lines)},\n${rowsOf('items', items)}\n}\n`
}

function fieldsOf(head: object): string {
  return Object.entries(head)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n')
}

function rowsOf(name: string, rows: readonly unknown[]): string {
  if (rows.length === 0) return `  ${JSON.stringify(name)}: []`
  return `  ${JSON.stringify(name)}: [\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`
}

/** `cli plan`: the text of a problem file → the text of its result, or one line that says what is wrong. */
export function planFileText(source: string, hashText: HashText, language: Language = 'en'): TextOrError {
  const read = readProblem(source)
  if (!read.ok) return { error: describeRefusal(read.refusal, language) }
  // Checked as it was written, so that paths are the file's; solved in canonical order, so that any order gives one text.
  const refusal = checkProblem(read.problem)
  if (refusal) return { error: describeRefusal(refusal, language) }
  const problem = canonicalProblem(read.problem)
  const solved = solve(problem)
  if (!solved.ok) return { error: describeRefusal(solved.refusal, language) }
  return { text: resultText(solved.plan, problem, hashText) }
}

/** The two texts of an approved round's export, `{ "problem": …, "result": … }`; null for anything else. */
export function splitRoundFile(source: string): { readonly problem: string; readonly result: string } | null {
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || !('problem' in value) || !('result' in value)) return null
  return { problem: JSON.stringify(value.problem), result: JSON.stringify(value.result) }
}

/** `cli verify-plan`: checks a result file against its problem file; the text says what was found right. */
export function verifyPlanFiles(
  problemSource: string,
  resultSource: string,
  hashText: HashText,
  language: Language = 'en',
): TextOrError {
  const problem = readProblem(problemSource)
  if (!problem.ok) return { error: describeRefusal(problem.refusal, language) }
  const result = readResult(resultSource)
  if (!result.ok) return { error: describeRefusal(result.refusal, language) }
  const expected = hashText(canonicalProblemText(problem.problem))
  if (result.result.problemSha256 !== expected) {
    const given = result.result.problemSha256
    return { error: describeFailure({ kind: 'hash-differs', where: 'problemSha256', given, expected }, language) }
  }
  const verified = verifyPlan(problem.problem, result.result)
  if (!verified.ok) {
    const [first] = verified.failures
    return { error: first ? describeFailure(first, language) : '' }
  }
  const { lines, packs } = verified
  if (language === 'en')
    return { text: `verified: ${lines} lines, ${packs} packs; every hard rule and the certificate hold\n` }
  return { text: `核验通过：${lines} 行，${packs} 包；各项硬性规则与凭证均成立\n` }
}
