import { Link } from 'wouter'
import type { SlipHead } from '../../api/contract/round.ts'
import { formatInstant } from '../format.ts'
import { Fact, Facts } from '../ledger/facts.tsx'
import { signatureText } from '../text/signature.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'

/** Whose slip it is, from where and how it goes. */
export function SlipFacts({ head }: { readonly head: SlipHead }) {
  const t = useText(signatureText)
  const language = useLanguage()
  return (
    <Facts>
      <Fact name={t('unit')}>
        <Link href={`/units/${head.unitId}`}>{pickName(head.unitName, head.unitNameEn, language)}</Link>
      </Fact>
      <Fact name={t('contact')}>{[head.contact, head.phone].filter(Boolean).join(' ')}</Fact>
      <Fact name={t('depot')}>{pickName(head.depotName, head.depotNameEn, language)}</Fact>
      {head.dispatchedAt === null ? (
        <Fact name={t('route')}>{head.route}</Fact>
      ) : (
        <Fact name={t('dispatchedAt')}>{formatInstant(head.dispatchedAt)}</Fact>
      )}
    </Facts>
  )
}
