import type { z } from 'zod'
import type { ItemRow } from '../../api/contract/item.ts'
import type { needRow, UnitRow } from '../../api/contract/place.ts'
import { pickName } from '../text/text.ts'
import { Measure } from './measure.tsx'
import { Fact, figure, Name, type Papers, type PrintLanguage, paperWord } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

type Need = z.infer<typeof needRow>
type FormLine = Pick<Need, 'itemId' | 'reportedBase' | 'shippedSinceBase'> & { readonly item: ItemRow }

export type ReportForm = { readonly unit: UnitRow; readonly needs: readonly Need[] }
export type ReportForms = { readonly forms: readonly ReportForm[]; readonly items: readonly ItemRow[] }

const formColumns = (language: PrintLanguage): readonly PaperColumn<FormLine>[] => [
  { key: 'item', className: 'name', cell: ({ item }) => <Name language={language} zh={item.name} en={item.nameEn} /> },
  { key: 'specification', cell: ({ item }) => item.specification },
  { key: 'unitOfMeasure', className: 'short', cell: ({ item }) => <Measure language={language} of={item.baseUnit} /> },
  {
    key: 'lastReported',
    className: 'number',
    cell: (row) => (row.reportedBase === null ? '' : figure(row.reportedBase)),
  },
  { key: 'sentSince', className: 'number', cell: (row) => figure(row.shippedSinceBase) },
  { key: 'nowOnHand', className: 'difference', cell: () => '' },
  { key: 'usedSince', className: 'difference', cell: () => '' },
  { key: 'usedDays', className: 'short', cell: () => '' },
  { key: 'note', className: 'remark', cell: () => '' },
]

/** 库存上报表: what each unit fills in by hand, with what it reported last and was sent since beside it. */
export function reportForms(
  { forms, items }: ReportForms,
  options: { readonly language: PrintLanguage; readonly organisation: string },
): Papers {
  const { language } = options
  const byId = new Map(items.map((item) => [item.itemId, item]))
  const title = paperWord(language, 'reportForm')
  const only = forms.length === 1 ? forms[0]!.unit : null
  const name = only === null ? '' : pickName(only.name, only.nameEn, language === 'en' ? 'en' : 'zh')
  return {
    title: `${title} ${name}`.trim(),
    language,
    sections: forms.map(({ unit, needs }) => {
      const lines = needs.flatMap((need): FormLine[] => {
        const item = byId.get(need.itemId)
        return item === undefined ? [] : [{ ...need, item }]
      })
      return {
        foot: `${title} ${unit.code}`,
        likelyPages: guessPages(lines.length + 8),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of="reportForm">
              <Fact language={language} of="unit" wide="full">
                {unit.code} <Name language={language} zh={unit.name} en={unit.nameEn} />
              </Fact>
              <Fact language={language} of="contact">
                {unit.contact}
              </Fact>
              <Fact language={language} of="lastReport">
                {unit.lastReportedOn ?? ''}
              </Fact>
              <Fact language={language} of="reportOf">
                {'\u00a0'}
              </Fact>
            </PaperHead>
            <PaperTable
              language={language}
              columns={formColumns(language)}
              rows={lines}
              rowKey={(row) => row.itemId}
              empty="nothing"
              totals={
                <tr className="why">
                  <td colSpan={9}>{paperWord(language, 'usedRule')}</td>
                </tr>
              }
              signed={{ as: 'reportForm' }}
            />
          </>
        ),
      }
    }),
  }
}

export const reportFormsRequest = (forms: ReportForms): PrintRequest => ({
  kind: 'papers',
  title: titleIn('reportForm'),
  build: ({ language }, organisation) => reportForms(forms, { language, organisation }),
})
