import { Button } from '@mantine/core'
import { IconArrowLeft, IconExternalLink, IconPrinter, IconRotate2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'wouter'
import type { PostingDocument } from '../../api/contract/ledger.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { postingRequest } from '../print/posting-paper.tsx'
import { openPreview } from '../print/print.tsx'
import { api, outcomeOf } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { printText } from '../text/print.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import { correctable, documentPath } from './correctable.ts'
import { Fact, Facts } from './facts.tsx'
import { Note } from './note.tsx'

type Line = PostingDocument['lines'][number]
const rowId = (row: Line) => String(row.line)

/** One posting: its lines, what it corrects or is corrected by, and the way to correct it. */
export function PostingPage() {
  const t = useText(ledgerText)
  const postingSeq = Number(useParams<{ postingSeq: string }>().postingSeq)
  const known = Number.isSafeInteger(postingSeq) && postingSeq > 0
  const posting = useQuery(
    api.ledger.get.queryOptions({ input: { postingSeq: known ? postingSeq : 1 }, enabled: known }),
  )
  if (posting.data !== undefined) return <Posting key={postingSeq} document={posting.data} />
  if (known && !posting.isError) return <Reading />
  return (
    <Page title={t('title')} scroll>
      {posting.isError && <Refusals {...outcomeOf(posting.error)} />}
      <div>
        <Button component={Link} href="/ledger" variant="default">
          {t('back')}
        </Button>
      </div>
    </Page>
  )
}

function Posting({ document }: { readonly document: PostingDocument }) {
  const t = useText(ledgerText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [asking, setAsking] = useState(false)
  const { head, lines, owner } = document
  const may = correctable(document)
  const path = documentPath(document)
  const offered = may === 'yes' && me.can('manager')
  const paper = useText(printText)
  const print = () => openPreview(postingRequest(document))
  useKeys(
    'keysScreen',
    asking
      ? []
      : [
          { chord: 'Ctrl+P', label: paper('printPosting'), run: print },
          ...(offered ? [{ chord: 'Alt+Z', label: t('keyCorrect'), run: () => setAsking(true) }] : []),
        ],
  )
  const columns = useMemo<readonly GridColumn<Line>[]>(
    () => [
      { id: 'line', header: '#', kind: 'number', value: (row) => row.line, width: 56 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: (row) => [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' '),
        grow: 2,
        width: 190,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: (row) => row.lot, grow: 1, width: 110 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: (row) => row.expiresOn, width: 105 },
      {
        id: 'from',
        header: t('from'),
        kind: 'text',
        value: (row) => pickName(row.fromName, row.fromNameEn, language),
        grow: 1,
        width: 140,
      },
      {
        id: 'to',
        header: t('to'),
        kind: 'text',
        value: (row) => pickName(row.toName, row.toNameEn, language),
        grow: 1,
        width: 140,
      },
      {
        id: 'quantity',
        header: t('quantity'),
        kind: 'number',
        value: (row) => row.quantityBase,
        show: (value, row) => `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`,
        width: 125,
      },
    ],
    [t, language],
  )
  return (
    <Page
      title={t('documentTitle', { kind: words(`posting-${head.kind}`), number: head.number })}
      actions={
        <>
          <Button
            component={Link}
            href="/ledger"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {t('back')}
          </Button>
          {path !== null && (
            <Button
              component={Link}
              href={path}
              variant="default"
              leftSection={<IconExternalLink size={16} aria-hidden />}
            >
              {owner === null ? t('openDelivery') : t('openDocument', { number: owner.number })}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            onClick={print}
          >
            {paper('printPosting')}
          </Button>
          {offered && (
            <Button
              leftSection={<IconRotate2 size={16} aria-hidden />}
              rightSection={<kbd>Alt+Z</kbd>}
              onClick={() => setAsking(true)}
            >
              {t('correctThis')}
            </Button>
          )}
        </>
      }
    >
      {may !== 'yes' && <Note tone={may === 'corrected' ? 'bad' : 'plain'}>{t(`not-${may}`)}</Note>}
      <Facts>
        <Fact name={t('businessDate')}>{head.businessDate}</Fact>
        <Fact name={t('person')}>{head.person}</Fact>
        <Fact name={t('at')}>{formatInstant(head.at)}</Fact>
        <Fact name={t('pieces')}>{formatNumber(head.quantityBase)}</Fact>
        {head.reason !== '' && <Fact name={t('reason')}>{head.reason}</Fact>}
        {head.correctsSeq !== null && (
          <Fact name={t('correction')}>
            <Link href={`/ledger/${head.correctsSeq}`}>{t('corrects', { number: head.corrects ?? '' })}</Link>
          </Fact>
        )}
        {head.correctedBySeq !== null && (
          <Fact name={t('correction')}>
            <Link href={`/ledger/${head.correctedBySeq}`}>{t('correctedBy', { number: head.correctedBy ?? '' })}</Link>
          </Fact>
        )}
      </Facts>
      <Grid label={t('linesTitle')} rows={lines} columns={columns} rowId={rowId} stateKey="posting-lines" />
      {asking && <CorrectDialog head={head} onClose={() => setAsking(false)} />}
    </Page>
  )
}
