import { client } from '../query.ts'
import { type Flows, isPerson, readFlows } from './day-flows.ts'
import type { PublicNotice } from './public-notice.tsx'

/** What came and went between two business dates, from the ledger. */
export const readLedgerFlows = (from: string, to: string): Promise<Flows> =>
  readFlows(
    {
      list: (before, limit) => client.ledger.list({ kinds: null, before, limit }),
      get: (postingSeq) => client.ledger.get({ postingSeq }),
    },
    from,
    to,
  )

/** What the public notice of these days says. */
export async function readNotice(from: string, to: string): Promise<PublicNotice> {
  const [flows, suppliers, archived] = await Promise.all([
    readLedgerFlows(from, to),
    client.supplier.list({ archived: false }),
    client.supplier.list({ archived: true }),
  ])
  const kinds = new Map([...archived, ...suppliers].map(({ name, supplierKind }) => [name, supplierKind]))
  return { from, to, flows, isPerson: (name) => isPerson(name, kinds.get(name)) }
}
