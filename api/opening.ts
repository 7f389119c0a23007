import { Checks } from '../core/checks.ts'
import { decideOpening, type OpeningItem, type OpeningLine } from '../core/opening.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { rememberTaken } from '../db/alias.ts'
import type { Stamp } from '../db/audit.ts'
import { getItem } from '../db/item.ts'
import { findOrAddLot } from '../db/lot.ts'
import { lotsThere, openingCategory } from '../db/opening.ts'
import { getPlace, getPlaceByCode, saveSupplier, virtualPlaceIds } from '../db/place.ts'
import type { Reader, Writer } from '../db/statement.ts'
import { addStocktakeHead, getStocktake, lotOnHand, postStocktake, setCount } from '../db/stocktake.ts'
import { expectPlaceOf, pastDate } from './ledger.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { searchText } from './search-text.ts'

/** More than anybody reads at once. */
const mostRefusals = 200
/** Where lots come from of which nobody knows any more: 期初. */
const openingSupplier = { code: 'QC', name: '期初库存', nameEn: 'Opening stock' }
/** What every difference of an opening count is for. */
const reason = '期初库存'

export const postOpening = os.stocktake.postOpening.handler(({ input, context, path }) =>
  runCommand(
    context,
    path,
    input,
    ['stocktake', 'stock', 'ledger', 'supplier', 'alias'],
    (db, stamp) => {
      const today = context.desk.businessDate()
      const head = new Checks()
      const businessDate = pastDate(head, 'businessDate', input.businessDate, today)
      const note = head.text('note', input.note, { longest: 500 })
      const refusals: Refusal[] = [...head.refusals]
      const items = readItems(db, new Set(input.depots.flatMap(({ lines }) => lines.map(({ itemId }) => itemId))))
      const seen = new Set<number>()
      let before = 0
      const decided = input.depots.map((given) => {
        const checks = new Checks()
        expectPlaceOf(db, checks, 'depot', 'depotId', given.depotId)
        if (seen.has(given.depotId)) checks.refuse('malformed', { field: 'depotId', given: given.depotId, allowed: '' })
        seen.add(given.depotId)
        given.lines.forEach(({ supplierId }, index) => {
          if (supplierId !== null && !getPlace(db, 'supplier', supplierId))
            refusals.push(refusal('not-found', { line: before + index + 1, field: 'supplierId', given: supplierId }))
        })
        const decision = decideOpening(given.lines, { today, items, there: lotsThere(db, given.depotId) }, before)
        refusals.push(...checks.refusals, ...decision.refusals, ...reservedOf(db, given.depotId, decision.lines, items))
        before += given.lines.length
        return { ...given, lines: decision.lines }
      })
      if (refusals.length === 0 && decided.every(({ lines }) => lines.length === 0))
        refusals.push(refusal('nothing-to-post', { field: 'lines' }))
      if (refusals.length > 0) refuse(...refusals.slice(0, mostRefusals))
      const stocktakeIds = decided
        .filter(({ lines }) => lines.length > 0)
        .map(({ depotId, postingId, lines }) => write(db, stamp, { depotId, postingId, businessDate, note }, lines))
      if (input.list !== null) rememberTaken(db, stamp, input.list)
      return { stocktakeIds, lots: decided.reduce((sum, { lines }) => sum + lines.length, 0) }
    },
    (db, { stocktakeIds, lots }) => ({ stocktakes: stocktakeIds.map((one) => getStocktake(db, one)!), lots }),
  ),
)

function readItems(db: Reader, itemIds: ReadonlySet<number>): Map<number, OpeningItem> {
  const items = new Map<number, OpeningItem>()
  for (const itemId of itemIds) {
    const item = getItem(db, itemId)
    if (item) items.set(itemId, { ...item, archived: item.archivedAt !== null })
  }
  return items
}

/** What is missing can't be more than is free: the rest is promised to slips that stand open. */
function reservedOf(
  db: Reader,
  depotId: number,
  lines: readonly OpeningLine[],
  items: ReadonlyMap<number, OpeningItem>,
): Refusal[] {
  return lines.flatMap(({ lotId, lot, itemId, countedBase }) => {
    if (lotId === null) return []
    const { reservedBase } = lotOnHand(db, depotId, lotId)
    if (countedBase >= reservedBase) return []
    const about = { item: items.get(itemId)?.name ?? '', lot }
    return [refusal('not-enough-stock', { field: 'countedBase', given: reservedBase, allowed: countedBase, about })]
  })
}

function write(
  db: Writer,
  stamp: Stamp,
  given: {
    readonly depotId: number
    readonly postingId: string
    readonly businessDate: string
    readonly note: string
  },
  lines: readonly OpeningLine[],
): number {
  const { depotId, postingId, businessDate, note } = given
  const asked = { depotId, category: openingCategory, shelf: '', blind: false, note }
  const stocktakeId = addStocktakeHead(db, stamp, asked, businessDate)
  const counted = lines.map((line) => {
    const { itemId, lot, madeOn, expiresOn, standard, countedBase, expectedBase } = line
    const supplierId = line.supplierId ?? openingSupplierId(db, stamp)
    const lotId = line.lotId ?? findOrAddLot(db, { itemId, supplierId, number: lot, madeOn, expiresOn, standard })
    setCount(db, stamp, {
      stocktakeId,
      lotId,
      countedBase,
      expectedBase,
      reason: countedBase === expectedBase ? '' : reason,
    })
    return { lotId, itemId, varianceBase: countedBase - expectedBase }
  })
  postStocktake(db, stamp, stocktakeId, {
    postingId,
    businessDate,
    movements: counted.flatMap(({ lotId, itemId, varianceBase }) =>
      varianceBase === 0
        ? []
        : [
            {
              lotId,
              itemId,
              fromPlaceId: varianceBase > 0 ? virtualPlaceIds.variance : depotId,
              toPlaceId: varianceBase > 0 ? depotId : virtualPlaceIds.variance,
              quantityBase: Math.abs(varianceBase),
            },
          ],
    ),
  })
  return stocktakeId
}

function openingSupplierId(db: Writer, stamp: Stamp): number {
  const { code, name, nameEn } = openingSupplier
  const known = getPlaceByCode(db, 'supplier', code)
  if (known) return known.placeId
  const blank = { town: '', address: '', contact: '', phone: '', note: '', licence: '', capacity: [] }
  const fields = { ...openingSupplier, ...blank, supplierKind: 'purchase' }
  return saveSupplier(db, stamp, null, fields, searchText(code, name, nameEn, ''))
}
