import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultOf } from '../../api/fault.ts'
import { openDatabase } from '../../db/open.ts'
import { StartRefusal } from '../../db/start-refusal.ts'
import { get } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { findDistrict, seedDistrict } from '../db/district.ts'
import { createModel } from '../db/model.ts'
import { createRandom } from '../db/random.ts'

/**
 * `disk-full-worker.ts SEED SIZES`, inside `unshare -rm`: opens and works on disks of random sizes until they are full,
 * looks whether what was refused left anything behind, gives the disk more space and goes on.
 */
const random = createRandom(Number(process.argv[2]))
const sizes = Number(process.argv[3])
const mountPoint = join(tmpdir(), `frontstock-full-${process.pid}`)
const folder = join(mountPoint, 'data')
const tally = { full: 0, atStart: 0, atWork: 0, other: [] as string[], bad: [] as string[] }
mkdirSync(mountPoint)

for (let index = 0; index < sizes; index += 1) {
  const kilobytes = index % 3 === 0 ? random.between(4, 900) : random.between(700, 3000)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', mountPoint])
  try {
    fillAndGoOn(random.between(1, 2 ** 31))
  } catch (error) {
    tally.bad.push(`${kilobytes} kB: ${error instanceof Error ? (error.stack ?? error.message).slice(0, 500) : error}`)
  }
  execFileSync('umount', ['-l', mountPoint])
}
rmSync(mountPoint, { recursive: true, force: true })
console.log(JSON.stringify(tally))

function fillAndGoOn(seed: number): void {
  if (!startUntilFull()) {
    tally.atStart += 1
    moreSpace()
  }
  const db = openDatabase({ folder, now: Date.now })
  try {
    let district = seedUntilFull()
    if (!district) {
      moreSpace()
      district = seedUntilFull()
      if (!district) throw new Error('the district could not be seeded with space again')
    }
    const model = createModel(db, district, createRandom(seed))
    let full = false
    for (let step = 0; step < 2000 && !full; step += 1) {
      try {
        model.step()
      } catch (error) {
        noteFull(error)
        full = true
        tally.atWork += 1
      }
    }
    // Nothing of what was refused is there, and all that was taken is.
    if (full) model.compare()
    const found = verifyWhileFull()
    if (found) throw new Error(`after the disk was full: ${found}`)
    moreSpace()
    for (let step = 0; step < 20; step += 1) model.step()
    model.compare()
    const report = verifyDatabase(db)
    if (!report.ok) throw new Error(`going on: ${JSON.stringify(report.difference)}`)
  } finally {
    db.close()
  }
  const again = openDatabase({ folder, now: Date.now })
  try {
    if (!verifyDatabase(again).ok) throw new Error('opened again, it does not verify')
  } finally {
    again.close()
  }

  function seedUntilFull() {
    try {
      return get(db, 'SELECT 1 FROM person') === undefined ? seedDistrict(db) : findDistrict(db)
    } catch (error) {
      noteFull(error)
      return null
    }
  }

  /** `verify` needs no space of its own but may need some for sorting; a full disk is no difference. */
  function verifyWhileFull(): string | null {
    try {
      const report = verifyDatabase(db)
      return report.ok ? null : JSON.stringify(report.difference)
    } catch (error) {
      noteFull(error)
      return null
    }
  }
}

/** True when it opens; false when it was refused for want of space, in words of its own. */
function startUntilFull(): boolean {
  try {
    openDatabase({ folder, now: Date.now }).close()
    return true
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error
    tally.full += 1
    if (error.code !== 'disk-full') tally.other.push(`start: ${error.code}`)
    return false
  }
}

function noteFull(error: unknown): void {
  const fault = faultOf(error)
  if (fault !== 'disk-full' && fault !== 'io') throw error
  tally.full += 1
  if (fault !== 'disk-full') tally.other.push(`work: ${error instanceof Error && 'code' in error ? error.code : fault}`)
}

function moreSpace(): void {
  execFileSync('mount', ['-o', 'remount,size=64m', mountPoint])
}
