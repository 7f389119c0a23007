import type { PostingDocument, PostingHead } from '../../api/contract/ledger.ts'

export type Flow = {
  readonly placeName: string
  readonly placeNameEn: string
  readonly itemId: number
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly baseUnit: string
  readonly quantityBase: number
}

export type Flows = {
  /** What came from each supplier, and what each unit was given; returns and corrections taken off. */
  readonly received: readonly Flow[]
  readonly given: readonly Flow[]
}

type FlowLine = PostingDocument['lines'][number]

/** Adds up lines by place and item, in the order in which they first stand. What comes to nothing is left out. */
export function sumFlows(documents: readonly Pick<PostingDocument, 'lines'>[]): Flows {
  const received = new Map<string, Flow>()
  const given = new Map<string, Flow>()
  const add = (flows: Map<string, Flow>, line: FlowLine, placeName: string, placeNameEn: string, amount: number) => {
    const key = JSON.stringify([placeName, line.itemId])
    const { itemId, itemName, itemNameEn, specification, baseUnit } = line
    const before = flows.get(key)?.quantityBase ?? 0
    flows.set(key, {
      placeName,
      placeNameEn,
      itemId,
      itemName,
      itemNameEn,
      specification,
      baseUnit,
      quantityBase: before + amount,
    })
  }
  for (const line of documents.flatMap(({ lines }) => lines)) {
    const { fromKind, fromName, fromNameEn, toKind, toName, toNameEn, quantityBase } = line
    if (fromKind === 'supplier') add(received, line, fromName, fromNameEn, quantityBase)
    if (toKind === 'supplier') add(received, line, toName, toNameEn, -quantityBase)
    if (toKind === 'unit') add(given, line, toName, toNameEn, quantityBase)
    if (fromKind === 'unit') add(given, line, fromName, fromNameEn, -quantityBase)
  }
  const kept = (flows: Map<string, Flow>) => [...flows.values()].filter(({ quantityBase }) => quantityBase !== 0)
  return { received: kept(received), given: kept(given) }
}

export type LedgerReader = {
  readonly list: (before: number | null, limit: number) => Promise<readonly PostingHead[]>
  readonly get: (postingSeq: number) => Promise<PostingDocument>
}

const pageRows = 1000
const atOnce = 8

/** What was received and given between two business dates, both included. Reads every posting of those days. */
export async function readFlows(reader: LedgerReader, from: string, to: string): Promise<Flows> {
  const chosen: PostingHead[] = []
  let before: number | null = null
  for (;;) {
    const page: readonly PostingHead[] = await reader.list(before, pageRows)
    chosen.push(...page.filter(({ businessDate }) => businessDate >= from && businessDate <= to))
    before = page.at(-1)?.postingSeq ?? null
    if (page.length < pageRows || before === null) break
  }
  chosen.sort((left, right) => left.postingSeq - right.postingSeq)
  const documents: PostingDocument[] = []
  for (let index = 0; index < chosen.length; index += atOnce) {
    const some = chosen.slice(index, index + atOnce)
    documents.push(...(await Promise.all(some.map(({ postingSeq }) => reader.get(postingSeq)))))
  }
  return sumFlows(documents)
}

const organisation =
  /公司|集团|厂|会|院|校|学|局|部|所|站|店|社|队|团|办|中心|基金|银行|政府|委|村|馆|企业|商行|单位|Co\b|Ltd|Inc|Foundation|Association|Hospital|Company|University/i

/** A donor whose name says no organisation is taken for a person: a name too many left out harms nobody. */
export const isPerson = (name: string, supplierKind: string | undefined): boolean =>
  supplierKind === 'donor' && !organisation.test(name)
