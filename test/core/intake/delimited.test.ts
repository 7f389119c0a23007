import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDelimiter, parseDelimited } from '../../../core/intake/delimited.ts'
import { seed } from '../../seed.ts'

const spectrum = new URL('../../../node_modules/csv-spectrum/', import.meta.url)
const names = readdirSync(new URL('csvs/', spectrum)).map((file) => file.replace(/\.csv$/, ''))

describe('text with separators', () => {
  it('has the whole of csv-spectrum to read', () => {
    expect(names.length).toBeGreaterThanOrEqual(12)
  })

  it.each(names)('reads csv-spectrum: %s', (name) => {
    const json = new URL(`json/${name}.json`, spectrum)
    expect(existsSync(json)).toBe(true)
    const { rows } = parseDelimited(readFileSync(new URL(`csvs/${name}.csv`, spectrum), 'utf8'), ',')
    const [head, ...body] = rows
    const objects = body.map((row) => Object.fromEntries(head!.map((key, index) => [key, row[index]])))
    const expected: unknown = JSON.parse(readFileSync(json, 'utf8'))
    if (name === 'location_coordinates') {
      // The package's own answer here is one object instead of a list, and has another telephone number than its CSV.
      expect(objects).toEqual([{ ...(expected as object), 'Contact Phone Number': '2095257564' }])
    } else expect(objects).toEqual(expected)
  })

  it('gives back what was written, for any cells and any separator', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '口', '"', ',', '\t', ';', '|', '\n', '\r\n', ' ', '1', '　') })
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', '\t', ';', '|'),
        (rows, separator) => {
          const text = rows
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(separator))
            .join('\r\n')
          expect(parseDelimited(text, separator as ',')).toEqual({ rows, unclosedQuoteRow: null })
        },
      ),
      { seed, numRuns: 500 },
    )
  })

  it('never throws and loses no character outside of quotes, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        parseDelimited(text, ',')
        detectDelimiter(text)
      }),
      { seed, numRuns: 2000 },
    )
  })

  it('says where a quote was never closed', () => {
    expect(parseDelimited('a,b\n1,"2\n3,4', ',')).toEqual({
      rows: [
        ['a', 'b'],
        ['1', '2\n3,4'],
      ],
      unclosedQuoteRow: 2,
    })
  })

  it('keeps rows of different lengths, empty lines and a last line without an end', () => {
    expect(parseDelimited('\ufeffa,b,c\n\n1,2\n3,,', ',').rows).toEqual([
      ['a', 'b', 'c'],
      [''],
      ['1', '2'],
      ['3', '', ''],
    ])
  })

  it.each([
    ['品名\t数量\n口罩\t1,000\n', '\t'],
    ['品名,数量\n口罩,1\n', ','],
    ['品名;数量\n口罩;1,5\n', ';'],
    ['品名|数量\n口罩|1\n', '|'],
    ['今天收到口罩', null],
  ])('finds the separator of %j: %j', (text, separator) => {
    expect(detectDelimiter(text)).toBe(separator)
  })
})
