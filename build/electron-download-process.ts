import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inProject } from './project.ts'

/**
 * The download in a process of its own, so that it can be ended for certain: Electron's own downloader, which knows
 * mirrors, cache and checksums, with its progress sent to the parent. It only fills the cache; unpacking is
 * Electron's install.js.
 */
/** The folder of the electron package, from the parent. */
const folder = process.argv[2] ?? inProject('node_modules', 'electron')
const require = createRequire(join(folder, 'package.json'))
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
const checksums = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8')) as Record<string, string>

type Progress = { readonly transferred: number; readonly total: number | null }
type Downloader = {
  downloadArtifact: (details: {
    version: string
    artifactName: string
    platform: string
    arch: string
    cacheRoot: string | undefined
    checksums: Record<string, string> | undefined
    downloadOptions: { quiet: boolean; getProgressCallback: (progress: Progress) => Promise<void> }
  }) => Promise<string>
}
const { downloadArtifact } = (await import(pathToFileURL(require.resolve('@electron/get')).href)) as Downloader

try {
  await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    cacheRoot: process.env.electron_config_cache,
    checksums: process.env.electron_use_remote_checksums ? undefined : checksums,
    downloadOptions: {
      quiet: true,
      getProgressCallback: async ({ transferred, total }) => void process.send?.({ transferred, total }),
    },
  })
  process.exit(0)
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  process.send?.({ failed: cause instanceof Error ? cause.message : String(cause) }, () => process.exit(1))
}
