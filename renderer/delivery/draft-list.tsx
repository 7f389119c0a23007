import { Button } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { formatInstant } from '../format.ts'
import { api, client } from '../query.ts'
import { deliveryText } from '../text/delivery.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import styles from './delivery.module.css'
import { DiscardDialog } from './discard-dialog.tsx'
import { type Draft, draftKeyOf, draftKind, readDraft } from './draft.ts'
import { newLineKey } from './use-draft.ts'

/** Deliveries begun and not posted: left for another screen, or by a closed window or a crash. */
export function DraftList() {
  const t = useText(deliveryText)
  const language = useLanguage()
  const drafts = useQuery(api.draft.list.queryOptions({ input: { kind: draftKind } }))
  const suppliers = useQuery(api.supplier.list.queryOptions({ input: { archived: false } }))
  const [discarding, setDiscarding] = useState<Draft | null>(null)
  const rows = (drafts.data ?? []).flatMap(({ content, updatedAt }) => {
    const draft = readDraft(content, newLineKey)
    return draft === null ? [] : [{ draft, updatedAt }]
  })
  if (rows.length === 0) return null
  const nameIn = (draft: Draft) => {
    const found = suppliers.data?.find((one) => one.placeId === draft.head.supplierId)
    return found === undefined ? t('draftUnknown') : nameOf(found, language)
  }
  return (
    <section className={styles.drafts} aria-label={t('drafts')}>
      <h2>{t('drafts')}</h2>
      {rows.map(({ draft, updatedAt }) => (
        <div key={draft.requestId} className={styles.draft}>
          <span>
            {t('draftOf', {
              supplier: [nameIn(draft), draft.head.noteNumber].filter((word) => word !== '').join(' · '),
              count: draft.lines.length,
              time: formatInstant(updatedAt),
            })}
          </span>
          <Button
            component={Link}
            href={`/deliveries/new?draft=${draft.requestId}`}
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            {t('continueDraft')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setDiscarding(draft)}
          >
            {t('discardDraft')}
          </Button>
        </div>
      ))}
      {discarding !== null && (
        <DiscardDialog
          name={nameIn(discarding)}
          lines={discarding.lines.length}
          onKeep={() => setDiscarding(null)}
          onDiscard={async () => void (await client.draft.remove({ key: draftKeyOf(discarding.requestId) }))}
        />
      )}
    </section>
  )
}
