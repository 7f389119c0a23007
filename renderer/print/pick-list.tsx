import type { SlipDocument } from '../../api/contract/round.ts'
import { Measure, packText } from './measure.tsx'
import { Fact, figure, fitted, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import { type PickRow, type PickSheet, pickSheets } from './pick.ts'
import { SignRow } from './signatures.tsx'

export type PickListOptions = {
  readonly language: PrintLanguage
  readonly organisation: string
  /** Business date of the picking. */
  readonly date: string
}

/** More destinations than this in one row say nothing to a picker; the slips themselves have them. */
const destinationsShown = 6

/** 拣货单: one document for each depot. */
export function pickLists(documents: readonly SlipDocument[], options: PickListOptions): Papers {
  const { language } = options
  const title = paperWord(language, 'pickList')
  return {
    title: `${title} ${options.date}`,
    language,
    sections: pickSheets(documents).map((sheet) => ({
      foot: `${title} ${options.date} · ${sheet.depotName}`,
      likelyPages: Math.max(1, Math.ceil((sheet.rows.length - 24) / 32) + 1),
      body: <PickListPaper sheet={sheet} options={options} />,
    })),
  }
}

const columns = [
  'picked',
  'item',
  'specification',
  'lot',
  'expiresOn',
  'packs',
  'quantity',
  'unitOfMeasure',
  'destinations',
  'difference',
] as const

function PickListPaper(props: { readonly sheet: PickSheet; readonly options: PickListOptions }) {
  const { sheet, options } = props
  const { language } = options
  const last = sheet.rows[sheet.rows.length - 1]
  const packs = sheet.rows.reduce((sum, row) => sum + row.packs, 0)
  const shown =
    sheet.slipNumbers.length > 4
      ? `${sheet.slipNumbers.slice(0, 3).join(' ')} … ${sheet.slipNumbers[sheet.slipNumbers.length - 1]}`
      : sheet.slipNumbers.join(' ')
  return (
    <>
      <div className="organisation">{options.organisation}</div>
      <h1>
        <Word language={language} of="pickList" />
      </h1>
      <dl className="facts">
        <Fact language={language} of="depot">
          <Name language={language} zh={sheet.depotName} en={sheet.depotNameEn} />
        </Fact>
        <Fact language={language} of="date">
          {options.date}
        </Fact>
        <Fact language={language} of="round">
          {sheet.roundNumbers.join(' ')}
        </Fact>
        <Fact language={language} of="allocationSlip" wide="full">
          {paperWord(language, 'slipsCount', { count: sheet.slipNumbers.length })}: {shown}
        </Fact>
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
          {sheet.rows.slice(0, -1).map((row) => (
            <PickLine key={rowKey(row)} row={row} language={language} />
          ))}
        </tbody>
        <tbody className="keep">
          {last && <PickLine row={last} language={language} />}
          <tr className="total">
            <td colSpan={columns.length}>
              {paperWord(language, 'totalLines', { count: sheet.rows.length })}
              {language === 'zh' ? '　' : ' · '}
              {paperWord(language, 'totalPacks', { count: packs })}
            </td>
          </tr>
          <SignRow language={language} signed={{ as: 'pickList' }} columns={columns.length} />
        </tbody>
      </table>
    </>
  )
}

const rowKey = (row: PickRow): string => JSON.stringify([row.itemId, row.lot, row.expiresOn, row.packSizeBase])

function PickLine(props: { readonly row: PickRow; readonly language: PrintLanguage }) {
  const { row, language } = props
  return (
    <tr>
      <td className="short">
        <span className="box" />
      </td>
      <td className="name">
        <Name language={language} zh={row.itemName} en={row.itemNameEn} />
      </td>
      <td className={fitted(row.specification, 10)}>{row.specification}</td>
      <td className={fitted(row.lot)}>{row.lot}</td>
      <td className="date">{row.expiresOn}</td>
      <td className="number">
        <span className="strong">{figure(row.packs)}</span>{' '}
        <span data-column={paperWord(language, 'unitPacks')}>{packText(language, row.packName)}</span>
      </td>
      <td className="number">{figure(row.quantityBase)}</td>
      <td className="short">
        <Measure language={language} of={row.baseUnit} />
      </td>
      <td className="remark">
        {row.destinations.length > destinationsShown
          ? paperWord(language, 'slipsCount', { count: row.destinations.length })
          : row.destinations.map((to) => (
              <span key={to.unitName} className="stacked">
                {language === 'en' && to.unitNameEn !== '' ? to.unitNameEn : to.unitName} {figure(to.packs)}
              </span>
            ))}
      </td>
      <td className="difference" />
    </tr>
  )
}
