import { Button } from '@mantine/core'
import { IconArrowLeft, IconBarcode, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { DeliveryDocument } from '../../api/contract/delivery.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { openPreview } from '../print/print.tsx'
import { api, outcomeOf } from '../query.ts'
import { deliveryText } from '../text/delivery.ts'
import { labelText } from '../text/label.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, packWord } from '../text/words.ts'
import styles from './delivery.module.css'

type Line = DeliveryDocument['lines'][number]
const rowId = (row: Line) => String(row.line)

/** A posted delivery: what came, with what this manufacturer still owes beside each line. */
export function DeliveryPage() {
  const t = useText(deliveryText)
  const postingSeq = Number(useParams<{ postingSeq: string }>().postingSeq)
  const known = Number.isSafeInteger(postingSeq) && postingSeq > 0
  const document = useQuery({
    ...api.delivery.get.queryOptions({ input: { postingSeq: known ? postingSeq : 1 } }),
    enabled: known,
  })
  if (!known || document.isError) {
    return (
      <Page title={t('title')} scroll>
        {known ? <Refusals {...outcomeOf(document.error)} /> : <p>{t('notFound')}</p>}
        <div>
          <Button component={Link} href="/deliveries" variant="default">
            {t('back')}
          </Button>
        </div>
      </Page>
    )
  }
  return document.data === undefined ? <Reading /> : <Document document={document.data} />
}

function Document({ document }: { readonly document: DeliveryDocument }) {
  const t = useText(deliveryText)
  const language = useLanguage()
  const { head, lines } = document
  const promises = useQuery(api.delivery.promises.queryOptions({ input: { supplierId: head.supplierId } }))
  const print = () => openPreview({ kind: 'goods-receipts', documents: [document] })
  const labels = useText(labelText)
  const [, go] = useLocation()
  const labelsPath = `/stock/labels?delivery=${head.postingSeq}`
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: t('keyPrint'), run: print },
    { chord: 'Alt+B', label: labels('keyLabels'), run: () => go(labelsPath) },
  ])
  const columns = useMemo<readonly GridColumn<Line>[]>(() => {
    const byItem = new Map((promises.data ?? []).map((row) => [row.itemId, row] as const))
    return [
      { id: 'line', header: '#', kind: 'number', value: (row) => row.line, width: 50 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: (row) => [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' '),
        grow: 2,
        width: 175,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: (row) => row.lot, grow: 1, width: 95 },
      { id: 'madeOn', header: t('madeOn'), kind: 'date', value: (row) => row.madeOn, width: 100 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: (row) => row.expiresOn, width: 100 },
      {
        id: 'packs',
        header: t('packs'),
        kind: 'text',
        value: (row) =>
          row.packs === null
            ? ''
            : `${formatNumber(row.packs)} ${packWord(row.packName, language)} × ${formatNumber(row.packSizeBase)}`,
        width: 115,
      },
      {
        id: 'accepted',
        header: t('accepted'),
        kind: 'number',
        value: (row) => row.acceptedBase,
        show: (value, row) => `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`,
        width: 105,
      },
      { id: 'rejected', header: t('rejected'), kind: 'number', value: (row) => row.rejectedBase, width: 80 },
      {
        id: 'promise',
        header: t('promisesTitle'),
        kind: 'text',
        value: (row) => {
          const promise = byItem.get(row.itemId)
          return promise === undefined || promise.promisedBase === 0
            ? ''
            : t('promise', {
                promised: formatNumber(promise.promisedBase),
                delivered: formatNumber(promise.deliveredBase),
                outstanding: formatNumber(promise.outstandingBase),
              })
        },
        grow: 2,
        width: 235,
      },
      { id: 'reason', header: t('rejectReason'), kind: 'text', value: (row) => row.rejectReason, grow: 1, width: 100 },
      { id: 'standard', header: t('standard'), kind: 'text', value: (row) => row.standard, width: 130 },
    ]
  }, [t, language, promises.data])
  return (
    <Page
      title={t('documentTitle', { number: head.number })}
      actions={
        <>
          <Button
            component={Link}
            href="/deliveries"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {t('back')}
          </Button>
          <Button
            component={Link}
            href={labelsPath}
            variant="default"
            leftSection={<IconBarcode size={16} aria-hidden />}
            rightSection={<kbd>Alt+B</kbd>}
          >
            {labels('labels')}
          </Button>
          <Button leftSection={<IconPrinter size={16} aria-hidden />} rightSection={<kbd>Ctrl+P</kbd>} onClick={print}>
            {t('print')}
          </Button>
        </>
      }
    >
      <dl className={styles.facts}>
        <Fact name={t('supplier')}>{pickName(head.supplierName, head.supplierNameEn, language)}</Fact>
        <Fact name={t('noteNumber')}>{head.noteNumber}</Fact>
        <Fact name={t('depot')}>{pickName(head.depotName, head.depotNameEn, language)}</Fact>
        <Fact name={t('businessDate')}>{head.businessDate}</Fact>
        <Fact name={t('person')}>{head.person}</Fact>
        <Fact name={t('at')}>{formatInstant(head.at)}</Fact>
        {head.note !== '' && <Fact name={t('note')}>{head.note}</Fact>}
      </dl>
      <Grid label={t('linesTitle')} rows={lines} columns={columns} rowId={rowId} stateKey="delivery-lines" />
    </Page>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
