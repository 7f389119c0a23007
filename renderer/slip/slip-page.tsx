import { Button } from '@mantine/core'
import { IconArrowLeft, IconClipboardList, IconPrinter, IconTruckDelivery, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { Link, useParams } from 'wouter'
import type { SlipDocument } from '../../api/contract/round.ts'
import { formatDays, formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, outcomeOf } from '../query.ts'
import { slipText } from '../text/slip.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, packWord } from '../text/words.ts'
import styles from './slip.module.css'
import { useSlipActions } from './use-slip-actions.tsx'

type Line = SlipDocument['lines'][number]
const rowId = (row: Line) => String(row.line)

export function SlipPage() {
  const t = useText(slipText)
  const slipId = Number(useParams<{ slipId: string }>().slipId)
  const known = Number.isSafeInteger(slipId) && slipId > 0
  const slip = useQuery({ ...api.slip.get.queryOptions({ input: { slipIds: [known ? slipId : 1] } }), enabled: known })
  const document = slip.data?.[0]
  if (!known || slip.isError || (slip.data !== undefined && document === undefined)) {
    return (
      <Page title={t('title')} scroll>
        {slip.isError ? <Refusals {...outcomeOf(slip.error)} /> : <p>{t('notFound')}</p>}
        <div>
          <Button component={Link} href="/slips" variant="default">
            {t('back')}
          </Button>
        </div>
      </Page>
    )
  }
  return document === undefined ? <Reading /> : <Slip document={document} />
}

function Slip({ document }: { readonly document: SlipDocument }) {
  const t = useText(slipText)
  const language = useLanguage()
  const { head, lines } = document
  const actions = useSlipActions()
  const open = head.state === 'approved'
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: t('keyPrint'), run: () => actions.print([head], 'slips') },
    { chord: 'Alt+P', label: t('keyPickList'), run: () => actions.print([head], 'pick-lists') },
    ...(open && actions.canDispatch
      ? [{ chord: 'Alt+F', label: t('keyDispatch'), run: () => actions.ask('dispatch', [head]) }]
      : []),
    ...(open && actions.canCancel
      ? [{ chord: 'Alt+Q', label: t('keyCancel'), run: () => actions.ask('cancel', [head]) }]
      : []),
  ])
  const columns = useMemo<readonly GridColumn<Line>[]>(
    () => [
      { id: 'line', header: '#', kind: 'number', value: (row) => row.line, width: 60 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: (row) => {
          const name = [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' ')
          const stands = row.substituteFor
          if (stands === null) return name
          return `${name} (${t('substituteFor', { item: pickName(stands, row.substituteForEn ?? '', language) })})`
        },
        grow: 2,
        width: 190,
      },
      { id: 'standard', header: t('standard'), kind: 'text', value: (row) => row.standard, width: 125 },
      {
        id: 'needed',
        header: t('needed'),
        kind: 'number',
        value: (row) => row.needBase,
        show: (value, row) => `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`,
        width: 105,
      },
      {
        id: 'issued',
        header: t('issued'),
        kind: 'number',
        value: (row) => row.quantityBase,
        show: (value, row) => `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`,
        width: 105,
      },
      {
        id: 'packs',
        header: t('packsOf'),
        kind: 'text',
        value: (row) =>
          `${formatNumber(row.packs)} ${packWord(row.packName, language)} × ${formatNumber(row.packSizeBase)}`,
        width: 115,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: (row) => row.lot, grow: 1, width: 95 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: (row) => row.expiresOn, width: 105 },
      {
        id: 'cover',
        header: t('coverAfter'),
        kind: 'number',
        value: (row) => row.coverAfterMilliDays,
        show: (value) => formatDays(value === null ? null : Number(value)),
        width: 100,
      },
    ],
    [t, language],
  )
  return (
    <Page
      title={t('documentTitle', { number: head.number })}
      lead={t(`state-${head.state}`)}
      actions={
        <>
          <Button
            component={Link}
            href="/slips"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {t('back')}
          </Button>
          {open && actions.canCancel && (
            <Button
              variant="default"
              leftSection={<IconX size={16} aria-hidden />}
              rightSection={<kbd>Alt+Q</kbd>}
              onClick={() => actions.ask('cancel', [head])}
            >
              {t('cancel')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconClipboardList size={16} aria-hidden />}
            rightSection={<kbd>Alt+P</kbd>}
            onClick={() => actions.print([head], 'pick-lists')}
          >
            {t('pickList')}
          </Button>
          <Button
            variant={open && actions.canDispatch ? 'default' : 'filled'}
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            onClick={() => actions.print([head], 'slips')}
          >
            {t('print')}
          </Button>
          {open && actions.canDispatch && (
            <Button
              leftSection={<IconTruckDelivery size={16} aria-hidden />}
              rightSection={<kbd>Alt+F</kbd>}
              onClick={() => actions.ask('dispatch', [head])}
            >
              {t('dispatch')}
            </Button>
          )}
        </>
      }
    >
      <dl className={styles.facts}>
        <Fact name={t('unit')}>
          <Link href={`/units/${head.unitId}`}>{pickName(head.unitName, head.unitNameEn, language)}</Link>
        </Fact>
        <Fact name={t('round')}>
          <Link href={`/allocation/${head.roundId}`}>{head.roundNumber}</Link>
        </Fact>
        <Fact name={t('depot')}>{pickName(head.depotName, head.depotNameEn, language)}</Fact>
        <Fact name={t('contact')}>{[head.contact, head.phone].filter(Boolean).join(' ')}</Fact>
        <Fact name={t('address')}>{[head.town, head.address].filter(Boolean).join(' ')}</Fact>
        <Fact name={t('route')}>{head.route}</Fact>
        <Fact name={t('preparedBy')}>{head.preparedBy}</Fact>
        <Fact name={t('approvedBy')}>{`${head.approvedBy} ${formatInstant(head.approvedAt)}`}</Fact>
        {head.dispatchNumber !== null && (
          <Fact name={t('dispatchNumber')}>{`${head.dispatchNumber} ${formatInstant(head.dispatchedAt)}`}</Fact>
        )}
      </dl>
      <Grid label={t('linesTitle')} rows={lines} columns={columns} rowId={rowId} stateKey="slip-lines" />
      {actions.dialog}
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
