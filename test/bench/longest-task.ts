import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

type TraceEvent = {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

const forTasks = ['toplevel', '__metadata']
const forCauses = [...forTasks, 'devtools.timeline', 'v8', 'disabled-by-default-v8.cpu_profiler', 'blink.user_timing']

/**
 * The longest task of the page's main thread while `run` goes on, in ms: on the clock, and of processor time, which is
 * what this page needs whoever else keeps the machine busy.
 * @param trace a file for the whole trace, to find the cause in.
 */
export async function longestTask(
  page: Page,
  run: () => Promise<void>,
  trace?: string,
): Promise<{ readonly clock: number; readonly processor: number }> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: trace === undefined ? forTasks : forCauses })
  await run()
  await page.waitForTimeout(150)
  const text = (await browser.stopTracing()).toString()
  if (trace !== undefined) writeFileSync(trace, text)
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] }
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  )
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && mainThreads.has(`${pid}/${tid}`))
  if (tasks.length === 0) throw new Error('the trace has no task of a window')
  return {
    clock: Math.max(...tasks.map(({ dur = 0 }) => dur / 1000)),
    processor: Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000)),
  }
}
