import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconHelp, IconMoon, IconPlugConnected, IconPlugConnectedX, IconSearch, IconSun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { Link, useLocation } from 'wouter'
import type { ConnectionStatus } from '../client.ts'
import { enterNextGrid } from '../grid/enter-grid.ts'
import { setPaperSettings } from '../print/signers.ts'
import { api, connection } from '../query.ts'
import { knowSlipPatterns } from '../signature/slip-number.ts'
import { frameText } from '../text/frame.ts'
import { pickName, setLanguage, useLanguage, useText } from '../text/text.ts'
import { Finder } from './finder.tsx'
import styles from './frame.module.css'
import { KeyList } from './key-list.tsx'
import { useKeys } from './keys.tsx'
import { rememberLanguage } from './language.ts'
import { entryAt, furtherEntries, pageEntries } from './pages.ts'

/** Header, navigation and the page between them. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useText(frameText)
  const [, go] = useLocation()
  const [keysOpen, setKeysOpen] = useState(false)
  useKeys('keysEverywhere', [
    { chord: 'Ctrl+K', label: t('keyFind'), run: () => spotlight.open() },
    { chord: 'F1', label: t('keyHelp'), run: () => setKeysOpen(true) },
    { chord: 'F6', label: t('keyGrid'), run: enterNextGrid },
    ...[...pageEntries, ...furtherEntries].flatMap(({ chord, text, path }) =>
      chord === null ? [] : [{ chord, label: t('keyGo', { page: t(text) }), run: () => go(path) }],
    ),
  ])
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <Header onKeys={() => setKeysOpen(true)} />
      <Navigation />
      <main className={styles.main} id="main" tabIndex={-1}>
        {children}
      </main>
      <Finder />
      <KeyList opened={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  )
}

function Header({ onKeys }: { readonly onKeys: () => void }) {
  const t = useText(frameText)
  const language = useLanguage()
  const me = useQuery(api.session.me.queryOptions())
  const settings = useQuery(api.setting.get.queryOptions())
  useEffect(() => {
    if (settings.data === undefined) return
    knowSlipPatterns(settings.data.slipPatterns)
    setPaperSettings(settings.data)
  }, [settings.data])
  return (
    <header className={styles.header}>
      <span className={styles.brand}>
        {t('appName')} <span className={styles.wide}>{t('appNameOther')}</span>
      </span>
      <span className={styles.organisation}>
        {settings.data && pickName(settings.data.organisation, settings.data.organisationEn, language)}
      </span>
      <div className={styles.tools}>
        {me.data?.demonstration && (
          <Tooltip label={t('demonstrationHint')}>
            <span className={styles.badge}>{t('demonstration')}</span>
          </Tooltip>
        )}
        <ConnectionSign />
        <button type="button" className={styles.find} onClick={() => spotlight.open()}>
          <IconSearch size={16} aria-hidden />
          <span className={styles.wide}>{t('find')}</span>
          <kbd>Ctrl+K</kbd>
        </button>
        <LanguageSwitch />
        <ThemeSwitch />
        <Tooltip label={`${t('keys')} F1`}>
          <ActionIcon aria-label={`${t('keys')} F1`} onClick={onKeys}>
            <IconHelp size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  )
}

let status: ConnectionStatus = 'connecting'
const subscribeStatus = (listener: () => void) =>
  connection.onStatus((next) => {
    status = next
    listener()
  })

function ConnectionSign() {
  const t = useText(frameText)
  const state = useSyncExternalStore(subscribeStatus, () => status)
  const Icon = state === 'open' ? IconPlugConnected : IconPlugConnectedX
  const words = t(`connection-${state}`)
  return (
    <span className={styles.connection} data-state={state} role="status">
      <Icon size={16} aria-hidden />
      {state === 'open' ? <VisuallyHidden>{words}</VisuallyHidden> : words}
    </span>
  )
}

/** The other language's own name, in one click; remembered for this window's next start. */
export function LanguageSwitch() {
  const t = useText(frameText)
  const language = useLanguage()
  const next = language === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className={styles.find}
      lang={next === 'zh' ? 'zh-CN' : 'en'}
      title={t('switchLanguageTo')}
      onClick={() => {
        rememberLanguage(next)
        setLanguage(next)
      }}
    >
      {t('switchLanguage')}
    </button>
  )
}

export function ThemeSwitch() {
  const t = useText(frameText)
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const label = t(dark ? 'themeLight' : 'themeDark')
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
        {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  )
}

function Navigation() {
  const t = useText(frameText)
  const [location] = useLocation()
  const groups = [...new Set(pageEntries.map(({ group }) => group))]
  return (
    <nav className={styles.nav} aria-label={t('navigation')}>
      {groups.map((group) => (
        <div key={group ?? 'rest'}>
          {group !== null && <p className={styles.group}>{t(group)}</p>}
          <ul>
            {pageEntries
              .filter((page) => page.group === group)
              .map(({ path, text, icon: Icon, chord }) => (
                <li key={path}>
                  <Link
                    href={path}
                    className={styles.link ?? ''}
                    aria-current={entryAt(location)?.path === path ? 'page' : undefined}
                    title={t(text)}
                  >
                    <Icon size={18} aria-hidden />
                    <span className={styles.linkText}>{t(text)}</span>
                    {chord !== null && <span className={styles.chord}>{chord}</span>}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
