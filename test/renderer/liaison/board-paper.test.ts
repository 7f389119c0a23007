import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { printLanguages } from '../../../renderer/print/paper.tsx'
import { setPaperSettings } from '../../../renderer/print/signers.ts'
import { documents, markOf } from '../print/documents.ts'
import { openPdfPrinter, type PdfPrinter, readPdf, squeeze } from '../print/pdf-printer.ts'

let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

const signer = { of: 'reviewer' as const, title: '复核', titleEn: 'Checked by', name: '何小姐' }
const settings = { signers: [signer], sealLine: '物资保障组印', sealLineEn: 'Supplies group seal' }
beforeEach(() => {
  setPaperSettings(settings)
  return () => setPaperSettings({ signers: [], sealLine: '', sealLineEn: '' })
})

const papersOf = (name: string) => documents.find((document) => document.name === name)!.papers

describe.each(printLanguages)('the papers of the liaison office, language %s', { timeout: 60_000 }, (language) => {
  const read = async (name: string) =>
    squeeze(
      (await readPdf((await printer.make(papersOf(name)(3, language, false))).bytes)).map(({ text }) => text).join(''),
    )
  const has = (text: string, zh: readonly string[], en: readonly string[]) => {
    for (const word of zh) expect(text.includes(squeeze(word)), word).toBe(language !== 'en')
    for (const word of en) expect(text.includes(squeeze(word)), word).toBe(language !== 'zh')
  }

  it.each(['承诺与兑现', '联络看板'])('%s has the signers and the seal of the settings', async (name) => {
    const text = await read(name)
    has(text, ['制单人', '复核', '物资保障组印'], ['Checked by', 'Supplies group seal'])
    expect(text).toContain('何小姐')
    expect(text).toContain('梁启明')
    expect(text).not.toContain('（盖章处）')
  })

  it('say what is owed of what was promised, and whom to call', async () => {
    const promises = await read('承诺与兑现')
    has(promises, ['佛山市南海康得福', '逾期，部分到货', '(只'], ['Kangdefu', 'Promises and fulfilment', 'pcs)'])
    for (let line = 0; line < 3; line++) expect(promises).toContain(markOf(line))
    expect(promises).toContain('9,000')
    const board = await read('联络看板')
    has(board, ['联络看板', '兑现率'], ['Liaison board', 'Reliability'])
    expect(board).toContain('0757-86331000')
  })
})
