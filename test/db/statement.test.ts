import { beforeEach, describe, expect, it } from 'vitest'
import { openMemory } from '../../db/open.ts'
import { all, type Database, each, get, run, transact, type Writer } from '../../db/statement.ts'

let db: Database
beforeEach(() => {
  db = openMemory()
})
const addSetting = (writer: Writer, name: string) => run(writer, 'INSERT INTO setting VALUES (?, ?)', name, '1')

describe('transact', () => {
  it('keeps everything or nothing', () => {
    expect(() =>
      transact(db, (writer) => {
        addSetting(writer, 'a')
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(all(db, 'SELECT * FROM setting')).toEqual([])
    expect(transact(db, (writer) => addSetting(writer, 'b').changes)).toBe(1)
    expect(all(db, 'SELECT name FROM setting')).toEqual([{ name: 'b' }])
  })

  it('is never nested, and the outer one is undone', () => {
    expect(() =>
      transact(db, (writer) => {
        addSetting(writer, 'a')
        transact(db, () => {})
      }),
    ).toThrow(/inside a transaction/)
    expect(all(db, 'SELECT * FROM setting')).toEqual([])
  })

  it('takes no asynchronous work', () => {
    expect(() => transact(db, async (writer) => addSetting(writer, 'a'))).toThrow(/synchronous/)
    expect(all(db, 'SELECT * FROM setting')).toEqual([])
  })

  it('hands out a writer that is void afterwards', () => {
    const kept = transact(db, (writer) => writer)
    expect(() => addSetting(kept, 'a')).toThrow(/has ended/)
  })
})

describe('reading', () => {
  beforeEach(() => {
    transact(db, (writer) => {
      for (const name of ['a', 'b', 'c']) addSetting(writer, name)
    })
  })

  it('takes positional and named values', () => {
    expect(get(db, 'SELECT name FROM setting WHERE name > ? AND name < ?', 'a', 'c')).toEqual({ name: 'b' })
    expect(all(db, 'SELECT name FROM setting WHERE name >= :from', { from: 'b' })).toEqual([
      { name: 'b' },
      { name: 'c' },
    ])
    expect(get(db, "SELECT 1 FROM setting WHERE name = 'x'")).toBeUndefined()
  })

  it('walks the same statement twice at once', () => {
    const sql = 'SELECT name FROM setting ORDER BY name'
    const outer: string[] = []
    for (const { name } of each<{ name: string }>(db, sql)) outer.push(name + [...each(db, sql)].length)
    expect(outer).toEqual(['a3', 'b3', 'c3'])
  })

  it('forgets old statements when there are more than it keeps', () => {
    for (let index = 0; index < 1500; index += 1) expect(get(db, `SELECT ${index} AS n`)).toEqual({ n: index })
  })
})
