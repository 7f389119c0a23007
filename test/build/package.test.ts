import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuseCount, readFuses, setNinthFuse } from '../../build/fuses.ts'
import { packageApplication } from '../../build/package.ts'
import { inProject } from '../../build/project.ts'

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
let folder: string
let app: string

/** What electron-builder needs of an Electron, on a machine that has none. */
function makeStandIn(into: string, fuses = '101111011'): string {
  const electron = join(into, 'electron-stand-in')
  for (const name of ['resources', 'locales']) mkdirSync(join(electron, name), { recursive: true })
  const { version } = JSON.parse(readFileSync(inProject('node_modules', 'electron', 'package.json'), 'utf8')) as {
    version: string
  }
  writeFileSync(join(electron, 'version'), version)
  for (const language of ['zh-CN', 'en-US', 'de']) writeFileSync(join(electron, 'locales', `${language}.pak`), '')
  writeFileSync(
    join(electron, 'electron'),
    `#!/bin/sh\nexit 0\n${sentinel}${String.fromCharCode(1, fuses.length)}${fuses}`,
  )
  chmodSync(join(electron, 'electron'), 0o755)
  return electron
}

beforeAll(async () => {
  mkdirSync(inProject('.tmp'), { recursive: true })
  folder = mkdtempSync(inProject('.tmp', 'package-'))
  await packageApplication({ electronFolder: makeStandIn(folder), outFolder: join(folder, 'out'), unpacked: true })
  app = join(folder, 'out', 'linux-unpacked')
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(process.platform === 'linux')('the packaged application', () => {
  it('holds our bundles, the migrations, the fonts and one native package, and nothing else', () => {
    const files = listPackage(join(app, 'resources', 'app.asar'), { isPack: false }).filter((path) =>
      /\.[^/]+$/.test(path),
    )
    const strange = files.filter(
      (path) =>
        !/^\/dist\/(electron|hub|shared|db|api)\/[\w-]+\.(js|cjs)$/.test(path) &&
        !/^\/dist\/db\/migrations\/\d{4}-[\w-]+\.sql$/.test(path) &&
        !/^\/dist\/renderer\/(index\.html|icon\.png|assets\/[\w.@[\]-]+\.(js|css|woff2|png|svg|wasm|mjs))$/.test(
          path,
        ) &&
        !/^\/node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/.+\.js|prebuilds\/linux-\w+\.node)$/.test(
          path,
        ) &&
        path !== '/package.json',
    )
    expect(strange).toEqual([])
    const there = (pattern: RegExp) => files.filter((path) => pattern.test(path)).length
    for (const bundle of [
      '/dist/electron/main.js',
      '/dist/electron/preload.cjs',
      '/dist/hub/host.js',
      '/dist/db/aside-worker.js',
      '/dist/api/post-list-thread.js',
      '/dist/renderer/index.html',
    ]) {
      expect(files).toContain(bundle)
    }
    expect(there(/\.sql$/)).toBe(readdirSync(inProject('db', 'migrations')).length)
    expect(there(/noto-sans-sc-.*-(400|700)-normal.*\.woff2$/)).toBeGreaterThan(150)
    expect(files.filter((path) => path.endsWith('.node'))).toEqual([
      `/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
    ])
  })

  it('holds the threads where the code that starts them looks, with everything that they import', () => {
    const archive = join(app, 'resources', 'app.asar')
    const files = new Set(listPackage(archive, { isPack: false }))
    const textOf = (path: string) => extractFile(archive, path.slice(1)).toString('utf8')
    const bundles = [...files].filter((path) => /^\/dist\/(electron|hub|shared|db|api)\/[\w-]+\.js$/.test(path))
    // By the same words as in db/write-aside.ts and db/aside.ts: beside the folder of the bundle that starts it.
    for (const [name, thread] of [
      ['api/post-list-thread', '/dist/api/post-list-thread.js'],
      ['aside-worker.js', '/dist/db/aside-worker.js'],
    ] as const) {
      const starters = bundles.filter((path) => path !== thread && new RegExp(`[\`'"]${name}[\`'"]`).test(textOf(path)))
      expect(starters.length, name).toBeGreaterThan(0)
      for (const starter of starters) {
        const folder = posix.dirname(starter)
        const places = [
          posix.join(folder, '..', `${name}.js`),
          posix.join(folder, name),
          posix.join(folder, '..', 'db', name),
        ]
        expect(places, starter).toContain(thread)
      }
      expect(files).toContain(thread)
    }
    for (const path of bundles)
      for (const [, imported] of textOf(path).matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g))
        expect(files, `${path} imports ${imported}`).toContain(posix.join(posix.dirname(path), imported!))
  })

  it('keeps the native file outside the archive, where the system can load it', () => {
    const outside = join(app, 'resources', 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds')
    expect(readdirSync(outside)).toEqual([`linux-${process.arch}.node`])
  })

  it('has the languages it speaks and all nine fuses as they were decided', () => {
    expect(readdirSync(join(app, 'locales')).sort()).toEqual(['en-US.pak', 'zh-CN.pak'])
    expect(readFuses(join(app, 'frontstock'))).toBe('010011001')
    expect(readFuses(join(app, 'frontstock'))).toHaveLength(fuseCount)
  })

  it('stops when an Electron has a fuse that nobody has decided', () => {
    const electron = join(makeStandIn(join(folder, 'newer'), '1011110111'), 'electron')
    expect(() => setNinthFuse(electron)).toThrow(/10 fuses/)
  })

  it('runs its host from the archive', async () => {
    // Far from the project, whose own modules must not help it out.
    const extracted = mkdtempSync(join(tmpdir(), 'frontstock-'))
    extractAll(join(app, 'resources', 'app.asar'), extracted)
    const child = spawn(
      process.execPath,
      [join(extracted, 'dist', 'hub', 'host.js'), '--no-window', '--data', join(folder, 'data')],
      {
        cwd: extracted,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8' },
      },
    )
    try {
      const [line] = (await new Promise((resolve) =>
        createInterface(child.stdout).once('line', (text) => resolve([text])),
      )) as [string]
      const address = /http:\S+/.exec(line)?.[0] ?? ''
      const signedIn = await fetch(address, { redirect: 'manual' })
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
      const page = await fetch(new URL('/', address), { headers: { cookie } })
      const html = await page.text()
      expect(html).toContain('<div id="root">')
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''
      expect((await fetch(new URL(script, address))).status).toBe(200)
      const file = join(folder, 'data', 'frontstock.db')
      expect(existsSync(file)).toBe(true)
      // The posting thread comes up there with all that it needs, and opens the file; it is only given no list.
      const thread = new Worker(join(extracted, 'dist', 'api', 'post-list-thread.js'), {
        workerData: { file, stop: new SharedArrayBuffer(4) },
      })
      const said = new Promise((resolve, reject) => {
        thread.once('message', resolve)
        thread.once('error', reject)
      })
      thread.postMessage({ kind: 'end' })
      expect(await said).toMatchObject({ kind: 'failed', message: 'the list came without its head' })
    } finally {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      expect(await exited).toBe(0)
      rmSync(extracted, { recursive: true, force: true })
    }
  })
})
