import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readList } from '../../../core/intake/intake.ts'
import type { DraftRow } from '../../../core/intake/read-row.ts'
import { type Cell, sheetOf } from '../../../core/intake/sheet.ts'
import { tidyText } from '../../../core/text.ts'
import { codesOf, findRealList, ordinaryCatalogue } from './lists.ts'

/** Two public lists of February 2020, made into sheets as a colleague would have sent them, and read like any sheet. */
const hospitals = findRealList('hubei-hospital-needs-2020.json')
const factories = findRealList('factories-2020.json')
if (hospitals === null || factories === null) {
  console.log('the public lists of 2020 are not here (FRONTSTOCK_LISTS names no folder that has them): skipped')
}

interface Supply {
  readonly key: string
  readonly specification?: string
  readonly value: number | null
}
interface Source {
  readonly city: string
  readonly district?: string
  readonly name: string
  readonly qualification?: string
  readonly supplies: readonly Supply[]
}

/** Those that ask for or make nothing have no line in a sheet. */
const load = (path: string): Source[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as Source[]).filter((source) => source.supplies.length > 0)
const written = (text: string | undefined): string | null => tidyText(text ?? '') || null
const readAs = (kind: 'units' | 'suppliers', name: string, rows: Cell[][], withCatalogue = true) =>
  readList([sheetOf(name, rows)], { kind, today: '2020-02-10', catalogue: withCatalogue ? ordinaryCatalogue : null })

describe.skipIf(hospitals === null)('the needs of hospitals', () => {
  it('become units with their requests: every line there, every bare 1 and every missing amount marked', () => {
    const source = load(hospitals!)
    const rows: Cell[][] = [['医院需求汇总'], ['地市', '区县', '医院名称', '物资名称', '规格/标准', '需求数量']]
    for (const hospital of source) {
      for (const [index, supply] of hospital.supplies.entries()) {
        // The hospital stands once, as in lists that people make.
        const first = index === 0
        rows.push([
          first ? hospital.city : '',
          first ? (hospital.district ?? '') : '',
          first ? hospital.name : '',
          supply.key,
          supply.specification ?? '',
          supply.value,
        ])
      }
    }
    const result = readAs('units', '需求', rows)
    const expected = source.flatMap((hospital) =>
      hospital.supplies.map((supply) => [
        written(hospital.name),
        written(supply.key),
        written(supply.specification),
        supply.value,
      ]),
    )
    const read = result.rows.map((row) => [row.party, row.item, row.specification, row.quantity])
    expect(read).toEqual(expected)
    expect(new Set(result.rows.map((row) => row.party)).size).toBe(
      new Set(source.map((hospital) => written(hospital.name))).size,
    )
    for (const row of result.rows) {
      if (row.quantity === 1) expect(codesOf(row)).toContain('one-may-mean-unknown')
      if (row.quantity === null) expect(codesOf(row)).toContain('quantity-missing')
    }
    // The first line of each hospital carries its town.
    const towns = result.rows.filter((row) => row.more?.town !== undefined)
    expect(towns.length).toBe(source.length)
  })

  it('match the catalogue with the grade that their standard says', () => {
    const rows: Cell[][] = [['医院名称', '物资名称', '规格/标准', '需求数量']]
    for (const hospital of load(hospitals!)) {
      for (const supply of hospital.supplies)
        rows.push([hospital.name, supply.key, supply.specification ?? '', supply.value])
    }
    const matches = new Map<string, Set<string | null>>()
    for (const row of readAs('units', '需求', rows).rows) {
      const key = `${row.item} / ${(row.specification ?? '').slice(0, 11)}`
      matches.set(key, (matches.get(key) ?? new Set()).add(row.match))
    }
    const of = (key: string) => [...(matches.get(key) ?? [])]
    expect(of('普通医用口罩 / YY/T 0969-2')).toEqual(['M-DIS'])
    expect(of('医用外科口罩 / YY 0469-201')).toEqual(['M-SUR'])
    expect(of('医用防护口罩 | N95口罩 / GB 19083-20')).toEqual(['M-MED'])
    expect(of('防护服 / GB 19082-20')).toEqual(['C-MED'])
    expect(of('防冲击眼罩/护目镜/防护眼镜 / ')).toEqual(['G-GOG'])
    expect(of('防护面罩 / ')).toEqual(['F-SHD'])
    expect(of('乳胶手套 / 灭菌，GB 10213')).toEqual(['H-EXA'])
    expect(of('84消毒液 / ')).toEqual(['D-084'])
    expect(of('75%酒精 / ')).toEqual(['A-075'])
    expect(of('测体温设备 / ')).toEqual([null])
  })
})

describe.skipIf(factories === null)('the capacities of factories', () => {
  it('become manufacturers with their capacities, a bare 1 marked as no number', () => {
    const source = load(factories!)
    const rows: Cell[][] = [['企业名称', '所在城市', '资质', '产品', '日产能']]
    for (const factory of source) {
      for (const supply of factory.supplies)
        rows.push([
          factory.name,
          factory.city,
          factory.qualification ?? '',
          supply.specification ?? supply.key,
          supply.value,
        ])
    }
    const result = readAs('suppliers', '企业', rows)
    const expected = source.flatMap((factory) =>
      factory.supplies.map((supply) => [
        written(factory.name),
        written(supply.specification ?? supply.key),
        supply.value,
        written(factory.city),
        written(factory.qualification),
      ]),
    )
    const inShort = (row: DraftRow) => [
      row.party,
      row.item,
      row.quantity,
      row.more?.town ?? null,
      row.more?.licence ?? null,
    ]
    expect(result.rows.map(inShort)).toEqual(expected)
    expect(result.tables[0]?.recognition.columns.map((column) => column.field)).toEqual([
      'party',
      'town',
      'licence',
      'item',
      'quantity',
    ])
    for (const row of result.rows) expect(codesOf(row).includes('one-may-mean-unknown')).toBe(row.quantity === 1)
    expect(result.rows.find((row) => row.item === 'N95')?.match).toBe('M-N95')
    expect(result.rows.find((row) => row.item === '一次性医用口罩')?.match).toBe('M-DIS')
    expect(result.rows.find((row) => row.item === '医用口罩')?.match).toBeNull()
  })
})
