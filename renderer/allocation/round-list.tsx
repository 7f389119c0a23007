import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { RoundHead } from '../../api/contract/round.ts'
import { formatInstant } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, client, outcomeOf } from '../query.ts'
import { allocationText } from '../text/allocation.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import styles from './list.module.css'
import { draftKind } from './new-round.tsx'
import { readRoundDraft } from './round-draft.ts'
import { countPins } from './round-model.ts'

/** Where a round stands: the word for its state and how far its slips have gone. */
export function roundStateKey(round: RoundHead): 'state-open' | 'state-part' | 'state-done' | 'state-cancelled' {
  if (round.state === 'cancelled') return 'state-cancelled'
  if (round.slips > 0 && round.slipsDispatched === round.slips) return 'state-done'
  return round.slipsDispatched > 0 ? 'state-part' : 'state-open'
}

const mostRounds = 1000

/** Approved rounds, newest first, and the drafts that wait. */
export function RoundListPage() {
  const t = useText(allocationText)
  const language = useLanguage()
  const [, go] = useLocation()
  const me = useQuery(api.session.me.queryOptions())
  const isStaff = me.data?.roles.some((role) => role === 'clerk' || role === 'manager') ?? false
  const rounds = useQuery(api.round.list.queryOptions({ input: { limit: mostRounds } }))
  const drafts = useQuery({ ...api.draft.list.queryOptions({ input: { kind: draftKind } }), enabled: isStaff })
  const [removing, setRemoving] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const begin = () => go('/allocation/new?draft=new')
  useKeys('keysScreen', [{ chord: 'Alt+N', label: t('newRoundKey'), run: begin }])
  const columns = useMemo<GridColumn<RoundHead>[]>(
    () => [
      { id: 'number', header: t('colNumber'), kind: 'text', value: (row) => row.number, width: 150 },
      { id: 'state', header: t('colState'), kind: 'text', value: (row) => t(roundStateKey(row)), width: 110 },
      { id: 'date', header: t('colDate'), kind: 'date', value: (row) => row.businessDate, width: 110 },
      {
        id: 'policy',
        header: t('colPolicy'),
        kind: 'text',
        value: (row) => pickName(row.policyName, row.policyNameEn, language),
        width: 150,
        grow: 1,
      },
      { id: 'units', header: t('colUnits'), kind: 'number', value: (row) => row.units, width: 80 },
      { id: 'items', header: t('colItems'), kind: 'number', value: (row) => row.items, width: 80 },
      { id: 'packs', header: t('colPacks'), kind: 'number', value: (row) => row.packs, width: 90 },
      { id: 'slips', header: t('colSlips'), kind: 'number', value: (row) => row.slips, width: 90 },
      { id: 'dispatched', header: t('colDispatched'), kind: 'number', value: (row) => row.slipsDispatched, width: 100 },
      { id: 'by', header: t('colApprovedBy'), kind: 'text', value: (row) => row.approvedBy, width: 110 },
      { id: 'at', header: t('colApprovedAt'), kind: 'text', value: (row) => formatInstant(row.approvedAt), width: 140 },
      { id: 'note', header: t('colNote'), kind: 'text', value: (row) => row.note, width: 140, grow: 1 },
    ],
    [t, language],
  )
  if (rounds.isError) {
    const { refusals, fault } = outcomeOf(rounds.error)
    return (
      <Page title={t('title')} scroll>
        <Refusals refusals={refusals} fault={fault} />
      </Page>
    )
  }
  if (!rounds.data) return <Reading />
  return (
    <Page
      title={t('title')}
      lead={t('listLead')}
      search={rounds.data.length > 0 ? { value: search, onChange: setSearch } : undefined}
      actions={
        <Button
          component={Link}
          href="/allocation/new?draft=new"
          leftSection={<IconPlus size={16} aria-hidden />}
          rightSection={<kbd>Alt+N</kbd>}
        >
          {t('newRound')}
        </Button>
      }
    >
      {drafts.data && drafts.data.length > 0 && (
        <section aria-label={t('draftsTitle')} className={styles.drafts}>
          <h2 className={styles.heading}>{t('draftsTitle')}</h2>
          <ul>
            {[...drafts.data]
              .sort((a, b) => b.updatedAt - a.updatedAt)
              .map((draft) => {
                const read = readRoundDraft(draft.content)
                return (
                  <li key={draft.key}>
                    <span>
                      {t('draftSavedAt', { at: formatInstant(draft.updatedAt) })}
                      {read && ` · ${t('draftPins', { count: countPins(read.work.pins) })}`}
                      {read?.note && ` · ${read.note}`}
                    </span>
                    <Button
                      component={Link}
                      href={`/allocation/new?draft=${encodeURIComponent(draft.key)}`}
                      variant="default"
                    >
                      {t('draftGo')}
                    </Button>
                    <Tooltip label={t('draftRemove')}>
                      <ActionIcon aria-label={t('draftRemove')} onClick={() => setRemoving(draft.key)}>
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Tooltip>
                  </li>
                )
              })}
          </ul>
        </section>
      )}
      <Grid
        label={t('title')}
        rows={rounds.data}
        columns={columns}
        rowId={(row) => String(row.roundId)}
        stateKey="rounds"
        search={search}
        searchOf={(row) =>
          `${row.number} ${row.note} ${row.policyName} ${row.policyNameEn} ${row.approvedBy} ${row.businessDate}`
        }
        onOpen={(row) => go(`/allocation/${row.roundId}`)}
        emptyText={t('noRounds')}
      />
      {removing !== null && (
        <ConfirmDialog
          title={t('draftRemove')}
          text={t('draftRemoveSure')}
          confirm={t('draftRemove')}
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await client.draft.remove({ key: removing })
            setRemoving(null)
            await drafts.refetch()
          }}
        />
      )}
    </Page>
  )
}
