import { isEmpty, readSettings } from '../db/desk.ts'
import { readDemonstration } from './demo/fill.ts'
import { os } from './procedure.ts'
import { getSettings, startedSetting } from './setting.ts'

export const session = {
  me: os.session.me.handler(({ context: { desk, person } }) => {
    const demonstration = readDemonstration(desk)
    const started = readSettings(desk.database).get(startedSetting) === true
    return {
      personId: person.personId,
      name: person.name,
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

  changes: os.session.changes.handler(({ context, signal }) => context.desk.changes.subscribe(signal)),
}
