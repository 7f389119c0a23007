import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { frameText } from '../text/frame.ts'
import { useText } from '../text/text.ts'
import { FailedRead, useFailedRead } from './failed-read.tsx'
import styles from './reading.module.css'

/** While something is read: nothing for a blink, then a sign, and always words with it. */
export function Reading() {
  const t = useText(frameText)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 250)
    return () => clearTimeout(timer)
  }, [])
  const failed = useFailedRead()
  if (failed !== null) return <FailedRead error={failed} />
  if (!shown) return null
  return (
    <div className={styles.reading} role="status">
      <Loader size="sm" />
      {t('waiting')}
    </div>
  )
}
