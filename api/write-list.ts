import { decideDelivery } from '../core/delivery.ts'
import { decideSupplier } from '../core/place.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { nameKey, normaliseText } from '../core/text.ts'
import { rememberTaken, saveName } from '../db/alias.ts'
import type { Stamp } from '../db/audit.ts'
import { getDelivery, readDeliveryFacts } from '../db/delivery.ts'
import { getPlace, listSuppliers, nextCode, saveSupplier } from '../db/place.ts'
import type { Reader, Writer } from '../db/statement.ts'
import type { ListToPost, SenderLines } from './contract/delivery.ts'
import { refuse, settle } from './refused.ts'
import { searchText } from './search-text.ts'
import { writeDelivery } from './write-delivery.ts'

export type ListReceipt = { readonly postingSeqs: readonly number[]; readonly newSuppliers: number }

/**
 * A delivery for each sender of a list, in the transaction of `db`. `tick` hears how many lines have been worked on (each
 * twice: looked at, then written) and throws to stop; then nothing of it stays.
 */
export function writeList(
  db: Writer,
  stamp: Stamp,
  input: ListToPost,
  today: string,
  tick: (lines: number) => void,
): ListReceipt {
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
      today,
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
    tick(given.lines.length)
    return decision
  })
  if (refusals.length > 0) refuse(...refusals.slice(0, mostRefusals))
  const postingSeqs = decided.map((decision, index) => {
    const head = { postingId: deliveries[index]!.postingId, supplierId: senders.ids[index]!, depotId }
    return writeDelivery(db, stamp, head, settle(decision), inspect, () => tick(1))
  })
  if (list !== null) rememberTaken(db, stamp, { ...list, document: numbersOf(db, postingSeqs) })
  return { postingSeqs, newSuppliers: senders.added }
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
