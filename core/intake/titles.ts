import { normaliseText } from '../text.ts'
import { organisationWords, partyOrder } from './columns.ts'
import { type IntakeKind, readHeading } from './header-words.ts'
import { isBlank, type SheetRow } from './sheet.ts'
import { readUnitText } from './unit-of-measure.ts'

/** What a title above a table says of all its rows. */

/** Each text of the titles; a row of many cells is none. */
function* textsOf(titles: readonly SheetRow[]): Generator<string> {
  for (const row of titles) {
    const filled = row.cells.filter((cell) => !isBlank(cell))
    if (filled.length > 6) continue
    for (const cell of filled) if (typeof cell === 'string') yield normaliseText(cell)
  }
}

const unitInTitle = /(?:^|[\s(,;])(?:计量|数量)?(?:单位|units?)\s*:\s*([^\s(),;]{1,12})/i

/** 单位：箱. */
export function unitOfTitles(
  titles: readonly SheetRow[],
): { readonly unit: string; readonly multiplier: number } | null {
  for (const text of textsOf(titles)) {
    const found = unitInTitle.exec(text)
    const unit = found ? readUnitText(found[1]!) : null
    if (unit !== null && unit.per === null) return unit
  }
  return null
}

/** 供货单位：甲公司, in the word for whoever a list of this kind is about; null with none or with two. */
export function partyOfTitles(titles: readonly SheetRow[], kind: IntakeKind): string | null {
  const found = new Map<string, Set<string>>()
  for (const text of textsOf(titles)) {
    for (const part of text.split(/\s(?=[^\s:]{2,8}:)/)) {
      const pair = /^([^:]{2,14}):\s*([^:]{2,40})$/.exec(part.trim())
      const heading = pair ? readHeading(pair[1]!) : null
      if (!pair || heading === null || heading.score < 0.9) continue
      const open = heading.meaning === 'unitOrOrganisation' && organisationWords.test(pair[2]!)
      const meaning = open ? 'organisation' : heading.meaning
      const names = found.get(meaning) ?? new Set()
      found.set(meaning, names.add(pair[2]!.trim()))
    }
  }
  for (const meaning of partyOrder[kind]) {
    const names = found.get(meaning)
    // Who receives a delivery is ourselves.
    if (!names || (meaning === 'recipient' && kind === 'delivery')) continue
    return names.size === 1 ? [...names][0]! : null
  }
  return null
}
