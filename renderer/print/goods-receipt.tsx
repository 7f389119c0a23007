import type { DeliveryDocument } from '../../api/contract/delivery.ts'
import { Measure, PacksOf } from './measure.tsx'
import { Fact, figure, fitted, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import { SignRow } from './signatures.tsx'

type Line = DeliveryDocument['lines'][number]

export type GoodsReceiptOptions = {
  readonly language: PrintLanguage
  readonly organisation: string
}

/** 入库单: what came in, one document for each delivery. */
export function goodsReceipts(documents: readonly DeliveryDocument[], options: GoodsReceiptOptions): Papers {
  const { language } = options
  const title = paperWord(language, 'goodsReceipt')
  return {
    title: documents.length === 1 ? `${title} ${documents[0]!.head.number}` : title,
    language,
    sections: documents.map((document) => ({
      foot: `${title} ${document.head.number}`,
      likelyPages: Math.max(1, Math.ceil((document.lines.length - 20) / 30) + 1),
      short: document.lines.length <= 12,
      body: <GoodsReceipt document={document} options={options} />,
    })),
  }
}

function GoodsReceipt(props: { readonly document: DeliveryDocument; readonly options: GoodsReceiptOptions }) {
  const { head, lines } = props.document
  const { language, organisation } = props.options
  const last = lines[lines.length - 1]
  return (
    <>
      <div className="organisation">{organisation}</div>
      <h1>
        <Word language={language} of="goodsReceipt" />
      </h1>
      <dl className="facts">
        <Fact language={language} of="number">
          {head.number}
        </Fact>
        <Fact language={language} of="date">
          {head.businessDate}
        </Fact>
        <Fact language={language} of="noteNumber">
          {head.noteNumber}
        </Fact>
        <Fact language={language} of="manufacturer" wide="half">
          <Name language={language} zh={head.supplierName} en={head.supplierNameEn} />
        </Fact>
        <Fact language={language} of="depot" wide="half">
          <Name language={language} zh={head.depotName} en={head.depotNameEn} />
        </Fact>
        {head.note !== '' && (
          <Fact language={language} of="note" wide="full">
            {head.note}
          </Fact>
        )}
      </dl>
      <table>
        <thead>
          <tr>
            {(
              [
                'line',
                'item',
                'specification',
                'unitOfMeasure',
                'quantity',
                'lot',
                'expiresOn',
                'standard',
                'note',
              ] as const
            ).map((key) => (
              <th key={key} scope="col">
                <Word language={language} of={key} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, -1).map((line) => (
            <ReceiptLine key={line.line} line={line} language={language} />
          ))}
        </tbody>
        <tbody className="keep">
          {last && <ReceiptLine line={last} language={language} />}
          <tr className="total">
            <td colSpan={9}>{paperWord(language, 'totalLines', { count: lines.length })}</td>
          </tr>
          <SignRow
            language={language}
            signed={{ as: 'goodsReceipt', names: { preparedBy: head.person } }}
            columns={9}
          />
        </tbody>
      </table>
    </>
  )
}

function ReceiptLine(props: { readonly line: Line; readonly language: PrintLanguage }) {
  const { line, language } = props
  return (
    <tr>
      <td className="short">{line.line}</td>
      <td className="name">
        <Name language={language} zh={line.itemName} en={line.itemNameEn} />
      </td>
      <td className={fitted(line.specification, 10)}>{line.specification}</td>
      <td className="short">
        <Measure language={language} of={line.baseUnit} />
      </td>
      <td className="number">
        <span className="strong">{figure(line.acceptedBase)}</span>
        {line.packs !== null && line.packs > 0 && (
          <PacksOf language={language} packs={line.packs} pack={line.packName} sizeBase={line.packSizeBase} />
        )}
      </td>
      <td className={fitted(line.lot)}>{line.lot}</td>
      <td className="date">{line.expiresOn}</td>
      <td className={fitted(line.standard)}>{line.standard}</td>
      <td className="remark">
        {line.rejectedBase > 0 && (
          <Word
            language={language}
            of="rejected"
            values={{ count: figure(line.rejectedBase), reason: line.rejectReason }}
          />
        )}
      </td>
    </tr>
  )
}
