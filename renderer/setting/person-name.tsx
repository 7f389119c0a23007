import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { client, useCommand } from '../query.ts'
import { refusalSentence } from '../text/refusal.ts'
import { settingText } from '../text/setting.ts'
import { useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import styles from './setting.module.css'

/** How the person at this desk is called: it stands on screen and is printed as who handled a document. */
export function PersonName() {
  const t = useText(settingText)
  const words = useText(wordText)
  const language = useLanguage()
  const { name } = useMe()
  const rename = useCommand(client.session.rename)
  const [typed, setTyped] = useState<string | null>(null)
  const problem = rename.refusals.find(({ field }) => field === 'name')
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const outcome = await rename.run({ name: typed ?? name })
        if (!outcome.ok) return
        setTyped(null)
        notifications.show({ message: t('saved') })
      }}
    >
      <div className={styles.personName}>
        <TextInput
          label={t('personName')}
          description={t('personNameHint')}
          value={typed ?? name}
          error={problem && refusalSentence(problem, language)}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <Button type="submit" variant="default" loading={rename.busy} disabled={typed === null || typed === name}>
          {words('save')}
        </Button>
      </div>
      <Refusals refusals={rename.refusals.filter((one) => one !== problem)} fault={rename.fault} />
    </form>
  )
}
