import { type DocumentSigners, type SignedDocument, type Signer, signPlacesOf } from '../../core/signer.ts'

type PaperSettings = {
  readonly signers: readonly Signer[]
  readonly sealLine: string
  readonly sealLineEn: string
  readonly documentSigners?: DocumentSigners
}

let inForce: PaperSettings = { signers: [], sealLine: '', sealLineEn: '' }

/** What the settings say of every document that is printed from now on; the frame keeps it up to date. */
export function setPaperSettings(settings: PaperSettings): void {
  inForce = settings
}

/** Who signs for a role under which title, where the settings say so. */
export const signerOf = (role: string): Signer | undefined => inForce.signers.find((signer) => signer.of === role)

/** Who signs a document of this kind, in order. */
export const placesOn = (document: SignedDocument) => signPlacesOf(document, inForce.documentSigners ?? {})

/** What stands in the room for the seal in each language; empty where the settings say nothing. */
export const sealLine = (): { readonly zh: string; readonly en: string } => ({
  zh: inForce.sealLine,
  en: inForce.sealLineEn,
})
