import { createRouterClient, ORPCError } from '@orpc/server'
import { createChanges } from '../../api/context.ts'
import { router } from '../../api/router.ts'
import { openMemory } from '../../db/open.ts'
import { get } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { seedDistrict } from '../db/district.ts'
import { createRandom } from '../db/random.ts'
import type { Suite } from './result.ts'

/**
 * Answers that get lost: every delivery is sent one to five times, late copies between others' requests and in any
 * order. Each has one effect and one answer; the same id with other content is refused.
 */
export const repeat: Suite = async ({ deep, seed }) => {
  const requests = deep ? 50_000 : 2_000
  const random = createRandom(seed)
  const database = openMemory()
  const district = seedDistrict(database)
  const desk = {
    database,
    changes: createChanges(),
    now: () => Date.UTC(2020, 1, 6),
    businessDate: () => '2020-02-06',
    log: () => {},
    version: 'faults',
    backups: null,
  }
  const person = { personId: district.personId, name: '李四', roles: ['clerk', 'manager'] as const }
  const client = createRouterClient(router, { context: { desk, person } })
  const createInput = (index: number) => ({
    requestId: random.uuid(),
    supplierId: random.pick(district.suppliers),
    depotId: random.pick(district.depots),
    businessDate: '2020-02-06',
    noteNumber: `N${index}`,
    noteRepeat: false,
    note: '',
    lines: [
      {
        itemId: random.pick(district.items),
        lot: `L${random.between(1, 50)}`,
        madeOn: null,
        expiresOn: '2021-06-01',
        standard: '',
        packs: null,
        packSizeBase: null,
        piecesBase: random.between(1, 500),
        acceptedBase: null,
        rejectedBase: 0,
        rejectReason: '',
      },
    ],
  })
  type Input = ReturnType<typeof createInput>
  const answers = new Map<string, string>()
  const tally = { sent: 0, differing: 0, reused: 0, expected: 0 }
  const waiting: Input[] = []
  const send = async (input: Input) => {
    tally.sent += 1
    const answer = JSON.stringify(await client.delivery.post(input))
    const first = answers.get(input.requestId)
    if (first === undefined) {
      answers.set(input.requestId, answer)
      tally.expected += input.lines[0]!.piecesBase
    } else if (first !== answer) tally.differing += 1
  }
  for (let index = 0; index < requests; index += 1) {
    const input = createInput(index)
    waiting.push(...Array.from({ length: random.between(1, 5) }, () => input))
    while (waiting.length > 20) await send(waiting.splice(random.between(0, waiting.length - 1), 1)[0]!)
    if (index % 50 !== 49 || !answers.has(input.requestId)) continue
    try {
      await client.delivery.post({ ...input, note: 'another' })
    } catch (error) {
      if (error instanceof ORPCError && JSON.stringify(error.data).includes('request-reused')) tally.reused += 1
      else throw error
    }
  }
  for (const input of waiting) await send(input)
  const there = get<{ postings: number; pieces: number }>(
    database,
    'SELECT (SELECT count(*) FROM posting) AS postings, (SELECT sum(quantity_base) FROM movement) AS pieces',
  )!
  const sound = verifyDatabase(database).ok
  database.close()
  return [
    {
      fault: 'each request sent 1 to 5 times',
      ran: true,
      ok:
        there.postings === requests &&
        there.pieces === tally.expected &&
        tally.differing === 0 &&
        sound &&
        tally.reused > 0,
      counts: {
        requests,
        sent: tally.sent,
        effects: there.postings,
        'answers that differ': tally.differing,
        'reused ids refused': tally.reused,
      },
    },
  ]
}
