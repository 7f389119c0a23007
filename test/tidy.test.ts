import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { getSettings } from '../api/setting.ts'
import { refusalCodes } from '../core/refusal.ts'
import { openMemory } from '../db/open.ts'
import { refusalWords } from '../renderer/text/refusal.ts'
import { textIn } from '../renderer/text/text.ts'

/**
 * The house keeps its own rules. Each room may import only what stands in its row of the table (README, "Rooms"); where
 * a rule names something that is not allowed, it says what to do instead.
 */
const root = join(import.meta.dirname, '..')
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))
const sources = files.filter((file) => /\.(ts|tsx|cts)$/.test(file))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

type Room = { readonly rooms: readonly string[]; readonly packages: RegExp; readonly node: boolean }

const react =
  /^(react|react-dom|@mantine|@tabler\/icons-react|@tanstack\/react-query|@orpc\/(client|contract|tanstack-query)|ag-grid|@ag-grid|recharts|wouter|i18next|react-i18next|dayjs|get-nonce|bwip-js|pdfjs-dist|@fontsource|write-excel-file|zod)(\/|-|$)/
const nothing = /^$/

/** The import table of README.md. A folder's row is the longest that fits its path. */
const table: Readonly<Record<string, Room>> = {
  core: { rooms: ['core'], packages: nothing, node: false },
  db: { rooms: ['db', 'core'], packages: /^better-sqlite3$/, node: true },
  'api/contract': { rooms: ['api/contract', 'core'], packages: /^(zod|@orpc\/contract)$/, node: false },
  api: { rooms: ['api', 'core', 'db'], packages: /^(@orpc\/(server|contract)|pinyin-pro)$/, node: false },
  'api/intake': {
    rooms: ['api/intake', 'api', 'core'],
    packages: /^(read-excel-file|write-excel-file|pinyin-pro|papaparse)(\/|$)/,
    node: true,
  },
  hub: { rooms: ['hub', 'api', 'core'], packages: /^(ws|@orpc\/(server|contract|client))(\/|$)/, node: true },
  // The two files that wire the headless host and the command line: they hand the database in.
  'hub/loopback.ts': { rooms: ['hub', 'api', 'core', 'db'], packages: nothing, node: true },
  'hub/cli.ts': { rooms: ['hub', 'api', 'core', 'db'], packages: nothing, node: true },
  electron: {
    rooms: ['electron', 'api', 'db', 'hub', 'core'],
    packages: /^(electron|@orpc\/server)(\/|$)/,
    node: true,
  },
  renderer: { rooms: ['renderer', 'api/contract', 'api/intake', 'core'], packages: react, node: false },
  build: { rooms: ['build'], packages: /./, node: true },
}

function roomOf(file: string): string | undefined {
  return Object.keys(table)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0]
}

function importsOf(file: string): string[] {
  const found = read(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? match[3]!)
}

/** What a file may not import, in words; null when it may. */
function forbids(file: string, imported: string): string | null {
  const room = roomOf(file)
  if (!room) return null
  const row = table[room]!
  if (imported.startsWith('.')) {
    const target = normalize(join(dirname(file), imported))
    const targetRoom = roomOf(target) ?? dirname(target)
    const allowed = row.rooms.some((one) => target === one || target.startsWith(`${one}/`))
    // A narrower row is a room of its own: `api` may not reach into another's wiring files.
    if (allowed || file.endsWith('.css') || imported.endsWith('.css')) return null
    return `${file} imports ${target}: ${room} may import ${row.rooms.join(', ')}, not ${targetRoom}`
  }
  if (imported.startsWith('node:')) {
    return row.node ? null : `${file} imports ${imported}: ${room} runs without Node; take it as an argument`
  }
  return row.packages.test(imported) ? null : `${file} imports ${imported}: not in the row of ${room}`
}

