import type { Problem, UnitLine } from '../../core/allocation/problem.ts'
import { supplyPacks } from '../../core/round.ts'

/** What a plan rests on and what is there now. */
export type ChangedInputs = {
  /** Usable packs of an item, by code. */
  readonly supply: readonly { readonly item: string; readonly packsBefore: number; readonly packsNow: number }[]
  /** Cells whose stock, use or cap is another now, or that came or went. */
  readonly needs: readonly { readonly unit: string; readonly item: string }[]
  /** The ladder, horizon, rounding or date are others; or lots changed without changing the sum. */
  readonly rule: boolean
}

/** null when the plan still stands: the two problems are the same, pins aside. */
export function changedInputs(before: Problem, now: Problem): ChangedInputs | null {
  const supply: ChangedInputs['supply'][number][] = []
  const itemsBefore = new Map(before.items.map((item) => [item.item, item]))
  const itemsNow = new Map(now.items.map((item) => [item.item, item]))
  let lotsMoved = false
  for (const code of new Set([...itemsBefore.keys(), ...itemsNow.keys()])) {
    const a = itemsBefore.get(code)
    const b = itemsNow.get(code)
    const packsBefore = a ? supplyPacks(a, before.date) : 0
    const packsNow = b ? supplyPacks(b, now.date) : 0
    if (packsBefore !== packsNow) supply.push({ item: code, packsBefore, packsNow })
    else if (!same(a, b)) lotsMoved = true
  }
  const needs: { unit: string; item: string }[] = []
  const linesBefore = linesOf(before)
  const linesNow = linesOf(now)
  for (const key of new Set([...linesBefore.keys(), ...linesNow.keys()])) {
    const a = linesBefore.get(key)
    const b = linesNow.get(key)
    if (!a || !b || !same({ ...a.line, pinPacks: null }, { ...b.line, pinPacks: null }) || a.tier !== b.tier) {
      const { unit, line } = (a ?? b)!
      needs.push({ unit, item: line.item })
    }
  }
  const rule = lotsMoved || !same(ruleOf(before), ruleOf(now))
  return supply.length === 0 && needs.length === 0 && !rule ? null : { supply, needs, rule }
}

type Cell = { readonly unit: string; readonly tier: number; readonly line: UnitLine }

function linesOf(problem: Problem): Map<string, Cell> {
  const lines = new Map<string, Cell>()
  for (const { unit, tier, lines: mine } of problem.units) {
    for (const line of mine) lines.set(`${unit}\u0000${line.item}`, { unit, tier, line })
  }
  return lines
}

function ruleOf(problem: Problem) {
  const { format, date, horizonDays, rounding, rungs, nearExpiry, rollingDays } = problem
  return { format, date, horizonDays, rounding, rungs, nearExpiry, rollingDays }
}

/** Equal as data; a field that is undefined is the same as one that is not there. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (!same(left[name], right[name])) return false
  }
  return true
}
