import type { z } from 'zod'
import type { ItemRow } from '../../api/contract/item.ts'
import type { needRow, UnitRow } from '../../api/contract/place.ts'
import type { SlipHead } from '../../api/contract/round.ts'
import type { KnownUse } from '../../core/use.ts'
import { textIn } from '../text/text.ts'
import { unitText } from '../text/unit.ts'
import { type WordKey, wordText } from '../text/words.ts'
import { Measure } from './measure.tsx'
import { coverFigure, Fact, figure, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

type Need = z.infer<typeof needRow>
type Duty = { readonly dutyId: number; readonly name: string; readonly nameEn: string }

export type UnitCard = {
  readonly unit: UnitRow
  readonly needs: readonly Need[]
  readonly items: readonly ItemRow[]
  readonly duties: readonly Duty[]
  /** Slips of the unit, the newest first. */
  readonly slips: readonly SlipHead[]
  readonly today: string
}

const words = { zh: textIn(wordText, 'zh'), en: textIn(wordText, 'en') }
const BothWords = (props: { readonly language: PrintLanguage; readonly of: WordKey }) => (
  <Name language={props.language} zh={words.zh(props.of)} en={words.en(props.of)} />
)

const useWords = { zh: textIn(unitText, 'zh'), en: textIn(unitText, 'en') }
const SourceOf = ({ language, of }: { readonly language: PrintLanguage; readonly of: KnownUse }) => (
  <Name language={language} zh={useWords.zh(`source-${of}`)} en={useWords.en(`source-${of}`)} />
)

type NeedLine = Need & { readonly item: ItemRow }
type DutyLine = Duty & { readonly people: number }

const needColumns = (language: PrintLanguage): readonly PaperColumn<NeedLine>[] => [
  { key: 'item', className: 'name', cell: ({ item }) => <Name language={language} zh={item.name} en={item.nameEn} /> },
  { key: 'unitOfMeasure', className: 'short', cell: ({ item }) => <Measure language={language} of={item.baseUnit} /> },
  { key: 'needPerDay', className: 'number', cell: (row) => figure(row.useMilliPerDay / 1000) },
  {
    key: 'actualUse',
    className: 'number',
    cell: (row) => (row.actual === null ? '' : figure(row.actual.milliPerDay / 1000)),
  },
  {
    key: 'useSource',
    className: 'short',
    cell: (row) => (row.actual === null ? '' : <SourceOf language={language} of={row.actual.source} />),
  },
  { key: 'unitStock', className: 'number', cell: (row) => figure(row.stockBase) },
  {
    key: 'cover',
    className: 'number strong',
    cell: (row) => (row.coverMilliDays === null ? '' : coverFigure(row.coverMilliDays)),
  },
  { key: 'runsOutOn', className: 'date', cell: (row) => row.runsOutOn },
  { key: 'needed', className: 'number', cell: (row) => figure(row.needBase) },
]

const slipColumns = (language: PrintLanguage): readonly PaperColumn<SlipHead>[] => [
  { key: 'date', className: 'date', cell: (row) => row.businessDate },
  { key: 'round', cell: (row) => row.roundNumber },
  { key: 'allocationSlip', cell: (row) => row.number },
  { key: 'fromDepot', cell: (row) => <Name language={language} zh={row.depotName} en={row.depotNameEn} /> },
  { key: 'packs', className: 'number', cell: (row) => figure(row.packs) },
  { key: 'state', className: 'short', cell: (row) => <BothWords language={language} of={`state-${row.state}`} /> },
]

/** 单位卡: who is on duty, what the unit needs and has, and what it was last given. */
export function unitCard(
  card: UnitCard,
  options: { readonly language: PrintLanguage; readonly organisation: string },
): Papers {
  const { language } = options
  const { unit, slips, today } = card
  const items = new Map(card.items.map((item) => [item.itemId, item]))
  const people = new Map(unit.headcount.map((one) => [one.dutyId, one.people]))
  const duties = card.duties.flatMap((duty): DutyLine[] => {
    const count = people.get(duty.dutyId) ?? 0
    return count === 0 ? [] : [{ ...duty, people: count }]
  })
  const needs = card.needs.flatMap((need): NeedLine[] => {
    const item = items.get(need.itemId)
    return item === undefined ? [] : [{ ...need, item }]
  })
  const title = paperWord(language, 'unitCard')
  const name = language === 'en' && unit.nameEn !== '' ? unit.nameEn : unit.name
  const total = duties.reduce((sum, duty) => sum + duty.people, 0)
  return {
    title: `${title} ${name}`,
    language,
    sections: [
      {
        foot: `${title} ${unit.code} · ${today}`,
        likelyPages: guessPages(needs.length + duties.length + slips.length + 14),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of="unitCard">
              <Fact language={language} of="unit" wide="full">
                {unit.code} <Name language={language} zh={unit.name} en={unit.nameEn} />
              </Fact>
              <Fact language={language} of="unitKinds">
                <BothWords language={language} of={`unitKind-${unit.unitKind}`} />
              </Fact>
              <Fact language={language} of="tier">
                {unit.tier}
              </Fact>
              <Fact language={language} of="town">
                {unit.town}
              </Fact>
              <Fact language={language} of="contact">
                {unit.contact}
              </Fact>
              <Fact language={language} of="phone">
                {unit.phone}
              </Fact>
              <Fact language={language} of="date">
                {today}
              </Fact>
              <Fact language={language} of="address" wide="full">
                {unit.address}
              </Fact>
            </PaperHead>
            <h2>
              <Word language={language} of="people" />
            </h2>
            <PaperTable
              language={language}
              columns={[
                { key: 'duty', cell: (row) => <Name language={language} zh={row.name} en={row.nameEn} /> },
                { key: 'people', className: 'number', cell: (row) => figure(row.people) },
              ]}
              rows={duties}
              rowKey={(row) => row.dutyId}
              empty="nothing"
              totals={
                <tr className="total">
                  <td>{paperWord(language, 'total')}</td>
                  <td className="number">{figure(total)}</td>
                </tr>
              }
            />
            <h2>
              <Word language={language} of="need" />
            </h2>
            <PaperTable
              language={language}
              columns={needColumns(language)}
              rows={needs}
              rowKey={(row) => row.itemId}
              empty="nothing"
            />
            {slips.length > 0 && (
              <>
                <h2>
                  <Word language={language} of="lastRounds" />
                </h2>
                <PaperTable
                  language={language}
                  columns={slipColumns(language)}
                  rows={slips}
                  rowKey={(row) => row.slipId}
                  empty="nothing"
                />
              </>
            )}
          </>
        ),
      },
    ],
  }
}

export const unitCardRequest = (card: UnitCard): PrintRequest => ({
  kind: 'papers',
  title: titleIn('unitCard'),
  build: ({ language }, organisation) => unitCard(card, { language, organisation }),
})
