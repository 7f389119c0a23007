import { describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { defaultPatterns } from '../../core/numbering.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { openWorldForEach } from './open-world.ts'
import { refusalsOf } from './suite.ts'
import { type Client, deliveryOf, line, planOf, requestId, today, type World } from './world.ts'

describe('what stands on documents', () => {
  let desk: Desk
  let client: Client
  let world: World
  openWorldForEach((opened) => {
    ;({ desk, client, world } = opened)
  })
  const save = (change: Partial<Parameters<Client['setting']['saveDocuments']>[0]>) =>
    client.setting.saveDocuments({
      requestId: requestId(),
      sealLine: '',
      sealLineEn: '',
      numberPatterns: defaultPatterns,
      signers: [],
      ...change,
    })
  const receive = () => client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))

  it('numbers every new document by its pattern, and the old ones keep theirs', async () => {
    const before = await receive()
    const saved = await save({
      numberPatterns: { ...defaultPatterns, delivery: 'SR/{yy}{mm}/{nnnn}', slip: 'FP{yyyy}-{nnn}' },
    })
    expect(saved.slipPatterns).toEqual([defaultPatterns.slip, 'FP{yyyy}-{nnn}'])
    expect([before.head.number, (await receive()).head.number]).toEqual(['RK20261124-001', 'SR/2611/0001'])
    const { slipIds } = await client.round.approve(await planOf(client, world))
    const slips = await client.slip.get({ slipIds })
    expect(slips.map(({ head }) => head.number)).toEqual(['FP2026-001', 'FP2026-002', 'FP2026-003'])
    await client.slip.dispatch({ requestId: requestId(), slipId: slipIds[0]!, businessDate: today })
    expect((await client.slip.find({ number: 'fp2026-001' }))?.slipId).toBe(slipIds[0])
    await save({})
    expect((await receive()).head.number).toBe('RK20261124-002')
    expect((await client.setting.get()).slipPatterns).toHaveLength(2)
    expect(verifyDatabase(desk.database).difference).toBeNull()
  })

  it('keeps who signs which document, each place once, and only what is not the default', async () => {
    const saved = await save({
      documentSigners: {
        goodsReceipt: ['buyer', 'inspector', 'storekeeper', 'preparedBy', 'seal'],
        pickList: ['picker', 'picker', 'approver'],
        alertList: ['madeBy'],
        publicNotice: [],
      },
    })
    const kept = { pickList: ['picker', 'approver'], alertList: ['madeBy'], publicNotice: [] }
    expect(saved.documentSigners).toEqual(kept)
    expect((await client.setting.get()).documentSigners).toEqual(kept)
    expect((await save({})).documentSigners).toEqual({})
  })

  it('refuses what is no pattern, one that another kind has, and texts that are too long, each by its place', async () => {
    const numberPatterns = { ...defaultPatterns, delivery: 'RK', round: defaultPatterns.slip }
    const signers = [
      { of: 'buyer' as const, title: '采购', titleEn: '', name: '' },
      { of: 'approver' as const, title: '长'.repeat(21), titleEn: '', name: '' },
    ]
    expect(await refusalsOf(save({ numberPatterns, signers, sealLine: '印'.repeat(31) }))).toMatchObject([
      { code: 'too-long', field: 'sealLine' },
      { code: 'too-long', field: 'title', line: 2 },
      { code: 'number-pattern-invalid', field: 'numberPatterns.delivery', given: 'RK' },
      { code: 'number-pattern-taken', field: 'numberPatterns.slip' },
    ])
    expect((await client.setting.get()).numberPatterns).toEqual(defaultPatterns)
  })

  it('keeps who signs, without those of whom nothing is said', async () => {
    const said = { of: 'storekeeperPerson' as const, title: '保管员', titleEn: 'Keeper', name: '梁启明' }
    const saved = await save({
      sealLine: '物资保障组（盖章）',
      signers: [said, { of: 'buyer', title: ' ', titleEn: '', name: '' }],
    })
    expect(saved).toMatchObject({ sealLine: '物资保障组（盖章）', signers: [said] })
  })
})
