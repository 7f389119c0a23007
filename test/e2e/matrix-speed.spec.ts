import { mkdtempSync, rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inProject } from '../../build/project.ts'
import { forEachShell } from './harness.ts'
import { makeLargeDistrict } from './large-district.ts'

/** The longest task that leaves a window smooth. */
const longestMs = 50
const tries = 4
/** One district, whatever the run's seed: what is measured must be comparable from run to run. */
const districtSeed = 20200206

type TraceEvent = {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/**
 * The longest task of the page's main thread while `run` goes on, in ms of processor time: what this page needs, whoever
 * else keeps the machine busy (the clock of a shared machine would tell of them).
 */
async function longestTask(page: Page, run: () => Promise<void>): Promise<number> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await run()
  await page.waitForTimeout(150)
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  )
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && threads.has(`${pid}/${tid}`))
  expect(tasks.length).toBeGreaterThan(0)
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000))
}

async function press(page: Page, key: string, times: number, pauseMs = 0): Promise<void> {
  for (let time = 0; time < times; time++) {
    await page.keyboard.press(key)
    if (pauseMs > 0) await page.waitForTimeout(pauseMs)
  }
}

forEachShell((shell) => {
  it('scrolls and solves 300 units × 40 items again without a task over 50 ms', async () => {
    const data = mkdtempSync(inProject('.tmp', 'large-'))
    try {
      await makeLargeDistrict(data, { units: 300, items: 40 }, districtSeed)
      const { page, close } = await shell.open({ data })
      await page.waitForSelector('nav')
      await press(page, 'Alt+4', 1)
      await page.locator('h1').waitFor()
      await press(page, 'Alt+N', 1)
      const grid = page.locator('[role="grid"], [role="treegrid"]').first()
      await grid.locator('[row-id] [col-id^="item/"]').first().waitFor()
      expect(await grid.getAttribute('aria-rowcount')).toMatch(/^30\d$/)
      expect(Number(await grid.getAttribute('aria-colcount'))).toBe(41)
      const box = (await grid.boundingBox())!
      const slider = (name: string) => page.getByRole('slider', { name })
      const pins = grid.locator('[class*="pinMark"]')
      const inMatrix = async () => {
        await grid.locator('[row-id^="U"] [col-id^="item/"]').nth(20).click()
      }
      await page.getByRole('tab', { name: '调节' }).click()
      await slider('保障天数').waitFor()
      const phases: Record<string, () => Promise<void>> = {
        'wheel down and up': async () => {
          await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
          for (let turn = 0; turn < 30; turn++) {
            await page.mouse.wheel(0, turn < 15 ? 500 : -500)
            await page.waitForTimeout(16)
          }
        },
        'wheel across': async () => {
          for (let turn = 0; turn < 20; turn++) {
            await page.mouse.wheel(turn < 10 ? 300 : -300, 0)
            await page.waitForTimeout(16)
          }
        },
        'arrows and pages': async () => {
          await inMatrix()
          await press(page, 'ArrowDown', 20)
          await press(page, 'ArrowRight', 12)
          await press(page, 'PageDown', 4)
          await press(page, 'PageUp', 4)
        },
        'a typed pin, undone': async () => {
          await inMatrix()
          await page.keyboard.type('3')
          await press(page, 'Enter', 1)
          await expect.poll(() => pins.count()).toBe(1)
          await press(page, 'Control+z', 1)
          await expect.poll(() => pins.count()).toBe(0)
        },
        'horizon by its slider': async () => {
          await slider('保障天数').focus()
          await press(page, 'ArrowLeft', 3, 80)
          await press(page, 'ArrowRight', 3, 80)
        },
        'tilt by its slider': async () => {
          await slider('1 级倾斜权重（%）').focus()
          await press(page, 'ArrowRight', 3, 80)
          await press(page, 'ArrowLeft', 3, 80)
        },
      }
      const longest: Record<string, number> = {}
      for (const [name, run] of Object.entries(phases)) {
        // Work that truly takes this long takes it every time; a collected garbage or a busy cache does not.
        longest[name] = Number.POSITIVE_INFINITY
        for (let turn = 0; turn < tries && longest[name]! > longestMs; turn++) {
          longest[name] = Math.min(longest[name]!, await longestTask(page, run))
        }
      }
      console.log(
        `longest task, ms: ${Object.entries(longest)
          .map(([name, ms]) => `${name} ${ms.toFixed(1)}`)
          .join(' · ')}`,
      )
      expect(Object.entries(longest).filter(([, ms]) => ms > longestMs)).toEqual([])
      await close()
    } finally {
      rmSync(data, { recursive: true, force: true, maxRetries: 3 })
    }
  })
})
