import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  canonicalProblem,
  canonicalProblemText,
  planFileText,
  problemText,
  verifyPlanFiles,
} from '../../../core/allocation/plan-file.ts'
import type { Problem } from '../../../core/allocation/problem.ts'
import { readProblem } from '../../../core/allocation/read-plan-file.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** The example of the paper, with a second and a third unit. */
const example = {
  format: 'frontstock-plan/1',
  date: '2020-02-06',
  horizonDays: 14,
  rounding: 'runs-out-first',
  rungs: [
    { tiers: [1], days: 2 },
    { tiers: [1, 2], days: 2 },
    { tiers: [3], days: 1 },
    { tiers: [1, 2, 3], days: 7, weightPercent: { '1': 150, '2': 120, '3': 100 } },
    { tiers: [1, 2, 3], days: 14, weightPercent: { '1': 150, '2': 120, '3': 100 } },
  ],
  items: [
    {
      item: 'KN95',
      packBase: 20,
      reservePacks: 0,
      lots: [{ lot: 'L1', depot: 'D1', packs: 10, expiresOn: '2020-03-01' }],
    },
  ],
  units: ['U001', 'U002', 'U003'].map((unit, at) => ({
    unit,
    tier: at + 1,
    lines: [
      {
        item: 'KN95',
        stockBase: 40,
        useMilliPerDay: 12_000,
        requestBase: null as number | null,
        capBase: null as number | null,
        pinPacks: null as number | null,
        creditMilli: 0,
        depots: null as string[] | null,
      },
    ],
  })),
}

function textOf(result: ReturnType<typeof planFileText>): string {
  if ('error' in result) throw new Error(result.error)
  return result.text
}

test('plans the example of the paper, and the plan verifies', () => {
  const source = JSON.stringify(example)
  const result = textOf(planFileText(source, hash))
  const { lines, items, problemSha256 } = JSON.parse(result)
  expect(problemSha256).toBe(hash(canonicalProblemText(example as Problem)))
  expect(lines.map((line: { unit: string; packs: number }) => [line.unit, line.packs])).toEqual([
    ['U001', 4],
    ['U002', 3],
    ['U003', 3],
  ])
  expect(lines[0]).toEqual({
    unit: 'U001',
    item: 'KN95',
    packs: 4,
    quantityBase: 80,
    rung: 5,
    coverBeforeDays: 3.333,
    coverAfterDays: 10,
    reason: 'level',
    queuePacks: 1,
    lots: [{ lot: 'L1', depot: 'D1', packs: 4 }],
  })
  expect(items[0]).toMatchObject({ grantedPacks: 10, leftPacks: 0, exact: true })
  expect(verifyPlanFiles(source, result, hash)).toHaveProperty('text')
  expect(verifyPlanFiles(source, result, hash, 'zh-CN')).toHaveProperty('text')
})

test('prints the same result in whatever order units, lines and fields are written', () => {
  const reversed = {
    ...Object.fromEntries(Object.entries(example).reverse()),
    units: [...example.units].reverse(),
    rungs: example.rungs.map((rung) => ({ ...rung, tiers: [...rung.tiers].reverse() })),
  }
  const first = textOf(planFileText(JSON.stringify(example), hash))
  expect(textOf(planFileText(JSON.stringify(reversed, null, 2), hash))).toBe(first)
  expect(verifyPlanFiles(JSON.stringify(reversed), first, hash)).toHaveProperty('text')
})

test('writes a problem that reads back as the same problem', () => {
  const extended: Problem = {
    ...(example as Problem),
    nearExpiry: true,
    rollingDays: 20,
    rungs: example.rungs.map((rung, index) => (index === 0 ? { ...rung, name: '保底', nameEn: 'Floor' } : rung)),
    items: [
      {
        ...example.items[0]!,
        lots: [
          ...example.items[0]!.lots,
          { lot: 'L2', depot: 'D1', packs: 1, expiresOn: null, held: true, packBase: 7 },
        ],
        substitutes: ['N95'],
        promises: [{ on: '2020-02-10', quantityBase: 100, haircutPercent: 80 }],
      },
      { item: 'N95', packBase: 20, reservePacks: 1, lots: [] },
    ],
    units: example.units.map((unit) => ({
      ...unit,
      distances: { D1: 7 },
      lines: unit.lines.map((line) => ({ ...line, lots: ['L1'], substitutes: [], depots: ['D1'] })),
    })),
  }
  const read = readProblem(problemText(extended))
  if (!read.ok) throw new Error(JSON.stringify(read.refusal))
  expect(canonicalProblemText(read.problem)).toBe(canonicalProblemText(extended))
  expect(read.problem).toEqual(canonicalProblem(extended))
})

test('a field that says only its default does not change the hash', () => {
  const verbose: Problem = {
    ...(example as Problem),
    nearExpiry: false,
    rollingDays: null,
    items: example.items.map((item) => ({ ...item, substitutes: [], promises: [] })),
    units: example.units.map((unit) => ({ ...unit, distances: null })),
  }
  expect(canonicalProblemText(verbose)).toBe(canonicalProblemText(example as Problem))
})

type Tree = { [name: string | number]: Tree }

/** A copy of the example with one place changed; `undefined` takes it away. */
function changed(path: readonly (string | number)[], value?: unknown): string {
  const copy = structuredClone(example)
  let at = copy as unknown as Tree
  for (const name of path.slice(0, -1)) at = at[name]!
  const last = path.at(-1)!
  if (value === undefined) delete at[last]
  else at[last] = value as Tree
  return JSON.stringify(copy)
}