describe('the house', () => {
  it('has a source in every room, so that the rules below look at something', () => {
    for (const room of Object.keys(table)) {
      expect([room, sources.some((file) => roomOf(file) === room)]).toEqual([room, true])
    }
  })

  it('lets each room import only what stands in its row', () => {
    const wrong = sources.flatMap((file) => importsOf(file).flatMap((imported) => forbids(file, imported) ?? []))
    expect(wrong).toEqual([])
  })

  it('knows a forbidden import when it sees one', () => {
    expect(forbids('core/delivery.ts', 'node:fs')).not.toBeNull()
    expect(forbids('core/delivery.ts', '../db/delivery.ts')).not.toBeNull()
    expect(forbids('renderer/delivery/pages.tsx', '../../api/router.ts')).not.toBeNull()
    expect(forbids('renderer/delivery/pages.tsx', '../../api/contract/base.ts')).toBeNull()
    expect(forbids('hub/server.ts', '../db/open.ts')).not.toBeNull()
    expect(forbids('api/delivery.ts', 'react')).not.toBeNull()
  })

  it('writes SQL only under db/', () => {
    const statement =
      /\b(SELECT\s[\s\S]{1,200}?\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|TRIGGER)\s)/
    const outside = sources.filter((file) => !/^(db|test)\//.test(file) && statement.test(read(file)))
    expect(outside).toEqual([])
  })

  it('has no file over 500 lines', () => {
    const long = sources.filter((file) => read(file).split('\n').length > 500)
    expect(long).toEqual([])
  })

  it('silences no check and leaves nothing for later', () => {
    // Written in two halves, so that this file is not its own finding.
    const silenced = new RegExp(
      `\\bas a${'ny'}\\b|@ts-(i${'gnore'}|ex${'pect-error'})|\\bTO${'DO'}\\b|\\bFIX${'ME'}\\b|\\.on${'ly'}\\(|\\.sk${'ip'}\\(`,
    )
    const found = sources.flatMap((file) => silenced.exec(read(file))?.[0].concat(` in ${file}`) ?? [])
    expect(found).toEqual([])
  })

  it('keeps the clock and chance out of core', () => {
    const found = sources.filter(
      (file) => file.startsWith('core/') && /\b(Date\.now|new Date\(\)|Math\.random|crypto\.)/.test(read(file)),
    )
    expect(found).toEqual([])
  })

  it('names no file utils, helpers, common, services or manager', () => {
    expect(
      sources.filter((file) => /(^|\/)(utils?|helpers?|common|services?|[\w-]*manager)(\/|\.)/i.test(file)),
    ).toEqual([])
  })

  it('has a sentence in both languages for every refusal', () => {
    expect(refusalCodes.filter((code) => !(refusalWords.keys as readonly string[]).includes(code))).toEqual([])
    const filled = { given: '7', allowed: '9', name: 'x', document: 'y', state: 'z' }
    for (const code of refusalCodes) {
      const [zh, en] = (['zh', 'en'] as const).map((language) => textIn(refusalWords, language)(code, filled))
      expect([code, /[\u4e00-\u9fff]/.test(zh!), /[a-z]{3}/i.test(en!) && !/[\u4e00-\u9fff]/.test(en!)]).toEqual([
        code,
        true,
        true,
      ])
    }
  })

  it('names every setting and every command in the README', () => {
    const readme = read('README.md')
    const db = openMemory()
    const settings = Object.keys(getSettings(db))
    db.close()
    expect(settings.filter((name) => !readme.includes(name))).toEqual([])
    const commands = [...read('hub/cli.ts').matchAll(/^\s+'?([a-z-]+)'?: \{/gm)].map((match) => match[1]!)
    expect(commands.length).toBeGreaterThan(3)
    expect(commands.filter((command) => !readme.includes(`cli -- ${command}`))).toEqual([])
    const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts)
    expect(scripts.filter((script) => !readme.includes(script))).toEqual([])
  })

  it('names no registry host and no path of a machine', () => {
    const found = files.filter((file) => {
      if (!/\.(ts|tsx|cts|cjs|json|md|yml|html|css|sql)$|run$/.test(file) || file === 'package-lock.json') return false
      return /registry\.npmjs|deb\.debian|\/work\/main|\/work\/shared/.test(read(file)) && file !== 'test/tidy.test.ts'
    })
    expect(found).toEqual([])
  })
})
