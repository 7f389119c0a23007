import type { client, Output } from '../query.ts'

type Card = Output<typeof client.stock.card>
type Before = { readonly movementSeq: number; readonly balanceBase: number } | null

const rowsAtOnce = 1000

/**
 * Every row of a stock card from a day on, newest first, however few the screen has read; `from` null reads all of it.
 * Rows stand in the order in which they were posted, so reading ends with a whole page before the day.
 */
export async function readWholeCard(
  asked: { readonly itemId: number; readonly depotId: number; readonly from: string | null },
  read: (input: Parameters<typeof client.stock.card>[0]) => Promise<Card>,
): Promise<Card> {
  const { itemId, depotId, from } = asked
  const rows: Card[number][] = []
  let before: Before = null
  for (;;) {
    const page: Card = await read({ itemId, depotId, before, limit: rowsAtOnce })
    rows.push(...page)
    const oldest = page.at(-1)
    const isOver =
      oldest === undefined ||
      page.length < rowsAtOnce ||
      (from !== null && page.every(({ businessDate }) => businessDate < from))
    if (isOver) break
    before = { movementSeq: oldest.movementSeq, balanceBase: oldest.balanceBase - oldest.inBase + oldest.outBase }
  }
  if (from === null) return rows
  // Up to the oldest row of the span: rows between are kept whatever day they bear, or the balances would not follow.
  const last = rows.findLastIndex(({ businessDate }) => businessDate >= from)
  return rows.slice(0, last + 1)
}
