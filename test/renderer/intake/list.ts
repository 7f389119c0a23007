import { createNameMatcher } from '../../../core/intake/match-name.ts'
import { catalogueOf } from '../../../renderer/intake/known-names.ts'
import type { ListRow, ListState } from '../../../renderer/intake/list-rows.ts'
import type { EditFacts } from '../../../renderer/intake/list-steps.ts'
import type { FromWorker, ReadContext } from '../../../renderer/intake/protocol.ts'
import { readInto, readSheets } from '../../../renderer/intake/read-source.ts'
import { catalogue } from '../delivery/items.ts'

export const items = [...catalogue.items.values()]
export const context: ReadContext = {
  kind: 'delivery',
  today: '2020-02-10',
  catalogue: catalogueOf(items, { names: [], codes: [] }),
  aliases: [],
  duties: [],
  mappings: [],
}

/** What a worker would have sent for a pasted text. */
export async function readPasted(text: string, given: Partial<ReadContext> = {}): Promise<FromWorker[]> {
  const sheets = await readSheets({ kind: 'text', name: '粘贴', text })
  if (!sheets.ok) throw new Error(sheets.refusal.code)
  const messages: FromWorker[] = []
  await readInto(sheets.sheets, { ...context, ...given }, 1, (message) => messages.push(message))
  return messages
}

export async function listOf(text: string, given: Partial<ReadContext> = {}): Promise<ListState> {
  let key = 0
  const rows = (await readPasted(text, given)).flatMap((message): ListRow[] =>
    message.kind === 'rows'
      ? message.rows.map((row) => {
          key += 1
          return { key, table: message.table, row, placeId: null }
        })
      : [],
  )
  return { rows, learnt: [] }
}

let lastKey = 1000
export const facts: EditFacts = {
  context: {
    kind: 'delivery',
    today: context.today,
    matcher: createNameMatcher({ catalogue: context.catalogue }),
    hasParty: true,
  },
  newKey: () => {
    lastKey += 1
    return lastKey
  },
  findPlace: () => null,
}

export const messy = [
  '捐赠登记表\t\t\t\t\t',
  '捐赠单位\t物资名称\t规格\t数量\t批号\t有效期至',
  '甲厂\t医用外科口罩\t\t1.2万\tA1\t2022-06-30',
  '\t医用防护口罩\t\t600个\tA2\t2022-07-01',
  '\t小蓝盾\t\t300只\tA3\t2022-08-01',
  '\t小蓝盾\t\t5箱\tA4\t22-09-01',
  '合计\t\t\t13000\t\t',
].join('\r\n')
