import { describe, expect, it } from 'vitest'
import { allocationSlips } from '../../../renderer/print/allocation-slip.tsx'
import { goodsReceipts } from '../../../renderer/print/goods-receipt.tsx'
import { papersHtml } from '../../../renderer/print/paper.tsx'
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

  it('carries the nonce of the page that shows it', () => {
    const papers = goodsReceipts([deliveryDocument(1)], { language: 'en', organisation })
    expect(papersHtml(papers, { fontFaces: '', styleNonce: 'abc+/=' })).toContain('<style nonce="abc+/=">')
    expect(papersHtml(papers, { fontFaces: '', styleNonce: '"><script>' })).not.toContain('<script')
  })
})
