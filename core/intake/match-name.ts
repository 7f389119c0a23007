import type { Grade } from '../standard.ts'
import { nameKey, normaliseText } from '../text.ts'
import type { CatalogueItem } from './catalogue.ts'
import { compareGrades, type GradeReading, readGrade } from './grade.ts'
import { guess, type Reason, wrong } from './reasons.ts'
import { createSimilarityIndex, type SimilarityIndex } from './similarity.ts'

/**
 * From a name as written to an item on file: the name itself, a code or barcode, an alias, its pinyin, then what looks
 * alike. The grade is a wall on every way: a name that says one grade is never matched to an item of another, and a name
 * that says none is never matched on its own where items of several grades would do.
 */
export interface NameMatch {
  readonly item: CatalogueItem | null
  readonly how: 'exact' | 'code' | 'alias' | 'pinyin' | 'similar' | null
  readonly reasons: readonly Reason[]
  /** Items to offer when nothing was chosen, best first. */
  readonly candidates: readonly CatalogueItem[]
}

/** The pinyin of a text without tones, written together, and its initials; handed in so that this file needs no library. */
export type ReadPinyin = (text: string) => { readonly full: string; readonly initials: string }

export interface MatcherOptions {
  readonly catalogue: readonly CatalogueItem[]
  readonly readPinyin?: ReadPinyin | undefined
  /** What clerks chose before: `nameKey` of a name as written → item code. */
  readonly aliases?: ReadonlyMap<string, string> | undefined
}

export interface NameMatcher {
  /** `beside`: what the specification and standard columns of the row say. */
  match(name: string, beside: string): NameMatch
  /** Why a name, with what stands beside it, cannot mean this item: another grade, another kind of thing. Null: it can. */
  findWall(name: string, beside: string, item: CatalogueItem): Reason | null
  readonly size: number
}

interface Entry {
  readonly item: CatalogueItem
  readonly grade: GradeReading
}

const likely = 0.62
const clearlyAhead = 0.06
const none: NameMatch = { item: null, how: null, reasons: [], candidates: [] }

export function createNameMatcher(options: MatcherOptions): NameMatcher {
  const entries: Entry[] = options.catalogue.map((item) => ({
    item,
    grade: readGrade(`${item.name} ${item.nameEn}`.trim(), `${item.specification} ${item.standard}`.trim()),
  }))
  const byKey = new Map<string, Entry[]>()
  const byCode = new Map<string, Entry>()
  const aliases = new Map<string, Entry>()
  const index: SimilarityIndex<Entry> = createSimilarityIndex()
  const byItemCode = new Map(entries.map((entry) => [entry.item.code, entry]))
  const add = (key: string, entry: Entry) => {
    if (key === '') return
    const list = byKey.get(key)
    if (!list) byKey.set(key, [entry])
    else if (!list.includes(entry)) list.push(entry)
  }
  for (const entry of entries) {
    const { item } = entry
    add(nameKey(item.name), entry)
    add(nameKey(item.nameEn), entry)
    byCode.set(normaliseText(item.code).toLowerCase(), entry)
    for (const gtin of item.gtins) byCode.set(gtin.replace(/^0+/, ''), entry)
    for (const alias of item.aliases) aliases.set(nameKey(alias), entry)
    for (const name of [item.name, item.nameEn, ...item.aliases]) if (name !== '') index.add(nameKey(name), entry)
  }
  // The clerks' own choices come last, so that they win over the aliases on file.
  for (const [key, code] of options.aliases ?? []) {
    const entry = byItemCode.get(code)
    if (entry) aliases.set(key, entry)
  }
  const pinyin = options.readPinyin ? indexPinyin(entries, options.readPinyin) : null
  const remembered = new Map<string, NameMatch>()

  const find = (name: string, beside: string): NameMatch => {
    const text = normaliseText(name)
    const key = nameKey(text)
    if (key === '') return none
    const grade = readGrade(text, beside)
    const exact = byKey.get(key)
    if (exact) return chooseExact(exact, text, beside, grade, entries)
    const alias = aliases.get(key)
    if (alias) return accept(alias, 'alias', text, beside, grade, entries)
    const coded = byCode.get(text.toLowerCase()) ?? byCode.get(text.replace(/^0+/, ''))
    if (coded) return accept(coded, 'code', text, beside, grade, entries)
    if (grade.conflict) return contradiction(text, beside, grade, entries)
    return findByPinyin(text, grade) ?? findSimilar(key, text, grade, index, entries)
  }

  const findByPinyin = (text: string, grade: GradeReading): NameMatch | null => {
    if (!pinyin || !options.readPinyin) return null
    const letters = /^[a-z]{2,}$/i.test(text) ? text.toLowerCase() : null
    const found = letters ? pinyin.get(letters) : pinyin.get(options.readPinyin(text).full.toLowerCase())
    const open = (found ?? []).filter((entry) => compareGrades(grade, entry.grade) !== 'wall')
    if (open.length === 0) return null
    if (open.length > 1) return ambiguous(text, open)
    const entry = open[0]!
    return {
      item: entry.item,
      how: 'pinyin',
      reasons: [guess('match', 'name-by-pinyin', { given: text, value: entry.item.name })],
      candidates: [entry.item],
    }
  }

  return {
    size: entries.length,
    match(name, beside) {
      const key = `${name}\u0000${beside}`
      let answer = remembered.get(key)
      if (answer === undefined) {
        answer = find(name, beside)
        // A list of a hundred thousand rows with as many different names must not fill the memory.
        if (remembered.size < 20_000) remembered.set(key, answer)
      }
      return answer
    },
    findWall(name, beside, item) {
      const entry = byItemCode.get(item.code)
      const text = normaliseText(name)
      return entry && compareGrades(readGrade(text, beside), entry.grade) === 'wall' ? gradeDiffers(text, entry) : null
    },
  }
}

