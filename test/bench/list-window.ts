import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { CDPSession, Page } from 'playwright-core'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { inProject, projectFolder } from '../../build/project.ts'
import { ordinaryCatalogue } from '../core/intake/lists.ts'
import { createRandom } from '../db/random.ts'
import { closeChromium, launchChromium } from '../e2e/chromium.ts'
import { benchFolder } from './large-ledger.ts'
import { buildLongList } from './long-list.ts'
import { longestTask } from './longest-task.ts'
import type { Row } from './row.ts'

const lines = 100_000

/**
 * A list of 100,000 × 10 as a clerk meets it: the built hub, its page in Chromium, the file opened, read, its doubts
 * settled and all of it posted. What the window was blocked by is the longest task of its main thread; what it needs is
 * the resident memory of its process (page and worker together) and of the hub's, above what each had before.
 */
export async function rows(): Promise<Row[]> {
  const built = spawnSync(process.execPath, ['build/build.ts'], { cwd: projectFolder, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(built.stderr)
  const folder = join(benchFolder, `window-${process.pid}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    await makeDesk(folder)
    const file = join(folder, 'list.xlsx')
    writeFileSync(file, buildLongList(lines))
    const phases = await watchList(folder, file)
    return phases.flatMap(({ name, longest, processorMs, idle, window, hub }) => [
      {
        task: `the window: ${name}`,
        baseline: 'the longest task of the same window at rest',
        ours: `longest task (${processorMs.toFixed(0)} ms of processor time)`,
        baselineMs: idle,
        oursMs: longest,
        ratio: longest / idle,
        goal: '≤ 50 ms',
        met: processorMs <= 50,
      },
      memoryRow(`the window's memory: ${name}`, window),
      memoryRow(`the hub's memory: ${name}`, hub),
    ])
  } finally {
    await closeChromium()
    rmSync(folder, { recursive: true, force: true })
  }
}

export type Memory = { readonly before: number; readonly peak: number }

/** Megabytes stand where the others have milliseconds. */
function memoryRow(task: string, { before, peak }: Memory): Row {
  return {
    task,
    baseline: `${before.toFixed(0)} MB resident before`,
    ours: `${peak.toFixed(0)} MB resident at most (MB, not ms)`,
    baselineMs: before,
    oursMs: peak,
    ratio: peak / before,
    goal: '< 500 MB',
    met: peak < 500,
  }
}

export async function makeDesk(folder: string): Promise<void> {
  const desk = openDesk({ folder, version: 'bench' })
  const client = clientFor({ desk, person: soloPerson(desk) })
  const random = createRandom(98)
  const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }
  const added = () => ({ requestId: random.uuid(), version: null })
  await client.depot.save({ ...added(), ...nothing, placeId: null, code: 'D01', name: '仓库' })
  for (const { code, name, baseUnit, packs, standard } of ordinaryCatalogue)
    await client.item.save({
      ...added(),
      itemId: null,
      code,
      name,
      nameEn: '',
      category: 'other',
      specification: '',
      standard,
      baseUnit: baseUnit || '个',
      packName: packs[0]?.unit ?? '箱',
      packSizeBase: packs[0]?.sizeBase ?? 1,
      shelfLifeDays: null,
      reserveBase: 0,
      unitPriceFen: null,
    })
  closeDesk(desk)
}

export type Phase = {
  readonly name: string
  /** Milliseconds on the clock, and of the processor, of the longest task of the window's main thread. */
  readonly longest: number
  readonly processorMs: number
  /** The same of this window with nothing to do. */
  readonly idle: number
  readonly tookMs: number
  readonly window: Memory
  readonly hub: Memory
}

