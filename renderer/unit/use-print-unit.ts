import { useState } from 'react'
import type { UnitRow } from '../../api/contract/place.ts'
import { openPreview } from '../print/print.tsx'
import { unitCardRequest } from '../print/unit-card.tsx'
import { client } from '../query.ts'

/** As many of the unit's newest slips stand on its card. */
const slipsShown = 10

/** The unit's card: reads what it needs, then shows the preview. */
export function usePrintUnit(unit: UnitRow, today: string) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
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
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, error }
}
