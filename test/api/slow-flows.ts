import type { Client } from './world.ts'

type Sums = Record<string, number>
const add = (sums: Sums, key: string, amount: number): void => {
  sums[key] = (sums[key] ?? 0) + amount
}
const known = (sums: Sums): Sums => Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0))

/** Every posting read one by one and added up: what the flows must be, worked out another way. */
export async function readFlowsSlowly(client: Client, from: string, to: string) {
  const heads = (await client.ledger.list({ kinds: null, before: null, limit: 1000 })).reverse()
  for (;;) {
    const page = await client.ledger.list({ kinds: null, before: heads[0]!.postingSeq, limit: 1000 })
    heads.unshift(...page.reverse())
    if (page.length === 0) break
  }
  const documents = new Map(
    await Promise.all(
      heads.map(async ({ postingSeq }) => [postingSeq, await client.ledger.get({ postingSeq })] as const),
    ),
  )
  const dispatchOf = new Map(
    [...documents.values()].flatMap((one) =>
      one.head.kind === 'dispatch' ? [[one.owner!.id, one.lines] as const] : [],
    ),
  )
  const received: Sums = {}
  const given: Sums = {}
  const days: { received: Sums; allocated: Sums; signed: Sums } = { received: {}, allocated: {}, signed: {} }
  for (const { head, lines, owner } of documents.values()) {
    const corrected = head.correctsSeq === null ? null : documents.get(head.correctsSeq)!.head
    const day = (corrected ?? head).businessDate
    const kind = (corrected ?? head).kind
    const sign = corrected ? -1 : 1
    if (day < from || day > to) continue
    for (const line of lines) {
      const { itemId, quantityBase, fromKind, fromName, toKind, toName } = line
      if (fromKind === 'supplier') add(received, `${fromName}/${itemId}`, quantityBase)
      if (toKind === 'supplier') add(received, `${toName}/${itemId}`, -quantityBase)
      if (toKind === 'unit') add(given, `${toName}/${itemId}`, quantityBase)
      if (fromKind === 'unit') add(given, `${fromName}/${itemId}`, -quantityBase)
      if (kind === 'delivery') add(days.received, `${day}/${itemId}`, sign * quantityBase)
      if (kind === 'dispatch') add(days.allocated, `${day}/${itemId}`, sign * quantityBase)
      if (kind === 'signature') add(days.signed, `${day}/${itemId}`, toKind === 'unit' ? quantityBase : -quantityBase)
    }
    if (kind !== 'signature') continue
    for (const line of dispatchOf.get(owner!.id) ?? []) add(days.signed, `${day}/${line.itemId}`, line.quantityBase)
  }
  return {
    received: known(received),
    given: known(given),
    days: { received: known(days.received), allocated: known(days.allocated), signed: known(days.signed) },
  }
}

/** The program's answer in the same form. */
export async function readFlowsAtOnce(client: Client, from: string, to: string) {
  const flows = await client.ledger.flows({ from, to })
  const byPlace = (rows: typeof flows.received): Sums =>
    Object.fromEntries(rows.map((row) => [`${row.placeName}/${row.itemId}`, row.quantityBase]))
  const byDay = (field: 'receivedBase' | 'allocatedBase' | 'signedBase'): Sums =>
    known(Object.fromEntries(flows.days.map((row) => [`${row.day}/${row.itemId}`, row[field]])))
  return {
    received: byPlace(flows.received),
    given: byPlace(flows.given),
    days: { received: byDay('receivedBase'), allocated: byDay('allocatedBase'), signed: byDay('signedBase') },
  }
}