function indexPinyin(entries: readonly Entry[], readPinyin: ReadPinyin): Map<string, Entry[]> {
  const index = new Map<string, Entry[]>()
  for (const entry of entries) {
    for (const name of new Set([entry.item.name, ...entry.item.aliases])) {
      if (!/[\u4e00-\u9fff]/.test(name)) continue
      const { full, initials } = readPinyin(normaliseText(name))
      for (const key of new Set([full.toLowerCase(), initials.toLowerCase()])) {
        const list = index.get(key)
        if (!list) index.set(key, [entry])
        else if (!list.includes(entry)) list.push(entry)
      }
    }
  }
  return index
}

const namesOf = (entries: readonly Entry[]): string =>
  entries
    .slice(0, 4)
    .map((entry) => entry.item.name)
    .join('、')
const itemsOf = (entries: readonly Entry[]): CatalogueItem[] => entries.slice(0, 8).map((entry) => entry.item)

function ambiguous(text: string, found: readonly Entry[]): NameMatch {
  return {
    item: null,
    how: null,
    reasons: [wrong('match', 'name-ambiguous', { given: text, candidates: namesOf(found) })],
    candidates: itemsOf(found),
  }
}

function contradiction(text: string, beside: string, grade: GradeReading, entries: readonly Entry[]): NameMatch {
  const candidates = entries.filter(
    (entry) => entry.grade.family === grade.family && entry.grade.grades.some((one) => grade.grades.includes(one)),
  )
  return {
    item: null,
    how: null,
    reasons: [wrong('match', 'grade-conflict', { text: beside === '' ? text : `${text} / ${normaliseText(beside)}` })],
    candidates: itemsOf(candidates),
  }
}

const gradeDiffers = (text: string, { item }: Entry): Reason =>
  wrong('match', 'grade-differs', {
    given: text,
    value: item.name,
    standard: item.standard || item.specification || '-',
  })

function accept(
  entry: Entry,
  how: 'exact' | 'alias' | 'code',
  text: string,
  beside: string,
  grade: GradeReading,
  entries: readonly Entry[],
): NameMatch {
  if (grade.conflict) return contradiction(text, beside, grade, entries)
  const compared = compareGrades(grade, entry.grade)
  // What a clerk chose for this very name stands, except where the row says a grade that the item is not.
  const gradesApart =
    grade.grades.length > 0 &&
    entry.grade.grades.length > 0 &&
    !grade.grades.some((one) => entry.grade.grades.includes(one))
  if (compared === 'wall' && (how !== 'alias' || gradesApart)) {
    const right = entries.filter((other) => other !== entry && compareGrades(grade, other.grade) === 'same')
    return {
      item: null,
      how: null,
      reasons: [gradeDiffers(text, entry)],
      candidates: itemsOf(right),
    }
  }
  return { item: entry.item, how, reasons: [], candidates: [entry.item] }
}

