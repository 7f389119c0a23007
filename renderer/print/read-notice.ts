import { client } from '../query.ts'
import type { PublicNotice } from './public-notice.tsx'

/** What the public notice of these days says. */
export async function readNotice(from: string, to: string): Promise<PublicNotice> {
  return { from, to, flows: await client.ledger.flows({ from, to }) }
}
