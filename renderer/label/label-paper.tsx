import { type LabelCode, type LabelFacts, type LabelKind, type LabelSize, labelCode } from '../../core/label.ts'
import { DataMatrix } from '../print/data-matrix.tsx'
import { figure, type Papers, type PrintLanguage, paperWord } from '../print/paper.tsx'
import { measureName } from '../text/words.ts'
import { type FontSizes, fitText } from './fit-text.ts'
import { labelStyle, pointsClass } from './label-style.ts'

/** What stands on one label. */
export type Label = LabelFacts & {
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly standard: string
  readonly baseUnit: string
  /** Where it lies, as somebody wrote it; on a shelf's label. */
  readonly shelf: string
  readonly copies: number
}

export type LabelOptions = {
  readonly kind: LabelKind
  readonly size: LabelSize
  readonly language: PrintLanguage
  readonly today: string
  /** Millimetres to the right and down, for a printer that prints beside the mark. */
  readonly offset: { readonly xMm: number; readonly yMm: number }
}

type Box = { readonly widthMm: number; readonly heightMm: number }
type Metrics = {
  readonly nameMm: Box
  readonly name: FontSizes
  readonly factsMm: Box
  readonly fact: FontSizes
}

/** The boxes that labelStyle draws, in the same millimetres. */
const metrics: Readonly<Record<LabelSize['id'], Metrics>> = {
  '50x30': {
    nameMm: { widthMm: 46, heightMm: 9.4 },
    name: { largest: 11, smallest: 5 },
    factsMm: { widthMm: 29, heightMm: 17 },
    fact: { largest: 8, smallest: 4.5 },
  },
  '100x50': {
    nameMm: { widthMm: 94, heightMm: 16 },
    name: { largest: 24, smallest: 8 },
    factsMm: { widthMm: 63, heightMm: 28 },
    fact: { largest: 14, smallest: 8 },
  },
}

/** One page for each copy of each label, in their order; a carton's labels are numbered. */
export function labelPapers(labels: readonly Label[], options: LabelOptions): Papers {
  const { kind, size, language } = options
  return {
    title: paperWord(language, `label-${kind}`),
    language,
    sheet: { widthMm: size.widthMm, heightMm: size.heightMm, style: labelStyle(size, options.offset) },
    sections: labels.flatMap((label) => {
      const code = labelCode(kind, label, options.today)
      return Array.from({ length: label.copies }, (_, index) => ({
        foot: '',
        likelyPages: 1,
        short: true,
        body: <LabelBody label={label} code={code} number={index + 1} options={options} />,
      }))
    }),
  }
}

function LabelBody(props: {
  readonly label: Label
  readonly code: LabelCode
  readonly number: number
  readonly options: LabelOptions
}) {
  const { label, code, options } = props
  const { size, language } = options
  const name = nameIn(language, label)
  const { nameMm, name: sizes, factsMm, fact } = metrics[size.id]
  const facts = factsOf(label, props.number, options)
  const points = fitText(
    facts.map(({ word, value }) => `${word} ${value}`),
    factsMm,
    fact,
  )
  return (
    <div className="label">
      <div className={`label-name ${pointsClass(fitText([name], nameMm, sizes))}`}>{name}</div>
      <div className="label-code">
        {code.symbol === null ? <div className="no-code">{label.itemCode}</div> : <DataMatrix symbol={code.symbol} />}
      </div>
      <dl className={`label-facts ${pointsClass(points)}`}>
        {facts.map(({ word, value, strong }) => (
          <div key={word} className={strong ? 'strong' : undefined}>
            <dt>{word}</dt> <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

const nameIn = (language: PrintLanguage, { itemName, itemNameEn }: Label): string =>
  language === 'zh' || itemNameEn === '' || itemNameEn === itemName
    ? itemName
    : language === 'en'
      ? itemNameEn
      : `${itemName} ${itemNameEn}`

type LabelFact = { readonly word: string; readonly value: string; readonly strong?: boolean }

function factsOf(label: Label, number: number, { kind, language }: LabelOptions): LabelFact[] {
  const unit = measureName(label.baseUnit, language === 'en' ? 'en' : 'zh')
  const quantity = label.quantityBase === null ? '' : `${figure(label.quantityBase)} ${unit}`
  // On a label a word in both languages takes the room of what it names: English follows the screen's own short form.
  const word = (of: Parameters<typeof paperWord>[1]) => paperWord(language === 'both' ? 'zh' : language, of)
  const shelf: LabelFact[] = [
    { word: word('labelShelf'), value: label.shelf, strong: true },
    { word: word('labelItemCode'), value: label.itemCode },
    { word: word('specification'), value: label.specification },
    { word: word('unitOfMeasure'), value: unit },
    { word: word('standard'), value: label.standard },
  ]
  const ofLot: LabelFact[] = [
    { word: word('lot'), value: label.lot, strong: true },
    { word: word('expiresOn'), value: label.expiresOn ?? '', strong: true },
    { word: word('quantity'), value: quantity, strong: true },
    ...(kind === 'carton' && label.copies > 1
      ? [{ word: word('labelCarton'), value: `${number} / ${label.copies}` }]
      : []),
    { word: word('labelItemCode'), value: label.itemCode },
    { word: word('specification'), value: label.specification },
  ]
  return (kind === 'shelf' ? shelf : ofLot).filter(({ value }) => value !== '')
}

/** A frame 1 mm inside the edge, a cross in the middle and a scale in millimetres: shows how far the printer is off. */
export function testLabelPapers(options: LabelOptions): Papers {
  const { size, language, offset } = options
  const { widthMm, heightMm } = size
  const marks = Array.from({ length: widthMm - 9 }, (_, index) => index + 5)
  return {
    title: paperWord(language, 'label-test'),
    language,
    sheet: { widthMm, heightMm, style: labelStyle(size, options.offset) },
    sections: [
      {
        foot: '',
        likelyPages: 1,
        short: true,
        body: (
          <div className="label-test">
            <svg viewBox={`0 0 ${widthMm} ${heightMm}`} aria-hidden="true">
              <rect x={1} y={1} width={widthMm - 2} height={heightMm - 2} fill="none" stroke="#000" strokeWidth={0.2} />
              <path
                d={`M${widthMm / 2 - 3} ${heightMm / 2}h6M${widthMm / 2} ${heightMm / 2 - 3}v6${marks
                  .map((mark) => `M${mark} 1v${mark % 10 === 0 ? 3 : mark % 5 === 0 ? 2 : 1}`)
                  .join('')}`}
                stroke="#000"
                strokeWidth={0.15}
                fill="none"
              />
            </svg>
            <p>
              {paperWord(language, 'labelTestFrame', { width: widthMm, height: heightMm })}
              <br />
              {paperWord(language, 'labelTestOffset', { x: offset.xMm, y: offset.yMm })}
            </p>
          </div>
        ),
      },
    ],
  }
}
