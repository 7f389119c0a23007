import type { ReactNode } from 'react'
import type { BoardRow } from '../../api/contract/liaison.ts'
import { measureText } from '../print/measure.tsx'
import { figure, Name, type Papers, type PrintLanguage, paperWord } from '../print/paper.tsx'
import type { PrintRequest } from '../print/print.tsx'
import type { PaperChoice } from '../print/request-papers.ts'
import { SignRow } from '../print/signatures.tsx'
import { PaperHead, titleIn } from '../print/table-paper.tsx'
import { liaisonPaperText, liaisonText } from '../text/liaison.ts'
import { type TextValues, textIn } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import { type Promised, promiseState, sortPromises } from './promise-state.ts'
import type { Directory } from './use-directory.ts'
import { whyCall } from './why-words.ts'

type PaperKey = (typeof liaisonPaperText.keys)[number]
type WordKey = (typeof liaisonText.keys)[number]

const paper = { zh: textIn(liaisonPaperText, 'zh'), en: textIn(liaisonPaperText, 'en') }
const screen = { zh: textIn(liaisonText, 'zh'), en: textIn(liaisonText, 'en') }

/** In both languages the English stands under the Chinese, as on the other papers. */
function InBoth(props: { readonly language: PrintLanguage; readonly zh: string; readonly en: string }) {
  const { language, zh, en } = props
  if (language !== 'both') return language === 'zh' ? zh : en
  return (
    <>
      {zh}
      {en !== zh && <span className="stacked">{en}</span>}
    </>
  )
}

const Word = (props: { readonly language: PrintLanguage; readonly of: PaperKey; readonly values?: TextValues }) => (
  <InBoth language={props.language} zh={paper.zh(props.of, props.values)} en={paper.en(props.of, props.values)} />
)

function FactLine(props: { readonly language: PrintLanguage; readonly of: PaperKey; readonly children: ReactNode }) {
  return (
    <div>
      <dt>
        <Word language={props.language} of={props.of} />
      </dt>
      <dd>{props.children}</dd>
    </div>
  )
}

function HeadRow(props: { readonly language: PrintLanguage; readonly keys: readonly PaperKey[] }) {
  return (
    <thead>
      <tr>
        {props.keys.map((key) => (
          <th key={key} scope="col">
            <Word language={props.language} of={key} />
          </th>
        ))}
      </tr>
    </thead>
  )
}

const ItemName = (props: { readonly language: PrintLanguage; readonly directory: Directory; readonly id: number }) => {
  const item = props.directory.itemById.get(props.id)
  return <Name language={props.language} zh={item?.name ?? String(props.id)} en={item?.nameEn ?? ''} />
}

const SupplierName = (props: {
  readonly language: PrintLanguage
  readonly directory: Directory
  readonly id: number
}) => {
  const supplier = props.directory.supplierById.get(props.id)
  return <Name language={props.language} zh={supplier?.name ?? String(props.id)} en={supplier?.nameEn ?? ''} />
}

/** The rows of a table, the last of them in one piece with the signatures. */
function Rows(props: { readonly rows: readonly ReactNode[]; readonly sign: ReactNode }) {
  return (
    <>
      <tbody>{props.rows.slice(0, -1)}</tbody>
      <tbody className="keep">
        {props.rows.at(-1)}
        {props.sign}
      </tbody>
    </>
  )
}

const boardKeys = [
  'supplier',
  'item',
  'why',
  'gap',
  'lateSince',
  'promisedToday',
  'promisedWeek',
  'reliability',
  'nextCall',
  'result',
] as const

const blankZero = (value: number): string => (value === 0 ? '' : figure(value))

