import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { inProject, projectFolder } from '../../build/project.ts'

let folder: string
beforeAll(() => {
  mkdirSync(inProject('.tmp'), { recursive: true })
  folder = mkdtempSync(inProject('.tmp', 'cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function cli(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['hub/cli.ts', ...args], {
    cwd: projectFolder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', INIT_CWD: folder, FRONTSTOCK_DATA: join(folder, 'nowhere') },
  })
  return { status, out: stdout, err: stderr }
}
/** No command answers bad input with a stack. */
const stackless = (text: string) => !/\n\s+at |Error:/.test(text)

describe('the command line', { timeout: 240_000 }, () => {
  it('lists its commands when it is asked for none or for one that it does not have', () => {
    for (const args of [[], ['nonsense'], ['constructor'], ['--help']]) {
      const { status, out, err } = cli(...args)
      expect([args, status, out]).toEqual([args, 2, ''])
      for (const name of ['verify', 'backup', 'demo', 'plan', 'verify-plan', 'intake'])
        expect(err).toContain(`  ${name} `)
    }
  })

  it('answers bad input with a clear line and a code', () => {
    writeFileSync(join(folder, 'text.db'), 'not a database')
    writeFileSync(join(folder, 'bad.json'), '{"format":')
    writeFileSync(join(folder, 'bytes.json'), Buffer.from([0xff, 0xfe, 0x00]))
    const cases: [string[], RegExp][] = [
      [['verify'], /nowhere/],
      [['verify', 'missing.db'], /missing\.db/],
      [['verify', 'text.db'], /text\.db/],
      [['verify', 'a', 'b'], /usage/i],
      [['verify', '--data'], /--data/],
      [['backup'], /usage/i],
      [['backup', 'there'], /nowhere/],
      [['demo'], /usage/i],
      [['plan'], /usage/i],
      [['plan', 'missing.json'], /no such file/],
      [['plan', '.'], /folder/],
      [['plan', 'bad.json'], /./],
      [['plan', 'bytes.json'], /UTF-8/],
      [['verify-plan', 'bad.json'], /usage/i],
      [['verify-plan', 'bad.json', 'bad.json'], /./],
      [['intake'], /./],
      [['intake', 'missing.xlsx'], /missing\.xlsx/],
    ]
    for (const [args, words] of cases) {
      const { status, out, err } = cli(...args)
      expect([args, out, [1, 2].includes(status ?? -1)]).toEqual([args, '', true])
      expect(err).toMatch(words)
      expect([args, stackless(err)]).toEqual([args, true])
    }
  })

  it('finds its files from where the user stands, and the data folder that was named', async () => {
    await closeDesk(openDesk({ folder: join(folder, 'stock'), version: 'test' }))
    const verified = cli('verify', 'stock/frontstock.db')
    expect([verified.status, verified.err]).toEqual([0, ''])
    expect(verified.out).toMatch(/All agree/)
    expect(cli('verify', '--data', 'stock').status).toBe(0)
    expect(cli('verify', '--data=stock').status).toBe(0)
    expect(cli('backup', 'copies', '--data', 'stock').status).toBe(0)
    expect(readdirSync(join(folder, 'copies'))).toHaveLength(1)
  })

  it('makes the demonstration district where nothing is, and leaves a stock of its own alone', async () => {
    const made = cli('demo', 'district')
    expect([made.status, made.err]).toEqual([0, ''])
    expect(cli('verify', 'district/frontstock.db').out).toMatch(/All agree/)
    // A second time nothing is left to do.
    expect(cli('demo', 'district').status).toBe(0)

    const desk = openDesk({ folder: join(folder, 'own'), version: 'test' })
    await clientFor({ desk, person: soloPerson(desk) }).setting.startEmpty({
      requestId: '0198c0de-0000-7000-8000-000000000001',
      organisation: '物资组',
      depotName: '中心仓',
    })
    await closeDesk(desk)
    const refused = cli('demo', 'own')
    expect([refused.status, refused.err.trimEnd()]).toEqual([2, 'own: holds a stock of its own and was left alone'])
  })
})
