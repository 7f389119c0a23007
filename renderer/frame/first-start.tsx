import { Button, Paper, SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client, queryClient, useCommand } from '../query.ts'
import { frameText } from '../text/frame.ts'
import { fieldLabel, refusalSentence } from '../text/refusal.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './first-start.module.css'
import { LanguageSwitch, ThemeSwitch } from './frame.tsx'
import { Refusals } from './refusals.tsx'

/** The empty database: begin with nothing, or look at the demonstration district. */
export function FirstStart({ dataFolder }: { readonly dataFolder: string }) {
  const t = useText(frameText)
  const language = useLanguage()
  const empty = useCommand(client.setting.startEmpty)
  const demonstration = useCommand(client.setting.fillDemonstration)
  const [organisation, setOrganisation] = useState('')
  const [depotName, setDepotName] = useState('')
  const busy = empty.busy || demonstration.busy

  const problem = (field: string) => {
    const found = empty.refusals.find((refusal) => refusal.field === field)
    return found ? `${fieldLabel(field, language)}：${refusalSentence(found, language)}` : undefined
  }
  const onDone = async (run: Promise<{ readonly ok: boolean }>) => {
    if ((await run).ok) await queryClient.invalidateQueries()
  }
  return (
    <main className={styles.page}>
      <div className={styles.tools}>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <h1>{t('firstTitle')}</h1>
      <p className={styles.lead}>{t('firstLead')}</p>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Paper withBorder p="lg" component="section" aria-labelledby="first-empty">
          <h2 id="first-empty">{t('firstEmptyTitle')}</h2>
          <p>{t('firstEmptyLead')}</p>
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault()
              void onDone(empty.run({ organisation, depotName }))
            }}
          >
            <TextInput
              label={t('firstOrganisation')}
              placeholder={t('firstOrganisationExample')}
              value={organisation}
              onChange={(event) => setOrganisation(event.currentTarget.value)}
              error={problem('organisation')}
              data-autofocus
            />
            <TextInput
              label={t('firstDepot')}
              placeholder={t('firstDepotExample')}
              value={depotName}
              onChange={(event) => setDepotName(event.currentTarget.value)}
              error={problem('depotName')}
            />
            <Button type="submit" size="sm" loading={empty.busy} disabled={busy && !empty.busy} variant="default">
              {t('firstEmptyDo')}
            </Button>
          </form>
        </Paper>
        <Paper withBorder p="lg" component="section" aria-labelledby="first-demo">
          <h2 id="first-demo">{t('firstDemoTitle')}</h2>
          <p>{t('firstDemoLead')}</p>
          <Button
            size="sm"
            loading={demonstration.busy}
            disabled={busy && !demonstration.busy}
            onClick={() => void onDone(demonstration.run({}))}
          >
            {t('firstDemoDo')}
          </Button>
          <p role="status">{demonstration.busy ? t('firstDemoBusy') : ''}</p>
        </Paper>
      </SimpleGrid>
      <Refusals refusals={[...empty.refusals, ...demonstration.refusals]} fault={empty.fault ?? demonstration.fault} />
      <p className={styles.folder}>{t('firstFolder', { folder: dataFolder })}</p>
    </main>
  )
}
