import { Button, Switch } from '@mantine/core'
import { IconArrowLeft, IconTruck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import { api, type client, outcomeOf } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import styles from './ledger.module.css'

export type Transfer = Awaited<ReturnType<typeof client.transfer.list>>[number]
const rowId = (row: Transfer) => String(row.transferId)
const searchOf = (row: Transfer) =>
  [row.number, row.fromName, row.fromNameEn, row.toName, row.toNameEn, row.note].join(' ')

/** Transfers between depots: what is on the road, and what has arrived. */
export function TransferListPage() {
  const t = useText(ledgerText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [openOnly, setOpenOnly] = useState(false)
  const [search, setSearch] = useState('')
  const list = useQuery(api.transfer.list.queryOptions({ input: { openOnly } }))
  const grid = useRef<GridApi<Transfer> | null>(null)
  useFirstRowFocus(grid, 'number', list.data)
  const onReady = useCallback((api: GridApi<Transfer>) => {
    grid.current = api
  }, [])
  const isStaff = me.can('clerk', 'manager')
  useKeys(
    'keysScreen',
    isStaff ? [{ chord: 'Alt+N', label: t('keyNewTransfer'), run: () => go('/ledger/transfers/new') }] : [],
  )
  const columns = useMemo<readonly GridColumn<Transfer>[]>(
    () => [
      { id: 'number', header: t('number'), kind: 'text', value: (row) => row.number, width: 150 },
      {
        id: 'state',
        header: t('state'),
        kind: 'text',
        value: (row) => words(`state-${row.state}`),
        className: (row) => (row.state === 'in-transit' ? styles.held : undefined),
        width: 95,
      },
      {
        id: 'from',
        header: t('fromDepot'),
        kind: 'text',
        value: (row) => pickName(row.fromName, row.fromNameEn, language),
        grow: 1,
        width: 150,
      },
      {
        id: 'to',
        header: t('toDepot'),
        kind: 'text',
        value: (row) => pickName(row.toName, row.toNameEn, language),
        grow: 1,
        width: 150,
      },
      { id: 'sentOn', header: t('sentOn'), kind: 'date', value: (row) => row.sentOn, width: 110 },
      { id: 'receivedOn', header: t('receivedOn'), kind: 'date', value: (row) => row.receivedOn, width: 110 },
      { id: 'lines', header: t('lines'), kind: 'number', value: (row) => row.lines.length, width: 70 },
      { id: 'note', header: t('note'), kind: 'text', value: (row) => row.note, grow: 1, width: 120 },
    ],
    [t, words, language],
  )
  return (
    <Page
      title={t('transferTitle')}
      lead={t('transferLead')}
      search={{ value: search, onChange: setSearch }}
      filters={
        <Switch
          size="xs"
          label={t('openOnly')}
          checked={openOnly}
          onChange={(event) => setOpenOnly(event.currentTarget.checked)}
        />
      }
      actions={
        <>
          <Button
            component={Link}
            href="/ledger"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {t('back')}
          </Button>
          {isStaff && (
            <Button
              component={Link}
              href="/ledger/transfers/new"
              leftSection={<IconTruck size={16} aria-hidden />}
              rightSection={<kbd>Alt+N</kbd>}
            >
              {t('newTransfer')}
            </Button>
          )}
        </>
      }
    >
      {list.isError && <Refusals {...outcomeOf(list.error)} />}
      <Grid
        label={t('transferTitle')}
        rows={list.data}
        columns={columns}
        rowId={rowId}
        onReady={onReady}
        stateKey="transfers"
        search={search}
        searchOf={searchOf}
        emptyText={t(openOnly ? 'transferEmpty' : 'transferNone')}
        onOpen={(row) => go(`/ledger/transfers/${row.transferId}`)}
      />
    </Page>
  )
}
