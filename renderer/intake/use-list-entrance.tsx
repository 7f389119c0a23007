import { useCallback, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { DraftHead, TakenList } from '../delivery/draft.ts'
import type { Catalogue, LineField } from '../delivery/line.ts'
import { useKeys } from '../frame/keys.tsx'
import { client, newRequestId, sendCommand } from '../query.ts'
import { getShell } from '../shell/shell.ts'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import { handOff, listFiles, sourceOfFile } from './hand-off.ts'
import type { ListSource } from './protocol.ts'
import { useDroppedFile } from './use-dropped-file.tsx'
import { wantsIntake } from './wants-intake.ts'

export type ListEntrance = {
  readonly open: () => void
  /** A file is over the window. */
  readonly dropping: boolean
  /** Takes a pasted text that is a list. @returns false for a block of cells, which is the lines' own. */
  readonly takePasted: (text: string, field: LineField | null) => boolean
}

/** The ways by which a list comes into a delivery that is being written: pasted, dropped, opened. */
export function useListEntrance(options: {
  readonly requestId: string
  readonly head: DraftHead
  readonly catalogue: Catalogue
}): ListEntrance {
  const t = useText(intakeText)
  const [, go] = useLocation()
  const latest = useRef(options)
  latest.current = options
  const send = useCallback(
    (source: ListSource) => {
      const { requestId, head } = latest.current
      go(handOff({ target: 'delivery', source, into: { requestId, head } }))
    },
    [go],
  )
  const takeFile = async (file: File | null) => {
    if (file !== null) send(await sourceOfFile(file))
  }
  const open = async () => takeFile(await getShell().chooseFile(listFiles))
  const dropping = useDroppedFile((file) => void takeFile(file))
  useKeys('keysScreen', [{ chord: 'Alt+O', label: t('keyOpen'), run: () => void open() }])
  const takePasted = useCallback(
    (text: string, field: LineField | null) => {
      if (!wantsIntake(text, field, latest.current.catalogue)) return false
      send({ kind: 'text', name: t('pastedName'), text })
      return true
    },
    [send, t],
  )
  // Pasted beside the lines, into the head of the form: only a list has several lines there.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target } = event
      if (event.defaultPrevented || !(target instanceof Element)) return
      if (target.closest('[data-cell]') !== null || target.closest('[role="dialog"]') !== null) return
      if (takePasted(event.clipboardData?.getData('text/plain') ?? '', null)) event.preventDefault()
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [takePasted])
  return { open: () => void open(), dropping, takePasted }
}

/** After a post: the lists its lines came from are known by the document that they became. */
export async function rememberLists(lists: readonly TakenList[], document: string): Promise<void> {
  for (const { fingerprint, name } of lists) {
    const outcome = await sendCommand(client.alias.rememberTaken, {
      requestId: newRequestId(),
      fingerprint,
      name,
      document,
    })
    if (!outcome.ok) console.warn('a list that was taken is not remembered', name)
  }
}
