import { Modal } from '@mantine/core'
import { leftOutTexts } from '../../core/intake/reasons.ts'
import type { LeftOut } from '../../core/intake/tables.ts'
import { formatNumber } from '../format.ts'
import { intakeText } from '../text/intake.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './intake.module.css'

/** Rows of the file that are no rows of the list, each with why. */
export function LeftOutDialog(props: {
  readonly rows: readonly LeftOut[]
  readonly count: number
  readonly onClose: () => void
}) {
  const t = useText(intakeText)
  const language = useLanguage()
  const more = props.count - props.rows.length
  return (
    <Modal
      opened
      size="xl"
      onClose={props.onClose}
      title={t('leftOutTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must scroll with the keyboard too */}
      <section className={styles.leftOut} tabIndex={0} aria-label={t('leftOutTitle')}>
        <table className={styles.columnTable}>
          <tbody>
            {props.rows.map((row) => (
              <tr key={`${row.source.sheet} ${row.source.row} ${row.why} ${row.text}`}>
                <td>{row.source.row}</td>
                <td>{leftOutTexts[row.why][language]}</td>
                <td>{row.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {more > 0 && <p>{t('leftOutMore', { count: formatNumber(more) })}</p>}
      </section>
    </Modal>
  )
}
