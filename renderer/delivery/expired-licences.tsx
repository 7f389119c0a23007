import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import { api } from '../query.ts'
import { deliveryText } from '../text/delivery.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { expiredLicences } from './expired-licence.ts'
import type { DraftLine } from './line.ts'

/** Says which of the items had no valid licence on the day they came. It can be taken all the same, and be inspected. */
export function ExpiredLicences(props: {
  readonly supplierId: number | null
  readonly businessDate: string
  readonly lines: readonly DraftLine[]
  readonly items: ReadonlyMap<number, ItemRow>
}) {
  const { supplierId, businessDate, lines, items } = props
  const t = useText(deliveryText)
  const language = useLanguage()
  const detail = useQuery({
    ...api.liaison.detail.queryOptions({ input: { supplierId: supplierId ?? 1 } }),
    enabled: supplierId !== null,
  })
  const licences = detail.data?.licences
  const expired = useMemo(
    () => (licences === undefined ? [] : expiredLicences(lines, licences, businessDate)),
    [licences, lines, businessDate],
  )
  const itemName = (itemId: number): string => {
    const item = items.get(itemId)
    return item === undefined ? '' : nameOf(item, language)
  }
  if (supplierId === null || expired.length === 0) return null
  return (
    <Alert color="yellow" role="status" icon={<IconAlertTriangle size={18} aria-hidden />} py={6}>
      {expired.map(({ itemId, number, validUntil }) => (
        <div key={itemId}>{t('licenceExpired', { item: itemName(itemId), number, date: validUntil })}</div>
      ))}
    </Alert>
  )
}
