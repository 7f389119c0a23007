import type { BoardRow } from '../../api/contract/liaison.ts'
import { formatNumber } from '../format.ts'
import type { liaisonText } from '../text/liaison.ts'
import { type Language, pickName, type Translate } from '../text/text.ts'
import { type Reason, reasonsOf } from './reason.ts'

export type LiaisonWords = Translate<(typeof liaisonText.keys)[number]>

/** `北滘检疫站（1 级）明天用完 · 欠 3,000 只 · 已逾期 2 天`. */
export function whyCall(
  row: BoardRow,
  context: {
    readonly t: LiaisonWords
    readonly language: Language
    readonly today: string
    /** The item's unit of measure, in words. */
    readonly measure: string
  },
): string {
  const reasons = reasonsOf(row, context.today)
  return reasons.map((reason) => reasonWords(reason, context)).join(' · ')
}

function reasonWords(
  reason: Reason,
  { t, language, measure }: { readonly t: LiaisonWords; readonly language: Language; readonly measure: string },
): string {
  switch (reason.kind) {
    case 'runs-out': {
      const { days, tier } = reason
      const unit = pickName(reason.unit, reason.unitEn, language)
      if (days === 0) return t('why-runs-out-today', { unit, tier })
      return days === 1 ? t('why-runs-out-tomorrow', { unit, tier }) : t('why-runs-out', { unit, tier, days })
    }
    case 'gap':
      return t('why-gap', { quantity: formatNumber(reason.quantityBase), measure })
    case 'late':
      return t('why-late', { count: reason.days })
    case 'due-today':
      return t('why-due-today')
    case 'blocked':
      return t('why-blocked', { blocker: t(`blocker-${reason.blocker}`) })
    case 'call-due': {
      const words = reason.days === 0 ? t('why-call-today') : t('why-call-late', { count: reason.days })
      return reason.with === '' ? words : words + t('why-with', { with: reason.with })
    }
  }
}
