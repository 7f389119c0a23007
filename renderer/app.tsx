import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, lazy, Suspense } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { Boundary } from './frame/boundary.tsx'
import { FirstStart } from './frame/first-start.tsx'
import { Frame } from './frame/frame.tsx'
import { Page } from './frame/page.tsx'
import { Reading } from './frame/reading.tsx'
import { Refusals } from './frame/refusals.tsx'
import { usePreviewRequest } from './print/print.tsx'
import { api, outcomeOf } from './query.ts'
import { ScanAnywhere } from './signature/scan-anywhere.tsx'
import { frameText } from './text/frame.ts'
import { useText } from './text/text.ts'

/** A page, loaded when it is first opened. */
function page<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): ComponentType {
  return lazy(async () => {
    const found: ComponentType = (await load())[name]
    return { default: found }
  })
}

const alert = () => import('./alert/pages.tsx')
const allocation = () => import('./allocation/pages.tsx')
const backup = () => import('./backup/pages.tsx')
const chart = () => import('./chart/pages.tsx')
const delivery = () => import('./delivery/pages.tsx')
const depot = () => import('./depot/pages.tsx')
const ledger = () => import('./ledger/pages.tsx')
const hold = () => import('./hold/pages.tsx')
const intake = () => import('./intake/pages.tsx')
const item = () => import('./item/pages.tsx')
const label = () => import('./label/pages.tsx')
const liaison = () => import('./liaison/pages.tsx')
const norm = () => import('./norm/pages.tsx')
const policy = () => import('./policy/pages.tsx')
const print = () => import('./print/pages.tsx')
const request = () => import('./request/pages.tsx')
const setting = () => import('./setting/pages.tsx')
const signature = () => import('./signature/pages.tsx')
const slip = () => import('./slip/pages.tsx')
const stock = () => import('./stock/pages.tsx')
const stocktake = () => import('./stocktake/pages.tsx')
const supplier = () => import('./supplier/pages.tsx')
const today = () => import('./today/pages.tsx')
const unit = () => import('./unit/pages.tsx')

const routes: readonly (readonly [path: string, page: ComponentType])[] = [
  ['/today', page(today, 'TodayPage')],
  ['/today/charts', page(chart, 'ChartPage')],
  ['/alerts', page(alert, 'AlertPage')],
  ['/deliveries', page(delivery, 'DeliveryListPage')],
  ['/deliveries/new', page(delivery, 'NewDeliveryPage')],
  ['/deliveries/intake', page(intake, 'DeliveryIntakePage')],
  ['/deliveries/:postingSeq', page(delivery, 'DeliveryPage')],
  ['/stock', page(stock, 'StockPage')],
  ['/stock/intake', page(intake, 'StockIntakePage')],
  ['/stock/labels', page(label, 'LabelPage')],
  ['/stock/:itemId', page(stock, 'StockItemPage')],
  ['/allocation', page(allocation, 'RoundListPage')],
  ['/allocation/new', page(allocation, 'NewRoundPage')],
  ['/allocation/:roundId', page(allocation, 'RoundPage')],
  ['/slips', page(slip, 'SlipListPage')],
  ['/slips/sign', page(signature, 'SignPage')],
  ['/slips/pick/:slipId', page(signature, 'PickPage')],
  ['/slips/:slipId', page(slip, 'SlipPage')],
  ['/ledger', page(ledger, 'LedgerPage')],
  ['/ledger/return', page(ledger, 'ReturnPage')],
  ['/ledger/write-off', page(ledger, 'WriteOffPage')],
  ['/ledger/as-at', page(ledger, 'AsAtPage')],
  ['/ledger/transfers', page(ledger, 'TransferListPage')],
  ['/ledger/transfers/new', page(ledger, 'SendTransferPage')],
  ['/ledger/transfers/:transferId', page(ledger, 'TransferPage')],
  ['/ledger/:postingSeq', page(ledger, 'PostingPage')],
  ['/liaison', page(liaison, 'LiaisonPage')],
  ['/liaison/promises', page(liaison, 'NewPromisePage')],
  ['/stocktakes', page(stocktake, 'StocktakeListPage')],
  ['/stocktakes/shelves', page(stocktake, 'ShelfPage')],
  ['/stocktakes/:stocktakeId', page(stocktake, 'StocktakePage')],
  ['/holds', page(hold, 'HoldPage')],
  ['/units', page(unit, 'UnitListPage')],
  ['/units/intake', page(intake, 'UnitIntakePage')],
  ['/units/reports/intake', page(intake, 'ReportIntakePage')],
  ['/units/requests/intake', page(intake, 'RequestIntakePage')],
  ['/units/:placeId', page(unit, 'UnitPage')],
  ['/requests', page(request, 'RequestListPage')],
  ['/manufacturers', page(supplier, 'SupplierListPage')],
  ['/manufacturers/intake', page(intake, 'SupplierIntakePage')],
  ['/manufacturers/:placeId', page(supplier, 'SupplierPage')],
  ['/manufacturers/:placeId/liaison', page(liaison, 'SupplierLiaisonPage')],
  ['/items', page(item, 'ItemListPage')],
  ['/items/intake', page(intake, 'ItemIntakePage')],
  ['/norms', page(norm, 'NormPage')],
  ['/policies', page(policy, 'PolicyPage')],
  ['/depots', page(depot, 'DepotListPage')],
  ['/settings', page(setting, 'SettingPage')],
  ['/settings/backup', page(backup, 'BackupPage')],
  ['/reports', page(print, 'ReportPage')],
]

export function App() {
  const me = useQuery(api.session.me.queryOptions())
  if (me.isError) {
    const { refusals, fault } = outcomeOf(me.error)
    return <Refusals refusals={refusals} fault={fault} />
  }
  if (me.data === undefined) return <Reading />
  if (me.data.empty) return <FirstStart dataFolder={me.data.dataFolder} />
  return (
    <Frame>
      <Pages />
      <PrintPreview />
      <ScanAnywhere />
    </Frame>
  )
}

const PreviewHost = lazy(async () => ({ default: (await import('./print/preview.tsx')).PreviewHost }))

/** The preview and what draws a PDF are loaded when something is printed for the first time. */
function PrintPreview() {
  return usePreviewRequest() === null ? null : (
    <Suspense fallback={null}>
      <PreviewHost />
    </Suspense>
  )
}

function Pages() {
  const [location] = useLocation()
  return (
    <Boundary key={location}>
      <Suspense fallback={<Reading />}>
        <Switch>
          <Route path="/">
            <Redirect to="/today" replace />
          </Route>
          {routes.map(([path, component]) => (
            <Route key={path} path={path} component={component} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Boundary>
  )
}

function NotFound() {
  const t = useText(frameText)
  const [location] = useLocation()
  return (
    <Page title={t('notFoundTitle')} scroll>
      <p>{t('notFound', { path: location })}</p>
      <p>
        <Button component={Link} href="/today">
          {t('toToday')}
        </Button>
      </p>
    </Page>
  )
}
