import { formatInstant } from '../format.ts'
import { backupText } from '../text/backup.ts'
import { useText } from '../text/text.ts'
import styles from './backup.module.css'
import type { Backups } from './backup-words.ts'

/** The newest backup, what has come since, and its copy. */
export function BackupState({ backups }: { readonly backups: Backups }) {
  const t = useText(backupText)
  const good = backups.records.find(({ file }) => file !== null)
  const copy = backups.records.find((record) => record.copy !== null)
  const failed = backups.records[0]?.problem ? backups.records[0] : null
  const since = backups.running ? 'state-running' : backups.changed ? 'state-changed' : 'state-saved'
  return (
    <section aria-labelledby="backup-state" className={styles.state}>
      <h2 id="backup-state">{t('stateTitle')}</h2>
      <dl>
        <dt>{t('lastGood')}</dt>
        <dd>
          <strong>{good ? formatInstant(good.at) : t('lastNone')}</strong>
          <br />
          {failed ? <span className={styles.bad}>{t('failedAt', { at: formatInstant(failed.at) })}</span> : t(since)}
        </dd>
        <dt>{t('lastCopy')}</dt>
        <dd>
          {backups.secondFolder === null || copy?.copy == null ? (
            backups.secondFolder === null ? (
              t('copyOff')
            ) : (
              t('lastNone')
            )
          ) : copy.copy.file === null ? (
            <span className={styles.bad}>{t('failedAt', { at: formatInstant(copy.at) })}</span>
          ) : (
            <>
              <strong>{formatInstant(copy.at)}</strong> {t('copied')}
            </>
          )}
        </dd>
      </dl>
    </section>
  )
}
