import { readMigrations } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { rebuildMigration } from './rebuild-migration.ts'

/** `migrate-worker.ts FOLDER`: opens the folder with one migration more than the program has, and closes it. */
openDatabase({ folder: process.argv[2]!, now: Date.now, migrations: [...readMigrations(), rebuildMigration] }).close()
