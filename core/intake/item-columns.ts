import type { Candidate, Column } from './columns.ts'
import { isTotal } from './foot-words.ts'
import { readFamily } from './grade.ts'
import type { IntakeKind } from './header-words.ts'
import { readUnitText } from './unit-of-measure.ts'

/** A column of a list laid out as units × items: its heading is the item, its cells are quantities. */
export interface ItemColumn {
  readonly index: number
  readonly item: string
  /** 医用外科口罩（盒）, N95口罩（万只）: what the heading says its numbers are counted in. */
  readonly unit: string | null
  readonly multiplier: number
  /** A heading that is no thing we know, taken for one because its neighbours are. */
  readonly isGuess: boolean
}

export function findItemColumns(
  candidates: readonly Candidate[],
  columns: readonly Column[],
  kind: IntakeKind,
  isKnownItem: (name: string) => boolean,
): ItemColumn[] {
  if (columns.some((column) => column.field === 'item')) return []
  const used = new Set(columns.map((column) => column.index))
  const numeric = candidates.filter(
    (candidate) =>
      !used.has(candidate.index) &&
      candidate.text !== '' &&
      !isTotal(candidate.text) &&
      candidate.content.number + candidate.content.numberWithUnit >= 0.5,
  )
  const read = numeric.map((candidate) => ({ heading: headingOf(candidate.text, kind), index: candidate.index }))
  const known = read.filter(({ heading }) => readFamily(heading.item) !== null || isKnownItem(heading.item))
  if (known.length === 0) return []
  const asked = new Set(known.filter(({ heading }) => heading.isAsked !== false).map(({ heading }) => heading.item))
  return read.flatMap(({ heading, index }) => {
    const isGuess = !known.some((one) => one.index === index)
    // 口罩库存 beside 口罩需求: of one thing only the column that the list is about.
    if (heading.isAsked === false && asked.has(heading.item)) return []
    if (isGuess && (known.length < 2 || noThing.test(heading.item))) return []
    const { item, unit, multiplier } = heading
    return [{ index, item, unit, multiplier, isGuess }]
  })
}

/** Headings of numbers that count no thing: 床位数, 差额, 可用天数. */
const noThing = /(?:数|人|率|天|元|费|额|价|龄|积|异|计|量|%|比|号|日|月|年)$|^\d/

const unitBehind = /^(.+?)\s*(?:\(([^()]+)\)|\/\s*([^/()]+))$/
/** What a heading says of its thing besides the name, and the kinds of list that ask for it. */
const roles: readonly (readonly [RegExp, readonly IntakeKind[]])[] = [
  [/(?:现有|当前)?(?:库存|剩余|结存|现存|现有)(?:数?量|数)?$/, ['reports', 'stock']],
  [/(?:需求|申请|申领|缺口|需要)(?:数?量|数)?$/, ['units', 'issue']],
  [/(?:日均|每日|日)?(?:用量|消耗|已用|使用)(?:数?量|数)?$/, []],
  [/(?:实收|收到|捐赠|到货|入库|接收)(?:数?量|数)?$/, ['delivery', 'stock']],
  [/(?:实发|发放|领用|出库|下拨|调拨)(?:数?量|数)?$/, ['issue', 'delivery']],
  [/(?:日产能|产能|日产量|产量)$/, ['suppliers']],
  [/(?:数量|数)$/, ['delivery', 'issue', 'items', 'units', 'suppliers', 'reports', 'stock']],
]

interface ItemHeading {
  readonly item: string
  readonly unit: string | null
  readonly multiplier: number
  /** Whether a list of this kind asks for what the heading says; null when it says nothing but the name. */
  readonly isAsked: boolean | null
}

function headingOf(text: string, kind: IntakeKind): ItemHeading {
  const found = unitBehind.exec(text)
  const measured = found ? readUnitText(found[2] ?? found[3] ?? '') : null
  const unit = measured?.unit ?? null
  const multiplier = measured?.multiplier ?? 1
  const whole = measured === null ? text : found![1]!
  for (const [words, kinds] of roles) {
    const item = whole.replace(words, '').replace(/[-_的\s]+$/, '')
    if (item === whole || item === '' || readFamily(item) === null) continue
    return { item, unit, multiplier, isAsked: kinds.includes(kind) }
  }
  return { item: whole, unit, multiplier, isAsked: null }
}
