import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FaultResult, type Suite, scratchFolder } from './result.ts'

/** Faults whose tests belong to the ordinary suite as well: run here in their long form, with this run's seed. */
const runTests =
  (fault: string, file: string, pattern?: string): Suite =>
  ({ deep, seed }): FaultResult[] => {
    const output = join(scratchFolder('tests'), 'report.json')
    const project = join(import.meta.dirname, '..', '..')
    const ran = spawnSync(
      process.execPath,
      [
        join(project, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        join('test', 'db', file),
        '--reporter=json',
        `--outputFile=${output}`,
        ...(pattern ? ['-t', pattern] : []),
      ],
      {
        cwd: project,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        env: {
          ...process.env,
          FRONTSTOCK_SEED: String(seed),
          FRONTSTOCK_DEEP: deep ? '1' : '',
          FRONTSTOCK_DRILLS: deep ? '200' : '20',
        },
      },
    )
    if (!existsSync(output)) return [{ fault, ran: true, ok: false, counts: {}, note: ran.stderr.slice(0, 500) }]
    const report = JSON.parse(readFileSync(output, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[]
    }
    const failed = report.testResults
      .flatMap((result) => result.assertionResults)
      .find((test) => test.status === 'failed')
    return [
      {
        fault,
        ran: true,
        ok: report.numFailedTests === 0 && report.numPassedTests > 0,
        counts: { tests: report.numPassedTests + report.numFailedTests, failed: report.numFailedTests },
        ...(failed ? { note: `${failed.fullName}: ${failed.failureMessages[0]?.split('\n')[0]}` } : {}),
      },
    ]
  }

export const oddFiles = runTests('odd files, folders and a second instance', 'open.test.ts')
export const restoreDrill = runTests('restore drill, and the restore undone', 'backup.test.ts')
export const conservation = runTests('conservation: random operations against a reference model', 'model.test.ts')
