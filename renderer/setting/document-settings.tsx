import { Button, Table, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { type NumberedKind, numberedKinds } from '../../core/numbering.ts'
import { type DocumentSigners, type Signer, signerRoles } from '../../core/signer.ts'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { paperWord } from '../print/paper.tsx'
import { api, client, type Output, queryClient, useCommand } from '../query.ts'
import { refusalSentence } from '../text/refusal.ts'
import { settingText } from '../text/setting.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './setting.module.css'
import { SignPlaces } from './sign-places.tsx'

type Settings = Output<typeof client.setting.get>
type SignerField = 'title' | 'titleEn' | 'name'
const signerFields = ['title', 'titleEn', 'name'] as const

/** What stands on documents: the seal's line, the patterns of their numbers, and who signs under which title. */
export function DocumentSettings({ settings }: { readonly settings: Settings }) {
  const t = useText(settingText)
  const language = useLanguage()
  const canEdit = useMe().can('administrator')
  const save = useCommand(client.setting.saveDocuments)
  // What was typed and is not saved, by the name of its field.
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})

  const [chosen, setChosen] = useState<DocumentSigners | null>(null)
  const places = chosen ?? settings.documentSigners

  const signers = new Map(settings.signers.map((signer) => [signer.of, signer]))
  const value = (field: string, saved: string): string => typed[field] ?? saved
  const signerOf = (of: Signer['of']): Signer => {
    const read = (field: SignerField) => value(`${of}.${field}`, signers.get(of)?.[field] ?? '')
    return { of, title: read('title'), titleEn: read('titleEn'), name: read('name') }
  }
  const problem = (isIt: (field: string, line: number | null) => boolean) => {
    const found = save.refusals.find(({ field, line }) => field !== null && isIt(field, line))
    return found && refusalSentence(found, language)
  }
  const input = (field: string, saved: string, label: string, error: string | undefined) => (
    <TextInput
      aria-label={label}
      size="xs"
      value={value(field, saved)}
      disabled={!canEdit}
      error={error}
      autoComplete="off"
      spellCheck={false}
      onChange={({ currentTarget: { value: text } }) => setTyped((now) => ({ ...now, [field]: text }))}
    />
  )
  const onSave = async () => {
    const patterns = Object.fromEntries(
      numberedKinds.map((kind) => [kind, value(kind, settings.numberPatterns[kind]).trim().toLocaleUpperCase('en')]),
    )
    const outcome = await save.run({
      sealLine: value('sealLine', settings.sealLine),
      sealLineEn: value('sealLineEn', settings.sealLineEn),
      numberPatterns: lowerTokens(patterns) as Record<NumberedKind, string>,
      signers: signerRoles.map(signerOf),
      documentSigners: places,
    })
    if (!outcome.ok) return
    queryClient.setQueryData(api.setting.get.queryOptions().queryKey, outcome.value)
    setTyped({})
    setChosen(null)
    notifications.show({ message: t('saved') })
  }
  return (
    <form
      className={styles.documents}
      onSubmit={(event) => {
        event.preventDefault()
        void onSave()
      }}
    >
      <section aria-labelledby="setting-numbers">
        <h2 id="setting-numbers">{t('numbers')}</h2>
        <p>{t('numbersHint')}</p>
        <Table>
          <Table.Tbody>
            {numberedKinds.map((kind) => (
              <Table.Tr key={kind}>
                <Table.Th scope="row">{t(`numbered-${kind}`)}</Table.Th>
                <Table.Td>
                  {input(
                    kind,
                    settings.numberPatterns[kind],
                    t(`numbered-${kind}`),
                    problem((field) => field === `numberPatterns.${kind}`),
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <section aria-labelledby="setting-signers">
        <h2 id="setting-signers">{t('signers')}</h2>
        <p>{t('signersHint')}</p>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('signerRole')}</Table.Th>
              <Table.Th scope="col">{t('signerTitle')}</Table.Th>
              <Table.Th scope="col">{t('signerTitleEn')}</Table.Th>
              <Table.Th scope="col">{t('signerName')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {signerRoles.map((of, index) => (
              <Table.Tr key={of}>
                <Table.Th scope="row">{paperWord(language, of)}</Table.Th>
                {signerFields.map((field) => (
                  <Table.Td key={field}>
                    {input(
                      `${of}.${field}`,
                      signers.get(of)?.[field] ?? '',
                      `${paperWord(language, of)} ${t(signerLabels[field])}`,
                      problem((name, line) => line === index + 1 && name === field),
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <h2>{t('sealLine')}</h2>
        <p>{t('sealLineHint')}</p>
        <div className={styles.pair}>
          {input(
            'sealLine',
            settings.sealLine,
            t('sealLine'),
            problem((field) => field === 'sealLine'),
          )}
          {input(
            'sealLineEn',
            settings.sealLineEn,
            t('sealLineEn'),
            problem((field) => field === 'sealLineEn'),
          )}
        </div>
      </section>
      <section aria-labelledby="setting-places" className={styles.places}>
        <h2 id="setting-places">{t('places')}</h2>
        <p>{t('placesHint')}</p>
        <SignPlaces chosen={places} disabled={!canEdit} onChange={setChosen} />
        <Refusals refusals={save.refusals.filter(({ field }) => field === null)} fault={save.fault} />
        {canEdit && (
          <Button type="submit" size="sm" loading={save.busy} className={styles.save ?? ''}>
            {t('saveDocuments')}
          </Button>
        )}
      </section>
    </form>
  )
}

const signerLabels = { title: 'signerTitle', titleEn: 'signerTitleEn', name: 'signerName' } as const

/** Letters of a number are capitals; the tokens between braces are written small. */
const lowerTokens = (patterns: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(patterns).map(([kind, text]) => [kind, text.replace(/\{[^}]*\}/g, (token) => token.toLowerCase())]),
  )
