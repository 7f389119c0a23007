import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { downloadElectron, type Progress } from '../../build/download-electron.ts'
import { executableName, findElectron } from '../../build/find-electron.ts'
import { inProject } from '../../build/project.ts'
import { makeZip } from './zip.ts'

let folder: string
let packageFolder: string
let server: Server | null
let before: NodeJS.ProcessEnv
const shown: [number, number | null][] = []
const show: Progress = { update: (transferred, total) => void shown.push([transferred, total]), end: () => {} }

beforeEach(() => {
  mkdirSync(inProject('.tmp'), { recursive: true })
  folder = mkdtempSync(inProject('.tmp', 'download-'))
  packageFolder = join(folder, 'electron')
  // A copy: what is downloaded is unpacked into the package's own folder.
  cpSync(inProject('node_modules', 'electron'), packageFolder, {
    recursive: true,
    filter: (source) => !/[\\/]electron[\\/](dist|path\.txt)/.test(source),
  })
  server = null
  shown.length = 0
  before = { ...process.env }
  process.env.electron_config_cache = join(folder, 'cache')
  delete process.env.ELECTRON_OVERRIDE_DIST_PATH
  process.env.LC_ALL = 'en_US.UTF-8'
})
afterEach(async () => {
  process.env = before
  server?.closeAllConnections()
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)))
  rmSync(folder, { recursive: true, force: true })
})

async function mirror(answer: (path: string, response: ServerResponse) => void): Promise<void> {
  server = createServer((request, response) => answer(request.url ?? '', response))
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  process.env.ELECTRON_MIRROR = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const version = () =>
  (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version

/** Sends a body in pieces with pauses, as a slow line does. */
async function sendSlowly(response: ServerResponse, body: Buffer, pieces: number, pauseMs: number): Promise<void> {
  response.writeHead(200, { 'content-length': body.length })
  const size = Math.ceil(body.length / pieces)
  for (let at = 0; at < body.length; at += size) {
    response.write(body.subarray(at, at + size))
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  response.end()
}

it('waits for a download that moves, shows how far it is, and has an executable in the end', async () => {
  const zip = makeZip({
    [executableName()]: Buffer.from('#!/bin/sh\nexit 0\n'),
    version: Buffer.from(version()),
    padding: Buffer.alloc(2_000_000, 7),
  })
  process.env.electron_use_remote_checksums = '1'
  await mirror((path, response) => {
    const name = path.split('/').at(-1) ?? ''
    if (name === 'SHASUMS256.txt') {
      const hash = createHash('sha256').update(zip).digest('hex')
      response.end(`${hash} *electron-v${version()}-${process.platform}-${process.arch}.zip\n`)
    } else void sendSlowly(response, zip, 10, 450)
  })
  // Ten pieces take longer than the silence that is allowed; each of them comes in time.
  const outcome = await downloadElectron({ show, silenceMs: 3_000, packageFolder })
  expect(outcome).toEqual({ electron: join(packageFolder, 'dist', executableName()) })
  expect(findElectron({}, packageFolder)).toBe(join(packageFolder, 'dist', executableName()))
  expect(shown.length).toBeGreaterThan(3)
  expect(shown.at(-1)?.[1]).toBe(zip.length)
  const transferred = shown.map(([bytes]) => bytes)
  expect(transferred).toEqual([...transferred].sort((left, right) => left - right))
})

it('gives up on a host from which nothing comes', async () => {
  await mirror(() => {})
  const outcome = await downloadElectron({ show, silenceMs: 3_000, packageFolder })
  expect(outcome).toEqual({ why: 'nothing arrived for 3 s' })
  expect(findElectron({}, packageFolder)).toBeNull()
})

it('gives up on a host that stops half way', async () => {
  await mirror((_path, response) => {
    response.writeHead(200, { 'content-length': 1_000_000 })
    response.write(Buffer.alloc(1_000))
  })
  expect(await downloadElectron({ show, silenceMs: 3_000, packageFolder })).toEqual({ why: 'nothing arrived for 3 s' })
  expect(shown).toEqual([[1_000, 1_000_000]])
})

it('gives up at once on a host that refuses', async () => {
  await mirror((_path, response) => {
    response.statusCode = 403
    response.end()
  })
  const refused = await downloadElectron({ show, packageFolder })
  expect(refused).toEqual({ why: expect.stringContaining('403') })
  process.env.ELECTRON_MIRROR = 'http://127.0.0.1:9/'
  expect(await downloadElectron({ show, packageFolder })).toEqual({ why: expect.any(String) })
})

it('refuses what is not the Electron it asked for', async () => {
  await mirror((_path, response) => response.end(makeZip({ electron: Buffer.from('something else') })))
  expect(await downloadElectron({ show, packageFolder })).toEqual({ why: expect.stringMatching(/checksum/i) })
  expect(findElectron({}, packageFolder)).toBeNull()
})
