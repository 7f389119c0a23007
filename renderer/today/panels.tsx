import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { formatDays, formatInstant, formatMilli, formatNumber } from '../format.ts'
import { nameOf, pickName, useLanguage, useText } from '../text/text.ts'
import { todayText } from '../text/today.ts'
import { measureName, wordText } from '../text/words.ts'
import type { Today } from './pages.tsx'
import styles from './today.module.css'

const mostRows = 8

type PanelProps = {
  readonly id: string
  readonly title: string
  readonly lead?: string
  readonly count: number
  readonly href?: string
  readonly nothing: string
  readonly children: ReactNode
}

/** Where a draft is gone on with; its key ends with its own id. */
function pathOfDraft({ key, kind }: { readonly key: string; readonly kind: string }): string {
  const id = encodeURIComponent(key.slice(key.indexOf(':') + 1))
  if (kind === 'intake') return `/deliveries/intake?draft=${id}`
  return kind === 'delivery' ? `/deliveries/new?draft=${id}` : '/allocation/new'
}

const wordOfDraft = (kind: string) =>
  kind === 'delivery'
    ? 'draft-delivery'
    : kind === 'round'
      ? 'draft-round'
      : kind === 'intake'
        ? 'draft-intake'
        : 'draftOther'

/** A list that needs someone: how many, the first few, and where the rest is. */
function Panel({ id, title, lead, count, href, nothing, children }: PanelProps) {
  const t = useText(todayText)
  return (
    <section className={styles.panel} aria-labelledby={`today-${id}`}>
      <div className={styles.head}>
        <h2 id={`today-${id}`}>
          {title} <span className={count > 0 ? styles.count : styles.zero}>{formatNumber(count)}</span>
        </h2>
        {lead !== undefined && count > 0 && <span className={styles.lead}>{lead}</span>}
        {href !== undefined && count > 0 && (
          <Link href={href} aria-label={`${t('all')}: ${title}`}>
            {t('all')}
          </Link>
        )}
      </div>
      {count === 0 ? <p className={styles.nothing}>{nothing}</p> : children}
    </section>
  )
}

type Column<Row> = { readonly header: string; readonly number?: boolean; readonly cell: (row: Row) => ReactNode }

