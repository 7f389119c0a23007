import { useEffect, useRef, useState } from 'react'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import styles from './intake.module.css'

/** A file dropped anywhere on the window as long as this is shown. @returns whether one is over the window now. */
export function useDroppedFile(onFile: (file: File) => void): boolean {
  const latest = useRef(onFile)
  latest.current = onFile
  const [over, setOver] = useState(false)
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) latest.current(file)
    }
    addEventListener('dragover', onOver)
    addEventListener('dragleave', onLeave)
    addEventListener('drop', onDrop)
    return () => {
      removeEventListener('dragover', onOver)
      removeEventListener('dragleave', onLeave)
      removeEventListener('drop', onDrop)
    }
  }, [])
  return over
}

export function DropSign({ shown }: { readonly shown: boolean }) {
  const t = useText(intakeText)
  return shown ? <div className={styles.drop}>{t('dropHere')}</div> : null
}
