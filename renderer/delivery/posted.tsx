import { Button } from '@mantine/core'
import { IconCircleCheck, IconEye, IconPlus, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import type { DeliveryDocument } from '../../api/contract/delivery.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { openPreview } from '../print/print.tsx'
import { deliveryText } from '../text/delivery.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import styles from './delivery.module.css'

/** After posting: what has happened, and the 入库单 one Enter away. */
export function Posted({ document }: { readonly document: DeliveryDocument }) {
  const t = useText(deliveryText)
  const language = useLanguage()
  const [, go] = useLocation()
  const { head } = document
  const printRef = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The draft's address is no longer that of anything.
    history.replaceState(null, '', '/deliveries/new')
    printRef.current?.focus()
  }, [])
  const print = () => openPreview({ kind: 'goods-receipts', documents: [document] })
  // Leaves and comes back: the form begins anew.
  const another = () => {
    go('/deliveries')
    setTimeout(() => go('/deliveries/new'), 0)
  }
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: t('keyPrint'), run: print },
    { chord: 'Alt+N', label: t('keyAdd'), run: another },
  ])
  return (
    <Page title={t('newTitle')} scroll>
      <div className={styles.posted} role="status">
        <h2>
          <IconCircleCheck size={20} aria-hidden /> {t('postedTitle', { number: head.number })}
        </h2>
        <p>
          {t('posted', {
            count: document.lines.length,
            supplier: pickName(head.supplierName, head.supplierNameEn, language),
            depot: pickName(head.depotName, head.depotNameEn, language),
          })}
        </p>
        <div className={styles.buttons}>
          <Button
            ref={printRef}
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Enter</kbd>}
            onClick={print}
          >
            {t('print')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            rightSection={<kbd>Alt+N</kbd>}
            onClick={another}
          >
            {t('another')}
          </Button>
          <Button
            component={Link}
            href={`/deliveries/${head.postingSeq}`}
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
          >
            {t('view')}
          </Button>
        </div>
      </div>
    </Page>
  )
}
