import type { PostingDocument } from '../../api/contract/ledger.ts'

/**
 * Whether a posting can be reversed by another one, or why it can't. What it brought may still have gone: only the API
 * knows that, at the moment of correcting.
 */
export type Correctable = 'yes' | 'corrected' | 'correction' | 'transfer' | 'signed' | 'difference'

export function correctable({ head, owner }: Pick<PostingDocument, 'head' | 'owner'>): Correctable {
  if (head.correctedBySeq !== null) return 'corrected'
  if (head.kind === 'correction') return 'correction'
  if (head.kind === 'signature') return 'difference'
  if (owner?.kind === 'transfer') return 'transfer'
  if (owner?.kind === 'slip' && owner.state === 'signed') return 'signed'
  return 'yes'
}

/** The page of the document that a posting is a step of, or null where the posting is all there is. */
export function documentPath({ head, owner }: Pick<PostingDocument, 'head' | 'owner'>): string | null {
  if (head.kind === 'delivery') return `/deliveries/${head.postingSeq}`
  switch (owner?.kind) {
    case 'slip':
      return `/slips/${owner.id}`
    case 'transfer':
      return `/ledger/transfers/${owner.id}`
    case 'stocktake':
      return `/stocktakes/${owner.id}`
    default:
      return null
  }
}
