import type { SlipDocument } from '../../api/contract/round.ts'

export type PickRow = {
  readonly itemId: number
  readonly itemCode: string
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly baseUnit: string
  readonly packName: string
  readonly packSizeBase: number
  readonly lot: string
  readonly expiresOn: string | null
  readonly packs: number
  readonly quantityBase: number
  /** Which units the packs go to, in the order of the slips. */
  readonly destinations: readonly { readonly unitName: string; readonly unitNameEn: string; readonly packs: number }[]
}

export type PickSheet = {
  readonly depotId: number
  readonly depotName: string
  readonly depotNameEn: string
  readonly slipNumbers: readonly string[]
  readonly roundNumbers: readonly string[]
  readonly rows: readonly PickRow[]
}

/**
 * What to take from the shelves of each depot for these slips: one row for each item, lot and pack size, items by code,
 * within an item the lot that expires first before the others and one without expiry last. Cancelled slips take nothing.
 */
export function pickSheets(documents: readonly SlipDocument[]): PickSheet[] {
  const sheets = new Map<number, { head: SlipDocument['head']; documents: SlipDocument[] }>()
  for (const document of documents) {
    if (document.head.state === 'cancelled') continue
    const sheet = sheets.get(document.head.depotId)
    if (sheet) sheet.documents.push(document)
    else sheets.set(document.head.depotId, { head: document.head, documents: [document] })
  }
  return [...sheets.values()].map((sheet) => ({
    depotId: sheet.head.depotId,
    depotName: sheet.head.depotName,
    depotNameEn: sheet.head.depotNameEn,
    slipNumbers: sheet.documents.map((document) => document.head.number),
    roundNumbers: [...new Set(sheet.documents.map((document) => document.head.roundNumber))],
    rows: pickRows(sheet.documents),
  }))
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Gathering = Mutable<Omit<PickRow, 'destinations'>> & { destinations: Mutable<PickRow['destinations'][number]>[] }

function pickRows(documents: readonly SlipDocument[]): PickRow[] {
  const rows = new Map<string, Gathering>()
  for (const { head, lines } of documents) {
    for (const line of lines) {
      const key = JSON.stringify([line.itemId, line.lot, line.expiresOn, line.madeOn, line.standard, line.packSizeBase])
      let row = rows.get(key)
      if (!row) {
        row = {
          itemId: line.itemId,
          itemCode: line.itemCode,
          itemName: line.itemName,
          itemNameEn: line.itemNameEn,
          specification: line.specification,
          baseUnit: line.baseUnit,
          packName: line.packName,
          packSizeBase: line.packSizeBase,
          lot: line.lot,
          expiresOn: line.expiresOn,
          packs: 0,
          quantityBase: 0,
          destinations: [],
        }
        rows.set(key, row)
      }
      row.packs += line.packs
      row.quantityBase += line.quantityBase
      const to = row.destinations[row.destinations.length - 1]
      if (to && to.unitName === head.unitName) to.packs += line.packs
      else row.destinations.push({ unitName: head.unitName, unitNameEn: head.unitNameEn, packs: line.packs })
    }
  }
  return [...rows.values()].sort(
    (a, b) =>
      compareText(a.itemCode, b.itemCode) ||
      a.itemId - b.itemId ||
      compareText(a.expiresOn ?? '9999-12-31~', b.expiresOn ?? '9999-12-31~') ||
      compareText(a.lot, b.lot) ||
      b.packSizeBase - a.packSizeBase,
  )
}

/** By code units and not by locale, so that a list is in the same order on every machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
