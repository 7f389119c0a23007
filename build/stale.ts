import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { projectFolder } from './project.ts'

/**
 * What a part of the build is made from, as one digest over the names and contents of its inputs. Contents and not
 * times: a fresh clone, a changed branch and a touched file all tell the truth. Reading the sources takes some 30 ms.
 */
export function digestOf(inputs: readonly string[]): string {
  const hash = createHash('sha256')
  for (const input of inputs) {
    const path = join(projectFolder, input)
    if (!existsSync(path)) continue
    for (const file of statSync(path).isDirectory() ? filesIn(path) : [path]) {
      hash.update(relative(projectFolder, file)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const recordPath = join(projectFolder, 'dist', 'build.json')

export function readRecord(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(recordPath, 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

export function writeRecord(record: Readonly<Record<string, string>>): void {
  mkdirSync(dirname(recordPath), { recursive: true })
  writeFileSync(recordPath, `${JSON.stringify(record, null, 2)}\n`)
}