export async function watchList(folder: string, file: string, tracesInto?: string): Promise<Phase[]> {
  const hub = spawn(process.execPath, [inProject('dist', 'hub', 'host.js'), '--no-window', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      createInterface(hub.stdout).on('line', (line) => {
        const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(line)
        if (found !== null) resolve(found[0])
      })
      hub.once('exit', (code) => reject(new Error(`the hub ended with ${code}`)))
    })
    const browser = await launchChromium()
    const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1280, height: 720 } })
    await page.goto(address)
    await page.getByRole('navigation').first().waitFor()
    await page.goto(new URL('/deliveries/intake', address).href)
    await page.locator('textarea').waitFor()
    return await watchPhases(page, hub.pid!, file, tracesInto)
  } finally {
    hub.kill('SIGTERM')
    await new Promise((resolve) => hub.once('exit', resolve))
  }
}

/** What is done with the list, one after the other; each is watched by itself. */
const steps: readonly { readonly name: string; readonly run: (page: Page, file: string) => Promise<void> }[] = [
  {
    name: 'reading 100,000 × 10, until its rows are shown',
    async run(page, file) {
      const chooser = page.waitForEvent('filechooser')
      await page.keyboard.press('Alt+o')
      await (await chooser).setFiles(file)
      await page.getByRole('grid', { name: '名单的行' }).waitFor({ timeout: 120_000 })
    },
  },
  {
    name: 'its doubts settled for 30,000 rows, undone and done again, the end, one sender alone',
    async run(page) {
      const region = page.getByRole('region', { name: '名单的行' })
      const press = async (key: string) => {
        await page.keyboard.press(key)
        await page.waitForTimeout(300)
      }
      // Guesses are confirmed in all their rows at once, so are an item chosen and the size of a pack.
      for (let doubt = 0; doubt < 10; doubt += 1) {
        if ((await region.getByText('可靠 100,000', { exact: true }).count()) > 0) break
        const column = await page.evaluate(() => document.activeElement?.getAttribute('data-column'))
        const wrong = await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))
        if (wrong !== 'true') await press('Shift+Space')
        else {
          if (column === 'quantityBase') await page.keyboard.type('2000')
          else await press('Enter')
          await press('Enter')
        }
        await press('F8')
      }
      await region.getByText('可靠 100,000', { exact: true }).waitFor({ timeout: 5_000 })
      for (const key of ['Control+z', 'Control+y', 'Control+End', 'PageUp', 'Control+Home']) await press(key)
      await page.getByLabel('来源').selectOption({ index: 1 })
      await page.waitForTimeout(300)
      await page.getByLabel('来源').selectOption({ index: 0 })
      await page.waitForTimeout(300)
    },
  },
  {
    name: 'posting it, until it is in stock',
    async run(page) {
      await page.keyboard.press('Control+s')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /入库 97 张/ })
        .waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: /已入库 97 张/ }).waitFor({ timeout: 120_000 })
    },
  },
]

async function watchPhases(page: Page, hub: number, file: string, tracesInto?: string): Promise<Phase[]> {
  const process = await rendererOf(page)
  const idle = await longestTask(page, () => page.waitForTimeout(1500))
  const phases: Phase[] = []
  for (const { name, run } of steps) {
    const memory = [watchMemory(process), watchMemory(hub)]
    const start = performance.now()
    const trace = tracesInto === undefined ? undefined : join(tracesInto, `${phases.length}.json`)
    const { clock, processor } = await longestTask(page, () => run(page, file), trace)
    const [window, host] = memory.map((end) => end())
    phases.push({
      name,
      longest: clock,
      processorMs: processor,
      idle: idle.clock,
      tookMs: performance.now() - start,
      window: window!,
      hub: host!,
    })
  }
  return phases
}

/** The process of the page: its window and its worker live there together. */
async function rendererOf(page: Page): Promise<number> {
  const browser = page.context().browser()!
  const session: CDPSession = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  return renderers.reduce((most, id) => (residentOf(id) > residentOf(most) ? id : most))
}

/** Megabytes resident of a process, from what Linux says of it. */
function residentOf(pid: number, line = 'VmRSS'): number {
  const found = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1]) / 1024
}

/** Watches until it is called again, and gives what there was before and the most there ever was. */
function watchMemory(pid: number): () => Memory {
  const before = residentOf(pid)
  // The kernel's own high-water mark, begun anew: no peak is missed between two looks.
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  return () => ({ before, peak: residentOf(pid, 'VmHWM') })
}
