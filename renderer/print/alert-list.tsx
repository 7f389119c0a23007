import { type Alert, alertWords } from '../alert/alert-words.ts'
import { alertText } from '../text/alert.ts'
import { textIn } from '../text/text.ts'
import { Fact, type Papers, type PrintLanguage, paperWord } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

export type AlertList = {
  readonly today: string
  /** Those that are not put off. */
  readonly alerts: readonly Alert[]
}

const words = { zh: textIn(alertText, 'zh'), en: textIn(alertText, 'en') }

/** In the document's language; in both, the English under the Chinese. */
function inBoth(language: PrintLanguage, read: (one: 'zh' | 'en') => string) {
  if (language !== 'both') return read(language)
  return (
    <>
      {read('zh')}
      <span className="stacked">{read('en')}</span>
    </>
  )
}

const alertColumns = (language: PrintLanguage): readonly PaperColumn<Alert>[] => [
  { key: 'tick', className: 'short', cell: () => '□' },
  {
    key: 'alertKind',
    className: (row) => (row.severity === 'now' ? 'strong' : ''),
    cell: (row) => inBoth(language, (one) => words[one](`kind-${row.kind}`)),
  },
  { key: 'alertAbout', className: 'name', cell: (row) => inBoth(language, (one) => alertWords(row, one).about) },
  { key: 'alertDetail', cell: (row) => inBoth(language, (one) => alertWords(row, one).detail) },
  { key: 'alertRemedy', cell: (row) => inBoth(language, (one) => words[one](`remedy-${row.kind}`)) },
]

/** The day's alerts on paper, the urgent first, each with a box to tick and what to do about it. */
export function alertList(
  list: AlertList,
  options: { readonly language: PrintLanguage; readonly organisation: string },
): Papers {
  const { language } = options
  const columns = alertColumns(language)
  const title = paperWord(language, 'alertList')
  const urgent = list.alerts.filter(({ severity }) => severity === 'now').length
  return {
    title: `${title} ${list.today}`,
    language,
    sections: [
      {
        foot: `${title} ${list.today}`,
        likelyPages: guessPages(list.alerts.length),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of="alertList">
              <Fact language={language} of="date" wide="full">
                {list.today}
              </Fact>
            </PaperHead>
            <PaperTable
              language={language}
              columns={columns}
              rows={list.alerts}
              rowKey={(row) => row.key}
              empty="nothing"
              totals={
                <tr className="total">
                  <td colSpan={columns.length}>
                    {paperWord(language, 'alertTotal', { count: list.alerts.length, urgent })}
                  </td>
                </tr>
              }
            />
          </>
        ),
      },
    ],
  }
}

export const alertListRequest = (list: AlertList): PrintRequest => ({
  kind: 'papers',
  title: titleIn('alertList'),
  build: ({ language }, organisation) => alertList(list, { language, organisation }),
})
