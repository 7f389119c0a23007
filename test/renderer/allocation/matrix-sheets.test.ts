import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../../core/allocation/default-policy.ts'
import { workOutNeed } from '../../../core/need.ts'
import { cellView, indexProblem, matrixShows } from '../../../renderer/allocation/cell-view.ts'
import { leastCover, matrixRows } from '../../../renderer/allocation/matrix-rows.ts'
import { matrixSheets, type ShownMatrix } from '../../../renderer/allocation/matrix-sheets.ts'
import { noWork } from '../../../renderer/allocation/round-model.ts'
import { roundNames } from '../../../renderer/allocation/round-names.ts'
import { solveWork } from '../../../renderer/allocation/solve-round.ts'
import { seed } from '../../seed.ts'
import { districtProblem, inputsOf } from './district.ts'

const names = roundNames('zh', [], [], [])
const words = { names, rungs: defaultPolicy(14), language: 'zh' as const }

function shownOf(show: ShownMatrix['show'], grouping: 'none' | 'tier' = 'none', shut: readonly string[] = []) {
  const problem = districtProblem(12, 5, seed)
  const inputs = inputsOf(problem)
  const pinned = problem.units[0]!.lines[0]
  const pins = new Map(pinned === undefined ? [] : [[pinned.item, new Map([[problem.units[0]!.unit, 1]])]])
  const work = { ...noWork, pins }
  const solved = solveWork(inputs, work)
  const facts = inputs.units.map(({ code, tier }) => names.facts(code, tier))
  const view = { grouping, order: 'tier', filter: '', shut: new Set(shut) } as const
  const shown: ShownMatrix = {
    label: '分配表',
    source: { index: indexProblem(problem), solved, baseline: solved, pins, horizonDays: problem.horizonDays },
    rows: matrixRows(facts, view, (unit) => leastCover(solved, unit)),
    items: problem.items.map(({ item, packBase }) => names.column(item, packBase)),
    words: {
      unitHeading: '一线单位',
      groupLabel: (value) => `${value} 级`,
      unitName: names.unit,
      reportMark: () => null,
    },
    show,
    above: [{ kind: 'figure', id: 'left', label: '剩余', hint: '', figure: () => ({ text: '1,204' }) }],
    below: [{ kind: 'figure', id: 'granted', label: '分配', hint: '', figure: () => ({ text: '12 / 30' }) }],
  }
  return { shown, problem, solved, pins }
}

/** What a reader of the screen sees, from what a reader of the file sees. */
const drawn = (cell: unknown, show: string): string => {
  if (cell === null) return ''
  if (typeof cell !== 'number') return String(cell)
  if (show === 'share') return `${(cell * 100).toFixed(1)}%`
  const text = cell.toLocaleString('en-US', show === 'cover' ? { minimumFractionDigits: 1 } : {})
  return show === 'change' && cell > 0 ? `+${text}` : text.replace('-', '−')
}

describe('the matrix as a file', () => {
  it.each(matrixShows)('has every cell as it is shown, showing %s', (show) => {
    const { shown } = shownOf(show)
    const [cells] = matrixSheets(shown, words)
    expect(cells!.rows).toHaveLength(shown.rows.length + 2)
    const [above, ...rest] = cells!.rows
    expect(above!.slice(0, 4)).toEqual([null, '剩余', null, show === 'share' ? '1,204' : 1204])
    expect(rest.pop()!.slice(1, 4)).toEqual(['分配', null, '12 / 30'])
    for (const [index, row] of shown.rows.entries()) {
      if (row.kind !== 'unit') throw new Error('there are no groups')
      expect(rest[index]!.slice(0, 2)).toEqual([row.facts.tier, row.id])
      for (const [at, { code }] of shown.items.entries()) {
        expect(drawn(rest[index]![at + 3], show)).toBe(cellView(shown.source, row.id, code, show).main)
      }
    }
  })

  it('has the headings of groups with their packs, and of a shut group nothing but that', () => {
    const { shown, problem } = shownOf('packs', 'tier', ['1'])
    const [cells, lines] = matrixSheets(shown, words)
    const units = problem.units.filter(({ tier }) => tier === 1)
    const heading = cells!.rows.find((row) => row[1] === `1 级 (${units.length})`)
    expect(heading !== undefined).toBe(units.length > 0)
    expect(cells!.rows.some((row) => row[0] === 1)).toBe(false)
    expect(lines!.rows.some((row) => row[2] === 1)).toBe(false)
  })

  it('has every line with what it rests on, what it was given and why', () => {
    const { shown, problem, solved, pins } = shownOf('packs')
    const [, sheet] = matrixSheets(shown, words)
    const lines = problem.units.flatMap((unit) => unit.lines.map((line) => ({ ...line, unit: unit.unit })))
    expect(sheet!.rows).toHaveLength(lines.length)
    for (const { unit, item, stockBase, useMilliPerDay } of lines) {
      const row = sheet!.rows.find((one) => one[0] === unit && one[4] === item)!
      const plan = solved.items.get(item)!
      const at = plan.indexOf.get(unit)!
      expect(row.slice(7, 12)).toEqual([
        stockBase,
        useMilliPerDay / 1000,
        workOutNeed(stockBase, useMilliPerDay, problem.horizonDays),
        plan.packs[at],
        plan.quantityBase[at],
      ])
      expect(row[13]).toBe(Math.floor(plan.coverAfter[at]! / 100) / 10)
      expect(row[14]).toBe(pins.get(item)?.get(unit) ?? null)
      expect(String(row[15]).length).toBeGreaterThan(4)
    }
    expect(sheet!.rows.every((row) => row.length === sheet!.columns.length)).toBe(true)
  })
})
