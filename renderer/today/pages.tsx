import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { AlertDigest } from '../alert/alert-digest.tsx'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api, outcomeOf } from '../query.ts'
import { printText } from '../text/print.ts'
import { useText } from '../text/text.ts'
import { todayText } from '../text/today.ts'
import { CoverChart } from './cover-chart.tsx'
import { FlowChart } from './flow-chart.tsx'
import { NextSteps } from './next-steps.tsx'
import { DuePanel, NearExpiryPanel, RunningOutPanel, ShortPanel, WaitingPanel } from './panels.tsx'
import styles from './today.module.css'
import { usePrintToday } from './use-print-today.ts'

export type Today = Awaited<ReturnType<typeof api.today.get.call>>

/** What needs someone today, and how the district stands. */
export function TodayPage() {
  const t = useText(todayText)
  const me = useMe()
  const today = useQuery(api.today.get.queryOptions())
  const settings = useQuery(api.setting.get.queryOptions())
  const paper = useText(printText)
  const print = usePrintToday(today.data, settings.data)
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: paper('printDaily'), run: () => void print.run('daily') },
    { chord: 'Alt+E', label: paper('printExpiry'), run: () => void print.run('expiry') },
  ])
  return (
    <Page
      title={t('title')}
      lead={today.data ? t('lead', { date: today.data.businessDate }) : ''}
      scroll
      actions={
        <>
          {(['daily', 'expiry'] as const).map((kind) => (
            <Button
              key={kind}
              variant="default"
              aria-busy={print.busy}
              leftSection={<IconPrinter size={16} aria-hidden />}
              rightSection={<kbd>{kind === 'daily' ? 'Ctrl+P' : 'Alt+E'}</kbd>}
              onClick={() => void print.run(kind)}
            >
              {paper(kind === 'daily' ? 'printDaily' : 'printExpiry')}
            </Button>
          ))}
          <Button component={Link} href="/today/charts" variant="default" rightSection={<kbd>Alt+I</kbd>}>
            {t('charts')}
          </Button>
          {me.can('clerk', 'manager') && (
            <Button component={Link} href="/deliveries/new" variant="default">
              {t('newDelivery')}
            </Button>
          )}
          {me.can('manager') && (
            <Button component={Link} href="/allocation/new">
              {t('allocate')}
            </Button>
          )}
        </>
      }
    >
      {today.isError && <Refusals {...outcomeOf(today.error)} />}
      {print.error !== null && <Refusals {...outcomeOf(print.error)} />}
      {today.data && <NextSteps />}
      {today.data && <AlertDigest />}
      {today.data && settings.data ? (
        <div className={styles.columns}>
          <div className={styles.column}>
            <WaitingPanel today={today.data} />
            <ShortPanel today={today.data} shortBelowDays={settings.data.shortBelowDays} />
            <RunningOutPanel today={today.data} />
          </div>
          <div className={styles.column}>
            <CoverChart rows={today.data.coverByCategory} shortBelowDays={settings.data.shortBelowDays} />
            <FlowChart days={today.data.days} />
            <DuePanel today={today.data} />
            <NearExpiryPanel today={today.data} />
          </div>
        </div>
      ) : (
        !today.isError && <Reading />
      )}
    </Page>
  )
}