function Rows<Row>({
  rows,
  columns,
  keyOf,
}: {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string | number
}) {
  return (
    <Table className={styles.table ?? ''}>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ header, number }) => (
            <Table.Th key={header} scope="col" className={number ? styles.number : undefined}>
              {header}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.slice(0, mostRows).map((row) => (
          <Table.Tr key={keyOf(row)}>
            {columns.map(({ header, number, cell }) => (
              <Table.Td key={header} className={number ? styles.number : undefined}>
                {cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

export function WaitingPanel({ today }: { readonly today: Today }) {
  const t = useText(todayText)
  return (
    <Panel
      id="waiting"
      title={t('waiting')}
      count={today.roundsOpen.length + today.drafts.length + (today.unsigned.length > 0 ? 1 : 0)}
      nothing={t('nothingWaiting')}
    >
      <ul className={styles.waiting}>
        {today.roundsOpen.map(({ roundId, number, waiting }) => (
          <li key={roundId}>
            <Link href={`/allocation/${roundId}`}>{t('roundWaiting', { number, count: waiting })}</Link>
          </li>
        ))}
        {today.unsigned.length > 0 && (
          <li>
            <Link href="/slips">{t('unsigned', { count: today.unsigned.length })}</Link>
          </li>
        )}
        {today.drafts.map((draft) => (
          <li key={draft.key}>
            <Link href={pathOfDraft(draft)}>
              {t('draft', {
                kind: t(wordOfDraft(draft.kind)),
                at: formatInstant(draft.updatedAt),
              })}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

export function ShortPanel({ today, shortBelowDays }: { readonly today: Today; readonly shortBelowDays: number }) {
  const t = useText(todayText)
  const language = useLanguage()
  return (
    <Panel
      id="short"
      title={t('short')}
      lead={t('shortLead', { days: shortBelowDays })}
      count={today.short.length}
      href="/stock"
      nothing={t('nothingShort')}
    >
      <Rows
        rows={today.short}
        keyOf={(row) => row.itemId}
        columns={[
          { header: t('item'), cell: (row) => <Link href={`/stock/${row.itemId}`}>{nameOf(row, language)}</Link> },
          {
            header: t('available'),
            number: true,
            cell: (row) => `${formatNumber(row.availableBase)} ${measureName(row.baseUnit, language)}`,
          },
          { header: t('useADay'), number: true, cell: (row) => formatMilli(row.useMilliPerDay) },
          {
            header: t('cover'),
            number: true,
            cell: (row) => <span className={styles.bad}>{formatDays(row.coverMilliDays)}</span>,
          },
        ]}
      />
    </Panel>
  )
}

export function RunningOutPanel({ today }: { readonly today: Today }) {
  const t = useText(todayText)
  const words = useText(wordText)
  const language = useLanguage()
  return (
    <Panel
      id="running-out"
      title={t('runningOut')}
      lead={t('runningOutLead')}
      count={today.runningOutCount}
      href="/allocation/new"
      nothing={t('nothingRunningOut')}
    >
      <Rows
        rows={today.runningOut}
        keyOf={(row) => `${row.unitId}-${row.itemId}`}
        columns={[
          {
            header: t('unit'),
            cell: (row) => (
              <Link href={`/units/${row.unitId}`}>{pickName(row.unitName, row.unitNameEn, language)}</Link>
            ),
          },
          { header: words('tier'), number: true, cell: (row) => row.tier },
          { header: t('item'), cell: (row) => pickName(row.itemName, row.itemNameEn, language) },
          {
            header: t('daysLeft'),
            number: true,
            cell: (row) => (
              <span className={styles.bad}>
                {row.coverMilliDays === 0 ? t('hasRunOut') : formatDays(row.coverMilliDays)}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}

export function DuePanel({ today }: { readonly today: Today }) {
  const t = useText(todayText)
  const language = useLanguage()
  return (
    <Panel id="due" title={t('due')} count={today.due.length} href="/manufacturers" nothing={t('nothingDue')}>
      <Rows
        rows={today.due}
        keyOf={(row) => row.commitmentId}
        columns={[
          {
            header: t('supplier'),
            cell: (row) => (
              <Link href={`/manufacturers/${row.supplierId}`}>
                {pickName(row.supplierName, row.supplierNameEn, language)}
              </Link>
            ),
          },
          { header: t('item'), cell: (row) => pickName(row.itemName, row.itemNameEn, language) },
          {
            header: t('outstanding'),
            number: true,
            cell: (row) => `${formatNumber(row.outstandingBase)} ${measureName(row.baseUnit, language)}`,
          },
          { header: t('dueOn'), number: true, cell: (row) => row.dueOn },
        ]}
      />
    </Panel>
  )
}

export function NearExpiryPanel({ today }: { readonly today: Today }) {
  const t = useText(todayText)
  const language = useLanguage()
  return (
    <Panel id="near" title={t('nearExpiry')} count={today.nearExpiry.length} nothing={t('nothingNear')}>
      <Rows
        rows={today.nearExpiry}
        keyOf={(row) => `${row.itemId}-${row.lot}-${row.depotName}`}
        columns={[
          {
            header: t('item'),
            cell: (row) => (
              <Link href={`/stock/${row.itemId}`}>{pickName(row.itemName, row.itemNameEn, language)}</Link>
            ),
          },
          { header: t('lot'), cell: (row) => row.lot },
          { header: t('depot'), cell: (row) => pickName(row.depotName, row.depotNameEn, language) },
          {
            header: t('onHand'),
            number: true,
            cell: (row) => `${formatNumber(row.onHandBase)} ${measureName(row.baseUnit, language)}`,
          },
          { header: t('expiresOn'), number: true, cell: (row) => row.expiresOn },
        ]}
      />
    </Panel>
  )
}
