import { Button } from '@mantine/core'
import { useMemo, useSyncExternalStore } from 'react'
import { outcomeOf, queryClient } from '../query.ts'
import { frameText } from '../text/frame.ts'
import { refusalText } from '../text/refusal.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './reading.module.css'

const follow = (changed: () => void) => queryClient.getQueryCache().subscribe(changed)
const firstFailure = () =>
  queryClient
    .getQueryCache()
    .findAll({ type: 'active', predicate: ({ state }) => state.status === 'error' && state.data === undefined })[0]
    ?.state.error ?? null

/** Why something that is shown on this page could not be read; null while everything was, or is still on its way. */
export const useFailedRead = (): Error | null => useSyncExternalStore(follow, firstFailure)

/** In place of a sign that something is being read, once it is known that it can't be. */
export function FailedRead({ error }: { readonly error: Error }) {
  const t = useText(frameText)
  const language = useLanguage()
  const { refusals, fault } = useMemo(() => outcomeOf(error), [error])
  const again = () =>
    void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })
  return (
    <div className={styles.failed} role="alert">
      {fault !== null && <p>{t(`fault-${fault.kind}`, { reference: fault.reference })}</p>}
      {refusals.map((refusal, index) => (
        <p key={index}>{refusalText(refusal, language)}</p>
      ))}
      <Button variant="default" onClick={again}>
        {t('readAgain')}
      </Button>
    </div>
  )
}
