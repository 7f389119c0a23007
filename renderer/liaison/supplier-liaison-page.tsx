import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { SupplierRow } from '../../api/contract/place.ts'
import { formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { CallDialog } from './call-dialog.tsx'
import { CallList } from './call-list.tsx'
import { FulfilmentDialog } from './fulfilment-dialog.tsx'
import styles from './liaison.module.css'
import { promiseTone } from './promise-mark.tsx'
import { type Promised, promiseState, sortPromises } from './promise-state.ts'
import { SupplierDetail } from './supplier-detail.tsx'
import { type Directory, useDirectory } from './use-directory.ts'

const rowId = (row: Promised) => String(row.commitmentId)
const signs = { late: '▼', short: '▼', due: '●', open: '○', done: '✓', closed: '–' } as const
const toneClass = { bad: styles.bad, warn: styles.warn, good: undefined, quiet: styles.quiet } as const

/** What is known of one manufacturer to talk with it: contacts, licences, names, promises, calls. */
export function SupplierLiaisonPage() {
  const t = useText(liaisonText)
  const { placeId } = useParams<{ placeId: string }>()
  const directory = useDirectory()
  if (!directory) return <Reading />
  const supplier = directory.supplierById.get(Number(placeId))
  if (!supplier) {
    return (
      <Page title={t('missing')} scroll>
        <Link href="/manufacturers">{t('backToList')}</Link>
      </Page>
    )
  }
  return <SupplierLiaison key={supplier.placeId} supplier={supplier} directory={directory} />
}

function SupplierLiaison({ supplier, directory }: { readonly supplier: SupplierRow; readonly directory: Directory }) {
  const t = useText(liaisonText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const supplierId = supplier.placeId
  const [shown, setShown] = useState<Promised | null>(null)
  const [calling, setCalling] = useState(false)
  const detail = useQuery(api.liaison.detail.queryOptions({ input: { supplierId } })).data
  const calls = useQuery(api.liaison.calls.queryOptions({ input: { supplierId, limit: 200 } })).data
  const promises = useQuery(api.commitment.list.queryOptions({ input: { supplierId, openOnly: false } })).data
  const today = me.businessDate
  const rows = useMemo(() => promises && sortPromises(promises, today), [promises, today])
  const staff = me.can('clerk', 'manager')
  const columns = useMemo<readonly GridColumn<Promised>[]>(
    () => [
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: (row) => `${directory.itemName(row.itemId)} (${directory.measure(row.itemId)})`,
        width: 200,
        grow: 2,
      },
      { id: 'dueOn', header: t('dueOn'), kind: 'date', value: (row) => row.dueOn, width: 110 },
      { id: 'quantityBase', header: t('quantity'), kind: 'number', value: (row) => row.quantityBase, width: 110 },
      { id: 'deliveredBase', header: t('delivered'), kind: 'number', value: (row) => row.deliveredBase, width: 110 },
      {
        id: 'outstandingBase',
        header: t('outstanding'),
        kind: 'number',
        value: (row) => row.outstandingBase,
        show: (value) => (value === 0 ? '' : formatNumber(Number(value))),
        width: 110,
      },
      {
        id: 'state',
        header: t('state'),
        kind: 'text',
        value: (row) => {
          const state = promiseState(row, today)
          return `${signs[state]} ${t(`state-${state}`)}`
        },
        className: (row) => toneClass[promiseTone[promiseState(row, today)]],
        width: 160,
      },
      { id: 'note', header: t('note'), kind: 'text', value: (row) => row.note, width: 140, grow: 1 },
    ],
    [t, directory, today],
  )
  const toPromises = () => go(`/liaison/promises?supplier=${supplierId}`)
  useKeys('keysScreen', [
    ...(staff ? [{ chord: 'Alt+L', label: t('logCall'), run: () => setCalling(true) }] : []),
    ...(me.can('manager') ? [{ chord: 'Alt+P', label: t('addPromises'), run: toPromises }] : []),
  ])
  const items = supplier.capacity.map(({ itemId }) => ({ itemId, name: directory.itemName(itemId) }))
  return (
    <Page
      title={t('detailTitle', { name: nameOf(supplier, language) })}
      lead={t('detailLead')}
      scroll
      actions={
        <>
          <Button component={Link} href="/liaison" variant="default">
            {t('backToBoard')}
          </Button>
          <Button component={Link} href={`/manufacturers/${supplierId}`} variant="default">
            {t('toSupplier')}
          </Button>
          {staff && (
            <Button variant="default" rightSection={<kbd>Alt+L</kbd>} onClick={() => setCalling(true)}>
              {t('logCall')}
            </Button>
          )}
          {me.can('manager') && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              rightSection={<kbd>Alt+P</kbd>}
              onClick={toPromises}
            >
              {t('addPromises')}
            </Button>
          )}
        </>
      }
    >
      <section className={styles.part} aria-labelledby="liaison-all-promises">
        <h2 id="liaison-all-promises">{t('promises')}</h2>
        <div className={styles.tall}>
          <Grid
            label={t('promises')}
            stateKey="liaison-promises"
            rows={rows}
            columns={columns}
            rowId={rowId}
            onOpen={setShown}
            emptyText={t('noPromises')}
          />
        </div>
      </section>
      {detail && <SupplierDetail supplierId={supplierId} detail={detail} directory={directory} canEdit={staff} />}
      <section className={styles.part} aria-labelledby="liaison-all-calls">
        <h2 id="liaison-all-calls">{t('calls')}</h2>
        {calls && <CallList calls={calls} directory={directory} today={today} />}
      </section>
      {shown && (
        <FulfilmentDialog
          promise={shown}
          directory={directory}
          canEdit={me.can('manager')}
          onClose={() => setShown(null)}
        />
      )}
      {calling && detail && (
        <CallDialog
          supplierId={supplierId}
          name={nameOf(supplier, language)}
          items={items}
          itemId={null}
          contacts={detail.contacts}
          contact={supplier.contact}
          onClose={() => setCalling(false)}
        />
      )}
    </Page>
  )
}
