import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { enterFirstGrid } from '../grid/enter-grid.ts'
import { frameText } from '../text/frame.ts'
import { useText } from '../text/text.ts'
import { useKeys } from './keys.tsx'
import styles from './page.module.css'

export type PageProps = {
  readonly title: string
  /** One line under the title: what this screen is for, or what stands out now. */
  readonly lead?: ReactNode
  readonly search?:
    | { readonly value: string; readonly onChange: (value: string) => void; readonly placeholder?: string }
    | undefined
  /** Filters beside the search. */
  readonly filters?: ReactNode
  /** Buttons; the main one last. */
  readonly actions?: ReactNode
  /** The content scrolls by itself (text, charts) instead of filling the height (a grid). */
  readonly scroll?: boolean
  readonly children: ReactNode
}

/** Title, search and actions above a content that fills what is left. Ctrl+F goes to the search. */
export function Page({ title, lead, search, filters, actions, scroll = false, children }: PageProps) {
  const t = useText(frameText)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    document.title = `${title} · ${t('appName')}`
  }, [title, t])
  useKeys('keysScreen', search ? [{ chord: 'Ctrl+F', label: t('keyFilter'), run: () => input.current?.select() }] : [])
  return (
    <div className={scroll ? styles.scrolling : styles.page}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <h1>{title}</h1>
          {lead !== undefined && <div className={styles.lead}>{lead}</div>}
        </div>
        <div className={styles.tools}>
          {filters}
          {search && (
            <TextInput
              ref={input}
              className={styles.search ?? ''}
              size="xs"
              value={search.value}
              onChange={(event) => search.onChange(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') search.onChange('')
                if ((event.key === 'ArrowDown' || event.key === 'Enter') && !event.nativeEvent.isComposing) {
                  event.preventDefault()
                  enterFirstGrid()
                }
              }}
              aria-label={t('filter')}
              placeholder={search.placeholder ?? t('filter')}
              leftSection={<IconSearch size={15} aria-hidden />}
              rightSectionWidth={search.value === '' ? 58 : 30}
              rightSection={
                search.value === '' ? (
                  <kbd>Ctrl+F</kbd>
                ) : (
                  <CloseButton size={24} aria-label={t('clearFilter')} onClick={() => search.onChange('')} />
                )
              }
            />
          )}
          {actions}
        </div>
      </div>
      {children}
    </div>
  )
}
