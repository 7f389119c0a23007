import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runIntakeCli } from '../../hub/intake-cli.ts'
import { buildWorkbook } from '../api/intake/build-archive.ts'

const folder = fileURLToPath(new URL(`../../.tmp/intake-cli-${process.pid}/`, import.meta.url))
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
beforeAll(() => void mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await runIntakeCli(
    args,
    (text) => {
      out += text
    },
    (text) => {
      err += text
    },
  )
  return { code, out, err }
}

const list =
  '捐赠单位,品名,规格,数量,批号,有效期\n甲公司,医用外科口罩,50只/盒,20盒,L1,2021/12/31\n,KN95口罩,,1000只,L2,2022/6/30\n合计,,,1020,,\n'
const catalogue = [
  { code: 'M-SUR', name: '医用外科口罩', unit: '只', standard: 'YY 0469-2011', packs: [{ unit: '箱', size: 2000 }] },
  { code: 'M-MED', name: '医用防护口罩', unit: '只', standard: 'GB 19083-2010' },
  { code: 'M-N95', 名称: 'N95/KN95 颗粒物防护口罩', 单位: '只', 标准: 'GB 2626-2019' },
]

describe('cli -- intake', () => {
  it('prints what was recognised, with a catalogue in JSON, in CSV or in a workbook', async () => {
    const file = put('list.csv', list)
    const rows = catalogue.map((item) => [item.code, item.name ?? item.名称, item.standard ?? item.标准, '只'])
    const cell = (value: string | undefined) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
    const sheet = [['编码', '名称', '执行标准', '计量单位'], ...rows]
      .map((line) => `<row>${line.map(cell).join('')}</row>`)
      .join('')
    for (const path of [
      put('catalogue.json', JSON.stringify(catalogue)),
      put('wrapped.json', JSON.stringify({ items: catalogue })),
      put('catalogue.csv', ['编码,名称,执行标准,计量单位', ...rows.map((line) => line.join(','))].join('\n')),
      put('catalogue.xlsx', buildWorkbook({ sheets: { 物资: `<sheetData>${sheet}</sheetData>` } })),
    ]) {
      const { code, out, err } = await run(file, '--kind', 'delivery', '--catalogue', path, '--today=2020-02-10')
      expect(err).toBe('')
      expect(code).toBe(0)
      const printed = JSON.parse(out)
      expect(printed.rows).toMatchObject([
        {
          source: { sheet: 'list', row: 2 },
          party: '甲公司',
          item: '医用外科口罩',
          match: 'M-SUR',
          packBase: 50,
          quantityBase: 1000,
          lot: 'L1',
          expiresOn: '2021-12-31',
          status: 'sure',
        },
        {
          source: { sheet: 'list', row: 3 },
          party: '甲公司',
          item: 'KN95口罩',
          match: 'M-N95',
          quantity: 1000,
          unit: '只',
          status: 'guessed',
        },
      ])
      expect(printed.rows[1].reasons[0]).toMatchObject({
        field: 'party',
        code: 'carried-down',
        zh: expect.stringContaining('沿用'),
        en: expect.stringContaining('row 2'),
      })
      expect(printed.leftOut.map((row: { why: string }) => row.why)).toEqual(['header', 'total'])
    }
  })

  it('finds the packs of an item wherever its file writes them', async () => {
    const file = put('packs.csv', '品名,数量\n护目镜,5箱\n')
    for (const item of [
      { name: '护目镜', baseUnit: '副', packName: '箱', packSizeBase: 40 },
      { name: '护目镜', unit: '副', packs: [{ unit: '箱', size: 40 }] },
      { name: '护目镜', unit: '副', packs: { 箱: 40 } },
      { 名称: '护目镜', 单位: '副', 包装: '40副/箱' },
      { 品名: '护目镜', 计量单位: '副', 规格: '40副/箱' },
    ]) {
      const { out } = await run(file, '--catalogue', put('one.json', JSON.stringify([item])))
      expect(JSON.parse(out).rows[0], JSON.stringify(item)).toMatchObject({
        packBase: 40,
        quantityBase: 200,
        status: 'sure',
      })
    }
  })

  it('reads a catalogue of plain names', async () => {
    const { out } = await run(
      put('names.csv', '品名,数量\n护目镜,5\n'),
      '--catalogue',
      put('names.json', '["护目镜","隔离衣"]'),
    )
    expect(JSON.parse(out).rows[0]).toMatchObject({ match: '护目镜', quantityBase: 5 })
  })

  it.each<[string, () => string[], number, RegExp, RegExp]>([
    ['no file', () => [], 2, /没有给出文件/, /no file given/],
    ['two files', () => ['a', 'b'], 2, /多余的参数 “b”/, /unexpected argument “b”/],
    ['an unknown option', () => ['a', '--fast'], 2, /未知选项 --fast/, /unknown option --fast/],
    ['an option without its value', () => ['a', '--kind'], 2, /--kind 缺少值/, /--kind needs a value/],
    [
      'an unknown kind',
      () => ['a', '--kind', 'orders'],
      2,
      /“orders” 不在 delivery, issue/,
      /“orders” is not one of delivery, issue/,
    ],
    ['a day that is none', () => ['a', '--today', '2020-02-30'], 2, /不是日期/, /not a date/],
    ['a file that is not there', () => [join(folder, 'nowhere.xlsx')], 1, /找不到文件/, /no such file/],
    ['a folder', () => [folder], 1, /这是文件夹/, /this is a folder/],
    [
      'an old .xls',
      () => [put('old.xls', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]))],
      1,
      /旧的 .xls 格式/,
      /old .xls format/,
    ],
    [
      'a catalogue that is no JSON',
      () => [put('l.csv', list), '--catalogue', put('bad.json', '{')],
      1,
      /不是有效的 JSON/,
      /not valid JSON/,
    ],
    [
      'a catalogue with an item without a name',
      () => [put('l.csv', list), '--catalogue', put('nameless.json', '[{"code":"X"}]')],
      1,
      /应为物资列表/,
      /expected a list of items/,
    ],
  ])('refuses %s in both languages', async (_, args, code, zh, en) => {
    const result = await run(...args())
    expect(result.code).toBe(code)
    expect(result.out).toBe('')
    expect(result.err).toMatch(zh)
    expect(result.err).toMatch(en)
  })
})
