import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { DepotRow } from '../../api/contract/place.ts'
import { Catalogue } from '../frame/catalogue.tsx'
import { useMe } from '../frame/me.ts'
import { blankPlace, placeColumns, placeInput, placeKey, placeSearch } from '../frame/place-fields.ts'
import type { SentRow } from '../grid/use-row-edits.ts'
import { api, client, newRequestId, sendCommand } from '../query.ts'
import { placeText } from '../text/place.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'

const save = ({ values, base, isNew, requestId }: SentRow<DepotRow>) =>
  sendCommand(client.depot.save, {
    requestId,
    placeId: isNew ? null : base.placeId,
    version: isNew ? null : base.version,
    ...placeInput(values),
  })

const archive = (row: DepotRow, archived: boolean) =>
  sendCommand(client.depot.archive, { requestId: newRequestId(), placeId: row.placeId, archived })

export function DepotListPage() {
  const t = useText(placeText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [archived, setArchived] = useState(false)
  const list = useQuery(api.depot.list.queryOptions({ input: { archived } }))
  const fields = useMemo(
    () =>
      placeColumns<DepotRow>(words, {
        code: 100,
        name: 180,
        nameEn: 180,
        town: 100,
        address: 200,
        contact: 110,
        phone: 130,
        note: 160,
      }),
    [words],
  )
  return (
    <Catalogue
      title={t('depots')}
      lead={t('depotsLead')}
      stateKey="depot"
      rows={list.data}
      readError={list.error}
      keyOf={placeKey}
      blank={blankPlace}
      fields={fields}
      save={save}
      searchOf={placeSearch}
      searchPlaceholder={t('search')}
      nameOf={(row) => nameOf(row, language)}
      archived={archived}
      onArchived={setArchived}
      archive={me.can('manager') ? archive : undefined}
      canEdit={me.can('manager')}
      addLabel={t('depotAdd')}
      emptyText={t('depotEmpty')}
    />
  )
}
