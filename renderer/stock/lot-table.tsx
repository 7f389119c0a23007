import { Button } from '@mantine/core'
import { IconBarcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow } from '../../api/contract/place.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, type client, type Output } from '../query.ts'
import { labelText } from '../text/label.ts'
import { stockText } from '../text/stock.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { expiryMark } from './cover-mark.ts'
import styles from './stock.module.css'

type Lot = Output<typeof client.stock.lots>[number]
const rowKey = (row: Lot) => `${row.lotId}-${row.depotId}`

/** The lots with stock, in the order they should leave. */
export function LotTable({ item, depots }: { readonly item: ItemRow; readonly depots: readonly DepotRow[] }) {
  const t = useText(stockText)
  const language = useLanguage()
  const me = useMe()
  const lots = useQuery(api.stock.lots.queryOptions({ input: { itemId: item.itemId, depotId: null } }))
  const settings = useQuery(api.setting.get.queryOptions())
  const nearExpiryDays = settings.data?.nearExpiryDays ?? 0
  const columns = useMemo((): GridColumn<Lot>[] => {
    const names = new Map(depots.map((depot) => [depot.placeId, nameOf(depot, language)]))
    const mark = (row: Lot) => expiryMark(row.expiresOn, me.businessDate, nearExpiryDays)
    const known = me.businessDate !== ''
    return [
      { id: 'number', header: t('lot'), kind: 'text', value: (row) => row.number, width: 150, pinned: 'left' },
      { id: 'depot', header: t('depot'), kind: 'text', value: (row) => names.get(row.depotId) ?? '', width: 140 },
      { id: 'onHandBase', header: t('onHand'), kind: 'number', value: (row) => row.onHandBase, width: 96 },
      { id: 'reservedBase', header: t('reserved'), kind: 'number', value: (row) => row.reservedBase, width: 96 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: (row) => row.expiresOn, width: 110 },
      {
        id: 'state',
        header: t('state'),
        kind: 'text',
        value: (row) => t(row.hold ? 'held' : known ? mark(row) : 'usable'),
        className: (row) =>
          row.hold || (known && mark(row) === 'expired')
            ? styles.expired
            : known && mark(row) === 'near'
              ? styles.near
              : undefined,
        width: 100,
      },
      { id: 'madeOn', header: t('madeOn'), kind: 'date', value: (row) => row.madeOn, width: 110 },
      { id: 'standard', header: t('standard'), kind: 'text', value: (row) => row.standard, width: 130 },
      {
        id: 'supplierName',
        header: t('supplier'),
        kind: 'text',
        value: (row) => row.supplierName,
        width: 180,
        grow: 1,
      },
    ]
  }, [t, language, depots, me.businessDate, nearExpiryDays])
  const words = useText(labelText)
  const [, go] = useLocation()
  const [marked, setMarked] = useState<readonly Lot[]>([])
  const chosen = marked.length === 0 ? '' : `&lots=${[...new Set(marked.map(({ lotId }) => lotId))].join(',')}`
  const labelsPath = `/stock/labels?item=${item.itemId}${chosen}`
  useKeys('keysScreen', [{ chord: 'Alt+B', label: words('keyLabels'), run: () => go(labelsPath) }])
  return (
    <section className={styles.part} aria-labelledby="stock-lots">
      <div className={styles.partHead}>
        <h2 id="stock-lots">{t('lotsOf')}</h2>
        <Button
          component={Link}
          href={labelsPath}
          size="compact-sm"
          variant="default"
          leftSection={<IconBarcode size={16} aria-hidden />}
          rightSection={<kbd>Alt+B</kbd>}
        >
          {words('labels')}
        </Button>
      </div>
      <Grid
        label={t('lots')}
        stateKey="stock-lots"
        rows={lots.data}
        columns={columns}
        rowId={rowKey}
        emptyText={t('noLots')}
        keysHint={false}
        onMark={setMarked}
      />
    </section>
  )
}
