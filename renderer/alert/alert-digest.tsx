import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { formatNumber } from '../format.ts'
import { api } from '../query.ts'
import { alertText } from '../text/alert.ts'
import { useText } from '../text/text.ts'
import styles from './alert.module.css'
import { digest } from './alert-words.ts'

/** One line for Today: how many alerts, how many of them now, and of which kinds. */
export function AlertDigest() {
  const t = useText(alertText)
  const list = useQuery(api.alert.list.queryOptions())
  if (list.data === undefined) return null
  const sum = digest(list.data)
  return (
    <p className={styles.digest} data-tone={sum.now > 0 ? 'now' : 'calm'}>
      <IconBell size={17} aria-hidden />
      {sum.open === 0 ? (
        t('digestNone')
      ) : (
        <>
          <Link href="/alerts">{t('digest', { count: sum.open })}</Link>
          {sum.now > 0 && <strong className={styles.now}>{t('digestNow', { count: sum.now })}</strong>}
          <span>
            {sum.kinds
              .map((one) => t('digestPart', { kind: t(`kind-${one.kind}`), count: formatNumber(one.count) }))
              .join(' · ')}
          </span>
        </>
      )}
    </p>
  )
}
