import { describe, expect, it } from 'vitest'
import { allocationSlips } from '../../../renderer/print/allocation-slip.tsx'
import { goodsReceipts } from '../../../renderer/print/goods-receipt.tsx'
import { papersHtml } from '../../../renderer/print/paper.tsx'
import { setPaperSettings } from '../../../renderer/print/signers.ts'
import { deliveryDocument, slipDocument } from './papers.ts'

const organisation = '顺德区新冠肺炎防控指挥部物资保障组'

describe('the HTML of a document', () => {
  const hostile = '</style><script>alert(1)</script>"; } body { display: none'
  const html = papersHtml(
    allocationSlips([slipDocument(2, { number: hostile, unitName: hostile }), slipDocument(1)], {
      language: 'zh',
      organisation: hostile,
      copies: 1,
    }),
    { fontFaces: '' },
  )

  it('holds no element that the data brought along, neither in its text nor in its style', () => {
    expect(html).not.toContain('<script')
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html).toContain('&lt;script&gt;alert(1)')
    const style = html.slice(html.indexOf('<style'), html.indexOf('</style>'))
    expect(style).not.toContain('"; } body')
  })

  it('has no style attribute and no script, so that it prints under the strictest policy', () => {
    expect(html).not.toMatch(/ style=/)
    expect(html).not.toMatch(/ on\w+=/)
  })

  it('asks for nothing from anywhere', () => {
    expect(html).not.toMatch(/(?:src|href)=/)
    expect(html).not.toContain('url(')
  })

  it('has the titles, names and seal of the settings, and the document’s own words where they say nothing', () => {
    const papers = () => goodsReceipts([deliveryDocument(1)], { language: 'zh', organisation })
    setPaperSettings({
      signers: [
        { of: 'buyer', title: '采购专员', titleEn: '', name: '何小姐' },
        { of: 'preparedBy', title: '', titleEn: '', name: '不印此名' },
      ],
      sealLine: '物资保障组（盖章）',
      sealLineEn: '',
    })
    const html = papersHtml(papers(), { fontFaces: '' })
    setPaperSettings({ signers: [], sealLine: '', sealLineEn: '' })
    for (const word of ['采购专员', '何小姐', '物资保障组（盖章）', '质检']) expect(html).toContain(word)
    expect(html).not.toContain('不印此名')
    expect(papersHtml(papers(), { fontFaces: '' })).not.toContain('采购专员')
  })

  it('has the places to sign that the settings give its kind, in their order', () => {
    const html = () =>
      papersHtml(goodsReceipts([deliveryDocument(1)], { language: 'zh', organisation }), { fontFaces: '' })
    const placesOf = (text: string) => [...text.matchAll(/class="who">([^<]*)</g)].map(([, word]) => word)
    expect(placesOf(html())).toEqual(['采购', '质检', '库管', '制单人'])
    const nothing = { signers: [], sealLine: '', sealLineEn: '' }
    setPaperSettings({ ...nothing, documentSigners: { goodsReceipt: ['approver', 'buyer'] } })
    expect(placesOf(html())).toEqual(['审批人', '采购'])
    expect(html()).not.toContain('class="seal"')
    setPaperSettings({ ...nothing, documentSigners: { goodsReceipt: [] } })
    expect(html()).not.toContain('class="who"')
    setPaperSettings(nothing)
  })

  it('carries the nonce of the page that shows it', () => {
    const papers = goodsReceipts([deliveryDocument(1)], { language: 'en', organisation })
    expect(papersHtml(papers, { fontFaces: '', styleNonce: 'abc+/=' })).toContain('<style nonce="abc+/=">')
    expect(papersHtml(papers, { fontFaces: '', styleNonce: '"><script>' })).not.toContain('<script')
  })
})
