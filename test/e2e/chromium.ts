import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { withLock } from '../../build/lock.ts'
import { inProject } from '../../build/project.ts'

/** The Chromium that comes from npm, unpacked once into the project's own folder for temporary things. */
export type TestChromium = {
  readonly executable: string
  readonly args: readonly string[]
  readonly env: Record<string, string>
}

const folder = inProject('.tmp', 'chromium')

export async function findTestChromium(): Promise<TestChromium> {
  mkdirSync(folder, { recursive: true })
  // It unpacks into the system's folder for temporary files, which others may share.
  process.env.TMPDIR = folder
  const executable = await withLock('chromium', async () => {
    const { default: packed, inflate } = await import('@sparticuz/chromium')
    const path = await packed.executablePath()
    if (!existsSync(join(folder, 'al2023')) && !starts(path, {})) {
      // A machine without the NSS libraries: the package brings some along for exactly that.
      await inflate(inProject('node_modules', '@sparticuz', 'chromium', 'bin', 'al2023.tar.br'))
    }
    return path
  })
  const libraries = join(folder, 'al2023', 'lib')
  const env: Record<string, string> = existsSync(libraries)
    ? { LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
    : {}
  if (!starts(executable, env)) throw new Error(`the Chromium from npm does not start: ${executable}`)
  const root = process.getuid?.() === 0
  // Its own proposals switch web security off; these are ours.
  const args = [
    ...(root ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--font-render-hinting=none',
    '--disable-dev-shm-usage',
  ]
  return { executable, args, env }
}

function starts(executable: string, env: Record<string, string>): boolean {
  return spawnSync(executable, ['--version'], { env: { ...process.env, ...env }, stdio: 'ignore' }).status === 0
}

let launched: Promise<Browser> | undefined

/** One browser for all specs of a worker; every window gets a context of its own. */
export function launchChromium(): Promise<Browser> {
  launched ??= findTestChromium().then(({ executable, args, env }) =>
    chromium.launch({
      executablePath: executable,
      args: [...args],
      env: { ...process.env, ...env } as Record<string, string>,
    }),
  )
  return launched
}

export async function closeChromium(): Promise<void> {
  const browser = await launched?.catch(() => undefined)
  launched = undefined
  await browser?.close()
}
