import type { SlipDocument } from '../../api/contract/round.ts'
import { slipWhyText } from '../text/slip-why.ts'
import { type Language, textIn } from '../text/text.ts'
import { Measure, PacksOf } from './measure.tsx'
import { coverFigure, Fact, figure, fitted, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import { QrCode } from './qr-code.tsx'
import { SignRow } from './signatures.tsx'

type Line = SlipDocument['lines'][number]

export type SlipOptions = {
  readonly language: PrintLanguage
  readonly organisation: string
  /** Three: 一式三联, for the receiving unit, the storekeeper and the accounts. */
  readonly copies: 1 | 3
  /** The stored reason of each line, under it. */
  readonly reasons?: boolean
}

const copyNames = ['copyUnit', 'copyStorekeeper', 'copyAccounts'] as const
type CopyName = (typeof copyNames)[number]

/** 调拨单 / 出库单, one document for each slip and copy; the copies of a slip follow one another. */
export function allocationSlips(documents: readonly SlipDocument[], options: SlipOptions): Papers {
  const { language } = options
  const title = paperWord(language, 'allocationSlip')
  const copies: readonly (CopyName | null)[] = options.copies === 3 ? copyNames : [null]
  return {
    title: documents.length === 1 ? `${title} ${documents[0]!.head.number}` : title,
    language,
    sections: documents.flatMap((document) =>
      copies.map((copy) => ({
        foot: `${title} ${document.head.number}${copy === null ? '' : ` · ${paperWord(language, copy)}`}`,
        likelyPages: Math.max(1, Math.ceil((rowsOf(document, options) - 18) / 28) + 1),
        short: rowsOf(document, options) <= 10,
        body: <AllocationSlip document={document} copy={copy} options={options} />,
      })),
    ),
  }
}

/** Rows of usual height that the lines and their reasons take. */
const rowsOf = ({ lines }: SlipDocument, { reasons, language }: SlipOptions): number =>
  reasons ? lines.length * (language === 'both' ? 2.2 : 1.8) : lines.length

const columns = [
  'line',
  'item',
  'specification',
  'unitOfMeasure',
  'needed',
  'thisTime',
  'lot',
  'expiresOn',
  'note',
] as const

function AllocationSlip(props: {
  readonly document: SlipDocument
  readonly copy: CopyName | null
  readonly options: SlipOptions
}) {
  const { head, lines } = props.document
  const { language, organisation, reasons = false } = props.options
  const last = lines[lines.length - 1]
  return (
    <>
      <div className="top">
        <div className="left">
          {props.copy !== null && <Word language={language} of={props.copy} />}
          {head.state === 'cancelled' && <div className="cancelled">{paperWord(language, 'cancelled')}</div>}
        </div>
        <div>
          <div className="organisation">{organisation}</div>
          <h1>
            <Word language={language} of="allocationSlip" />
          </h1>
        </div>
        <div className="right">
          <QrCode text={head.number} />
        </div>
      </div>
      <dl className="facts">
        <Fact language={language} of="number">
          {head.number}
        </Fact>
        <Fact language={language} of="date">
          {head.businessDate}
        </Fact>
        <Fact language={language} of="round">
          {head.roundNumber}
        </Fact>
        <Fact language={language} of="toUnit" wide="half">
          <Name language={language} zh={head.unitName} en={head.unitNameEn} />
        </Fact>
        <Fact language={language} of="fromDepot" wide="half">
          <Name language={language} zh={head.depotName} en={head.depotNameEn} />
        </Fact>
        <Fact language={language} of="contact">
          {head.contact}
        </Fact>
        <Fact language={language} of="phone">
          {head.phone}
        </Fact>
        <Fact language={language} of="route">
          {head.route}
        </Fact>
        <Fact language={language} of="address" wide="full">
          {[head.town, head.address].filter((part) => part !== '').join(' ')}
        </Fact>
        {head.dispatchNumber !== null && (
          <Fact language={language} of="dispatchNumber">
            {head.dispatchNumber}
          </Fact>
        )}
      </dl>
      <table>
        <thead>
          <tr>
            {columns.map((key) => (
              <th key={key} scope="col">
                <Word language={language} of={key} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {!reasons && lines.slice(0, -1).map((line) => <SlipLine key={line.line} line={line} language={language} />)}
        </tbody>
        {reasons &&
          lines.slice(0, -1).map((line, index) => (
            <tbody key={line.line} className="keep">
              <SlipLine line={line} language={language} />
              <Why line={line} before={lines[index - 1]} language={language} />
            </tbody>
          ))}
        <tbody className="keep">
          {last && <SlipLine line={last} language={language} />}
          {last && reasons && <Why line={last} before={lines[lines.length - 2]} language={language} />}
          <tr className="total">
            <td colSpan={columns.length}>
              {paperWord(language, 'totalLines', { count: lines.length })}
              {language === 'zh' ? '　' : ' · '}
              {paperWord(language, 'totalPacks', { count: head.packs })}
            </td>
          </tr>
          <SignRow
            language={language}
            signed={{ as: 'allocationSlip', names: { preparedBy: head.preparedBy, approver: head.approvedBy } }}
            columns={columns.length}
          />
        </tbody>
      </table>
    </>
  )
}

/** What the item was needed as: lots of one item, and a substitute with what it stands in for, share one reason. */
const neededAs = (line: Line): string => line.substituteFor ?? line.itemName

const whyWords: Readonly<Record<Language, ReturnType<typeof textIn<(typeof slipWhyText.keys)[number]>>>> = {
  zh: textIn(slipWhyText, 'zh'),
  en: textIn(slipWhyText, 'en'),
}

/** The reason that the approved round stored, said once for the lots of an item. */
function Why(props: { readonly line: Line; readonly before: Line | undefined; readonly language: PrintLanguage }) {
  const { line, before, language } = props
  if (line.why === null || (before && neededAs(before) === neededAs(line))) return null
  return (
    <tr className="why">
      <td colSpan={columns.length}>
        {languagesOf(language).map((each) => (
          <div key={each}>
            {whyWords[each]('why')}
            {each === 'zh' ? '：' : ': '}
            {whyParts(line, line.why!, each).join(each === 'zh' ? '；' : '; ')}
            {each === 'zh' ? '。' : '.'}
          </div>
        ))}
      </td>
    </tr>
  )
}

const languagesOf = (language: PrintLanguage): readonly Language[] => (language === 'both' ? ['zh', 'en'] : [language])

const reasonKeys = ['pin', 'need', 'floor', 'level', 'tie', 'cap', 'expiry', 'source'] as const

function whyParts(line: Line, why: NonNullable<Line['why']>, language: Language): string[] {
  const parts: string[] = []
  if (why.rung > 0 && why.rungDays !== null) {
    const name = language === 'en' ? why.rungNameEn || why.rungName : why.rungName || why.rungNameEn
    const values = { rung: why.rung, name, days: figure(why.rungDays) }
    parts.push(whyWords[language](name === '' ? 'whyRung' : 'whyRungNamed', values))
  }
  const reason = reasonKeys.find((known) => known === why.reason)
  if (reason) parts.push(whyWords[language](`why-${reason}`, { days: why.horizonDays }))
  if (why.coverBeforeMilliDays !== null && line.coverAfterMilliDays !== null) {
    const before = coverFigure(why.coverBeforeMilliDays)
    parts.push(whyWords[language]('whyCover', { before, after: coverFigure(line.coverAfterMilliDays) }))
  }
  if (why.queuePacks !== null && why.reason !== 'pin') {
    parts.push(whyWords[language]('whyQueue', { pack: line.packName, place: figure(why.queuePacks) }))
  }
  return parts
}

function SlipLine(props: { readonly line: Line; readonly language: PrintLanguage }) {
  const { line, language } = props
  return (
    <tr>
      <td className="short">{line.line}</td>
      <td className="name">
        <Name language={language} zh={line.itemName} en={line.itemNameEn} />
        {line.standard !== '' && (
          <span className="stacked" data-column={paperWord(language, 'standard')}>
            {line.standard}
          </span>
        )}
      </td>
      <td className={fitted(line.specification, 10)}>{line.specification}</td>
      <td className="short">
        <Measure language={language} of={line.baseUnit} />
      </td>
      <td className="number">{figure(line.needBase)}</td>
      <td className="number">
        <span className="strong">{figure(line.quantityBase)}</span>
        <PacksOf language={language} packs={line.packs} pack={line.packName} sizeBase={line.packSizeBase} />
      </td>
      <td className={fitted(line.lot)}>{line.lot}</td>
      <td className="date">{line.expiresOn}</td>
      <td className="remark">
        {line.substituteFor !== null && (
          <div className="strong">
            <Word
              language={language}
              of="substituteFor"
              values={{ item: language === 'en' && line.substituteForEn ? line.substituteForEn : line.substituteFor }}
            />
          </div>
        )}
        {line.coverAfterMilliDays !== null && (
          <Word language={language} of="coverAfter" values={{ days: coverFigure(line.coverAfterMilliDays) }} />
        )}
      </td>
    </tr>
  )
}