/** 联络看板 on paper, to be taken to the telephone: the rows as the screen shows them, and room for the answer. */
export function boardPaper(rows: readonly BoardRow[], directory: Directory, today: string): PrintRequest {
  const build = (choice: PaperChoice, organisation: string): Papers => {
    const { language } = choice
    const title = paperWord(language, 'liaisonBoard')
    const why = (row: BoardRow, one: 'zh' | 'en') =>
      whyCall(row, {
        t: screen[one],
        language: one,
        today,
        measure: measureName(directory.itemById.get(row.itemId)?.baseUnit ?? '', one),
      })
    return {
      title: `${title} ${today}`,
      language,
      sections: [
        {
          foot: `${title} ${today}`,
          landscape: true,
          likelyPages: Math.max(1, Math.ceil(rows.length / 18)),
          body: (
            <>
              <PaperHead language={language} organisation={organisation} of="liaisonBoard">
                <FactLine language={language} of="date">
                  {today}
                </FactLine>
              </PaperHead>
              <table>
                <HeadRow language={language} keys={boardKeys} />
                <Rows
                  rows={
                    rows.length === 0
                      ? [
                          <tr key="nothing" className="none">
                            <td colSpan={boardKeys.length}>
                              <Word language={language} of="nothing" />
                            </td>
                          </tr>,
                        ]
                      : rows.map((row) => {
                          const supplier = directory.supplierById.get(row.supplierId)
                          return (
                            <tr key={`${row.supplierId}/${row.itemId}`}>
                              <td className="name">
                                <SupplierName language={language} directory={directory} id={row.supplierId} />
                                <span className="stacked" data-column={paperWord(language, 'contact')}>
                                  {[supplier?.contact, supplier?.phone].filter(Boolean).join(' ')}
                                </span>
                              </td>
                              <td className="name">
                                <ItemName language={language} directory={directory} id={row.itemId} />
                              </td>
                              <td className="name">
                                <InBoth language={language} zh={why(row, 'zh')} en={why(row, 'en')} />
                              </td>
                              <td className="number">{blankZero(row.gapBase)}</td>
                              <td className="date">{row.lateSince}</td>
                              <td className="number">{blankZero(row.promisedTodayBase)}</td>
                              <td className="number">{blankZero(row.promisedWeekBase)}</td>
                              <td className="number">
                                {row.fulfilmentPercent === null ? '' : `${row.fulfilmentPercent}%`}
                              </td>
                              <td>{[row.lastCall?.nextOn, row.lastCall?.nextWith].filter(Boolean).join(' ')}</td>
                              <td className="difference" />
                            </tr>
                          )
                        })
                  }
                  sign={
                    <SignRow
                      language={language}
                      signed={{ as: 'liaisonBoard', names: { preparedBy: choice.person } }}
                      columns={boardKeys.length}
                    />
                  }
                />
              </table>
            </>
          ),
        },
      ],
    }
  }
  return { kind: 'papers', title: titleIn('liaisonBoard'), build }
}

const promiseKeys = ['item', 'dueOn', 'promised', 'delivered', 'outstanding', 'state', 'note'] as const

