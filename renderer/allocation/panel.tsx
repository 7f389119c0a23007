import { Tabs } from '@mantine/core'
import { IconAdjustments, IconArrowsDiff, IconHelpCircle, IconScale } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { allocationText } from '../text/allocation.ts'
import { useText } from '../text/text.ts'
import styles from './panel.module.css'

export const panelTabs = ['why', 'adjust', 'changes', 'equity'] as const
export type PanelTab = (typeof panelTabs)[number]

const icons = { why: IconHelpCircle, adjust: IconAdjustments, changes: IconArrowsDiff, equity: IconScale } as const
const labels = { why: 'panelWhy', adjust: 'panelAdjust', changes: 'panelChanges', equity: 'panelEquity' } as const

export type PanelProps = {
  readonly tabs: readonly PanelTab[]
  readonly tab: PanelTab
  readonly onTab: (tab: PanelTab) => void
  /** Only the tab that is open is worked out. */
  readonly content: (tab: PanelTab) => ReactNode
}

/** Beside the matrix: reasons, settings, changes, equity. */
export function Panel({ tabs, tab, onTab, content }: PanelProps) {
  const t = useText(allocationText)
  return (
    <aside className={styles.panel} aria-label={t('panelLabel')} data-panel>
      <Tabs value={tab} onChange={(value) => value !== null && onTab(value as PanelTab)} className={styles.tabs ?? ''}>
        <Tabs.List grow>
          {tabs.map((one) => {
            const Icon = icons[one]
            return (
              <Tabs.Tab key={one} value={one} className={styles.tab ?? ''} leftSection={<Icon size={15} aria-hidden />}>
                {t(labels[one])}
              </Tabs.Tab>
            )
          })}
        </Tabs.List>
        <Tabs.Panel key={tab} value={tab} className={styles.body ?? ''} tabIndex={0}>
          {content(tab)}
        </Tabs.Panel>
      </Tabs>
    </aside>
  )
}

/** F6: from the matrix to the panel's open tab, and back. */
export function focusPanel(): boolean {
  const panel = document.querySelector<HTMLElement>('[data-panel]')
  if (!panel || panel.contains(document.activeElement)) return false
  panel.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
  return true
}
