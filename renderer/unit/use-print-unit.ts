import { useState } from 'react'
import type { UnitRow } from '../../api/contract/place.ts'
import { openPreview } from '../print/print.tsx'
import { reportFormsRequest } from '../print/report-form.tsx'
import { unitCardRequest } from '../print/unit-card.tsx'
import { client } from '../query.ts'

/** As many of the unit's newest slips stand on its card. */
const slipsShown = 10

/** Papers of units: reads what they need, then shows the preview. */
export function usePrintUnits(today: string) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (read: () => Promise<void>): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await read()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const card = (unit: UnitRow) =>
    run(async () => {
      const [needs, items, duties, all] = await Promise.all([
        client.unit.need({ placeId: unit.placeId }),
        client.item.list({ archived: false }),
        client.norm.duties(),
        client.slip.list({ roundId: null, state: null, limit: 10_000 }),
      ])
      const slips = all
        .filter(({ unitId, state }) => unitId === unit.placeId && state !== 'cancelled')
        .sort((left, right) => right.slipId - left.slipId)
        .slice(0, slipsShown)
      openPreview(unitCardRequest({ unit, needs, items, duties, slips, today }))
    })
  /** A form to fill in for each of the units. */
  const forms = (units: readonly UnitRow[]) =>
    run(async () => {
      if (units.length === 0) return
      const items = await client.item.list({ archived: false })
      const read: { unit: UnitRow; needs: Awaited<ReturnType<typeof client.unit.need>> }[] = []
      // One after the other: a district's hundreds of units at once would hold up everything else that is asked.
      for (const unit of units) read.push({ unit, needs: await client.unit.need({ placeId: unit.placeId }) })
      openPreview(reportFormsRequest({ forms: read, items }))
    })
  return { card, forms, busy, error }
}
