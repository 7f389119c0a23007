import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../build/lock.ts'
import { inProject, projectFolder } from '../../build/project.ts'
import { digestOf } from '../../build/stale.ts'

let folder: string
let input: string
beforeEach(() => {
  mkdirSync(inProject('.tmp'), { recursive: true })
  folder = mkdtempSync(inProject('.tmp', 'stale-'))
  input = relative(projectFolder, folder)
  writeFileSync(join(folder, 'a.ts'), 'one')
  mkdirSync(join(folder, 'inner'))
  writeFileSync(join(folder, 'inner', 'b.ts'), 'two')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('what is stale', () => {
  it('is told by contents and names, not by times', () => {
    const before = digestOf([input])
    utimesSync(join(folder, 'a.ts'), 0, 0)
    expect(digestOf([input])).toBe(before)
    writeFileSync(join(folder, 'inner', 'b.ts'), 'three')
    const changed = digestOf([input])
    expect(changed).not.toBe(before)
    writeFileSync(join(folder, 'c.ts'), '')
    expect(digestOf([input])).not.toBe(changed)
  })

  it('does not mistake a moved boundary between files for the same', () => {
    writeFileSync(join(folder, 'a.ts'), 'onetw')
    writeFileSync(join(folder, 'inner', 'b.ts'), 'o')
    const one = digestOf([input])
    writeFileSync(join(folder, 'a.ts'), 'one')
    writeFileSync(join(folder, 'inner', 'b.ts'), 'two')
    expect(digestOf([input])).not.toBe(one)
  })
})

describe('a lock', () => {
  it('lets one after the other in, and is gone after a failure', async () => {
    const order: string[] = []
    const name = `test-${process.pid}`
    const slow = withLock(name, async () => {
      order.push('first in')
      await new Promise((resolve) => setTimeout(resolve, 100))
      order.push('first out')
    })
    const failing = withLock(name, async () => {
      order.push('second')
      throw new Error('no')
    })
    await slow
    await expect(failing).rejects.toThrow('no')
    await withLock(name, async () => void order.push('third'))
    expect(order).toEqual(['first in', 'first out', 'second', 'third'])
  })

  it('counts for nothing when its process is gone', async () => {
    const name = `test-gone-${process.pid}`
    writeFileSync(inProject('.tmp', `${name}.lock`), '999999999')
    expect(await withLock(name, async () => 'in')).toBe('in')
  })
})
