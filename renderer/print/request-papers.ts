import { allocationSlips } from './allocation-slip.tsx'
import { withContents } from './contents.tsx'
import { goodsReceipts } from './goods-receipt.tsx'
import type { Papers, PrintLanguage } from './paper.tsx'
import { pickLists } from './pick-list.tsx'
import type { PrintRequest } from './print.tsx'
import { allocationReport } from './report-paper.tsx'

export type PaperChoice = {
  readonly language: PrintLanguage
  readonly copies: 1 | 3
  /** Slips: the reason of each line under it. */
  readonly reasons: boolean
  readonly organisation: string
  readonly organisationEn: string
  readonly businessDate: string
  readonly person: string
}

/** The documents that a screen has asked for, as the preview's choices want them. */
export function requestPapers(request: PrintRequest, choice: PaperChoice): Papers {
  const { language, businessDate: date } = choice
  const organisation = organisationIn(choice)
  switch (request.kind) {
    case 'goods-receipts':
      return goodsReceipts(request.documents, { language, organisation })
    case 'slips':
      return slipPapers(request, choice)
    case 'pick-lists':
      return pickLists(request.documents, { language, organisation, date })
    case 'report':
      return allocationReport(request.report, {
        language,
        organisation,
        date,
        madeBy: choice.person,
        measures: request.measures,
        chosen: request.chosen,
      })
    case 'papers':
      return request.build(choice, organisation)
  }
}

function slipPapers(request: Extract<PrintRequest, { kind: 'slips' }>, choice: PaperChoice): Papers {
  const { documents, contents = false } = request
  const { language, copies, reasons, businessDate: date } = choice
  const organisation = organisationIn(choice)
  const slips = allocationSlips(documents, { language, organisation, copies, reasons })
  return contents && documents.length > 1 ? withContents(slips, documents, { language, organisation, date }) : slips
}

function organisationIn(choice: PaperChoice): string {
  const { language, organisation, organisationEn } = choice
  if (organisationEn === '' || language === 'zh') return organisation
  return language === 'en' ? organisationEn : `${organisation} ${organisationEn}`
}

/** `调拨单 DB20200206-0021.pdf`: no character that some file system refuses. */
export function pdfName(papers: Papers): string {
  return `${papers.title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim()}.pdf`
}
