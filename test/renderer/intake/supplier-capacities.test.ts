import { expect, it } from 'vitest'
import type { SupplierRow } from '../../../api/contract/place.ts'
import { createPlaceFinder } from '../../../renderer/intake/known-names.ts'
import { newSupplierOf, supplierCapacities, withCapacity } from '../../../renderer/intake/supplier-capacities.ts'
import { partRows } from '../../../renderer/intake/take-rows.ts'
import { items, listOf } from './list.ts'

const byCode = new Map(items.map((item) => [item.code, item]))
const list = [
  '企业名称\t城市\t产品名称\t单位\t日产能\t联系人',
  '甲厂\t佛山\t医用外科口罩\t只\t5万\t梁经理',
  '甲厂\t佛山\t医用防护口罩\t只\t8000\t梁经理',
  '乙厂\t顺德\t医用外科口罩\t只\t1200\t何主任',
  '\t顺德\t\t\t\t',
].join('\r\n')

it('makes of a list the manufacturers with what they make in a day: one on file is changed, another is new', async () => {
  const { rows } = await listOf(list, { kind: 'suppliers' })
  const { clean } = partRows(rows, 'supplier')
  expect(clean).toHaveLength(3)
  const onFile = { placeId: 7, code: 'S01', name: '甲厂', nameEn: '' }
  const find = createPlaceFinder([onFile], { names: [], codes: [] }, 'supplier')
  const [first, second] = supplierCapacities(clean, byCode, find)
  const idOf = (name: string) => items.find((item) => item.name === name)!.itemId
  expect(first).toMatchObject({
    placeId: 7,
    capacity: [
      { itemId: idOf('医用外科口罩'), perDayBase: 50_000 },
      { itemId: idOf('医用防护口罩'), perDayBase: 8000 },
    ],
  })
  expect(newSupplierOf(second!, new Set(['CJ-001']))).toMatchObject({
    placeId: null,
    code: 'CJ-002',
    name: '乙厂',
    supplierKind: 'manufacturer',
    contact: '何主任',
    capacity: [{ itemId: idOf('医用外科口罩'), perDayBase: 1200 }],
  })
  const before = {
    capacity: [
      { itemId: 99, perDayBase: 5 },
      { itemId: idOf('医用外科口罩'), perDayBase: 1 },
    ],
  }
  expect(withCapacity(before as unknown as SupplierRow, second!.capacity).capacity).toEqual([
    { itemId: 99, perDayBase: 5 },
    { itemId: idOf('医用外科口罩'), perDayBase: 1200 },
  ])
})

it('takes no row that names no manufacturer', async () => {
  const { rows } = await listOf('企业名称\t产品名称\t单位\t日产能\n甲厂\t医用外科口罩\t只\t900\n', {
    kind: 'suppliers',
  })
  const nameless = rows.map((row) => ({ ...row, row: { ...row.row, party: null } }))
  expect(partRows(nameless, 'supplier').clean).toEqual([])
})
