import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { formatInstant } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { api, type client, outcomeOf } from '../query.ts'
import { stocktakeText } from '../text/stocktake.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { useCategoryName } from './category-name.ts'
import { StartDialog } from './start-dialog.tsx'

type Head = Awaited<ReturnType<typeof client.stocktake.list>>[number]
const rowId = (row: Head) => String(row.stocktakeId)

/** Stocktakes, newest first. */
export function StocktakeListPage() {
  const t = useText(stocktakeText)
  const words = useText(wordText)
  const language = useLanguage()
  const categoryName = useCategoryName()
  const me = useMe()
  const [, go] = useLocation()
  const [starting, setStarting] = useState(false)
  const list = useQuery(api.stocktake.list.queryOptions())
  // Read here already, so that the dialog has its depots when it opens: an arrow pressed before they came would choose none.
  useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const grid = useRef<GridApi<Head> | null>(null)
  useFirstRowFocus(grid, 'number', list.data)
  const onReady = useCallback((api: GridApi<Head>) => {
    grid.current = api
  }, [])
  const isStaff = me.can('clerk', 'manager')
  useKeys(
    'keysScreen',
    isStaff && !starting ? [{ chord: 'Alt+N', label: t('keyStart'), run: () => setStarting(true) }] : [],
  )
  const columns = useMemo<readonly GridColumn<Head>[]>(
    () => [
      { id: 'number', header: t('number'), kind: 'text', value: (row) => row.number, width: 150 },
      {
        id: 'state',
        header: t('state'),
        kind: 'text',
        value: (row) => words(`state-${row.state}`),
        className: (row) => (row.state === 'open' ? ledgerStyles.held : undefined),
        width: 95,
      },
      {
        id: 'depot',
        header: t('depot'),
        kind: 'text',
        value: (row) => pickName(row.depotName, row.depotNameEn, language),
        grow: 1,
        width: 150,
      },
      {
        id: 'category',
        header: t('category'),
        kind: 'text',
        value: (row) => categoryName(row.category, row.shelf),
        grow: 1,
        width: 140,
      },
      {
        id: 'mode',
        header: t('mode'),
        kind: 'text',
        value: (row) => t(row.blind ? 'blind' : 'expectedShown'),
        width: 115,
      },
      {
        id: 'progress',
        header: t('progress'),
        kind: 'number',
        value: (row) => row.counted,
        show: (_, row) => `${row.counted} / ${row.lines}`,
        width: 100,
      },
      { id: 'differing', header: t('differing'), kind: 'number', value: (row) => row.differing, width: 90 },
      {
        id: 'startedAt',
        header: t('startedAt'),
        kind: 'text',
        value: (row) => formatInstant(row.startedAt),
        width: 145,
      },
      { id: 'note', header: t('note'), kind: 'text', value: (row) => row.note, grow: 1, width: 100 },
    ],
    [t, words, language, categoryName],
  )
  const begin = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      rightSection={<kbd>Alt+N</kbd>}
      onClick={() => setStarting(true)}
    >
      {t('start')}
    </Button>
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <Button component={Link} href="/stocktakes/shelves" variant="default">
            {t('shelves')}
          </Button>
          {isStaff && begin}
        </>
      }
    >
      {list.isError && <Refusals {...outcomeOf(list.error)} />}
      <Grid
        label={t('title')}
        rows={list.data}
        columns={columns}
        rowId={rowId}
        onReady={onReady}
        stateKey="stocktakes"
        emptyText={t('empty')}
        onOpen={(row) => go(`/stocktakes/${row.stocktakeId}`)}
      />
      {starting && <StartDialog onClose={() => setStarting(false)} />}
    </Page>
  )
}
