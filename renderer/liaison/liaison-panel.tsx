import { Button, CloseButton, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertOctagon, IconBarrierBlock, IconListDetails, IconPhoneCall, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { formatInstant, formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { api, client, type Output, useCommand } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { useText } from '../text/text.ts'
import { CallList } from './call-list.tsx'
import { FulfilmentDialog } from './fulfilment-dialog.tsx'
import styles from './liaison.module.css'
import { PromiseMark } from './promise-mark.tsx'
import { type Promised, promiseState, sortPromises } from './promise-state.ts'
import type { Directory } from './use-directory.ts'

const mostPromises = 12
const mostCalls = 20

type Props = {
  readonly supplierId: number
  readonly directory: Directory
  readonly blockers: Output<typeof client.liaison.board>[number]['blockers']
  readonly onCall: () => void
  readonly onBlock: () => void
  readonly onClose: () => void
}

/** One manufacturer beside the board: whom to call, what was said, what is in the way, what is promised. */
export function LiaisonPanel({ supplierId, directory, blockers, onCall, onBlock, onClose }: Props) {
  const t = useText(liaisonText)
  const me = useMe()
  const heading = useRef<HTMLHeadingElement>(null)
  const [shown, setShown] = useState<Promised | null>(null)
  const supplier = directory.supplierById.get(supplierId)
  const detail = useQuery(api.liaison.detail.queryOptions({ input: { supplierId } })).data
  const calls = useQuery(api.liaison.calls.queryOptions({ input: { supplierId, limit: mostCalls } })).data
  const promises = useQuery(api.commitment.list.queryOptions({ input: { supplierId, openOnly: false } })).data
  const resolve = useCommand(client.liaison.resolveBlocker)
  useEffect(() => {
    void supplierId
    heading.current?.focus()
  }, [supplierId])
  const sorted = sortPromises(promises ?? [], me.businessDate)
  const staff = me.can('clerk', 'manager')
  return (
    <aside
      className={styles.panel}
      aria-labelledby="liaison-panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || shown !== null) return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className={styles.panelHead}>
        <h2 id="liaison-panel" ref={heading} tabIndex={-1}>
          {directory.supplierName(supplierId)}
        </h2>
        <CloseButton aria-label={t('closePanel')} onClick={onClose} />
      </div>
      {staff && (
        <div className={styles.doing}>
          <Button leftSection={<IconPhoneCall size={15} aria-hidden />} onClick={onCall}>
            {t('logCall')} Alt+L
          </Button>
          <Button variant="default" leftSection={<IconBarrierBlock size={15} aria-hidden />} onClick={onBlock}>
            {t('addBlocker')} Alt+B
          </Button>
          {me.can('manager') && (
            <Button
              component={Link}
              href={`/liaison/promises?supplier=${supplierId}`}
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden />}
            >
              {t('addPromises')} Alt+P
            </Button>
          )}
        </div>
      )}
      <div className={styles.links}>
        <Link href={`/manufacturers/${supplierId}/liaison`}>{t('toPage')}</Link>
        <Link href={`/manufacturers/${supplierId}`}>{t('toSupplier')}</Link>
      </div>

      <section aria-labelledby="liaison-contacts">
        <h3 id="liaison-contacts">{t('contacts')}</h3>
        {detail && supplier && <Contacts contacts={detail.contacts} supplier={supplier} />}
      </section>

      <section aria-labelledby="liaison-blockers">
        <h3 id="liaison-blockers">{t('blockers')}</h3>
        <Refusals refusals={resolve.refusals} fault={resolve.fault} onClose={resolve.clear} />
        {blockers.length === 0 ? (
          <p className={styles.nothing}>{t('noBlockers')}</p>
        ) : (
          <ul className={styles.list}>
            {blockers.map((blocker) => (
              <li key={blocker.blockerId} className={styles.between}>
                <div>
                  <span className={styles.mark} data-tone="bad">
                    <IconAlertOctagon size={15} aria-hidden />
                    {t(`blocker-${blocker.kind}`)}
                  </span>{' '}
                  {[blocker.itemId === null ? t('aboutAll') : directory.itemName(blocker.itemId), blocker.note]
                    .filter(Boolean)
                    .join(' · ')}
                  <div className={styles.small}>
                    {t('blockerSince', { at: formatInstant(blocker.since), person: blocker.person })}
                  </div>
                </div>
                {staff && (
                  <Button
                    variant="default"
                    aria-label={t('resolveOf', { blocker: t(`blocker-${blocker.kind}`) })}
                    onClick={async () => {
                      const outcome = await resolve.run({ blockerId: blocker.blockerId })
                      if (!outcome.ok) return
                      notifications.show({ message: t('blockerResolved') })
                      heading.current?.focus()
                    }}
                  >
                    {t('resolve')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>

      <section aria-labelledby="liaison-promises">
        <h3 id="liaison-promises">{t('promises')}</h3>
        {sorted.length === 0 ? (
          <p className={styles.nothing}>{t('noPromises')}</p>
        ) : (
          <Table className={styles.table ?? ''}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('item')}</Table.Th>
                <Table.Th scope="col" className={styles.number}>
                  {t('quantity')}
                </Table.Th>
                <Table.Th scope="col" className={styles.number}>
                  {t('delivered')}
                </Table.Th>
                <Table.Th scope="col">{t('fulfilment')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.slice(0, mostPromises).map((promise) => {
                const item = directory.itemName(promise.itemId)
                return (
                  <Table.Tr key={promise.commitmentId}>
                    <Table.Td>
                      {item}
                      <div className={styles.small}>{promise.dueOn}</div>
                      <PromiseMark state={promiseState(promise, me.businessDate)} />
                    </Table.Td>
                    <Table.Td className={styles.number}>{formatNumber(promise.quantityBase)}</Table.Td>
                    <Table.Td className={styles.number}>{formatNumber(promise.deliveredBase)}</Table.Td>
                    <Table.Td>
                      <Button
                        variant="default"
                        px={6}
                        aria-label={t('fulfilmentOf', { item, dueOn: promise.dueOn })}
                        onClick={() => setShown(promise)}
                      >
                        <IconListDetails size={15} aria-hidden />
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        )}
        {sorted.length > mostPromises && (
          <p className={styles.nothing}>{t('morePromises', { count: sorted.length - mostPromises })}</p>
        )}
      </section>

      <section aria-labelledby="liaison-calls">
        <h3 id="liaison-calls">{t('calls')}</h3>
        {calls && <CallList calls={calls} directory={directory} today={me.businessDate} />}
      </section>
      {shown && (
        <FulfilmentDialog
          promise={shown}
          directory={directory}
          canEdit={me.can('manager')}
          onClose={() => setShown(null)}
        />
      )}
    </aside>
  )
}

/** The contacts that were recorded, and the one of the list of manufacturers where it is another. */
function Contacts(props: {
  readonly contacts: Output<typeof client.liaison.detail>['contacts']
  readonly supplier: { readonly contact: string; readonly phone: string }
}) {
  const t = useText(liaisonText)
  const { contacts, supplier } = props
  const own = { name: supplier.contact, post: '', phone: supplier.phone }
  const isKnown = contacts.some((one) => one.name === own.name || one.phone === own.phone)
  const all = (own.name === '' && own.phone === '') || isKnown ? contacts : [own, ...contacts]
  if (all.length === 0) return <p className={styles.nothing}>{t('noContacts')}</p>
  return (
    <ul className={styles.list}>
      {all.map((contact) => (
        <li key={`${contact.name} ${contact.phone}`}>
          {[contact.name, contact.post, contact.phone].filter(Boolean).join(' · ')}
        </li>
      ))}
    </ul>
  )
}
