import { Checks } from '../core/checks.ts'
import { getPerson, isEmpty, readSettings, renamePerson } from '../db/desk.ts'
import { features } from './contract/session.ts'
import { readDemonstration } from './demo/fill.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { getSettings, startedSetting } from './setting.ts'

export const session = {
  me: os.session.me.handler(({ context: { desk, person } }) => {
    const demonstration = readDemonstration(desk)
    const started = readSettings(desk.database).get(startedSetting) === true
    return {
      personId: person.personId,
      // Asked for anew: a session is older than a change of the name.
      name: getPerson(desk.database, person.personId)?.name ?? person.name,
      roles: [...person.roles],
      businessDate: desk.businessDate(),
      organisation: getSettings(desk.database).organisation,
      dataFolder: desk.database.folder ?? '',
      demonstration: demonstration !== null,
      // A filling that was cut off is offered again, and goes on.
      empty: demonstration ? !demonstration.done : !started && isEmpty(desk.database),
      version: desk.version,
    }
  }),

  rename: os.session.rename.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      [...features],
      (db, stamp) => {
        const checks = new Checks()
        const name = checks.text('name', input.name, { longest: 60 })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        renamePerson(db, stamp, stamp.personId, name)
        return { name }
      },
      (_db, receipt) => receipt,
    ),
  ),

  changes: os.session.changes.handler(({ context, signal }) => context.desk.changes.subscribe(signal)),
}
