import { IconAlertTriangle, IconBarcode } from '@tabler/icons-react'
import { gs1Problems } from '../../core/gs1.ts'
import { formatNumber } from '../format.ts'
import { scanText } from '../text/scan.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, packWord } from '../text/words.ts'
import styles from './scan.module.css'
import type { ScanSaid } from './use-scan-lines.ts'

/** What the last scan did: seen, and heard by who can't see it. */
export function ScanSign({ said, waiting }: { readonly said: ScanSaid | null; readonly waiting: number }) {
  const t = useText(scanText)
  const language = useLanguage()
  const words = (): string => {
    if (said === null) return ''
    if (said.kind === 'problem') return t('problem', { reason: gs1Problems[said.problem][language], given: said.given })
    const { item, lot, packs, pieces, again } = said
    return t(again ? 'countedAgain' : 'counted', {
      item: nameOf(item, language),
      lot: lot === '' ? t('noLot') : lot,
      count:
        packs === null
          ? `${formatNumber(pieces)} ${measureName(item.baseUnit, language)}`
          : `${formatNumber(packs)} ${packWord(item.packName, language)}`,
    })
  }
  return (
    <div
      className={styles.sign}
      role="status"
      aria-live="polite"
      data-kind={said?.kind}
      data-turn={said?.turn}
      hidden={said === null}
    >
      {said?.kind === 'problem' ? <IconAlertTriangle size={18} aria-hidden /> : <IconBarcode size={18} aria-hidden />}
      {/* A label scanned again says the same; the key makes it news. */}
      <span key={said?.turn}>{words()}</span>
      {waiting > 0 && <span>{t('waiting', { count: waiting })}</span>}
    </div>
  )
}