/** 承诺与兑现: one document for each manufacturer, with a sum for each item. */
export function promisePaper(promises: readonly Promised[], directory: Directory, today: string): PrintRequest {
  const bySupplier = new Map<number, Promised[]>()
  for (const promise of sortPromises(promises, today)) {
    bySupplier.set(promise.supplierId, [...(bySupplier.get(promise.supplierId) ?? []), promise])
  }
  const build = (choice: PaperChoice, organisation: string): Papers => {
    const { language } = choice
    const title = paperWord(language, 'fulfilment')
    return {
      title: `${title} ${today}`,
      language,
      sections: [...bySupplier].map(([supplierId, rows]) => ({
        foot: `${title} ${supplierNameIn(directory, supplierId, language)}`,
        likelyPages: Math.max(1, Math.ceil(rows.length / 34)),
        body: (
          <>
            <PaperHead language={language} organisation={organisation} of="fulfilment">
              <FactLine language={language} of="supplier">
                <SupplierName language={language} directory={directory} id={supplierId} />
              </FactLine>
              <FactLine language={language} of="contact">
                {contactOf(directory, supplierId)}
              </FactLine>
              <FactLine language={language} of="date">
                {today}
              </FactLine>
            </PaperHead>
            <table>
              <HeadRow language={language} keys={promiseKeys} />
              <Rows
                rows={[
                  ...rows.map((row) => (
                    <PromiseRow
                      key={row.commitmentId}
                      row={row}
                      language={language}
                      directory={directory}
                      today={today}
                    />
                  )),
                  ...sumsByItem(rows).map((sum) => (
                    <tr key={`sum-${sum.itemId}`} className="total">
                      <td colSpan={2}>
                        <Word
                          language={language}
                          of="sum"
                          values={{ item: itemNameIn(directory, sum.itemId, language) }}
                        />
                      </td>
                      <td className="number">{figure(sum.promisedBase)}</td>
                      <td className="number">{figure(sum.deliveredBase)}</td>
                      <td className="number">{figure(sum.outstandingBase)}</td>
                      <td colSpan={2}>{`${Math.floor((sum.deliveredBase * 100) / Math.max(1, sum.promisedBase))}%`}</td>
                    </tr>
                  )),
                ]}
                sign={
                  <SignRow
                    language={language}
                    signed={{ as: 'fulfilment', names: { preparedBy: choice.person } }}
                    columns={promiseKeys.length}
                  />
                }
              />
            </table>
          </>
        ),
      })),
    }
  }
  return { kind: 'papers', title: titleIn('fulfilment'), build }
}

function PromiseRow(props: {
  readonly row: Promised
  readonly language: PrintLanguage
  readonly directory: Directory
  readonly today: string
}) {
  const { row, language, directory, today } = props
  const state: WordKey = `state-${promiseState(row, today)}`
  const { baseUnit = '' } = directory.itemById.get(row.itemId) ?? {}
  return (
    <tr>
      <td className="name">
        <ItemName language={language} directory={directory} id={row.itemId} />{' '}
        <span data-column={paperWord(language, 'unitOfMeasure')}>({measureText(language, baseUnit)})</span>
      </td>
      <td className="date">{row.dueOn}</td>
      <td className="number">{figure(row.quantityBase)}</td>
      <td className="number">{figure(row.deliveredBase)}</td>
      <td className="number strong">{blankZero(row.outstandingBase)}</td>
      <td>
        <InBoth language={language} zh={screen.zh(state)} en={screen.en(state)} />
      </td>
      <td className="remark">{row.note}</td>
    </tr>
  )
}

const itemNameIn = (directory: Directory, itemId: number, language: PrintLanguage): string => {
  const item = directory.itemById.get(itemId)
  return (language === 'en' && item?.nameEn ? item.nameEn : item?.name) ?? String(itemId)
}

const supplierNameIn = (directory: Directory, supplierId: number, language: PrintLanguage): string => {
  const supplier = directory.supplierById.get(supplierId)
  return (language === 'en' && supplier?.nameEn ? supplier.nameEn : supplier?.name) ?? String(supplierId)
}

const contactOf = (directory: Directory, supplierId: number): string => {
  const supplier = directory.supplierById.get(supplierId)
  return [supplier?.contact, supplier?.phone].filter(Boolean).join(' ')
}

/** What was promised and came of each item, in the order in which the items first stand. */
function sumsByItem(rows: readonly Promised[]) {
  const sums = new Map<
    number,
    { itemId: number; promisedBase: number; deliveredBase: number; outstandingBase: number }
  >()
  for (const row of rows) {
    const sum = sums.get(row.itemId) ?? { itemId: row.itemId, promisedBase: 0, deliveredBase: 0, outstandingBase: 0 }
    sum.promisedBase += row.quantityBase
    sum.deliveredBase += row.deliveredBase
    sum.outstandingBase += row.outstandingBase
    sums.set(row.itemId, sum)
  }
  return [...sums.values()]
}
