import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { type SupplierRow, supplierKinds } from '../../api/contract/place.ts'
import { Catalogue } from '../frame/catalogue.tsx'
import { useMe } from '../frame/me.ts'
import { placeKey, placeSearch } from '../frame/place-fields.ts'
import { namesInOrder } from '../grid/row-edits.ts'
import type { SentRow } from '../grid/use-row-edits.ts'
import { api, client, newRequestId, sendCommand } from '../query.ts'
import { placeText } from '../text/place.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { blankSupplier, supplierFields, supplierInput } from './supplier-fields.ts'

export { SupplierPage } from './supplier-page.tsx'

const save = ({ values, base, isNew, requestId }: SentRow<SupplierRow>) =>
  sendCommand(client.supplier.save, {
    requestId,
    placeId: isNew ? null : base.placeId,
    version: isNew ? null : base.version,
    ...supplierInput(values, isNew ? [] : base.capacity),
  })

const archive = (row: SupplierRow, archived: boolean) =>
  sendCommand(client.supplier.archive, { requestId: newRequestId(), placeId: row.placeId, archived })

export function SupplierListPage() {
  const t = useText(placeText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [archived, setArchived] = useState(false)
  const [kind, setKind] = useState('')
  const list = useQuery(api.supplier.list.queryOptions({ input: { archived } }))
  const open = useQuery(api.commitment.list.queryOptions({ input: { supplierId: null, openOnly: true } }))
  const outstanding = useMemo(() => {
    const sums = new Map<number, number>()
    for (const row of open.data ?? []) sums.set(row.supplierId, (sums.get(row.supplierId) ?? 0) + row.outstandingBase)
    return sums
  }, [open.data])
  const fields = useMemo(() => {
    const all = supplierFields(t, words, outstanding)
    return language === 'en' ? namesInOrder(all, language) : all
  }, [t, words, outstanding, language])
  const rows = useMemo(
    () => (kind === '' ? list.data : list.data?.filter((row) => row.supplierKind === kind)),
    [list.data, kind],
  )
  return (
    <Catalogue
      title={t('suppliers')}
      lead={t('suppliersLead')}
      stateKey="supplier"
      rows={rows}
      readError={list.error}
      keyOf={placeKey}
      blank={blankSupplier}
      fields={fields}
      save={save}
      searchOf={placeSearch}
      searchPlaceholder={t('search')}
      nameOf={(row) => nameOf(row, language)}
      archived={archived}
      onArchived={setArchived}
      filters={
        <NativeSelect
          size="xs"
          aria-label={t('supplierKind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={[
            { value: '', label: t('allKinds') },
            ...supplierKinds.map((value) => ({ value, label: words(`supplierKind-${value}`) })),
          ]}
        />
      }
      archive={me.can('manager') ? archive : undefined}
      canEdit={me.can('clerk', 'manager')}
      addLabel={t('supplierAdd')}
      listPath="/manufacturers/intake"
      emptyText={t('supplierEmpty')}
      onOpen={(row) => go(`/manufacturers/${row.placeId}`)}
    />
  )
}
