import { describe, expect, it } from 'vitest'
import {
  aliasOf,
  chooseItem,
  confirmAllGuesses,
  confirmGuesses,
  countDoubts,
  editRow,
  partClean,
  tableOfFailedRows,
} from '../../../core/intake/draft-rows.ts'
import { createNameMatcher } from '../../../core/intake/match-name.ts'
import { codesOf, inShort, ordinaryCatalogue, readRows } from './lists.ts'

const matcher = createNameMatcher({ catalogue: ordinaryCatalogue })
const context = { kind: 'delivery', today: '2020-02-10', matcher, hasParty: true } as const
const itemOf = (code: string) => ordinaryCatalogue.find((item) => item.code === code)!

const draft = () =>
  readRows(
    [
      ['捐赠单位', '品名', '规格', '数量', '批号', '有效期'],
      ['甲公司', '医用外科口罩', '', '20盒', 'L1', '2021-12-31'],
      ['', '外科医用口罩', '', '约30盒', 'L2', '2021-12'],
      ['', 'FM口罩', '', '500只', 'L3', '2021-12-31'],
      ['', '护目镜', '', '2件', 'L4', '2019-12-31'],
    ],
    { catalogue: ordinaryCatalogue },
  ).rows

describe('confirming', () => {
  it('confirms the guesses of a row in one go and leaves what is wrong', () => {
    const [, guessed, , wrong] = draft()
    expect(codesOf(guessed)).toEqual(['carried-down', 'quantity-approximate', 'name-similar', 'date-month-only'])
    expect(confirmGuesses(guessed!)).toMatchObject({ status: 'sure', reasons: [], match: 'M-SUR', quantityBase: 1500 })
    expect(codesOf(confirmGuesses(wrong!))).toEqual(['expiry-past'])
    expect(confirmGuesses(wrong!).status).toBe('wrong')
  })

  it('confirms one kind in all rows, and one field of a row', () => {
    const rows = confirmAllGuesses(draft(), 'carried-down')
    expect(rows.flatMap(codesOf)).not.toContain('carried-down')
    expect(codesOf(confirmGuesses(draft()[1]!, { field: 'quantity' }))).toEqual([
      'carried-down',
      'name-similar',
      'date-month-only',
    ])
    expect(rows[0]).toStrictEqual(draft()[0])
  })

  it('counts the kinds of doubt, most frequent first', () => {
    expect(countDoubts(draft())[0]).toEqual({ code: 'carried-down', status: 'guessed', rows: 3 })
  })
})

describe('editing a cell', () => {
  it('reads it as the list was read, and asks anew only about what hangs on it', () => {
    const row = confirmGuesses(draft()[3]!, { code: 'carried-down' })
    const [edited] = editRow(row, 'quantity', '１２副', context)
    expect(edited).toMatchObject({ quantity: 12, unit: '副', quantityBase: 12, match: 'G-GOG' })
    // The expiry is still past, and the confirmed sender is not asked about again.
    expect(codesOf(edited)).toEqual(['expiry-past'])
    const [mended] = editRow(edited!, 'expiresOn', '2022/6/30', context)
    expect(mended).toMatchObject({ status: 'sure', expiresOn: '2022-06-30' })
  })

  it('marks what was typed wrong', () => {
    const [row] = draft()
    expect(codesOf(editRow(row!, 'quantity', '若干', context)[0])).toEqual(['quantity-unreadable'])
    expect(codesOf(editRow(row!, 'quantity', '0', context)[0])).toContain('quantity-not-positive')
    expect(codesOf(editRow(row!, 'standard', 'GB 2626-2019', context)[0])).toEqual(['grade-conflict'])
    expect(codesOf(editRow(row!, 'expiresOn', '2021-02-30', context)[0])).toEqual(['date-impossible'])
  })
})

describe('choosing an item', () => {
  it('takes the clerk’s choice for an open name, and says what to remember', () => {
    const row = draft()[2]!
    expect(row.match).toBeNull()
    const chosen = chooseItem(row, itemOf('M-DIS'), context)
    expect(chosen).toMatchObject({ match: 'M-DIS', quantityBase: 500 })
    expect(codesOf(chosen)).toEqual(['carried-down'])
    expect(aliasOf(row, itemOf('M-DIS'))).toEqual(['fm口罩', 'M-DIS'])
  })

  it('refuses a choice that the row’s own words exclude', () => {
    const rows = readRows(
      [
        ['品名', '规格', '数量'],
        ['口罩', 'KN95', '500只'],
      ],
      { catalogue: ordinaryCatalogue },
    ).rows
    expect(rows[0]?.match).toBe('M-N95')
    const chosen = chooseItem(rows[0]!, itemOf('M-MED'), context)
    expect(chosen).toMatchObject({ match: null, status: 'wrong' })
    expect(codesOf(chosen)).toEqual(['grade-differs'])
  })
})

describe('taking the clean rows and keeping the rest', () => {
  it('parts them, and writes the rest as a table that can be read again', () => {
    const rows = draft()
    const { clean, rest } = partClean(rows)
    expect([clean.length, rest.length]).toEqual([1, 3])
    for (const language of ['zh', 'en'] as const) {
      const table = tableOfFailedRows(rows, language)
      expect(table).toHaveLength(4)
      expect(String(table[3]!.at(-1))).toContain('2019-12-31')
      const again = readRows(table, { catalogue: ordinaryCatalogue })
      expect(inShort(again)).toEqual(rest.map((row) => [row.party, row.item, row.quantity, row.unit]))
      expect(again.rows.map((row) => row.lot)).toEqual(['L2', 'L3', 'L4'])
    }
  })
})
