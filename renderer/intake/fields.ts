import type { Field } from '../../core/intake/header-words.ts'

/** What a column can mean, in the order in which it is offered. */
export const fields = [
  'item',
  'specification',
  'quantity',
  'unit',
  'packs',
  'packSize',
  'party',
  'lot',
  'madeOn',
  'expiresOn',
  'shelfLife',
  'standard',
  'code',
  'gtin',
  'date',
  'note',
  'otherParty',
  'otherQuantity',
  'sequence',
  'licence',
  'contact',
  'phone',
  'address',
  'town',
  'category',
  'tier',
  'headcount',
  'documentNumber',
  'price',
  'amount',
  'depot',
] as const satisfies readonly Field[]

export const isField = (text: string): text is Field => (fields as readonly string[]).includes(text)
