import { Checks } from './checks.ts'
import type { Decision } from './refusal.ts'

/** The lines to sign on that the documents have, by whom; the same person signs under one title wherever he signs. */
export const signerRoles = [
  'buyer',
  'inspector',
  'storekeeper',
  'storekeeperPerson',
  'recipientHead',
  'preparedBy',
  'approver',
  'picker',
  'checker',
  'counter',
  'supervisor',
  'madeBy',
  'reviewer',
] as const
export type SignerRole = (typeof signerRoles)[number]

/** What can stand in the block of signatures: besides those with an office, whoever hands over or takes, days and the seal. */
export const signPlaces = [...signerRoles, 'recipient', 'handler', 'signedOn', 'date', 'seal'] as const
export type SignPlace = (typeof signPlaces)[number]

/**
 * The places of each kind of document unless the settings say otherwise. Receipts and slips as the district's forms have
 * them (采购、质检、库管; 领用人、领用部门负责人、库管员、制单人、审批人, with room for the seal); a paper of figures is
 * made, reviewed and, where it decides something, approved.
 */
export const defaultSignPlaces = {
  goodsReceipt: ['buyer', 'inspector', 'storekeeper', 'preparedBy', 'seal'],
  allocationSlip: ['recipient', 'recipientHead', 'storekeeperPerson', 'preparedBy', 'approver', 'signedOn', 'seal'],
  pickList: ['picker', 'checker', 'storekeeperPerson'],
  allocationReport: ['madeBy', 'reviewer', 'approver', 'seal'],
  stockCard: ['madeBy', 'storekeeperPerson', 'reviewer'],
  deliveryReport: ['madeBy', 'storekeeperPerson', 'reviewer'],
  stocktakeSheet: ['counter', 'supervisor', 'storekeeperPerson', 'date'],
  dailyReport: ['madeBy', 'reviewer', 'approver'],
  publicNotice: ['date', 'seal'],
  expiryList: ['madeBy', 'storekeeperPerson', 'reviewer'],
  alertList: [],
  unitCard: [],
  reportForm: ['madeBy', 'reviewer', 'seal'],
  fulfilment: ['preparedBy', 'reviewer', 'seal'],
  liaisonBoard: ['preparedBy', 'reviewer', 'seal'],
  'posting-delivery': ['handler', 'storekeeperPerson', 'reviewer', 'approver', 'seal'],
  'posting-dispatch': ['handler', 'storekeeperPerson', 'recipient', 'seal'],
  'posting-return': ['handler', 'storekeeperPerson', 'recipient', 'seal'],
  'posting-transfer': ['handler', 'storekeeperPerson', 'recipient', 'seal'],
  'posting-stocktake': ['handler', 'storekeeperPerson', 'reviewer', 'approver', 'seal'],
  'posting-write-off': ['handler', 'storekeeperPerson', 'reviewer', 'approver', 'seal'],
  'posting-correction': ['handler', 'storekeeperPerson', 'reviewer', 'approver', 'seal'],
  'posting-signature': ['handler', 'storekeeperPerson', 'reviewer', 'approver', 'seal'],
} as const satisfies Readonly<Record<string, readonly SignPlace[]>>

export type SignedDocument = keyof typeof defaultSignPlaces
export const signedDocuments = Object.keys(defaultSignPlaces) as readonly SignedDocument[]

/** Only what differs from the default is kept, so that a better default reaches those who never chose. */
export type DocumentSigners = Readonly<Partial<Record<SignedDocument, SignPlace[]>>>

/** Who signs a document, in this order. */
export const signPlacesOf = (document: SignedDocument, chosen: DocumentSigners): readonly SignPlace[] =>
  chosen[document] ?? defaultSignPlaces[document]

/** What was chosen for each document, each place once; a choice that is the default is left out. */
export function chosenSignPlaces(given: DocumentSigners): DocumentSigners {
  return Object.fromEntries(
    signedDocuments.flatMap((document): [SignedDocument, SignPlace[]][] => {
      const places = [...new Set(given[document] ?? defaultSignPlaces[document])]
      return places.join() === defaultSignPlaces[document].join() ? [] : [[document, places]]
    }),
  )
}

/** Empty where the document's own title, or a line to sign on, is to stand. */
export type Signer = {
  readonly of: SignerRole
  readonly title: string
  readonly titleEn: string
  readonly name: string
}

/** Cleans what was typed, one signer to a role at most; those without any text are left out. Lines are those given. */
export function decideSigners(given: readonly Signer[]): Decision<Signer[]> {
  const all = new Checks()
  const signers = new Map<SignerRole, Signer>()
  given.forEach((row, index) => {
    const checks = new Checks(index + 1)
    const signer = {
      of: row.of,
      title: checks.text('title', row.title, { longest: 20 }),
      titleEn: checks.text('titleEn', row.titleEn, { longest: 30 }),
      name: checks.text('name', row.name, { longest: 30 }),
    }
    all.take(checks)
    if (signer.title !== '' || signer.titleEn !== '' || signer.name !== '') signers.set(row.of, signer)
  })
  return all.decide([...signers.values()])
}
