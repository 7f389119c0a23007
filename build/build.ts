import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { build, type InlineConfig, normalizePath } from 'vite'
import { withLock } from './lock.ts'
import { inProject, projectFolder, say } from './project.ts'
import { digestOf, readRecord, writeRecord } from './stale.ts'

/**
 * Builds what is stale into `dist/`: `renderer/` (the page), `electron/` and `hub/` (the two hosts, sharing `db/` and
 * `shared/`), `db/migrations/`. Each part is made beside the old one and takes its place when it is complete.
 */
type Part = {
  readonly name: string
  readonly inputs: readonly string[]
  /** Relative to dist/; all of them present means built. */
  readonly outputs: readonly string[]
  /** Folders of dist/ that it owns, and that are exchanged as a whole. */
  readonly folders: readonly string[]
  /** @param folder where to put what belongs into dist/. */
  readonly make: (folder: string) => Promise<void>
}

const common = ['package.json', 'package-lock.json', 'tsconfig.json', 'build/build.ts']

const parts: readonly Part[] = [
  {
    name: 'renderer',
    inputs: [...common, 'vite.config.ts', 'build/zip-at-once.ts', 'renderer', 'core', 'api/contract', 'api/intake'],
    outputs: ['renderer/index.html'],
    folders: ['renderer'],
    async make(folder) {
      await build({
        root: inProject('renderer'),
        configFile: inProject('vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: `${folder}/renderer` },
      })
    },
  },
  {
    name: 'host',
    inputs: [...common, 'electron', 'hub', 'api', 'db', 'core'],
    outputs: [
      'electron/main.js',
      'electron/preload.cjs',
      'hub/host.js',
      'db/aside-worker.js',
      'api/post-list-thread.js',
      'db/migrations',
    ],
    folders: ['electron', 'hub', 'db', 'api', 'shared'],
    async make(folder) {
      await build(hostConfig(folder))
      await build(preloadConfig(folder))
      cpSync(inProject('db', 'migrations'), `${folder}/db/migrations`, { recursive: true })
    },
  },
]

/** Everything is bundled but the one native package and what the runtime brings along. */
const outside = ['electron', 'better-sqlite3', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

function hostConfig(folder: string): InlineConfig {
  return {
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    ssr: { target: 'node', noExternal: true, external: ['electron', 'better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: {
          'electron/main': inProject('electron', 'main.ts'),
          'hub/host': inProject('hub', 'host.ts'),
          // Threads of their own, started by their files' names.
          'db/aside-worker': inProject('db', 'aside-worker.ts'),
          'api/post-list-thread': inProject('api', 'post-list-thread.ts'),
        },
        external: outside,
        output: {
          format: 'esm',
          entryFileNames: '[name].js',
          chunkFileNames: ({ name }) => (name.includes('/') ? '[name].js' : 'shared/[name].js'),
          // db finds its migrations beside itself: its chunk has to stay in a folder of its own.
          codeSplitting: {
            groups: [
              // A thread's file does its work as it loads, so it stays out of what others import.
              { name: 'db/db', test: (id) => within('db')(id) && !id.endsWith('aside-worker.ts') },
              {
                name: 'shared/shared',
                test: (id) => within('core', 'api', 'node_modules')(id) && !id.endsWith('post-list-thread.ts'),
              },
            ],
          },
        },
      },
    },
  }
}

function within(...folders: readonly string[]): (id: string) => boolean {
  return (id) => folders.some((folder) => normalizePath(id).startsWith(`${normalizePath(inProject(folder))}/`))
}

/** A sandboxed preload is one CommonJS file. */
function preloadConfig(folder: string): InlineConfig {
  return {
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    ssr: { target: 'node', noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: `${folder}/electron`,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: { preload: inProject('electron', 'preload.cts') },
        external: outside,
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  }
}

/** @returns the names of the parts that were built. */
export async function buildStale(report: (line: string) => void = () => {}): Promise<string[]> {
  return withLock('build', async () => {
    const built: string[] = []
    for (const part of parts) {
      const digest = digestOf(part.inputs)
      const complete = part.outputs.every((output) => existsSync(inProject('dist', output)))
      if (complete && readRecord()[part.name] === digest) continue
      report(say(`正在构建 ${part.name} …`, `building ${part.name} …`))
      const fresh = inProject('.tmp', `build-${part.name}`)
      rmSync(fresh, { recursive: true, force: true })
      await part.make(fresh)
      writeRecord({ ...readRecord(), [part.name]: '' })
      for (const folder of part.folders) {
        rmSync(inProject('dist', folder), { recursive: true, force: true })
        if (existsSync(`${fresh}/${folder}`)) renameSync(`${fresh}/${folder}`, inProject('dist', folder))
      }
      writeRecord({ ...readRecord(), [part.name]: digest })
      rmSync(fresh, { recursive: true, force: true })
      built.push(part.name)
    }
    return built
  })
}

if (import.meta.main) {
  await buildStale((line) => process.stdout.write(`${line}\n`)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
}
