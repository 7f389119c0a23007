import { expect, it } from 'vitest'
import { countDeliveries, deliveriesOf, partBySender, type SenderChoice } from '../../../renderer/intake/senders.ts'
import { items, listOf } from './list.ts'

const byCode = new Map(items.map((item) => [item.code, item]))
const several = [
  '捐赠单位\t物资名称\t数量\t批号',
  '甲公司\t医用外科口罩\t100只\tA1',
  '乙 厂\t医用外科口罩\t3箱\tA2',
  '甲公司\t医用防护口罩\t600个\tA3',
  '乙厂\t医用外科口罩\t70只\tA4',
  '爱心人士\t医用外科口罩\t50只\tA5',
].join('\r\n')

it('parts a list by its senders, however they are spaced, and makes a delivery of each, lines in the order that is sent', async () => {
  const { rows } = await listOf(several)
  const parts = partBySender(rows)
  expect(parts.map(({ name, rows: own }) => [name, own.length])).toEqual([
    ['甲公司', 2],
    ['乙 厂', 2],
    ['爱心人士', 1],
  ])
  const choices = new Map<string, SenderChoice>([
    [parts[0]!.key, { supplierId: 7 }],
    [parts[1]!.key, { newKind: 'manufacturer' }],
    [parts[2]!.key, { newKind: 'donor' }],
  ])
  const ids = new Map(parts.map(({ key }, index) => [key, `id-${index}`]))
  const { deliveries, rows: inOrder } = await deliveriesOf(parts, choices, byCode, ids)
  expect(
    deliveries.map(({ postingId, supplierId, newSupplier, lines }) => [
      postingId,
      supplierId,
      newSupplier,
      lines.map((line) => [line.lot, line.packs, line.piecesBase]),
    ]),
  ).toEqual([
    [
      'id-0',
      7,
      null,
      [
        ['A1', null, 100],
        ['A3', null, 600],
      ],
    ],
    [
      'id-1',
      null,
      { name: '乙 厂', supplierKind: 'manufacturer' },
      [
        ['A2', 3, null],
        ['A4', null, 70],
      ],
    ],
    ['id-2', null, { name: '爱心人士', supplierKind: 'donor' }, [['A5', null, 50]]],
  ])
  expect(countDeliveries(parts, choices)).toBe(3)
  expect(inOrder.map((row) => row.row.source.row)).toEqual([2, 4, 3, 5, 6])
})

it('makes one delivery of senders that are the same supplier, and none of a sender of whom nothing is said', async () => {
  const parts = partBySender((await listOf(several)).rows)
  const choices = new Map<string, SenderChoice>([
    [parts[0]!.key, { supplierId: 7 }],
    [parts[1]!.key, null],
    [parts[2]!.key, { supplierId: 7 }],
  ])
  const { deliveries } = await deliveriesOf(parts, choices, byCode, new Map(parts.map(({ key }) => [key, key])))
  expect(countDeliveries(parts, choices)).toBe(1)
  expect(deliveries.map(({ writtenAs, lines }) => [writtenAs, lines.length])).toEqual([[['甲公司', '爱心人士'], 3]])
})
