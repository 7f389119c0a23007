import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import type { Row } from './row.ts'

/**
 * `npm run bench [-- delivery stock …]`: every file beside this one that exports `rows` is a set of measurements. Prints
 * one table of all; exits with 1 when a goal was missed. FRONTSTOCK_DEEP=1 adds the large forms.
 */
type Measurements = { readonly rows?: () => Row[] | Promise<Row[]> }

const wanted = process.argv.slice(2)
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && name !== basename(import.meta.filename))
  .sort()
const unknown = wanted.filter((name) => !files.includes(`${name}.ts`))
if (unknown.length > 0) {
  console.error(
    `no such measurement: ${unknown.join(', ')}; there are ${files.map((name) => basename(name, '.ts')).join(', ')}`,
  )
  process.exit(2)
}

console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
)
const collected: Row[] = []
for (const file of files) {
  if (wanted.length > 0 && !wanted.includes(basename(file, '.ts'))) continue
  const { rows } = (await import(join(import.meta.dirname, file))) as Measurements
  if (!rows) continue
  const start = performance.now()
  collected.push(...(await rows()))
  console.log(`${basename(file, '.ts')}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
}

const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toPrecision(2)
const table = [
  ['task', 'ours', 'baseline', 'ours ms', 'baseline ms', 'ratio', 'goal', ''],
  ...collected.map((row) => [
    row.task,
    row.ours,
    row.baseline,
    number(row.oursMs),
    number(row.baselineMs),
    `${number(row.ratio)}×`,
    row.goal,
    row.met ? 'met' : 'MISSED',
  ]),
]
const widths = table[0]!.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
const line = (cells: readonly string[]): string =>
  cells
    .map((cell, column) => (column >= 3 && column <= 5 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
    .join('  ')
    .trimEnd()
console.log('')
for (const cells of table) console.log(line(cells))
const missed = collected.filter((row) => !row.met)
console.log(`\n${collected.length - missed.length} of ${collected.length} goals met`)
process.exitCode = missed.length > 0 ? 1 : 0
