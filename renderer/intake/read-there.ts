import { client } from '../query.ts'
import type { OpeningFacts } from './opening-rows.ts'

/** The lots of every depot as the books have them now. */
export async function readThere(): Promise<OpeningFacts['there']> {
  return Map.groupBy(await client.ledger.depotLots({ depotId: null }), (lot) => lot.depotId)
}
