import { writeSync } from 'node:fs'
import { faultOf } from '../../api/fault.ts'
import { openDatabase } from '../../db/open.ts'
import { StartRefusal } from '../../db/start-refusal.ts'
import { type Database, get } from '../../db/statement.ts'
import { findDistrict, seedDistrict } from '../db/district.ts'
import { createModel } from '../db/model.ts'
import { createRandom } from '../db/random.ts'

/**
 * `stubborn-worker.ts FOLDER SEED STEPS`: like worker.ts, but goes on after every failure of the disk, as a user would
 * who presses the button again. Says `fault …` for each that folds into the closed set, and fails on anything else.
 */
const [folder, seed, steps] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

function openStubbornly(): Database {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return openDatabase({ folder: folder!, now: Date.now })
    } catch (error) {
      if (!(error instanceof StartRefusal) || attempt === 60) throw error
      say(`fault start ${error.code}`)
    }
  }
}

/** The same work again until it is done. Sixty failures in a row are more than any test injects. */
function stubbornly<T>(work: () => T): T {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work()
    } catch (error) {
      const fault = faultOf(error)
      if (fault === null || fault === 'unknown' || attempt === 60) throw error
      say(`fault work ${fault}`)
    }
  }
}

const db = openStubbornly()
const isNew = stubbornly(() => get(db, 'SELECT 1 FROM person')) === undefined
const district = isNew ? stubbornly(() => seedDistrict(db)) : stubbornly(() => findDistrict(db))
const model = stubbornly(() => createModel(db, district, createRandom(Number(seed))))
for (let step = 0; step < Number(steps); step += 1) {
  const id = stubbornly(() => model.step())
  if (id !== null) say(id)
}
stubbornly(() => model.compare())
db.close()
say('closed')
