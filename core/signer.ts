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
