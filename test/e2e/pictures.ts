import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { inProject } from '../../build/project.ts'
import { openBrowserShell } from './browser-shell.ts'
import { closeChromium } from './chromium.ts'

/**
 * The pictures of the README, taken from a demonstration district: `node test/e2e/pictures.ts FOLDER`, where FOLDER was
 * made by `npm run -s cli -- demo FOLDER`.
 */
const source = process.argv[2]
if (source === undefined) {
  console.error('usage: node test/e2e/pictures.ts FOLDER (made by: npm run -s cli -- demo FOLDER)')
  process.exit(2)
}
const target = inProject('build', 'pictures')
mkdirSync(target, { recursive: true })

type Look = readonly ['zh-CN' | 'en-US', 'light' | 'dark']
type Picture = {
  readonly name: string
  readonly look: Look
  readonly path: string
  readonly steps?: (page: Page) => Promise<void>
}

const intoMatrix = async (page: Page) => {
  await page.locator('[row-id] [col-id^="item/"]').first().waitFor()
  for (let tries = 0; tries < 6; tries++) {
    await page.keyboard.press('F6')
    const column = await page.evaluate(() => document.activeElement?.closest('[col-id]')?.getAttribute('col-id') ?? '')
    if (column.startsWith('item/')) break
  }
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
}

const pictures: readonly Picture[] = [
  { name: 'today', look: ['zh-CN', 'light'], path: '/today' },
  { name: 'delivery', look: ['zh-CN', 'light'], path: '/deliveries/new' },
  { name: 'stock', look: ['en-US', 'dark'], path: '/stock' },
  { name: 'allocation', look: ['zh-CN', 'light'], path: '/allocation/new', steps: intoMatrix },
  { name: 'allocation-en', look: ['en-US', 'dark'], path: '/allocation/new', steps: intoMatrix },
  { name: 'liaison', look: ['zh-CN', 'light'], path: '/liaison' },
  { name: 'ledger', look: ['zh-CN', 'light'], path: '/ledger' },
  {
    name: 'slip',
    look: ['zh-CN', 'light'],
    path: '/slips',
    steps: async (page) => {
      await page.locator('[row-index="0"] [col-id="number"]').last().waitFor()
      await page.waitForTimeout(500)
      await page.keyboard.press('Control+p')
      await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 120_000 })
    },
  },
]

for (const { name, look, path, steps } of pictures) {
  const [locale, colorScheme] = look
  const dataFolder = mkdtempSync(inProject('.tmp', 'picture-'))
  cpSync(source, dataFolder, { recursive: true })
  const context = {
    viewport: { width: 1280, height: 720 },
    colorScheme,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
  } as const
  const shell = await openBrowserShell({ dataFolder, locale, context, watch: () => {} })
  const { page } = shell
  await page.getByRole('navigation').first().waitFor()
  await page.goto(new URL(path, page.url()).href)
  await page.locator('h1').first().waitFor()
  await page.waitForTimeout(1500)
  await steps?.(page)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.waitForTimeout(500)
  await page.screenshot({ path: inProject('build', 'pictures', `${name}.png`) })
  await shell.close()
  rmSync(dataFolder, { recursive: true, force: true })
  console.log(name)
}
await closeChromium()
