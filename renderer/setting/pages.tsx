import { Button, NativeSelect, SegmentedControl, Table, TextInput, useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useKeys } from '../frame/keys.tsx'
import { rememberLanguage } from '../frame/language.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { parseNumber } from '../grid/cell-value.ts'
import { forgetColumnStates } from '../grid/column-state.ts'
import { api, client, type Output, queryClient, useCommand } from '../query.ts'
import { catalogueText } from '../text/catalogue.ts'
import { refusalSentence } from '../text/refusal.ts'
import { settingText } from '../text/setting.ts'
import { type Language, setLanguage, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { DocumentSettings } from './document-settings.tsx'
import { PersonName } from './person-name.tsx'
import styles from './setting.module.css'
import { numberOrRefusal, offsetName, offsetsWith, type SettingsDraft } from './settings-draft.ts'

type Settings = Output<typeof client.setting.get>

export function SettingPage() {
  const t = useText(settingText)
  const settings = useQuery(api.setting.get.queryOptions())
  return (
    <Page title={t('title')} lead={t('lead')} scroll>
      <div className={styles.columns}>
        {settings.data ? <SettingsForm settings={settings.data} /> : <Reading />}
        <div className={styles.side}>
          <PersonName />
          <Display />
          <Data />
        </div>
      </div>
      {settings.data && <DocumentSettings settings={settings.data} />}
    </Page>
  )
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const t = useText(settingText)
  const catalogue = useText(catalogueText)
  const language = useLanguage()
  const canEdit = useMe().can('administrator')
  const save = useCommand(client.setting.save)
  const [typed, setTyped] = useState<Partial<SettingsDraft>>({})
  const [own, setOwn] = useState<readonly ReturnType<typeof numberOrRefusal>[]>([])

  const value = (name: keyof SettingsDraft) => typed[name] ?? String(settings[name])
  const onSave = async () => {
    const numbers = (['utcOffsetMinutes', 'shortBelowDays', 'nearExpiryDays', 'unsignedAfterDays'] as const).map(
      (name) => numberOrRefusal(parseNumber(value(name)), name),
    )
    setOwn(numbers.filter((one) => typeof one !== 'number'))
    const [utcOffsetMinutes, shortBelowDays, nearExpiryDays, unsignedAfterDays] = numbers
    if (
      typeof utcOffsetMinutes !== 'number' ||
      typeof shortBelowDays !== 'number' ||
      typeof nearExpiryDays !== 'number' ||
      typeof unsignedAfterDays !== 'number'
    )
      return
    const outcome = await save.run({
      organisation: value('organisation'),
      organisationEn: value('organisationEn'),
      utcOffsetMinutes,
      shortBelowDays,
      nearExpiryDays,
      unsignedAfterDays,
    })
    if (!outcome.ok) return
    queryClient.setQueryData(api.setting.get.queryOptions().queryKey, outcome.value)
    setTyped({})
    notifications.show({ message: t('saved') })
  }
  useKeys('keysScreen', canEdit ? [{ chord: 'Ctrl+S', label: catalogue('keySave'), run: () => void onSave() }] : [])

  const problem = (name: keyof SettingsDraft) => {
    const found = [...own, ...save.refusals].find((one) => typeof one !== 'number' && one.field === name)
    return found && typeof found !== 'number' ? refusalSentence(found, language) : undefined
  }
  const field = (name: keyof SettingsDraft, label: string, description: string) => (
    <TextInput
      label={label}
      description={description}
      value={value(name)}
      disabled={!canEdit}
      error={problem(name)}
      onChange={({ currentTarget: { value: text } }) => setTyped((now) => ({ ...now, [name]: text }))}
    />
  )
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void onSave()
      }}
    >
      {field('organisation', t('organisation'), t('organisationHint'))}
      {field('organisationEn', t('organisationEn'), t('organisationHint'))}
      <NativeSelect
        label={t('utcOffset')}
        description={t('utcOffsetHint')}
        value={value('utcOffsetMinutes')}
        data={offsetsWith(settings.utcOffsetMinutes).map((minutes) => ({
          value: String(minutes),
          label: offsetName(minutes),
        }))}
        disabled={!canEdit}
        error={problem('utcOffsetMinutes')}
        onChange={({ currentTarget: { value: text } }) => setTyped((now) => ({ ...now, utcOffsetMinutes: text }))}
      />
      {field('shortBelowDays', t('shortBelowDays'), t('shortBelowHint'))}
      {field('nearExpiryDays', t('nearExpiryDays'), t('nearExpiryHint'))}
      {field('unsignedAfterDays', t('unsignedAfterDays'), t('unsignedAfterHint'))}
      <Refusals refusals={save.refusals.filter(({ field: name }) => name === null)} fault={save.fault} />
      {canEdit ? (
        <Button type="submit" rightSection={<kbd>Ctrl+S</kbd>} loading={save.busy} className={styles.save ?? ''}>
          {t('save')}
        </Button>
      ) : (
        <p>{t('readOnly')}</p>
      )}
    </form>
  )
}

function Display() {
  const t = useText(settingText)
  const language = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <section aria-labelledby="setting-display">
      <h2 id="setting-display">{t('display')}</h2>
      <div className={styles.rows}>
        <span>{t('language')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('language')}
          value={language}
          data={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => {
            rememberLanguage(value as Language)
            setLanguage(value as Language)
          }}
        />
        <span>{t('theme')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('theme')}
          value={colorScheme}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
        />
      </div>
      <Button
        variant="default"
        onClick={() => {
          forgetColumnStates()
          notifications.show({ message: t('columnsReset') })
        }}
      >
        {t('resetColumns')}
      </Button>
    </section>
  )
}

function Data() {
  const t = useText(settingText)
  const words = useText(wordText)
  const { data: me } = useQuery(api.session.me.queryOptions())
  if (!me) return null
  const rows = [
    [t('businessDate'), me.businessDate],
    [t('roles'), me.roles.map((role) => words(`role-${role}`)).join(' · ')],
    [t('folder'), me.dataFolder],
    [t('version'), me.version],
  ]
  return (
    <section aria-labelledby="setting-data">
      <h2 id="setting-data">{t('database')}</h2>
      <Table>
        <Table.Tbody>
          {rows.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" w={120}>
                {label}
              </Table.Th>
              <Table.Td className={styles.value ?? ''}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <p>
        <Link href="/settings/backup">{t('toBackups')}</Link>
      </p>
    </section>
  )
}
