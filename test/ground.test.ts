import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inProject } from '../build/project.ts'

const read = (name: string) => readFileSync(inProject(name), 'utf8')
type Package = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  optionalDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
  scripts: Record<string, string>
}
const manifest = JSON.parse(read('package.json')) as Package

it('names no registry in the lockfile, so that any mirror will do', () => {
  const lock = read('package-lock.json')
  expect(lock).not.toContain('"resolved"')
  expect(read('.npmrc').trim()).toBe('omit-lockfile-registry-resolved=true')
  expect(lock).toContain('"integrity"')
})

it('pins every package to one exact version', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
  }
  // Everything else is bundled.
  expect(Object.keys(dependencies)).toEqual(['better-sqlite3'])
})

it('asks npm to run no install script of ours, and of others only what is needed', () => {
  expect(manifest.allowScripts).toEqual({ 'electron-winstaller': false, 'better-sqlite3': false })
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(manifest.scripts).not.toHaveProperty(hook)
})

it('runs the same command in a clean clone as the README does', () => {
  expect(statSync(inProject('.ci', 'run')).mode & 0o111).toBe(0o111)
  expect(read('.ci/run')).toMatch(/npm install\nnpm test\n$/)
})

it('names no host of a registry and no folder of one machine in any file of the project', () => {
  const { stdout, status } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: inProject(),
    encoding: 'utf8',
  })
  if (status !== 0) return
  const words = [
    ['registry', 'npmjs', 'org'].join('.'),
    ['', 'work', 'main'].join('/'),
    ['', 'work', 'shared'].join('/'),
  ]
  const found = stdout
    .split('\0')
    .filter((name) => name !== '' && existsSync(inProject(name)) && !/\.(png|ico|icns|woff2|xlsx|db)$/.test(name))
    .flatMap((name) => words.filter((word) => read(name).includes(word)).map((word) => `${name}: ${word}`))
  expect(found).toEqual([])
})
