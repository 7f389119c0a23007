import type { Signer } from '../../core/signer.ts'

type PaperSettings = {
  readonly signers: readonly Signer[]
  readonly sealLine: string
  readonly sealLineEn: string
}

let inForce: PaperSettings = { signers: [], sealLine: '', sealLineEn: '' }

/** What the settings say of every document that is printed from now on; the frame keeps it up to date. */
export function setPaperSettings(settings: PaperSettings): void {
  inForce = settings
}

/** Who signs for a role under which title, where the settings say so. */
export const signerOf = (role: string): Signer | undefined => inForce.signers.find((signer) => signer.of === role)

/** What stands in the room for the seal in each language; empty where the settings say nothing. */
export const sealLine = (): { readonly zh: string; readonly en: string } => ({
  zh: inForce.sealLine,
  en: inForce.sealLineEn,
})