const malformed: readonly (readonly [string, string, string])[] = [
  ['text that is not JSON', '{"format": ', 'not JSON'],
  ['an empty file', '', 'not JSON'],
  ['NaN', JSON.stringify(example).replace('12000', 'NaN'), 'not JSON'],
  ['a list', '[]', 'an object'],
  ['a number', '7', 'an object'],
  ['null', 'null', 'an object'],
  ['a missing field', changed(['horizonDays']), 'horizonDays is missing'],
  [
    'a missing field in a line',
    changed(['units', 1, 'lines', 0, 'useMilliPerDay']),
    'units[1].lines[0].useMilliPerDay is missing',
  ],
  ['a missing field in a lot', changed(['items', 0, 'lots', 0, 'packs']), 'items[0].lots[0].packs is missing'],
  ['an unknown field', changed(['units', 0, 'tierr'], 1), 'units[0].tierr is not a field'],
  ['another format', changed(['format'], 'frontstock-plan/2'), 'format is not allowed: given "frontstock-plan/2"'],
  [
    'a negative stock',
    changed(['units', 0, 'lines', 0, 'stockBase'], -1),
    'units[0].lines[0].stockBase is out of range: given -1',
  ],
  [
    'a fractional use',
    changed(['units', 0, 'lines', 0, 'useMilliPerDay'], 1.5),
    'units[0].lines[0].useMilliPerDay is not a whole number: given 1.5',
  ],
  [
    '10^20 packs',
    changed(['items', 0, 'lots', 0, 'packs'], 1e20),
    'items[0].lots[0].packs is out of range: given 100000000000000000000',
  ],
  ['a pack of nothing', changed(['items', 0, 'packBase'], 0), 'items[0].packBase is out of range'],
  ['a text for a number', changed(['units', 0, 'tier'], '1'), 'units[0].tier has the wrong type: given "1"'],
  ['tier 0', changed(['units', 0, 'tier'], 0), 'units[0].tier is out of range'],
  ['a unit twice', changed(['units', 2, 'unit'], 'U001'), 'units[2].unit appears twice: given "U001"'],
  ['an item twice', changed(['items', 1], example.items[0]), 'items[1].item appears twice'],
  ['a lot twice', changed(['items', 0, 'lots', 1], example.items[0]!.lots[0]), 'items[0].lots[1].lot appears twice'],
  [
    'a line twice',
    changed(['units', 0, 'lines', 1], example.units[0]!.lines[0]),
    'units[0].lines[1].item appears twice',
  ],
  [
    'an unknown item',
    changed(['units', 0, 'lines', 0, 'item'], 'N95'),
    'units[0].lines[0].item is not known: given "N95"',
  ],
  ['an unknown substitute', changed(['items', 0, 'substitutes'], ['N95']), 'items[0].substitutes[0] is not known'],
  ['a rung without a name in its name', changed(['rungs', 0, 'name'], ''), 'rungs[0].name'],
  ['a number for the name of a rung', changed(['rungs', 0, 'nameEn'], 7), 'rungs[0].nameEn'],
  ['30 February', changed(['date'], '2020-02-30'), 'date is not a date: given "2020-02-30"'],
  [
    'an expiry that is no date',
    changed(['items', 0, 'lots', 0, 'expiresOn'], 'soon'),
    'items[0].lots[0].expiresOn is not a date',
  ],
  ['an unknown rounding', changed(['rounding'], 'up'), 'rounding is not allowed: given "up"'],
  ['a tier twice in a rung', changed(['rungs', 0, 'tiers'], [1, 1]), 'rungs[0].tiers[1] appears twice'],
  ['a weight of nothing', changed(['rungs', 3, 'weightPercent', '1'], 0), 'rungs[3].weightPercent.1 is out of range'],
  [
    'a weight for no tier',
    changed(['rungs', 3, 'weightPercent', 'x'], 1),
    'rungs[3].weightPercent is not known: given "x"',
  ],
  ['a distance that is missing', changed(['units', 0, 'distances'], {}), 'units[0].distances.D1 is missing'],
  [
    'pins above supply',
    changed(['units', 0, 'lines', 0, 'pinPacks'], 11),
    'pins ask for 11 packs where 10 can be given: U001 KN95 11',
  ],
]

for (const [what, source, expected] of malformed) {
  test(`refuses ${what} in one line`, () => {
    const planned = planFileText(source, hash)
    expect('error' in planned && planned.error).toContain(expected)
    expect('error' in planned && planned.error).not.toMatch(/\n/)
    const chinese = planFileText(source, hash, 'zh-CN')
    expect('error' in chinese && chinese.error).toMatch(/[\u4e00-\u9fff]/)
    expect(verifyPlanFiles(source, '{}', hash)).toHaveProperty('error')
  })
}

test('refuses a result of another problem, a result that is no result, and one that was altered', () => {
  const source = JSON.stringify(example)
  const result = textOf(planFileText(source, hash))
  const other = changed(['units', 0, 'lines', 0, 'stockBase'], 41)
  expect(verifyPlanFiles(other, result, hash)).toEqual({ error: expect.stringContaining('another problem') })
  expect(verifyPlanFiles(source, 'no', hash)).toEqual({ error: expect.stringContaining('not JSON') })
  expect(verifyPlanFiles(source, '{}', hash)).toEqual({ error: expect.stringContaining('format is missing') })
  const altered = result.replace('"packs":4', '"packs":6')
  expect(verifyPlanFiles(source, altered, hash)).toEqual({ error: expect.stringContaining('U001 KN95') })
  expect(verifyPlanFiles(source, altered, hash, 'zh-CN')).toEqual({ error: expect.stringMatching(/[\u4e00-\u9fff]/) })
})
