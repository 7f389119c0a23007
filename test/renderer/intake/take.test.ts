import { describe, expect, it } from 'vitest'
import { parseDelimited } from '../../../core/intake/delimited.ts'
import { mappingKey } from '../../../core/intake/layout.ts'
import { changeField, choicesOf, mappingOfChoices } from '../../../renderer/intake/column-choices.ts'
import { csvCell, failedRowsFile } from '../../../renderer/intake/failed-rows.ts'
import { mappingsToKeep } from '../../../renderer/intake/kept-mappings.ts'
import { catalogueOf, createPlaceFinder, itemAliases } from '../../../renderer/intake/known-names.ts'
import { readListDraft, writeListDraft } from '../../../renderer/intake/list-draft.ts'
import { confirmKind } from '../../../renderer/intake/list-steps.ts'
import { sendersOf } from '../../../renderer/intake/list-sums.ts'
import { newItemOf, nextItemCode } from '../../../renderer/intake/new-items.ts'
import { readMapping } from '../../../renderer/intake/read-mapping.ts'
import { deliveryLines, onlySender, partRows } from '../../../renderer/intake/take-rows.ts'
import { atOnce } from '../../../renderer/intake/work.ts'
import { keys } from '../delivery/items.ts'
import { context, items, listOf, messy, readPasted } from './list.ts'

const byCode = new Map(items.map((item) => [item.code, item]))

describe('taking rows', () => {
  it('writes lines in packs of the item where the list counts such packs, and in pieces otherwise', async () => {
    const { rows } = await listOf(
      '品名\t规格\t数量\t批号\t有效期\n医用外科口罩\t\t3箱\tA\t2022-01-02\n医用外科口罩\t\t70只\tB\t\n医用外科口罩\t500只/箱\t2箱\tC\t',
    )
    const lines = deliveryLines(rows, byCode, keys())
    expect(
      lines.map(({ itemId, cells }) => [itemId, cells.lot, cells.packs, cells.packSizeBase, cells.piecesBase]),
    ).toEqual([
      [1, 'A', '3', '', ''],
      [1, 'B', '', '', '70'],
      [1, 'C', '2', '500', ''],
    ])
    expect(lines[0]!.cells.expiresOn).toBe('2022-01-02')
  })

  it('parts the sure rows from those that wait, and knows the senders', async () => {
    const state = atOnce(confirmKind(await listOf(messy), 'carried-down'))
    const { clean, rest } = partRows(state.rows, 'delivery')
    expect([clean.length, rest.length]).toEqual([1, 3])
    expect(onlySender(state.rows)).toBe('甲厂')
    expect(atOnce(sendersOf(state.rows))).toEqual([{ name: '甲厂', rows: 4 }])
  })

  it('remembers the columns, and that blanks mean as above once that was confirmed: the list is read without asking', async () => {
    const messages = await readPasted(messy)
    const read = messages.find((message) => message.kind === 'read')
    if (read?.kind !== 'read') throw new Error('nothing was read')
    const { rows } = await listOf(messy)
    const reading = { fingerprint: read.fingerprint, tables: read.tables, rows: [], leftOut: [], leftOutCount: 0 }
    const taken = atOnce(confirmKind({ rows, learnt: [] }, 'carried-down')).rows
    const [mapping] = mappingsToKeep(reading, 'delivery', rows, taken)
    expect(mapping!.carried).toEqual(['party'])
    const kept = readMapping(JSON.stringify(mapping))
    expect(kept).toEqual(mapping)
    expect(mappingKey('甲厂', mapping!.layout)).toContain(mapping!.layout)
    const again = await listOf(messy, { mappings: [kept!] })
    expect(again.rows.flatMap((row) => row.row.reasons).filter((reason) => reason.code === 'carried-down')).toEqual([])
    for (const damaged of [
      undefined,
      '',
      '{',
      '{}',
      '{"kind":"delivery","layout":"x","columns":[{"index":0,"field":"nonsense"}]}',
    ])
      expect(readMapping(damaged)).toBeNull()
  })

  it('lets a column be given another meaning, which it takes from the one that had it', async () => {
    const messages = await readPasted(messy)
    const read = messages.find((message) => message.kind === 'read')
    if (read?.kind !== 'read') throw new Error('nothing was read')
    const choices = choicesOf(read.tables[0]!)
    expect(choices.map((choice) => choice.field)).toEqual([
      'party',
      'item',
      'specification',
      'quantity',
      'lot',
      'expiresOn',
    ])
    expect(choices[3]!.samples[0]).toBe('1.2万')
    const changed = changeField(choices, 4, 'specification')
    const mapping = mappingOfChoices('delivery', read.tables[0]!, changed)
    expect(mapping.columns.map((column) => [column.index, column.field])).toEqual([
      [0, 'party'],
      [1, 'item'],
      [3, 'quantity'],
      [4, 'specification'],
      [5, 'expiresOn'],
    ])
    const again = await listOf(messy, { mappings: [mapping] })
    expect(again.rows[0]!.row).toMatchObject({ specification: 'A1', lot: null })
  })

  it('gives the failed rows as a file that a spreadsheet opens and runs nothing of', async () => {
    const { rows } = await listOf('品名\t数量\t备注\n=HYPERLINK("x")\t3只\t-2+3\n医用外科口罩\t5只\t好')
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(failedRowsFile(rows, 'delivery', 'zh', () => ''))
    expect(text.startsWith('\ufeff工作表,行,')).toBe(true)
    const table = parseDelimited(text.slice(1), ',').rows.filter((row) => row.some((cell) => cell !== ''))
    expect(table).toHaveLength(2)
    expect(table[1]![3]).toBe('\'=HYPERLINK("x")')
    expect(table[1]!.at(-1)).not.toBe('')
    for (const start of ['=', '+', '-', '@', '\t']) expect(csvCell(`${start}1`).replaceAll('"', '')[0]).toBe("'")
    expect(csvCell(-5)).toBe('-5')
  })

  it('puts rows aside and takes them up as they were', async () => {
    const { rows } = await listOf(messy)
    const draft = {
      target: 'delivery' as const,
      name: '甲.xlsx',
      fingerprint: 'f'.repeat(16),
      sender: '甲厂',
      rows,
      learnt: [{ kind: 'item' as const, alias: '小蓝盾', targetId: 1 }],
      gone: [{ sheet: '粘贴', row: 3, part: null }],
      mappings: [
        {
          kind: 'delivery' as const,
          layout: 'l',
          columns: [{ index: 1, field: 'item' as const, unit: null, multiplier: 1 }],
          carried: ['party' as const],
        },
      ],
      tables: [{ sheet: '粘贴', headerRow: 2 }],
      sheets: '[]',
    }
    let key = 0
    const newKey = () => {
      key += 1
      return key
    }
    expect(readListDraft(writeListDraft(draft), newKey)).toEqual(draft)
    for (const damaged of ['', '{}', writeListDraft(draft).replace('"carried-down"', '"no-such-reason"')])
      expect(readListDraft(damaged, newKey)).toBeNull()
  })

  it('fills a new item in with what the row says, under a code that is free', async () => {
    const { rows } = await listOf('品名\t规格\t数量\n儿童防护面罩\t40个/箱\t3箱')
    const item = newItemOf(rows[0]!.row, '儿童防护面罩', new Set(['WZ-001']))
    expect(item).toMatchObject({
      code: 'WZ-002',
      name: '儿童防护面罩',
      category: 'eye',
      packName: '箱',
      packSizeBase: 40,
    })
    expect(nextItemCode(new Set())).toBe('WZ-001')
  })
})

