import { readPinyin } from '../../../api/intake/read-pinyin.ts'
import { type IntakeKind, intakeKinds } from '../../../core/intake/header-words.ts'
import { type IntakeResult, readList, readText } from '../../../core/intake/intake.ts'
import type { DraftRow } from '../../../core/intake/read-row.ts'
import { type Cell, sheetOf } from '../../../core/intake/sheet.ts'
import { ordinaryCatalogue } from './lists.ts'

/**
 * Lists as people send them, each with what it says written out by hand under it. A block begins with `### title | kind`,
 * then `cat` when it is read with the ordinary catalogue and `text` when it is a text and not a sheet; `⇥` is a tab. Cells
 * of a sheet stand between `|`; a bare number is a number, one behind `=` is text.
 */
export interface MessyList {
  readonly title: string
  readonly read: () => IntakeResult
  readonly expected: readonly string[]
}

export function parseMessy(text: string): MessyList[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const [head, ...lines] = block.split('\n')
      const [title, kind, ...flags] = head!.split(' | ').map((part) => part.trim())
      if (!intakeKinds.includes(kind as IntakeKind)) throw new Error(`${title}: no kind of list is called ${kind}`)
      const cut = lines.indexOf('--')
      const given = lines.slice(0, cut)
      const expected = lines.slice(cut + 1).filter((line) => line !== '')
      const context = {
        kind: kind as IntakeKind,
        today: '2020-02-10',
        catalogue: flags.includes('cat') ? ordinaryCatalogue : null,
        readPinyin,
      }
      const read = () =>
        readList(
          flags.includes('text')
            ? readText(given.join('\n').replaceAll('⇥', '\t'), '粘贴')
            : [
                sheetOf(
                  '表',
                  given.map((line) => line.split('|').map(cellOf)),
                ),
              ],
          context,
        )
      return { title: title!, read, expected }
    })
}

function cellOf(text: string): Cell {
  const given = text.trim()
  if (given === '') return null
  if (given.startsWith('=')) return given.slice(1)
  return /^-?\d+(?:\.\d+)?$/.test(given) ? Number(given) : given
}

/** Everything a list was read as, a line for each row, and one for each row of the sheet that is none. */
export function inWords(result: IntakeResult): string[] {
  return [
    ...result.rows.map(rowInWords),
    ...result.leftOut.filter(({ why }) => why !== 'header').map(({ source, why }) => `${source.row} left out: ${why}`),
  ]
}

function rowInWords(row: DraftRow): string {
  const amount =
    row.quantity === null ? 'no quantity' : [row.quantity, row.unit].filter((one) => one !== null).join(' ')
  const parts: (string | null)[] = [
    `${row.source.row} ${row.status}`,
    row.party,
    row.item ?? 'no item',
    row.quantityBase === null ? amount : `${amount} = ${row.quantityBase}`,
    row.specification && `spec ${row.specification}`,
    row.lot && `lot ${row.lot}`,
    row.madeOn && `made ${row.madeOn}`,
    row.expiresOn && `exp ${row.expiresOn}`,
    row.match && `→ ${row.match}`,
    row.reasons.length > 0 ? `why ${row.reasons.map((reason) => reason.code).join(' ')}` : null,
  ]
  return parts.filter((part) => part !== null && part !== '').join('; ')
}
