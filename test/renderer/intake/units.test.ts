import { describe, expect, it } from 'vitest'
import type { UnitRow } from '../../../api/contract/place.ts'
import { placeRow } from '../../../core/intake/unit-list.ts'
import type { ListRow, ListState } from '../../../renderer/intake/list-rows.ts'
import { statusOf } from '../../../renderer/intake/list-rows.ts'
import { choosePlaceFor, chooseUnitFor, editCell, placeUnits } from '../../../renderer/intake/list-steps.ts'
import { otherMissingItems } from '../../../renderer/intake/new-items.ts'
import { factsOfUnits, missingUnits, unitRowsOf, unitsToSave } from '../../../renderer/intake/unit-cells.ts'
import { atOnce } from '../../../renderer/intake/work.ts'
import { context, facts, listOf, readPasted } from './list.ts'

const known: UnitRow = {
  placeId: 5,
  code: 'DL-F1',
  name: '大良医院发热门诊',
  nameEn: '',
  town: '大良',
  address: '',
  contact: '',
  phone: '',
  note: '',
  search: '',
  archivedAt: null,
  version: 3,
  unitKind: 'fever-clinic',
  tier: 1,
  route: '',
  headcount: [],
  lastReportedOn: null,
}
const units = factsOfUnits([known], { names: [], codes: [] }, [])

async function unitList(text: string): Promise<ListState> {
  const messages = await readPasted(text, { kind: 'units' })
  const rows = messages.flatMap((message) =>
    message.kind === 'rows' ? message.rows.map((row) => ({ table: message.table, row })) : [],
  )
  let key = 0
  const newKey = () => {
    key += 1
    return key
  }
  const reading = { fingerprint: '', tables: [], rows, leftOut: [], leftOutCount: 0 }
  return { rows: unitRowsOf(reading, units, newKey), learnt: [] }
}

async function requests(text: string): Promise<ListState> {
  const { rows } = await listOf(text, { kind: 'units' })
  return { rows: rows.map((row) => ({ ...row, ...placeRow(row.row, units) })), learnt: [] }
}
const inUnits = { ...facts, context: { ...facts.context, kind: 'units' as const }, units }

describe('rows of a list of units', () => {
  it('are saved upon the unit on file once a clerk says which it is, and its other name is learnt', async () => {
    const state = await unitList('单位名称\t类型\t级别\t电话\n大良医院发热门诊部\t发热门诊\t1\t22223333')
    const [row] = state.rows
    expect([row!.placeId, row!.row.reasons.map(({ code }) => code)]).toEqual([null, ['unit-similar']])
    const chosen = atOnce(chooseUnitFor(state, row!.key, 5, units))
    expect(chosen.learnt).toEqual([{ kind: 'unit', alias: '大良医院发热门诊部', targetId: 5 }])
    expect(chosen.rows[0]!.row.reasons.map(({ field, code }) => [field, code])).toEqual([['phone', 'adds-to-file']])
    const [saved] = unitsToSave(chosen.rows, [known], units)
    expect(saved!.input).toMatchObject({ placeId: 5, version: 3, name: '大良医院发热门诊', phone: '22223333' })
    // It is another one after all: said once, asked no more.
    const fresh = atOnce(chooseUnitFor(state, row!.key, null, units))
    expect([fresh.learnt, statusOf(fresh.rows[0]!, 'unit')]).toEqual([[], 'sure'])
    expect(unitsToSave(fresh.rows, [known], units)[0]!.input).toMatchObject({ placeId: null, version: null, code: '' })
  })

  it('become another unit when their name is typed over', async () => {
    const state = await unitList('单位名称\t类型\t级别\n勒流门诊\t发热门诊\t1')
    const typed = atOnce(editCell(state, state.rows[0]!.key, 'party', '大良医院发热门诊', inUnits))
    expect(typed.rows[0]!.placeId).toBe(5)
    const kind = atOnce(editCell(state, state.rows[0]!.key, 'category', '气象台', inUnits))
    expect(kind.rows[0]!.row.reasons.map(({ code }) => code)).toEqual(['kind-unknown'])
  })
})

const needs = [
  '城市\t医院名称\t物资名称\t需求数量',
  '大良\t大良医院发热门诊\t医用外科口罩\t100只',
  '容桂\t大良医院发热门诊\t医用外科口罩\t50只',
  '均安\t均安医院\t医用外科口罩\t20只',
  '均安\t均安医院\t医用防护口罩\t30只',
  '均安\t红十字会\t医用外科口罩\t80只',
  '乐从\t红十字会\t医用外科口罩\t90只',
].join('\n')

describe('units that requests name', () => {
  it('are those on file only in their own town, or it is a doubt', async () => {
    const { rows } = await requests(needs)
    expect(rows.map(({ placeId }) => placeId)).toEqual([5, 5, null, null, null, null])
    expect(rows.map((row) => statusOf(row, 'request'))).toEqual(['sure', 'guessed', ...Array(4).fill('wrong')])
    expect(rows[1]!.row.reasons.map(({ field, code }) => [field, code])).toEqual([['place', 'unit-in-another-town']])
  })

  it('are made each once, two of one name in two towns apart, and given to their own rows alone', async () => {
    const state = await requests(needs)
    const { first, others } = missingUnits(state.rows[2]!, state.rows, units)
    expect([first, ...others].map(({ input, kind }) => [input.name, input.town, kind])).toEqual([
      ['均安医院', '均安', 'designated-hospital'],
      ['红十字会', '均安', null],
      ['红十字会', '乐从', null],
    ])
    const made = new Map([first, ...others].map(({ key }, index) => [key, 10 + index]))
    expect(atOnce(placeUnits(state, made)).rows.map(({ placeId }) => placeId)).toEqual([5, 5, 10, 10, 11, 12])
    // Chosen by hand: no other row of that name, and the name isn't learnt for one of the two.
    const chosen = atOnce(choosePlaceFor(state, state.rows[4]!.key, 11))
    expect(chosen.rows.map(({ placeId }) => placeId)).toEqual([5, 5, null, null, 11, null])
    expect(chosen.learnt).toEqual([])
    const other = atOnce(choosePlaceFor(state, state.rows[2]!.key, 10))
    expect(other.rows.map(({ placeId }) => placeId)).toEqual([5, 5, 10, 10, null, null])
    expect(other.learnt).toEqual([{ kind: 'unit', alias: '均安医院', targetId: 10 }])
  })
})

describe('items that a list names and nothing on file is', () => {
  it('are offered each once, and none that is only of another grade or says no grade', async () => {
    const { rows } = await listOf(
      '捐赠单位\t品名\t数量\n甲\t核酸试剂盒\t5盒\n乙\t核酸 试剂盒\t3盒\n丙\t呼吸机\t2台\n丁\t医用口罩\t9只\n戊\t医用外科口罩\t9只',
    )
    const found = otherMissingItems('呼吸机', rows as ListRow[], new Set(['WZ-001']))
    expect(found.map(({ name, rows: count, item }) => [name, count, item.code])).toEqual([['核酸试剂盒', 2, 'WZ-002']])
    expect(context.catalogue.length).toBeGreaterThan(0)
  })
})
