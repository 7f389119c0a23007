import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { checkPage, forEachShell } from './harness.ts'
import { readPdf } from './pdf-text.ts'

const paper = (
  lines: number,
  script = '',
) => `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>调拨单</title>
FONTS
<style>
body { font-family: 'Noto Sans SC' }
@page { size: A5; margin: 12mm; @bottom-center { font-family: 'Noto Sans SC'; content: '第 ' counter(page) ' 页，共 ' counter(pages) ' 页' } }
</style>
<h1>调拨单 Allocation slip</h1>
${script}
<table><thead><tr><th>品名</th></tr></thead><tbody>${'<tr><td>医用防护口罩 ≥ 20</td></tr>'.repeat(lines)}</tbody></table>`

/** What the renderer's shell object asks of each shell, from inside the page. */
function makePdf(page: Page, html: string): Promise<number[]> {
  return page.evaluate(async (template) => {
    // The window's own style sheets hold the fonts; a machine may have no Chinese font at all.
    const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')]
    const html = template.replace('FONTS', sheets.map(({ href }) => `<link rel="stylesheet" href="${href}">`).join(''))
    if (window.frontstock !== undefined) {
      const answer = await window.frontstock.makePdf(html, crypto.randomUUID())
      if (!answer.ok) throw new Error(answer.code)
      return [...answer.value]
    }
    const response = await fetch('/print', { method: 'POST', body: html })
    if (!response.ok) throw new Error(String(response.status))
    return [...new Uint8Array(await response.arrayBuffer())]
  }, html)
}

forEachShell((shell) => {
  it('opens an empty stock on its first screen, in both languages and themes', async () => {
    for (const locale of ['zh-CN', 'en-US'] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, close } = await shell.open({ locale, colorScheme })
        await page.getByRole('heading').first().waitFor()
        await checkPage(page, 'first-start')
        await close()
      }
    }
  })

  it('opens the demonstration district', async () => {
    const { page } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    await checkPage(page, 'demonstration')
  })

  it('makes a PDF of a document, with its page size and numbers, and runs none of its scripts', async () => {
    const { page, cspViolations } = await shell.open()
    const pages = await readPdf(
      Uint8Array.from(
        await makePdf(page, paper(60, "<script>document.querySelector('h1').textContent = 'it ran'</script>")),
      ),
    )
    expect(pages.length).toBeGreaterThan(1)
    expect(pages[0]).toContain('调拨单 Allocation slip')
    expect(pages[0]).toContain(`第 1 页，共 ${pages.length} 页`)
    for (const text of pages) expect(text).toContain('品名')
    expect(pages.join(' ').match(/医用防护口罩 ≥ 20/g)).toHaveLength(60)
    // The window that prints belongs to Electron's own pages; the hub's printing browser is out of sight.
    cspViolations.length = 0
  })

  it('prints several documents asked for at once, each its own', async () => {
    const { page } = await shell.open()
    const made = await Promise.all([1, 2, 3].map((lines) => makePdf(page, paper(lines))))
    for (const [at, bytes] of made.entries()) {
      const [text = ''] = await readPdf(Uint8Array.from(bytes))
      expect(text.match(/医用防护口罩 ≥ 20/g)).toHaveLength(at + 1)
    }
  })

  it('shows a second window on the same stock', async () => {
    const { page, newPage } = await shell.open({ demo: true })
    await page.getByRole('navigation').first().waitFor()
    const second = await newPage()
    await second.getByRole('navigation').first().waitFor()
    await expect.poll(async () => (await second.title()) === (await page.title())).toBe(true)
  })

  it('lets no script, style or address in that the page did not come with', async () => {
    const { page, cspViolations, consoleErrors, electron } = await shell.open()
    await page.getByRole('heading').first().waitFor()
    const tried = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.ran = true'
      document.body.append(script)
      const style = document.createElement('style')
      style.textContent = 'body { outline: 3px solid red }'
      document.head.append(style)
      const fetched = await fetch('http://example.invalid/').then(
        () => true,
        () => false,
      )
      const { outlineWidth, outlineStyle } = getComputedStyle(document.body)
      style.remove()
      return {
        ran: 'ran' in globalThis,
        fetched,
        outlined: outlineStyle === 'solid' && outlineWidth === '3px',
      }
    })
    expect(tried).toEqual({ ran: false, fetched: false, outlined: false })
    expect(cspViolations.length).toBeGreaterThanOrEqual(3)
    if (electron !== null) expect(electron.deniedRequests).toEqual([])
    cspViolations.length = 0
    consoleErrors.length = 0
  })

  it('has checks that see what they are for', async () => {
    const { page, cspViolations, consoleErrors } = await shell.open()
    await page.getByRole('heading').first().waitFor()
    const put = (html: string) =>
      page.evaluate((content) => {
        document.querySelector('#probe')?.remove()
        const probe = document.createElement('div')
        probe.id = 'probe'
        probe.innerHTML = content
        const place = document.querySelector('main') ?? document.body
        place.append(probe)
      }, html)
    await put('<input>')
    await expect(checkPage(page, 'probe')).rejects.toThrow(/label/)
    await put('<p>delivery.title</p>')
    await expect(checkPage(page, 'probe')).rejects.toThrow(/delivery\.title/)
    await put('<p>{{count}} 件</p>')
    await expect(checkPage(page, 'probe')).rejects.toThrow(/count/)
    await put('<p>frontstock.db</p>')
    await checkPage(page, 'probe')
    await page.evaluate(() => console.error('a loose end'))
    await expect(checkPage(page, 'probe')).rejects.toThrow(/a loose end/)
    consoleErrors.length = 0
    await put('<p style="outline: 0">x</p>')
    await expect(checkPage(page, 'probe')).rejects.toThrow(/Security Policy/)
    cspViolations.length = 0
    consoleErrors.length = 0
  })
})
