import { useState } from 'react'
import { dailyReportRequest } from '../print/daily-report.tsx'
import { expiryListRequest } from '../print/expiry-list.tsx'
import { openPreview } from '../print/print.tsx'
import { client, type Output } from '../query.ts'
import { stockRows } from '../stock/stock-rows.ts'

type Today = Output<typeof client.today.get>
type Settings = Output<typeof client.setting.get>

/** The papers of Today: reads what they need besides the page itself, then shows the preview. */
export function usePrintToday(today: Today | undefined, settings: Settings | undefined) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (kind: 'daily' | 'expiry'): Promise<void> => {
    if (busy || today === undefined || settings === undefined) return
    setBusy(true)
    setError(null)
    try {
      const date = today.businessDate
      if (kind === 'daily') {
        const [items, stock, flows] = await Promise.all([
          client.item.list({ archived: false }),
          client.stock.grid(),
          client.ledger.flows({ from: date, to: date }),
        ])
        openPreview(dailyReportRequest({ today, stock: stockRows(items, stock, null), flows }))
      } else {
        const [lots, depots] = await Promise.all([
          client.ledger.depotLots({ depotId: null }),
          client.depot.list({ archived: false }),
        ])
        openPreview(expiryListRequest({ lots, depots, today: date, nearExpiryDays: settings.nearExpiryDays }))
      }
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, error }
}