/** Several items may carry the same name in different specifications: the row's specification chooses, or nobody does. */
function chooseExact(
  found: readonly Entry[],
  text: string,
  beside: string,
  grade: GradeReading,
  entries: readonly Entry[],
): NameMatch {
  if (found.length === 1) return accept(found[0]!, 'exact', text, beside, grade, entries)
  const wanted = nameKey(beside)
  const open = found.filter((entry) => compareGrades(grade, entry.grade) !== 'wall')
  const bySpecification = open.filter((entry) => wanted !== '' && nameKey(entry.item.specification) === wanted)
  if (bySpecification.length === 1) return accept(bySpecification[0]!, 'exact', text, beside, grade, entries)
  const byGrade = open.filter((entry) => compareGrades(grade, entry.grade) === 'same')
  if (byGrade.length === 1 && open.length > 1) return accept(byGrade[0]!, 'exact', text, beside, grade, entries)
  if (open.length === 1) return accept(open[0]!, 'exact', text, beside, grade, entries)
  return ambiguous(text, open.length > 0 ? open : found)
}

function findSimilar(
  key: string,
  text: string,
  grade: GradeReading,
  index: SimilarityIndex<Entry>,
  entries: readonly Entry[],
): NameMatch {
  const near = index.search(key, 12)
  const open = near.filter((hit) => compareGrades(grade, hit.value.grade) !== 'wall')
  // Every item of the same kind is a candidate when grades part them, also one whose name looks quite different.
  const kin =
    grade.family === null
      ? []
      : entries.filter((entry) => entry.grade.family === grade.family && compareGrades(grade, entry.grade) !== 'wall')
  const gradesOfKin = new Set(kin.map((entry) => entry.grade.grades.join('+')).filter((grades) => grades !== ''))
  const best = open[0]
  const gradeSettled = grade.grades.length === 1 && grade.said !== 'implied'
  if (!gradeSettled && gradesOfKin.size > 1) {
    return {
      item: null,
      how: null,
      reasons: [wrong('match', 'grade-not-stated', { given: text, candidates: namesOf(kin) })],
      candidates: itemsOf(kin),
    }
  }
  // Same kind of thing, same grade said on both sides, and only one such item: the rest of the name is a brand or a model.
  const sameGrade = kin.filter((entry) => compareGrades(grade, entry.grade) === 'same')
  if (sameGrade.length === 1 && (!best || best.value === sameGrade[0] || best.score < likely)) {
    return similar(sameGrade[0]!, text, grade)
  }
  if (!best || best.score < likely) {
    if (best && kin.length === 1 && grade.family !== null && best.value === kin[0] && best.score >= 0.4)
      return similar(kin[0]!, text, grade)
    const offered = open.filter((hit) => hit.score >= 0.3).map((hit) => hit.value)
    const candidates = [...new Set([...offered, ...kin])]
    return {
      item: null,
      how: null,
      reasons: [wrong('match', 'item-unknown', { given: text, candidates: namesOf(candidates) })],
      candidates: itemsOf(candidates),
    }
  }
  const second = open.find((hit) => hit.value !== best.value)
  if (second && best.score - second.score < clearlyAhead)
    return ambiguous(text, [...new Set(open.map((hit) => hit.value))])
  // Two different kinds of thing are not alike because their adjectives are; one unknown kind leaves it to the score.
  if (grade.family === null && best.value.grade.family !== null && best.score < 0.8) {
    return {
      item: null,
      how: null,
      reasons: [wrong('match', 'item-unknown', { given: text, candidates: best.value.item.name })],
      candidates: [best.value.item],
    }
  }
  return similar(best.value, text, grade)
}

const maskLadder: readonly Grade[] = [
  'mask-civil',
  'mask-disposable-medical',
  'mask-surgical',
  'mask-particulate',
  'mask-medical-protective',
]

/** A mask that leaves its grade open counts as the lowest it can be; to take it for a higher one needs a person. */
function isAboveWhatIsSaid(grade: GradeReading, item: GradeReading): boolean {
  if (grade.family !== 'mask' || item.grades.length === 0 || (grade.grades.length === 1 && grade.said !== 'implied'))
    return false
  const rank = (grades: readonly Grade[]) => Math.min(...grades.map((one) => maskLadder.indexOf(one)))
  const lowestSaid = grade.grades.length === 0 ? 0 : rank(grade.grades)
  return rank(item.grades) > lowestSaid
}

function similar(entry: Entry, text: string, grade: GradeReading): NameMatch {
  const value = entry.item.name
  if (isAboveWhatIsSaid(grade, entry.grade)) {
    return {
      item: null,
      how: null,
      reasons: [wrong('match', 'grade-not-stated', { given: text, candidates: value })],
      candidates: [entry.item],
    }
  }
  const open = entry.grade.grades.length > 0 && compareGrades(grade, entry.grade) === 'open'
  const reason = guess('match', open ? 'grade-unconfirmed' : 'name-similar', { given: text, value })
  return { item: entry.item, how: 'similar', reasons: [reason], candidates: [entry.item] }
}
