import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import { Catalogue } from '../frame/catalogue.tsx'
import { useMe } from '../frame/me.ts'
import { asNumber, asNumberOrNull, asText } from '../grid/cell-value.ts'
import { namesInOrder } from '../grid/row-edits.ts'
import type { SentRow } from '../grid/use-row-edits.ts'
import { api, client, newRequestId, sendCommand } from '../query.ts'
import { itemText } from '../text/item.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { blankItem, fenOf, itemFields } from './item-fields.ts'

const save = ({ values, base, isNew, requestId }: SentRow<ItemRow>) =>
  sendCommand(client.item.save, {
    requestId,
    itemId: isNew ? null : base.itemId,
    version: isNew ? null : base.version,
    code: asText(values.code),
    name: asText(values.name),
    nameEn: asText(values.nameEn),
    category: asText(values.category) as ItemRow['category'],
    specification: asText(values.specification),
    standard: asText(values.standard),
    baseUnit: asText(values.baseUnit),
    packName: asText(values.packName),
    packSizeBase: asNumber(values.packSizeBase),
    shelfLifeDays: asNumberOrNull(values.shelfLifeDays),
    reserveBase: asNumber(values.reserveBase),
    unitPriceFen: fenOf(asNumberOrNull(values.unitPriceFen)),
  })

const archive = (row: ItemRow, archived: boolean) =>
  sendCommand(client.item.archive, { requestId: newRequestId(), itemId: row.itemId, archived })

const keyOf = (row: ItemRow) => String(row.itemId)
const searchOf = (row: ItemRow) => `${row.search} ${row.specification} ${row.standard}`

export function ItemListPage() {
  const t = useText(itemText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [archived, setArchived] = useState(false)
  const list = useQuery(api.item.list.queryOptions({ input: { archived } }))
  const fields = useMemo(() => namesInOrder(itemFields(t, words), language), [t, words, language])
  return (
    <Catalogue
      title={t('title')}
      lead={t('lead')}
      stateKey="item"
      rows={list.data}
      readError={list.error}
      keyOf={keyOf}
      blank={blankItem}
      fields={fields}
      save={save}
      searchOf={searchOf}
      searchPlaceholder={t('search')}
      nameOf={(row) => nameOf(row, language)}
      archived={archived}
      onArchived={setArchived}
      archive={me.can('manager') ? archive : undefined}
      canEdit={me.can('clerk', 'manager')}
      addLabel={t('add')}
      listPath="/items/intake"
      emptyText={t('empty')}
      onOpen={(row) => go(`/stock/${row.itemId}`)}
    />
  )
}
