import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inProject } from '../../build/project.ts'
import { findTestChromium, launchChromium } from './chromium.ts'
import type { ShellHandle, ShellOptions } from './harness.ts'

/** The built hub as a process of its own, as `npm start -- --browser` runs it, with its address opened in Chromium. */
export async function openBrowserShell(options: ShellOptions): Promise<ShellHandle> {
  const { executable, args, env } = await findTestChromium()
  const child = spawn(
    process.execPath,
    [inProject('dist', 'hub', 'host.js'), '--no-window', '--log', '--data', options.dataFolder],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...env,
        FRONTSTOCK_BROWSER: executable,
        FRONTSTOCK_BROWSER_ARGS: args.join(' '),
        LANG: 'en_US.UTF-8',
      },
    },
  )
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(line)
      if (found !== null) resolve(found[0])
    })
    void exited.then((code) => reject(new Error(`the host ended with ${code}: ${errors}`)))
  })
  const browser = await launchChromium()
  const context = await browser.newContext({ ...options.context, locale: options.locale, acceptDownloads: true })
  options.watch(context)
  const page = await context.newPage()
  await page.goto(address)
  return {
    page,
    electron: null,
    async newPage() {
      const opened = await context.newPage()
      await opened.goto(new URL(address).origin)
      return opened
    },
    async savedFile(action) {
      const page = context.pages().at(-1)!
      const download = page.waitForEvent('download', { timeout: 60_000 })
      await action()
      const file = await download
      const path = join(options.dataFolder, `saved-${Date.now()}-${file.suggestedFilename().replaceAll(/[\\/]/g, ' ')}`)
      await file.saveAs(path)
      return path
    },
    async close() {
      await context.close()
      child.kill('SIGTERM')
      const code = await exited
      if (code !== 0) throw new Error(`the host ended with ${code}: ${errors}`)
    },
  }
}
