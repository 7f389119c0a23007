import { fulfilOldestFirst } from '../core/commitment.ts'
import { type DeliveryDecided, decideDelivery } from '../core/delivery.ts'
import { decideSupplier } from '../core/place.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { nameKey, normaliseText } from '../core/text.ts'
import { rememberTaken, saveName } from '../db/alias.ts'
import type { Stamp } from '../db/audit.ts'
import { addFulfilment, listCommitments } from '../db/commitment.ts'
import {
  addDelivery,
  findRecordedLines,
  getDelivery,
  listDeliveries,
  listDeliveryHeads,
  lotsOfDelivery,
  readDeliveryFacts,
} from '../db/delivery.ts'
import { addHold } from '../db/hold.ts'
import { getPlace, listSuppliers, nextCode, saveSupplier } from '../db/place.ts'
import type { Reader, Writer } from '../db/statement.ts'
import type { SenderLines } from './contract/delivery.ts'
import { settle } from './item.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { searchText } from './search-text.ts'

export const delivery = {
  list: os.delivery.list.handler(({ input, context }) => listDeliveries(context.desk.database, input)),

  get: os.delivery.get.handler(({ input, context }) => {
    const found = getDelivery(context.desk.database, input.postingSeq)
    return found ?? refuse(refusal('not-found', { field: 'postingSeq', given: input.postingSeq }))
  }),

  promises: os.delivery.promises.handler(({ input, context }) => {
    const byItem = Map.groupBy(
      listCommitments(context.desk.database, input.supplierId, true),
      (commitment) => commitment.itemId,
    )
    return [...byItem].map(([itemId, commitments]) => ({
      itemId,
      promisedBase: commitments.reduce((sum, one) => sum + one.quantityBase, 0),
      deliveredBase: commitments.reduce((sum, one) => sum + one.deliveredBase, 0),
      outstandingBase: commitments.reduce((sum, one) => sum + one.outstandingBase, 0),
      nextDueOn: commitments[0]?.dueOn ?? null,
    }))
  }),

  post: os.delivery.post.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['delivery', 'stock', 'commitment', 'supplier', 'ledger'],
      (db, stamp) => {
        const facts = readDeliveryFacts(
          db,
          {
            supplierId: input.supplierId,
            depotId: input.depotId,
            noteNumber: normaliseText(input.noteNumber),
            itemIds: input.lines.map((line) => line.itemId),
          },
          context.desk.businessDate(),
        )
        const decided = settle(decideDelivery(input, facts))
        const head = { postingId: input.requestId, supplierId: input.supplierId, depotId: input.depotId }
        const postingSeq = writeDelivery(db, stamp, head, decided, input.inspect)
        return { postingSeq }
      },
      (db, { postingSeq }) => getDelivery(db, postingSeq)!,
    ),
  ),

  recorded: os.delivery.recorded.handler(({ input, context }) =>
    findRecordedLines(
      context.desk.database,
      input.lines.map(({ lot, ...line }) => ({ ...line, lot: normaliseText(lot) })),
    ),
  ),

  postList: os.delivery.postList.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['delivery', 'stock', 'commitment', 'supplier', 'ledger', 'alias'],
      (db, stamp) => {
        const { deliveries, list, depotId, inspect } = input
        const senders = settleSenders(db, stamp, deliveries)
        const refusals: Refusal[] = []
        let before = 0
        const decided = deliveries.map((given, index) => {
          const facts = readDeliveryFacts(
            db,
            {
              supplierId: senders.ids[index]!,
              depotId,
              noteNumber: '',
              itemIds: given.lines.map((line) => line.itemId),
            },
            context.desk.businessDate(),
          )
          const { businessDate, note } = input
          const decision = decideDelivery(
            { businessDate, note, noteNumber: '', noteRepeat: false, lines: given.lines },
            facts,
          )
          if (!decision.ok)
            // What is wrong with the depot or the day is wrong for every sender and said once.
            for (const one of decision.refusals)
              if (one.line !== null || one.field === 'supplierId' || index === 0)
                refusals.push({ ...one, line: one.line === null ? null : one.line + before })
          before += given.lines.length
          return decision
        })
        if (refusals.length > 0) refuse(...refusals.slice(0, mostRefusals))
        const postingSeqs = decided.map((decision, index) => {
          const head = { postingId: deliveries[index]!.postingId, supplierId: senders.ids[index]!, depotId }
          return writeDelivery(db, stamp, head, settle(decision), inspect)
        })
        if (list !== null) rememberTaken(db, stamp, { ...list, document: numbersOf(db, postingSeqs) })
        return { postingSeqs, newSuppliers: senders.added }
      },
      (db, { postingSeqs, newSuppliers }) => ({ deliveries: listDeliveryHeads(db, postingSeqs), newSuppliers }),
    ),
  ),
}

