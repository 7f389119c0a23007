import { beforeEach, describe, expect, it } from 'vitest'
import type { NumberedKind } from '../../core/numbering.ts'
import { canonicalJson, writeCanonical } from '../../db/canonical.ts'
import { nextNumber } from '../../db/numbering.ts'
import { openMemory } from '../../db/open.ts'
import { contentHash, findRequest, recordRequest } from '../../db/request.ts'
import { type Database, run, transact } from '../../db/statement.ts'
import { seed } from '../seed.ts'
import { createRandom } from './random.ts'

let db: Database
beforeEach(() => {
  db = openMemory()
  transact(db, (writer) => run(writer, "INSERT INTO person (person_id, name, roles) VALUES (1, '张三', '[]')"))
})

describe('requests', () => {
  const row = {
    requestId: 'r1',
    procedure: 'delivery.post',
    contentHash: 'h',
    answer: { postingSeq: 7 },
    personId: 1,
    at: 5,
  }

  it('are found with their answer, and not before they took effect', () => {
    expect(findRequest(db, 'r1')).toBeUndefined()
    transact(db, (writer) => recordRequest(writer, row))
    expect(findRequest(db, 'r1')).toEqual({ procedure: 'delivery.post', contentHash: 'h', answer: { postingSeq: 7 } })
  })

  it('take effect once', () => {
    transact(db, (writer) => recordRequest(writer, row))
    expect(() => transact(db, (writer) => recordRequest(writer, row))).toThrow(/UNIQUE/)
  })

  it('keep an answer of nothing', () => {
    transact(db, (writer) => recordRequest(writer, { ...row, answer: undefined }))
    expect(findRequest(db, 'r1')?.answer).toBeNull()
  })

  it('have the same content hash whatever the order of fields, and another for other content', () => {
    const hash = contentHash('p', { a: 1, b: [{ c: 'x', d: undefined }] })
    expect(contentHash('p', { b: [{ c: 'x' }], a: 1 })).toBe(hash)
    expect(contentHash('q', { a: 1, b: [{ c: 'x' }] })).not.toBe(hash)
    expect(contentHash('p', { a: 1, b: [{ c: 'y' }] })).not.toBe(hash)
    expect(contentHash('p', { a: '1', b: [{ c: 'x' }] })).not.toBe(hash)
  })
})

describe('canonical JSON', () => {
  it('sorts keys at every depth and writes numbers as ECMAScript does', () => {
    expect(canonicalJson({ b: { z: 1, a: [3, { y: null, x: true }] }, a: -0, 中: '文' })).toBe(
      '{"a":0,"b":{"a":[3,{"x":true,"y":null}],"z":1},"中":"文"}',
    )
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', { a: Number.POSITIVE_INFINITY }],
    ['undefined in a list', [undefined]],
    ['a function', { f: () => 1 }],
    ['bigint', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
  ])('throws for %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
    expect(() => writeCanonical({ list: [value] }, () => {})).toThrow(TypeError)
  })

  it('reads back as what was written, and again gives the same text', () => {
    const random = createRandom(seed)
    const make = (depth: number): unknown => {
      const kind = random.between(0, depth > 3 ? 3 : 5)
      if (kind === 0) return random.between(-1e15, 1e15)
      if (kind === 1) return random.uuid() + random.pick(['"', '\\', '\n', '口罩', '😷', ''])
      if (kind === 2) return null
      if (kind === 3) return random.chance(0.5)
      const parts = Array.from({ length: random.between(0, 4) }, () => make(depth + 1))
      return kind === 4 ? parts : Object.fromEntries(parts.map((part) => [random.uuid(), part]))
    }
    for (let round = 0; round < 500; round += 1) {
      const value = make(0)
      const text = canonicalJson(value)
      expect(JSON.parse(text), `seed ${seed}`).toEqual(value)
      expect(canonicalJson(JSON.parse(text)), `seed ${seed}`).toBe(text)
      let pieces = ''
      writeCanonical(value, (piece) => {
        pieces += piece
      })
      expect(pieces, `seed ${seed}`).toBe(text)
    }
  })
})

describe('canonical JSON in pieces', () => {
  it('is the same text, of which no more than a piece is ever put together', () => {
    const lines = Array.from({ length: 5000 }, (_, line) => ({
      lot: `批 ${line}`,
      none: undefined,
      packs: null,
      sizes: [line],
    }))
    const value = {
      requestId: 'x',
      deliveries: [
        { name: '甲', lines },
        { name: '乙', lines: [] },
      ],
    }
    const pieces: string[] = []
    writeCanonical(value, (piece) => pieces.push(piece))
    expect(pieces.join('')).toBe(canonicalJson(value))
    expect(pieces.length).toBeGreaterThan(2)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000)
  })
})

describe('document numbers', () => {
  const next = (kind: NumberedKind, day: string) => transact(db, (writer) => nextNumber(writer, kind, day))
  const setPattern = (kind: NumberedKind, pattern: string) =>
    transact(db, (writer) =>
      run(
        writer,
        "INSERT INTO setting VALUES ('numberPatterns', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        JSON.stringify({ [kind]: pattern }),
      ),
    )

  it('count per kind and day', () => {
    expect([
      next('delivery', '2020-02-06'),
      next('delivery', '2020-02-06'),
      next('slip', '2020-02-06'),
      next('delivery', '2020-02-07'),
    ]).toEqual(['RK20200206-001', 'RK20200206-002', 'DB20200206-001', 'RK20200207-001'])
  })

  it('grow wider after 999', () => {
    transact(db, (writer) => run(writer, "INSERT INTO numbering VALUES ('RK20200206-', 998)"))
    expect([next('delivery', '2020-02-06'), next('delivery', '2020-02-06')]).toEqual([
      'RK20200206-999',
      'RK20200206-1000',
    ])
  })

  it('are given back by a transaction that is rolled back', () => {
    expect(() =>
      transact(db, (writer) => {
        nextNumber(writer, 'delivery', '2020-02-06')
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(next('delivery', '2020-02-06')).toBe('RK20200206-001')
  })

  it('follow the pattern that is set, and never come twice when it is changed back', () => {
    const first = next('slip', '2020-02-06')
    setPattern('slip', 'SD/{yy}{mm}/{nnnnn}')
    expect([next('slip', '2020-02-06'), next('slip', '2020-02-29'), next('slip', '2020-03-01')]).toEqual([
      'SD/2002/00001',
      'SD/2002/00002',
      'SD/2003/00001',
    ])
    setPattern('slip', 'DB{yyyymmdd}-{n}')
    expect([first, next('slip', '2020-02-06')]).toEqual(['DB20200206-001', 'DB20200206-2'])
    // Two kinds that come out alike on a day share the counter.
    setPattern('round', 'DB20200206-{nnn}')
    expect([next('round', '2020-02-06'), next('slip', '2020-02-06')]).toEqual(['DB20200206-003', 'DB20200206-004'])
  })

  it('are refused for what is no day', () => {
    expect(() => next('delivery', '2020-02-30')).toThrow(/civil date/)
  })
})
