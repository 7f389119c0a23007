import { Button, Textarea } from '@mantine/core'
import { IconFileSpreadsheet, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { Link } from 'wouter'
import { formatInstant } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { api, client } from '../query.ts'
import { getShell } from '../shell/shell.ts'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import { listFiles, sourceOfFile } from './hand-off.ts'
import styles from './intake.module.css'
import { listDraftKind, readListDraft } from './list-draft.ts'
import type { ListSource } from './protocol.ts'
import { type TargetKind, targets } from './target.ts'
import { DropSign, useDroppedFile } from './use-dropped-file.tsx'

/** Where a list comes in: opened, dropped, or pasted; and the lists that were put aside. */
export function OpenList(props: { readonly target: TargetKind; readonly onSource: (source: ListSource) => void }) {
  const { target, onSource } = props
  const t = useText(intakeText)
  const box = useRef<HTMLTextAreaElement>(null)
  const take = async (file: File | null) => {
    if (file !== null) onSource(await sourceOfFile(file))
  }
  const dropping = useDroppedFile((file) => void take(file))
  const open = async () => take(await getShell().chooseFile(listFiles))
  const readText = (text: string) => {
    if (text.trim() !== '') onSource({ kind: 'text', name: t('pastedName'), text })
  }
  useKeys('keysScreen', [
    { chord: 'Alt+O', label: t('keyOpen'), run: () => void open() },
    { chord: 'Ctrl+Enter', label: t('readPasted'), run: () => readText(box.current?.value ?? '') },
  ])
  useEffect(() => box.current?.focus(), [])
  return (
    <>
      <DropSign shown={dropping} />
      <div className={styles.open}>
        <Button
          leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          rightSection={<kbd>Alt+O</kbd>}
          onClick={() => void open()}
        >
          {t('open')}
        </Button>
        <Textarea
          ref={box}
          label={t('pasteLabel')}
          description={t('pasteHint')}
          rows={8}
          // What is pasted is read at once; what is typed by hand, when it is finished.
          onPaste={(event) => {
            const text = event.clipboardData.getData('text/plain')
            if (event.currentTarget.value !== '' || !/[\n\t]/.test(text.trim())) return
            event.preventDefault()
            readText(text)
          }}
        />
        <Button
          variant="default"
          rightSection={<kbd>Ctrl+Enter</kbd>}
          onClick={() => readText(box.current?.value ?? '')}
        >
          {t('readPasted')}
        </Button>
      </div>
      <KeptLists target={target} />
    </>
  )
}

function KeptLists({ target }: { readonly target: TargetKind }) {
  const t = useText(intakeText)
  const drafts = useQuery({
    ...api.draft.list.queryOptions({ input: { kind: listDraftKind } }),
    refetchOnMount: 'always',
  })
  const kept = useMemo(
    () =>
      (drafts.data ?? []).flatMap(({ key, content, updatedAt }) => {
        const draft = readListDraft(content, () => 0)
        return draft === null || draft.target !== target
          ? []
          : [{ key, name: draft.name, rows: draft.rows.length, updatedAt }]
      }),
    [drafts.data, target],
  )
  if (kept.length === 0) return null
  return (
    <section className={styles.kept} aria-label={t('drafts')}>
      <h2>{t('drafts')}</h2>
      {kept.map(({ key, name, rows, updatedAt }) => (
        <div key={key} className={styles.keptRow}>
          <span>{t('draftOf', { name, count: rows, time: formatInstant(updatedAt) })}</span>
          <Button
            component={Link}
            href={`${targets[target].path}?draft=${key.replace(/^intake:/, '')}`}
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            {t('continueDraft')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={async () => {
              await client.draft.remove({ key })
              await drafts.refetch()
            }}
          >
            {t('discardDraft')}
          </Button>
        </div>
      ))}
    </section>
  )
}
