import { Autocomplete, Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { parseNumber } from '../grid/cell-value.ts'
import { showDone } from '../ledger/show-done.ts'
import { client, useCommand } from '../query.ts'
import { numberOrRefusal } from '../setting/settings-draft.ts'
import { backupText } from '../text/backup.ts'
import { refusalSentence } from '../text/refusal.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './backup.module.css'
import type { Backups } from './backup-words.ts'

const numbers = ['keepNewest', 'keepDays', 'keepMonths', 'alertHours'] as const
type Name = keyof Backups['settings']

/** Where backups go and how many are kept. Folders are of the computer that has the database. */
export function BackupSettingsForm({ backups }: { readonly backups: Backups }) {
  const t = useText(backupText)
  const language = useLanguage()
  const canEdit = useMe().can('administrator')
  const save = useCommand(client.backup.save)
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({})
  const [own, setOwn] = useState<readonly Exclude<ReturnType<typeof numberOrRefusal>, number>[]>([])
  const value = (name: Name) => typed[name] ?? String(backups.settings[name])
  const onSave = async () => {
    if (save.busy) return
    const read = numbers.map((name) => numberOrRefusal(parseNumber(value(name)), name))
    setOwn(read.filter((one) => typeof one !== 'number'))
    const [keepNewest, keepDays, keepMonths, alertHours] = read.map((one) => (typeof one === 'number' ? one : null))
    if (keepNewest == null || keepDays == null || keepMonths == null || alertHours == null) return
    const folders = { folder: value('folder'), secondFolder: value('secondFolder') }
    const outcome = await save.run({ ...folders, keepNewest, keepDays, keepMonths, alertHours })
    if (!outcome.ok) return
    setTyped({})
    showDone(t('saved'))
  }
  useKeys('keysScreen', canEdit ? [{ chord: 'Ctrl+S', label: t('keySave'), run: () => void onSave() }] : [])
  const problem = (name: Name) => {
    const found = [...own, ...save.refusals].find(({ field }) => field === name)
    return found && refusalSentence(found, language)
  }
  const given = (name: Name, label: string) => ({
    label,
    size: 'xs' as const,
    value: value(name),
    disabled: !canEdit,
    error: problem(name),
    autoComplete: 'off',
    spellCheck: false,
  })
  const onType = (name: Name) => (text: string) => setTyped((now) => ({ ...now, [name]: text }))
  return (
    <form
      className={styles.form}
      aria-labelledby="backup-settings"
      onSubmit={(event) => {
        event.preventDefault()
        void onSave()
      }}
    >
      <h2 id="backup-settings">{t('settingsTitle')}</h2>
      <Autocomplete
        {...given('folder', t('ownFolder'))}
        description={t('ownFolderHint', { folder: backups.folder })}
        data={backups.disks}
        onChange={onType('folder')}
      />
      <Autocomplete
        {...given('secondFolder', t('secondFolder'))}
        description={t('secondFolderHint')}
        data={backups.disks}
        onChange={onType('secondFolder')}
      />
      <div className={styles.numbers}>
        {numbers.map((name) => (
          <TextInput
            key={name}
            {...given(name, t(name))}
            inputMode="numeric"
            onChange={(event) => onType(name)(event.currentTarget.value)}
          />
        ))}
      </div>
      <Refusals refusals={save.refusals.filter(({ field }) => field === null)} fault={save.fault} />
      {canEdit ? (
        <Button
          type="submit"
          size="xs"
          aria-busy={save.busy}
          rightSection={<kbd>Ctrl+S</kbd>}
          className={styles.save ?? ''}
        >
          {t('save')}
        </Button>
      ) : (
        <p>{t('readOnly')}</p>
      )}
    </form>
  )
}
