import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readListFile } from '../../../api/intake/read-file.ts'
import { type IntakeResult, readList } from '../../../core/intake/intake.ts'
import { tidyText } from '../../../core/text.ts'
import { findRealList, ordinaryCatalogue } from './lists.ts'

/**
 * A real public notice of January 2020. The expectation was written by reading the sheet (`wuhan-receipts.expected.txt`);
 * the sheet itself is not part of the project, so this says what it skipped where there is none.
 */
const path = findRealList('wuhan-receipts-2020-01-22.xlsx')
if (path === null)
  console.log('wuhan-receipts-2020-01-22.xlsx is not here (FRONTSTOCK_LISTS names no folder that has it): skipped')

interface Expected {
  readonly row: number
  readonly party: string
  readonly item: string
  readonly quantity: number | null
  readonly unit: string | null
  readonly mark: string
}

const expected: Expected[] = readFileSync(new URL('./wuhan-receipts.expected.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [row, party, item, quantity, unit, mark] = line.split('|') as [string, string, string, string, string, string]
    return {
      row: Number(row),
      party,
      item,
      quantity: quantity === '' ? null : Number(quantity),
      unit: unit || null,
      mark,
    }
  })

async function read(withCatalogue: boolean): Promise<{ result: IntakeResult; partyAt: (row: number) => string }> {
  const file = await readListFile(readFileSync(path!), 'wuhan-receipts-2020-01-22.xlsx')
  if (!file.ok) throw new Error(file.refusal.code)
  const sheet = file.value.sheets[0]!
  const cells = new Map(sheet.rows.map((row) => [row.number, row.cells]))
  const marks = new Map(expected.map((line) => [line.row, line]))
  // The party in the sheet's own words: the cell of this row, or of the nearest row above that is not marked ^.
  const partyAt = (row: number): string => {
    let at = row
    while (marks.get(at)?.party !== '.' && at > 0) at -= 1
    return tidyText(String(cells.get(at)?.[0] ?? ''))
  }
  const result = readList(file.value.sheets, {
    kind: 'delivery',
    today: '2020-01-29',
    catalogue: withCatalogue ? ordinaryCatalogue : null,
  })
  return { result, partyAt }
}

describe.skipIf(path === null)('the Wuhan receipts of 22 January 2020', () => {
  it.each([true, false])(
    'reads at least 95 % of the rows right and none silently wrong (with a catalogue: %s)',
    async (withCatalogue) => {
      const { result, partyAt } = await read(withCatalogue)
      const rows = new Map(result.rows.map((row) => [row.source.row, row]))
      const left = new Set(result.leftOut.map((row) => row.source.row))
      const wrong: string[] = []
      const silent: string[] = []
      let right = 0
      let lines = 0
      for (const line of expected) {
        const row = rows.get(line.row)
        if (line.mark === 'x') {
          if (row || !left.has(line.row))
            silent.push(`${line.row}: not a line, yet read as one or not listed as left out`)
          continue
        }
        lines += 1
        const asWritten = [row?.party, row?.item, row?.quantity, row?.unit]
        const asRead = [partyAt(line.row), line.item, line.quantity, line.unit]
        const isRight = JSON.stringify(asWritten) === JSON.stringify(asRead)
        if (isRight) right += 1
        else wrong.push(`${line.row}: ${JSON.stringify(asWritten)} for ${JSON.stringify(asRead)}`)
        if (!isRight && row?.status === 'sure') silent.push(`${line.row}: wrong and unmarked`)
        if (line.mark === '!' && row?.status === 'sure') silent.push(`${line.row}: doubtful and unmarked`)
      }
      console.log(`${right} of ${lines} lines right; ${result.rows.filter((row) => row.status === 'sure').length} sure`)
      expect(silent).toEqual([])
      expect(right / lines, wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
      // Nothing that the sheet has is lost: every row is a line, or left out with a reason.
      expect(rows.size + left.size).toBe(expected.length)
      expect(new Set(expected.map((line) => line.row))).toEqual(new Set([...rows.keys(), ...left]))
    },
  )

  it('takes no mask for one of another grade', async () => {
    const { result } = await read(true)
    const matched = result.rows.filter((row) => row.match?.startsWith('M-'))
    const pairs = new Set(matched.map((row) => `${row.item} → ${row.match}`))
    // Read off the sheet: these names say their grade; 口罩, 3M口罩, 医用口罩, 防护口罩, 医用N95口罩 do not.
    expect([...pairs].sort()).toEqual(
      [
        'KN95口罩 → M-N95',
        'N95口罩 → M-N95',
        '2001型过滤防颗粒呼吸器 → M-N95',
        '自吸过滤呼吸器 → M-N95',
        '自吸过滤式防颗粒物呼吸器 → M-N95',
        '耳带式自吸过滤式防颗粒呼吸器 → M-N95',
        '医用一次性口罩 → M-DIS',
        '医用外科口罩 → M-SUR',
        '外科医用口罩 → M-SUR',
      ].sort(),
    )
  })
})
