import type { UnitRow } from '../../api/contract/place.ts'
import { upsertPlace } from '../frame/place-fields.ts'
import { api, client, type Outcome, queryClient, sendCommand } from '../query.ts'

const listOptions = () => api.unit.list.queryOptions({ input: { archived: false } })

/** One after the other, each upon the version that the one before has made: two quick edits are no conflict. */
let last: Promise<unknown> = Promise.resolve()

/** Saves a change of a unit over what it is when its turn comes. */
export function changeUnit(
  placeId: number,
  requestId: string,
  change: (unit: UnitRow) => UnitRow,
): Promise<Outcome<UnitRow>> {
  const turn = last.then(async (): Promise<Outcome<UnitRow>> => {
    const { queryKey } = listOptions()
    const rows = queryClient.getQueryData<UnitRow[]>(queryKey) ?? []
    const unit = rows.find((row) => row.placeId === placeId)
    if (!unit)
      return {
        ok: false,
        refusals: [{ code: 'not-found', line: null, field: 'placeId', given: placeId, allowed: null, about: {} }],
        fault: null,
      }
    const { search: _, archivedAt: __, lastReportedOn: ___, ...fields } = change(unit)
    const outcome = await sendCommand(client.unit.save, { ...fields, requestId })
    if (outcome.ok) queryClient.setQueryData<UnitRow[]>(queryKey, (now) => upsertPlace(now, outcome.value))
    return outcome
  })
  last = turn.catch(() => undefined)
  return turn
}
