import { Button, SegmentedControl } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import type { UnitRow } from '../../api/contract/place.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api, outcomeOf } from '../query.ts'
import { printText } from '../text/print.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { unitText } from '../text/unit.ts'
import { wordText } from '../text/words.ts'
import { Headcount } from './headcount.tsx'
import { NeedTable } from './need-table.tsx'
import { ReportHistory } from './report-history.tsx'
import styles from './unit.module.css'
import { UnitDepots } from './unit-depots.tsx'
import { UnitFacts } from './unit-facts.tsx'
import { peopleOf } from './unit-fields.ts'
import { usePrintUnits } from './use-print-unit.ts'

/** One unit: who works there, what it has, what it needs. */
export function UnitPage() {
  const { placeId } = useParams<{ placeId: string }>()
  const t = useText(unitText)
  const active = useQuery(api.unit.list.queryOptions({ input: { archived: false } }))
  const archived = useQuery(api.unit.list.queryOptions({ input: { archived: true } }))
  const unit = [...(active.data ?? []), ...(archived.data ?? [])].find((row) => String(row.placeId) === placeId)
  if (unit) return <Unit key={unit.placeId} unit={unit} />
  if (active.isPending || archived.isPending) return <Reading />
  return (
    <Page title={t('missing')} scroll>
      <Link href="/units">{t('backToList')}</Link>
    </Page>
  )
}

const views = ['need', 'history', 'depots'] as const
type View = (typeof views)[number]

function Unit({ unit }: { readonly unit: UnitRow }) {
  const t = useText(unitText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [view, setView] = useState<View>('need')
  const paper = useText(printText)
  const print = usePrintUnits(me.businessDate)
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: paper('printUnitCard'), run: () => void print.card(unit) },
    { chord: 'Alt+R', label: paper('printReportForm'), run: () => void print.forms([unit]) },
  ])
  const canEdit = me.can('clerk', 'manager') && unit.archivedAt === null
  return (
    <Page
      title={nameOf(unit, language)}
      lead={[
        words(`unitKind-${unit.unitKind}`),
        words(`tier-${unit.tier}`),
        unit.town,
        t('peopleTotal', { count: peopleOf(unit) }),
        unit.archivedAt === null ? '' : words('archived'),
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={
        <>
          <Button
            variant="default"
            aria-busy={print.busy}
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            onClick={() => void print.card(unit)}
          >
            {paper('printUnitCard')}
          </Button>
          <Button variant="default" rightSection={<kbd>Alt+R</kbd>} onClick={() => void print.forms([unit])}>
            {paper('printReportForm')}
          </Button>
          <Button component={Link} href="/units" variant="default">
            {t('backToList')}
          </Button>
        </>
      }
    >
      {print.error !== null && <Refusals {...outcomeOf(print.error)} />}
      <div className={styles.columns}>
        <aside className={styles.side}>
          <UnitFacts unit={unit} canEdit={canEdit} />
          <Headcount unit={unit} canEdit={canEdit} />
        </aside>
        <section className={styles.main} aria-labelledby="unit-need">
          <div className={styles.bar}>
            <h2 id="unit-need">{t(view)}</h2>
            <SegmentedControl
              size="xs"
              aria-labelledby="unit-need"
              value={view}
              onChange={(value) => setView(value as View)}
              data={views.map((value) => ({ value, label: t(value) }))}
            />
          </div>
          {view === 'need' && <NeedTable unit={unit} canEdit={canEdit} />}
          {view === 'history' && <ReportHistory unit={unit} />}
          {view === 'depots' && <UnitDepots unit={unit} canEdit={me.can('manager') && unit.archivedAt === null} />}
        </section>
      </div>
    </Page>
  )
}
