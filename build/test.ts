import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { inProject, projectFolder } from './project.ts'

/**
 * `npm test`: type check, lint, build, unit and integration tests (some of them start what was built), end-to-end
 * tests. Goes on after a failure, so that one run shows everything; the last line is the count, `N passed, N failed`, in
 * which a failed step counts as one. One seed, FRONTSTOCK_SEED when it is given, is that of all random tests.
 */
type Step = { readonly name: string; readonly command: readonly string[]; readonly report?: string }

const bin = (name: string, script: string) => [process.execPath, inProject('node_modules', name, script)] as const
const tsc = bin('typescript', 'bin/tsc')
const vitest = bin('vitest', 'vitest.mjs')
const reporters = (report: string) => ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const unitReport = inProject('.tmp', 'unit.json')
const endToEndReport = inProject('.tmp', 'e2e.json')

const steps: readonly Step[] = [
  { name: 'types', command: [...tsc, '--noEmit'] },
  { name: 'types of the preload', command: [...tsc, '--noEmit', '-p', 'electron/tsconfig.preload.json'] },
  { name: 'lint', command: [...bin('@biomejs/biome', 'bin/biome'), 'check', '.'] },
  { name: 'build', command: [process.execPath, inProject('build', 'build.ts')] },
  {
    name: 'unit and integration tests',
    command: [...vitest, 'run', ...reporters(unitReport)],
    report: unitReport,
  },
  {
    name: 'end-to-end tests',
    command: [...vitest, 'run', '--config', 'test/e2e/vitest.config.ts', ...reporters(endToEndReport)],
    report: endToEndReport,
  },
]

type Report = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

function run(command: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const [file, ...args] = command
    const child = spawn(file!, args, { cwd: projectFolder, stdio: 'inherit' })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function readReport(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return null
  }
}

/** What failed and why, to stand at the end, where it is looked for: a whole run prints thousands of lines. */
function describeFailures(report: Report): string[] {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const failures = assertionResults.filter(({ status }) => status === 'failed')
    const file = relative(projectFolder, name)
    if (failures.length === 0) return message ? [`${file}\n${message}`] : []
    return failures.map((test) => `${file} > ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`)
  })
}

/** Tests that passed, but not at once: a passed test has messages only of the tries before. */
function describeRetries(report: Report): string[] {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && (failureMessages ?? []).length > 0)
      .map((test) => `${relative(projectFolder, name)} > ${test.fullName}\n${test.failureMessages!.join('\n')}`),
  )
}

mkdirSync(inProject('.tmp'), { recursive: true })
process.env.FRONTSTOCK_SEED ||= String(randomInt(2 ** 31))
let passed = 0
let failed = 0
const broken: string[] = []
const failures: string[] = []
const retries: string[] = []
const startedAt = Date.now()

for (const step of steps) {
  console.log(`\n== ${step.name} (${Math.round((Date.now() - startedAt) / 1000)} s)`)
  if (step.report !== undefined) rmSync(step.report, { force: true })
  const code = await run(step.command)
  const report = step.report === undefined ? null : readReport(step.report)
  passed += report?.numPassedTests ?? 0
  failed += report?.numFailedTests ?? 0
  if (report !== null) {
    failures.push(...describeFailures(report))
    retries.push(...describeRetries(report))
  }
  if (code === 0 && (step.report === undefined || report !== null)) continue
  broken.push(step.name)
  // A step that fails beyond its tests (a type error, a file that does not load, an unhandled error) counts as well.
  if ((report?.numFailedTests ?? 0) === 0) failed += 1
}

for (const retry of retries) console.log(`\n== passed, but not at the first try: ${retry}`)
for (const failure of failures) console.log(`\n== failed: ${failure}`)
if (broken.length > 0) console.log(`\nfailed: ${broken.join(', ')}`)
console.log(`\nseed of the random tests: FRONTSTOCK_SEED=${process.env.FRONTSTOCK_SEED}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && broken.length === 0 ? 0 : 1)
