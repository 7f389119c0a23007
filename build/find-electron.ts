import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.ts'

/**
 * The Electron binary, or null. The package itself is never imported to find out: it would start a download and print
 * a stack where there is no network.
 */
export function findElectron(
  env: Readonly<Record<string, string | undefined>> = process.env,
  packageFolder: string = inProject('node_modules', 'electron'),
): string | null {
  const pathFile = join(packageFolder, 'path.txt')
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null
  const candidate = env.ELECTRON_OVERRIDE_DIST_PATH
    ? join(env.ELECTRON_OVERRIDE_DIST_PATH, named ?? executableName())
    : named === null
      ? null
      : join(packageFolder, 'dist', named)
  return candidate !== null && existsSync(candidate) ? candidate : null
}

export function executableName(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return 'electron.exe'
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}
