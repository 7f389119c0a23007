import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { inProject } from '../../build/project.ts'
import { openBrowserShell } from './browser-shell.ts'
import { closeChromium } from './chromium.ts'

/**
 * The pictures of docs/handbook/documents.md: the first page of each document, made of the demonstration district from
 * the screen that makes it: `node test/e2e/document-pictures.ts FOLDER`, where FOLDER was made by
 * `npm run -s cli -- demo FOLDER`.
 */
const source = process.argv[2]
if (source === undefined) {
  console.error('usage: node test/e2e/document-pictures.ts FOLDER (made by: npm run -s cli -- demo FOLDER)')
  process.exit(2)
}
const wanted = process.argv.slice(3)
const target = inProject('docs', 'handbook', 'pictures')
mkdirSync(target, { recursive: true })
const dataFolder = mkdtempSync(inProject('.tmp', 'picture-'))
cpSync(source, dataFolder, { recursive: true })

/** More lines than the demonstration has: goods that come back, that move, that spoil, and a count under way. */
async function prepare() {
  const desk = openDesk({ folder: dataFolder, version: 'pictures' })
  try {
    const client = clientFor({ desk, person: soloPerson(desk) })
    const requestId = () => crypto.randomUUID()
    const businessDate = desk.businessDate()
    const depots = await client.depot.list({ archived: false })
    const [depot, other] = depots as [(typeof depots)[number], (typeof depots)[number]]
    const lots = (await client.ledger.depotLots({ depotId: depot.placeId })).filter((lot) => lot.freeBase >= 100)
    const some = lots.slice(0, 5)
    const about = { depotId: depot.placeId, businessDate }
    for (const unit of await client.unit.list({ archived: false })) {
      const held = await client.ledger.unitLots({ unitId: unit.placeId })
      if (held.length < 4) continue
      const lines = held.slice(0, 6).map(({ lotId, quantityBase }) => ({
        lotId,
        quantityBase: Math.max(1, Math.floor(quantityBase / 2)),
        state: 'good' as const,
      }))
      const reason = '隔离点撤并，余量退回'
      const back = await client.ledger.returnFromUnit({
        requestId: requestId(),
        unitId: unit.placeId,
        ...about,
        reason,
        lines,
      })
      const half = some.map(({ lotId }) => ({ lotId, quantityBase: 20 }))
      const lost = await client.ledger.writeOff({
        requestId: requestId(),
        ...about,
        cause: 'damaged',
        reason: '运输途中受潮',
        lines: half,
      })
      const sent = await client.transfer.send({
        requestId: requestId(),
        fromId: depot.placeId,
        toId: other.placeId,
        businessDate,
        note: '',
        lines: half,
      })
      const { head } = await client.stocktake.start({
        requestId: requestId(),
        depotId: depot.placeId,
        category: 'mask',
        blind: false,
        note: '',
      })
      const { placeId: unitId } = unit
      return { unitId, back: back.head.postingSeq, lost: lost.head.postingSeq, sent, stocktakeId: head.stocktakeId }
    }
    throw new Error('no unit of the demonstration holds four lots')
  } finally {
    closeDesk(desk)
  }
}

const made = await prepare()
type Document = { readonly name: string; readonly path: string; readonly steps: (page: Page) => Promise<void> }
const press = (chord: string, ready: string) => async (page: Page) => {
  await page.locator(ready).first().waitFor()
  await page.waitForTimeout(800)
  await page.keyboard.press(chord)
}
const row = '[row-index="0"] [col-id]'
const documents: readonly Document[] = [
  { name: 'goods-receipt', path: '/deliveries', steps: press('Control+p', row) },
  { name: 'deliveries-received', path: '/deliveries', steps: press('Alt+r', row) },
  { name: 'allocation-slip', path: '/slips', steps: press('Control+p', row) },
  { name: 'pick-list', path: '/slips', steps: press('Alt+p', row) },
  { name: 'allocation-report', path: '/reports', steps: press('Control+p', row) },
  { name: 'public-notice', path: '/reports', steps: press('Alt+p', row) },
  { name: 'stock-card', path: '/stock/1', steps: press('Control+p', row) },
  { name: 'stocktake-sheet', path: `/stocktakes/${made.stocktakeId}`, steps: press('Control+p', row) },
  { name: 'daily-report', path: '/today', steps: press('Control+p', 'h2') },
  { name: 'expiry-list', path: '/today', steps: press('Alt+e', 'h2') },
  { name: 'alerts', path: '/alerts', steps: press('Control+p', row) },
  { name: 'charts', path: '/today/charts', steps: press('Control+p', 'svg') },
  { name: 'unit-card', path: `/units/${made.unitId}`, steps: press('Control+p', 'h2') },
  { name: 'report-form', path: `/units/${made.unitId}`, steps: press('Alt+r', 'h2') },
  { name: 'liaison-board', path: '/liaison', steps: press('Control+p', row) },
  { name: 'promises', path: '/liaison', steps: press('Control+Shift+P', row) },
  { name: 'return', path: `/ledger/${made.back}`, steps: press('Control+p', row) },
  { name: 'write-off', path: `/ledger/${made.lost}`, steps: press('Control+p', row) },
  { name: 'transfer', path: `/ledger/${made.lost + 1}`, steps: press('Control+p', row) },
]

const context = {
  viewport: { width: 1280, height: 720 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
  timezoneId: 'Asia/Shanghai',
} as const
const shell = await openBrowserShell({ dataFolder, locale: 'zh-CN', context, watch: () => {} })
const { page } = shell
await page.getByRole('navigation').first().waitFor()
for (const { name, path, steps } of documents) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  await page.goto(new URL(path, page.url()).href)
  await page.locator('h1').first().waitFor()
  await steps(page)
  const sheet = page.locator('canvas[data-drawn]').first()
  await sheet.waitFor({ timeout: 120_000 })
  // Narrower, and as WebP: the words are still read, and twenty pictures take less than a megabyte.
  const address = await sheet.evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    const small = document.createElement('canvas')
    small.width = 760
    small.height = Math.round((canvas.height * small.width) / canvas.width)
    const brush = small.getContext('2d')!
    brush.imageSmoothingQuality = 'high'
    brush.drawImage(canvas, 0, 0, small.width, small.height)
    return small.toDataURL('image/webp', 0.8)
  })
  const bytes = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
  writeFileSync(inProject('docs', 'handbook', 'pictures', `${name}.webp`), bytes)
  console.log(`${name}: ${(bytes.length / 1000).toFixed(0)} KB`)
}
await shell.close()
rmSync(dataFolder, { recursive: true, force: true })
await closeChromium()
