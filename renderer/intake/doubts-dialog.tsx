import { Button, Modal } from '@mantine/core'
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { type ReasonCode, renderReason } from '../../core/intake/reasons.ts'
import { formatNumber } from '../format.ts'
import { Reading } from '../frame/reading.tsx'
import { intakeText } from '../text/intake.ts'
import { useLanguage, useText } from '../text/text.ts'
import { type DoubtKind, doubtKinds } from './doubt-kinds.ts'
import styles from './intake.module.css'
import { givenPlace, headingOf, type ListRow } from './list-rows.ts'
import type { TargetKind } from './target.ts'
import { inTurns } from './work.ts'

/** The doubts of a list by their reasons: where the first of each is, and guesses confirmed by the kind. */
export function DoubtsDialog(props: {
  readonly rows: readonly ListRow[]
  readonly target: TargetKind
  readonly onConfirm: (code: ReasonCode) => void
  readonly onGo: (kind: DoubtKind) => void
  readonly onClose: () => void
}) {
  const { rows, target } = props
  const t = useText(intakeText)
  const language = useLanguage()
  const [kinds, setKinds] = useState<readonly DoubtKind[] | null>(null)
  useEffect(() => {
    let isStale = false
    void inTurns(doubtKinds(rows, target), () => isStale).then((found) => {
      if (found !== null && !isStale) setKinds(found)
    })
    return () => {
      isStale = true
    }
  }, [rows, target])
  const wordsOf = ({ code, reason, first }: DoubtKind): string =>
    reason === null
      ? t(`missing-${code}` as 'missing-place-missing', { given: givenPlace(first, target) ?? t('noParty') })
      : renderReason(reason, language)
  return (
    <Modal
      opened
      size="70rem"
      onClose={props.onClose}
      title={t('doubtsTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {kinds === null && <Reading />}
      {kinds?.length === 0 && <p>{t('noDoubtLeft')}</p>}
      {kinds !== null && kinds.length > 0 && (
        <table className={styles.doubts}>
          <thead>
            <tr>
              <th scope="col">{t('doubtColumn')}</th>
              <th scope="col">{t('doubtExample')}</th>
              <th scope="col" data-number>
                {t('doubtRows')}
              </th>
              <th scope="col">{t('doubtDo')}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind, index) => {
              const Icon = kind.status === 'wrong' ? IconAlertTriangle : IconHelpCircle
              return (
                <tr key={`${kind.status}/${kind.code}`} data-status={kind.status}>
                  <td>
                    <Icon size={15} aria-label={t(kind.status === 'wrong' ? 'cellWrong' : 'cellGuessed')} />{' '}
                    {t(`column-${headingOf(kind.column, target)}`)}
                  </td>
                  <td>{wordsOf(kind)}</td>
                  <td data-number>{formatNumber(kind.rows)}</td>
                  <td>
                    <div className={styles.doubtDo}>
                      <Button
                        variant="default"
                        data-autofocus={index === 0 || undefined}
                        onClick={() => props.onGo(kind)}
                      >
                        {t('doubtGo')}
                      </Button>
                      {kind.status === 'guessed' && kind.reason !== null && (
                        <Button variant="default" onClick={() => props.onConfirm(kind.reason!.code)}>
                          {t('doubtConfirm', { count: kind.rows, rows: formatNumber(kind.rows) })}
                        </Button>
                      )}
                    </div>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Modal>
  )
}
