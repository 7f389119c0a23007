import { Anchor, Button } from '@mantine/core'
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { openPreview } from '../print/print.tsx'
import { client, type Outcome, outcomeOf } from '../query.ts'
import { intakeText } from '../text/intake.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import styles from './intake.module.css'
import type { PostedList as Posted } from './senders-dialog.tsx'

/** The deliveries that a list of several senders became, to be printed and looked at. */
export function PostedList(props: {
  readonly posted: Posted
  readonly kept: number
  readonly withoutSheet: boolean
  readonly onAnother: () => void
}) {
  const { deliveries, newSuppliers } = props.posted
  const t = useText(intakeText)
  const language = useLanguage()
  const first = useRef<HTMLButtonElement>(null)
  const [failure, setFailure] = useState<Omit<Extract<Outcome<never>, { ok: false }>, 'ok'>>({
    refusals: [],
    fault: null,
  })
  // With the words that it is done: whoever reads them presses Enter.
  useLayoutEffect(() => first.current?.focus(), [])
  const print = async () => {
    try {
      const documents = []
      for (const { postingSeq } of deliveries) documents.push(await client.delivery.get({ postingSeq }))
      openPreview({ kind: 'goods-receipts', documents })
    } catch (error) {
      setFailure(outcomeOf(error))
    }
  }
  useKeys('keysScreen', [{ chord: 'Ctrl+P', label: t('printReceipts'), run: () => void print() }])
  return (
    <Page title={t('title-delivery')} scroll>
      <div className={styles.done}>
        <div role="status">
          <h2>
            <IconCircleCheck size={20} aria-hidden /> {t('postedSenders', { count: deliveries.length })}
          </h2>
        </div>
        {newSuppliers > 0 && <p>{t('newSenders', { count: newSuppliers })}</p>}
        {props.kept > 0 && <p>{t('restKept', { count: props.kept })}</p>}
        {props.kept > 0 && props.withoutSheet && <p>{t('sheetNotKept')}</p>}
        <Refusals {...failure} />
        <div className={styles.buttons}>
          <Button ref={first} leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => void print()}>
            {t('printReceipts')}
          </Button>
          <Button variant="default" onClick={props.onAnother}>
            {t('another')}
          </Button>
          <Button component={Link} href="/deliveries" variant="default">
            {t('toList-delivery')}
          </Button>
        </div>
        <ul className={styles.postedList}>
          {deliveries.map((one) => (
            <li key={one.postingSeq}>
              <Anchor component={Link} href={`/deliveries/${one.postingSeq}`}>
                {one.number}
              </Anchor>{' '}
              {pickName(one.supplierName, one.supplierNameEn, language)} ·{' '}
              {t('linesOfDelivery', { count: one.lines, formatted: formatNumber(one.lines) })}
            </li>
          ))}
        </ul>
      </div>
    </Page>
  )
}