/** More than anybody reads at once. */
const mostRefusals = 200

/** `RK…-003`, or `RK…-003 – RK…-009` of several. */
function numbersOf(db: Reader, postingSeqs: readonly number[]): string {
  const [first, last] = [postingSeqs[0]!, postingSeqs.at(-1)!].map((seq) => getDelivery(db, seq)!.head.number)
  return first === last ? first! : `${first} – ${last}`
}

/** Suppliers of the senders, those who are new added to the register, and names that a clerk gave to one on file. */
function settleSenders(
  db: Writer,
  stamp: Stamp,
  deliveries: readonly SenderLines[],
): { readonly ids: readonly number[]; readonly added: number } {
  const known = new Map(listSuppliers(db, false).map((one) => [nameKey(one.name), one.placeId]))
  const refusals: Refusal[] = []
  let added = 0
  const ids = deliveries.map(({ supplierId, newSupplier, writtenAs }) => {
    const about = { sender: newSupplier?.name ?? writtenAs[0] ?? '' }
    if (supplierId !== null) {
      const place = getPlace(db, 'supplier', supplierId)
      if (place === undefined) refusals.push(refusal('not-found', { field: 'supplierId', given: supplierId, about }))
      else
        for (const alias of writtenAs) {
          const key = nameKey(alias)
          if (key !== '' && key !== nameKey(place.name) && key !== nameKey(place.nameEn))
            saveName(db, stamp, { kind: 'supplier', key, alias: normaliseText(alias), targetId: supplierId })
        }
      return supplierId
    }
    const key = nameKey(newSupplier?.name ?? '')
    if (newSupplier === null || key === '') {
      refusals.push(refusal('required', { field: 'supplierId', about }))
      return 0
    }
    const found = known.get(key)
    if (found !== undefined) return found
    const decision = decideSupplier({
      ...unknownOfPlace,
      code: nextCode(db, 'supplier', newSupplier.supplierKind === 'donor' ? 'JZ' : 'GY'),
      name: newSupplier.name,
      supplierKind: newSupplier.supplierKind,
      licence: '',
      capacity: [],
    })
    if (!decision.ok) {
      refusals.push(...decision.refusals.map((one) => ({ ...one, about: { ...one.about, ...about } })))
      return 0
    }
    const { code, name } = decision.value
    const placeId = saveSupplier(db, stamp, null, decision.value, searchText(code, name, ''))
    known.set(key, placeId)
    added += 1
    return placeId
  })
  if (refusals.length > 0) refuse(...refusals)
  return { ids, added }
}

const unknownOfPlace = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }

/** The posting, what it fulfils of the supplier's promises, and the holds of what is yet to be inspected. */
function writeDelivery(
  db: Writer,
  stamp: Stamp,
  head: { readonly postingId: string; readonly supplierId: number; readonly depotId: number },
  decided: DeliveryDecided,
  inspect: boolean,
): number {
  const postingSeq = addDelivery(db, stamp, head, decided)
  const open = listCommitments(db, head.supplierId, true)
  for (const line of decided.lines) {
    const ofItem = open.filter((one) => one.itemId === line.itemId)
    for (const part of fulfilOldestFirst(line.acceptedBase, ofItem)) {
      addFulfilment(db, { ...part, postingSeq, line: line.line })
      // A later line of the same item goes on where this one stopped.
      const fulfilled = open.findIndex((one) => one.commitmentId === part.commitmentId)
      const one = open[fulfilled]!
      open[fulfilled] = { ...one, outstandingBase: one.outstandingBase - part.quantityBase }
    }
  }
  if (inspect)
    for (const lotId of lotsOfDelivery(db, postingSeq))
      addHold(db, stamp, { lotId, kind: 'inspection', reason: '', postingSeq })
  return postingSeq
}
