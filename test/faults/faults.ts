import { rmSync } from 'node:fs'
import { seed } from '../seed.ts'
import { clock } from './clock.ts'
import { damage } from './damage.ts'
import { diskFull } from './disk-full.ts'
import { hotLots } from './hot-lots.ts'
import { ioError } from './io-error.ts'
import { kill } from './kill.ts'
import { migration } from './migration.ts'
import { powerCut } from './power-cut.ts'
import { repeat } from './repeat.ts'
import { type FaultResult, formatResults, type Suite, scratchRoot } from './result.ts'
import { conservation, oddFiles, restoreDrill } from './unit-suites.ts'

/**
 * `npm run faults [-- --deep] [-- kill power-cut …]`: what happens to the data when machine, disk or file fail. Exits
 * with 1 when anything was lost or wrong, or a control saw nothing. A suite that this machine can't run says so.
 */
const suites: Readonly<Record<string, Suite>> = {
  kill,
  'power-cut': powerCut,
  migration,
  'disk-full': diskFull,
  'io-error': ioError,
  damage,
  'odd-files': oddFiles,
  restore: restoreDrill,
  conservation,
  repeat,
  'hot-lots': hotLots,
  clock,
}

const args = process.argv.slice(2)
const deep = args.includes('--deep')
const wanted = args.filter((arg) => !arg.startsWith('--'))
const unknown = wanted.filter((name) => !(name in suites))
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`)
  process.exit(2)
}

console.log(`${deep ? 'deep' : 'quick'}, seed ${seed} (give it back with FRONTSTOCK_SEED=${seed})\n`)
const results: FaultResult[] = []
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const start = performance.now()
  const found = await suite({ deep, seed })
  results.push(...found)
  console.log(formatResults(found))
  console.log(`  ${name}: ${((performance.now() - start) / 1000).toFixed(0)} s, seed ${seed}\n`)
}
rmSync(scratchRoot, { recursive: true, force: true })
console.log(formatResults(results))
const failed = results.filter((result) => result.ran && !result.ok)
const skipped = results.filter((result) => !result.ran)
console.log(
  `\n${results.length - failed.length - skipped.length} held, ${failed.length} failed, ${skipped.length} not run; seed ${seed}`,
)
process.exitCode = failed.length > 0 ? 1 : 0
