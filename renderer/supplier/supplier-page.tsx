import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import type { SupplierRow } from '../../api/contract/place.ts'
import { formatInstant } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { api } from '../query.ts'
import { supplierText } from '../text/supplier.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { Capacity } from './capacity.tsx'
import { Promises } from './promises.tsx'
import styles from './supplier.module.css'

/** One manufacturer or other supplier: what it can make, what it has promised, what has come. */
export function SupplierPage() {
  const { placeId } = useParams<{ placeId: string }>()
  const t = useText(supplierText)
  const active = useQuery(api.supplier.list.queryOptions({ input: { archived: false } }))
  const archived = useQuery(api.supplier.list.queryOptions({ input: { archived: true } }))
  const supplier = [...(active.data ?? []), ...(archived.data ?? [])].find((row) => String(row.placeId) === placeId)
  if (supplier) return <Supplier key={supplier.placeId} supplier={supplier} />
  if (active.isPending || archived.isPending) return <Reading />
  return (
    <Page title={t('missing')} scroll>
      <Link href="/manufacturers">{t('backToList')}</Link>
    </Page>
  )
}

function Supplier({ supplier }: { readonly supplier: SupplierRow }) {
  const t = useText(supplierText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const active = supplier.archivedAt === null
  const lead = [
    words(`supplierKind-${supplier.supplierKind}`),
    supplier.town,
    supplier.licence,
    [supplier.contact, supplier.phone].filter(Boolean).join(' '),
    supplier.lastDeliveryAt === null
      ? t('noDelivery')
      : t('lastDelivery', { at: formatInstant(supplier.lastDeliveryAt) }),
    active ? '' : words('archived'),
  ]
  return (
    <Page
      title={nameOf(supplier, language)}
      lead={lead.filter(Boolean).join(' · ')}
      actions={
        <>
          <Button component={Link} href="/manufacturers" variant="default">
            {t('backToList')}
          </Button>
          <Button component={Link} href={`/manufacturers/${supplier.placeId}/liaison`} variant="default">
            {t('liaison')}
          </Button>
          {active && me.can('clerk', 'manager') && (
            <Button component={Link} href={`/deliveries/new?supplier=${supplier.placeId}`}>
              {t('newDelivery')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.columns}>
        <Capacity supplier={supplier} canEdit={active && me.can('clerk', 'manager')} />
        <Promises supplier={supplier} canEdit={active && me.can('manager')} />
      </div>
    </Page>
  )
}
