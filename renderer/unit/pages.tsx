import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { UnitRow } from '../../api/contract/place.ts'
import { Catalogue } from '../frame/catalogue.tsx'
import { useMe } from '../frame/me.ts'
import { placeKey, placeSearch } from '../frame/place-fields.ts'
import { namesInOrder } from '../grid/row-edits.ts'
import type { SentRow } from '../grid/use-row-edits.ts'
import { api, client, newRequestId, sendCommand } from '../query.ts'
import { placeText } from '../text/place.ts'
import { printText } from '../text/print.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { blankUnit, unitFields, unitInput } from './unit-fields.ts'
import { usePrintUnits } from './use-print-unit.ts'

export { UnitPage } from './unit-page.tsx'

const save = ({ values, base, isNew, requestId }: SentRow<UnitRow>) =>
  sendCommand(client.unit.save, {
    requestId,
    placeId: isNew ? null : base.placeId,
    version: isNew ? null : base.version,
    ...unitInput(values, isNew ? [] : base.headcount),
  })

const archive = (row: UnitRow, archived: boolean) =>
  sendCommand(client.unit.archive, { requestId: newRequestId(), placeId: row.placeId, archived })

/** `?text=大良` begins with the units that have this text. */
export function UnitListPage() {
  const t = useText(placeText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [address] = useSearchParams()
  const [archived, setArchived] = useState(false)
  const paper = useText(printText)
  const print = usePrintUnits(me.businessDate)
  const list = useQuery(api.unit.list.queryOptions({ input: { archived } }))
  const fields = useMemo(
    () => (language === 'en' ? namesInOrder(unitFields(t, words), language) : unitFields(t, words)),
    [t, words, language],
  )
  return (
    <Catalogue
      title={t('units')}
      lead={t('unitsLead')}
      stateKey="unit"
      rows={list.data}
      readError={list.error ?? (print.error instanceof Error ? print.error : null)}
      keyOf={placeKey}
      blank={blankUnit}
      fields={fields}
      save={save}
      searchOf={placeSearch}
      searchPlaceholder={t('search')}
      firstSearch={address.get('text') ?? ''}
      nameOf={(row) => nameOf(row, language)}
      archived={archived}
      onArchived={setArchived}
      archive={me.can('manager') ? archive : undefined}
      print={{ label: paper('printReportForm'), chord: 'Alt+R', run: (rows) => void print.forms(rows) }}
      canEdit={me.can('clerk', 'manager')}
      addLabel={t('unitAdd')}
      listPath="/units/intake"
      emptyText={t('unitEmpty')}
      onOpen={(row) => go(`/units/${row.placeId}`)}
    />
  )
}
