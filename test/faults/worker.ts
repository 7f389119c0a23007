import { writeSync } from 'node:fs'
import { openDatabase } from '../../db/open.ts'
import { connection, get } from '../../db/statement.ts'
import { findDistrict, seedDistrict } from '../db/district.ts'
import { createModel } from '../db/model.ts'
import { createRandom } from '../db/random.ts'

/**
 * The program under test, as a process that can be killed: `worker.ts FOLDER SEED STEPS [PRAGMA …]` opens the folder and
 * does real operations one after the other. After each that took effect it writes its id to the standard output, which
 * is what a user would take for "saved". STEPS 0 means until it is killed. The pragmas are for controls that must fail.
 */
const [folder, seed, steps, ...pragmas] = process.argv.slice(2)
const db = openDatabase({ folder: folder!, now: Date.now })
for (const pragma of pragmas) db[connection].sqlite.pragma(pragma)
const isNew = get(db, 'SELECT 1 FROM person') === undefined
const district = isNew ? seedDistrict(db) : findDistrict(db)
const model = createModel(db, district, createRandom(Number(seed)))
writeSync(1, 'ready\n')
const limit = Number(steps)
for (let step = 0; limit === 0 || step < limit; step += 1) {
  const id = model.step()
  if (id !== null) writeSync(1, `${id}\n`)
}
db.close()
writeSync(1, 'closed\n')
