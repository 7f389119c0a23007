import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconShieldPause } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { FoundLot } from '../../api/contract/ledger.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { api, outcomeOf } from '../query.ts'
import { holdText } from '../text/hold.ts'
import { pickName, type Translate, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import { AddHoldDialog } from './add-hold-dialog.tsx'
import { CloseHoldDialog, type Hold } from './close-hold-dialog.tsx'
import styles from './hold.module.css'
import { LotField } from './lot-field.tsx'
import { type ShownLot, WhereaboutsTable } from './whereabouts-table.tsx'

const rowId = (row: Hold) => String(row.holdId)
const searchOf = (row: Hold) =>
  [row.lot, row.itemCode, row.itemName, row.itemNameEn, row.supplierName, row.supplierNameEn, row.reason].join(' ')

type Asked =
  | { readonly kind: 'release' | 'reject'; readonly hold: Hold }
  | { readonly kind: 'add'; readonly lot: FoundLot | null }

/** Lots to be inspected, in doubt or recalled, and where each of them is. `?lot=<id>` opens it at a lot. */
export function HoldPage() {
  const t = useText(holdText)
  const language = useLanguage()
  const me = useMe()
  const [address] = useSearchParams()
  const [openOnly, setOpenOnly] = useState(true)
  const [search, setSearch] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const [focused, setFocused] = useState<number | null>(null)
  /** Found by the field; a hold that takes the focus after it is shown instead. */
  const [found, setFound] = useState<FoundLot | null>(null)
  const findRef = useRef<HTMLInputElement>(null)
  const grid = useRef<GridApi<Hold> | null>(null)
  const list = useQuery(api.hold.list.queryOptions({ input: { openOnly } }))
  const rows = list.data
  useFirstRowFocus(grid, 'lot', rows)
  const current = rows?.find((row) => row.holdId === focused) ?? null
  const isStaff = me.can('clerk', 'manager')
  const canClose = isStaff && current !== null && current.outcome === null
  const shown: ShownLot | null =
    found !== null
      ? { ...found, itemName: pickName(found.itemName, found.itemNameEn, language), unit: found.baseUnit }
      : current && {
          ...current,
          itemName: pickName(current.itemName, current.itemNameEn, language),
          unit: current.baseUnit,
        }

  const ask = (kind: 'release' | 'reject') => canClose && setAsked({ kind, hold: current })
  const add = () => isStaff && setAsked({ kind: 'add', lot: found })
  useKeys(
    'keysScreen',
    asked !== null
      ? []
      : [
          { chord: 'Alt+W', label: t('keyFind'), run: () => findRef.current?.focus() },
          ...(isStaff
            ? [
                { chord: 'Alt+N', label: t('keyAdd'), run: add },
                { chord: 'Alt+F', label: t('keyRelease'), run: () => ask('release') },
                { chord: 'Alt+X', label: t('keyReject'), run: () => ask('reject') },
              ]
            : []),
        ],
  )
  const columns = useMemo<readonly GridColumn<Hold>[]>(() => {
    const quantity = (value: unknown, row: Hold) =>
      `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`
    return [
      {
        id: 'kind',
        header: t('kind'),
        kind: 'text',
        value: (row) => t(`kind-${row.kind}`),
        className: (row) => (row.kind === 'recall' ? styles.recall : ledgerStyles.held),
        width: 80,
      },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: (row) => pickName(row.itemName, row.itemNameEn, language),
        grow: 2,
        width: 160,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: (row) => row.lot, width: 105 },
      {
        id: 'supplier',
        header: t('supplier'),
        kind: 'text',
        value: (row) => pickName(row.supplierName, row.supplierNameEn, language),
        grow: 1,
        width: 130,
      },
      { id: 'reason', header: t('reason'), kind: 'text', value: (row) => row.reason, grow: 1, width: 115 },
      { id: 'onHand', header: t('onHand'), kind: 'number', value: (row) => row.onHandBase, show: quantity, width: 100 },
      {
        id: 'reserved',
        header: t('reserved'),
        kind: 'number',
        value: (row) => row.reservedBase,
        show: (value, row) => (value === 0 ? '' : quantity(value, row)),
        width: 85,
      },
      ...(openOnly ? openColumns(t) : closedColumns(t)),
    ]
  }, [t, language, openOnly])
  const onFocusCell = useCallback((row: Hold | null) => {
    if (row === null) return
    setFocused(row.holdId)
    setFound(null)
  }, [])
  // The lot that an alert leads to, or that was just put on hold: release and send back are one key away.
  const wanted = useRef(address.get('lot'))
  const goToWanted = useCallback(() => {
    setTimeout(() => {
      const api = grid.current
      api?.forEachNode((node) => {
        if (wanted.current === null || String(node.data?.lotId) !== wanted.current || node.rowIndex === null) return
        wanted.current = null
        api.ensureIndexVisible(node.rowIndex)
        api.setFocusedCell(node.rowIndex, 'lot')
      })
    })
  }, [])
  useEffect(() => {
    void rows
    goToWanted()
  }, [rows, goToWanted])
  const onReady = useCallback(
    (ready: GridApi<Hold>) => {
      grid.current = ready
      goToWanted()
    },
    [goToWanted],
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      filters={
        <SegmentedControl
          size="xs"
          aria-label={t('stateFilter')}
          value={openOnly ? 'open' : 'all'}
          onChange={(value) => setOpenOnly(value === 'open')}
          data={[
            { value: 'open', label: t('openOnly') },
            { value: 'all', label: t('all') },
          ]}
        />
      }
    >
      <div className={ledgerStyles.bar}>
        <div className={styles.find}>
          <LotField
            inline
            label={`${t('findLot')} Alt+W`}
            inputRef={findRef}
            value={found}
            onTake={setFound}
            onDone={() => {}}
          />
        </div>
        {isStaff && (
          <>
            <Button
              variant="default"
              disabled={!canClose}
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              rightSection={<kbd>Alt+X</kbd>}
              onClick={() => ask('reject')}
            >
              {t('reject')}
            </Button>
            <Button
              variant="default"
              disabled={!canClose}
              leftSection={<IconCheck size={16} aria-hidden />}
              rightSection={<kbd>Alt+F</kbd>}
              onClick={() => ask('release')}
            >
              {t('release')}
            </Button>
            <Button
              leftSection={<IconShieldPause size={16} aria-hidden />}
              rightSection={<kbd>Alt+N</kbd>}
              onClick={add}
            >
              {t('add')}
            </Button>
          </>
        )}
      </div>
      {list.isError && <Refusals {...outcomeOf(list.error)} />}
      <div className={styles.parts}>
        <Grid
          label={t('holds')}
          key={String(openOnly)}
          stateKey={openOnly ? 'holds' : 'holds-all'}
          rows={rows}
          columns={columns}
          rowId={rowId}
          search={search}
          searchOf={searchOf}
          emptyText={t(openOnly ? 'emptyOpen' : 'emptyAll')}
          onFocusCell={onFocusCell}
          onReady={onReady}
          keysHint={false}
        />
        <WhereaboutsTable shown={shown} />
      </div>
      {asked?.kind === 'add' && (
        <AddHoldDialog
          lot={asked.lot}
          onClose={() => setAsked(null)}
          onAdded={(lotId) => {
            wanted.current = String(lotId)
            setOpenOnly(true)
            setSearch('')
          }}
        />
      )}
      {(asked?.kind === 'release' || asked?.kind === 'reject') && (
        <CloseHoldDialog kind={asked.kind} hold={asked.hold} onClose={() => setAsked(null)} />
      )}
    </Page>
  )
}

type Word = Translate<(typeof holdText.keys)[number]>

/** What the inspector looks at. */
const openColumns = (t: Word): GridColumn<Hold>[] => {
  const isAsWanted = (row: Hold) => row.standard === '' || row.standard === row.itemStandard
  return [
    {
      id: 'standard',
      header: t('standard'),
      kind: 'text',
      value: (row) =>
        isAsWanted(row) ? row.itemStandard : t('standardWanted', { standard: row.standard, wanted: row.itemStandard }),
      className: (row) => (isAsWanted(row) ? undefined : styles.below),
      width: 125,
    },
    { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: (row) => row.expiresOn, width: 104 },
  ]
}

/** How it ended. */
const closedColumns = (t: Word): GridColumn<Hold>[] => [
  { id: 'since', header: t('since'), kind: 'text', value: (row) => formatInstant(row.at), width: 138 },
  {
    id: 'outcome',
    header: t('outcome'),
    kind: 'text',
    value: (row) =>
      row.outcome === null
        ? t('outcome-open')
        : [t(`outcome-${row.outcome}`), row.outcomeNote].filter((word) => word !== '').join(' · '),
    width: 130,
  },
]
