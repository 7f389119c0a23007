import { IconPhoneCall } from '@tabler/icons-react'
import { formatInstant } from '../format.ts'
import type { client, Output } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { useText } from '../text/text.ts'
import styles from './liaison.module.css'
import type { Directory } from './use-directory.ts'

/** The call log, newest first; only the newest says whether the next call is due. */
export function CallList(props: {
  readonly calls: Output<typeof client.liaison.calls>
  readonly directory: Directory
  readonly today: string
}) {
  const t = useText(liaisonText)
  const { calls, directory, today } = props
  if (calls.length === 0) return <p className={styles.nothing}>{t('noCalls')}</p>
  return (
    <ul className={styles.list}>
      {calls.map((call, index) => (
        <li key={call.callSeq}>
          <div>
            {[call.spokeWith, call.itemId === null ? '' : directory.itemName(call.itemId), call.note]
              .filter(Boolean)
              .join(' · ')}
          </div>
          <div className={styles.small}>
            {formatInstant(call.at)} · {call.person}
          </div>
          {call.nextOn !== null && (
            <span className={styles.mark} data-tone={index === 0 && call.nextOn <= today ? 'warn' : 'quiet'}>
              <IconPhoneCall size={15} aria-hidden />
              {t('callNext', { on: call.nextOn, with: call.nextWith })}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