describe('names that were learnt', () => {
  const learnt = {
    names: [
      { kind: 'item' as const, key: '小蓝盾', alias: '小蓝盾', targetId: 1 },
      { kind: 'unit' as const, key: '甲站', alias: '甲站', targetId: 7 },
    ],
    codes: [{ code: '06901234560008', itemId: 2, packSizeBase: 20 }],
  }
  const units = [
    { placeId: 7, code: 'U7', name: '第一卫生站', nameEn: 'Station 1' },
    { placeId: 8, code: 'U8', name: '同名', nameEn: '' },
    { placeId: 9, code: 'U9', name: '同名', nameEn: '' },
  ]

  it('match items by alias and by barcode', async () => {
    const known = { catalogue: catalogueOf(items, learnt), aliases: itemAliases(items, learnt), today: context.today }
    const { rows } = await listOf('品名\t数量\n小蓝盾\t5只\n6901234560008\t9个', known)
    expect(rows.map((row) => row.row.match)).toEqual(['KZ-01', 'KZ-02'])
  })

  it('find units by name, English name, code and alias, and never one of two', () => {
    const find = createPlaceFinder(units, learnt, 'unit')
    expect(['第一卫生站', 'station 1', 'u7', '甲站', '同名', '别的', null].map(find)).toEqual([
      7,
      7,
      7,
      7,
      null,
      null,
      null,
    ])
  })
})
