import type { SlipDocument } from '../../api/contract/round.ts'
import { longPaperTable } from './long-paper.tsx'
import { Fact, Name, type Papers, type PrintLanguage, paperWord, type Section, sectionAnchor } from './paper.tsx'
import { type PaperColumn, PaperHead } from './table-paper.tsx'

type Entry = SlipDocument['head'] & { readonly section: number; readonly line: number }

/**
 * The slips of a round with a table of contents in front of them: which unit's slip stands on which page of the file.
 * The pages are those of the whole file; each slip still counts its own.
 * @param slips the papers of these documents, `copies` sections for each.
 */
export function withContents(
  slips: Papers,
  documents: readonly SlipDocument[],
  options: { readonly language: PrintLanguage; readonly organisation: string; readonly date: string },
): Papers {
  const { language } = options
  const copies = slips.sections.length / documents.length
  const entries = documents.map(({ head }, index): Entry => ({ ...head, section: 1 + index * copies, line: index + 1 }))
  const rounds = [...new Set(documents.map(({ head }) => head.roundNumber))]
  const title = paperWord(language, 'contents')
  const columns = (pages: readonly number[]): PaperColumn<Entry>[] => {
    const firstPages = firstPagesOf(pages)
    const link = (entry: Entry, words: string | number) => <a href={`#${sectionAnchor(entry.section)}`}>{words}</a>
    return [
      { key: 'line', width: 14, className: 'number', cell: (entry) => entry.line },
      {
        key: 'toUnit',
        width: 60,
        grow: 1,
        cell: (entry) => <Name language={language} zh={entry.unitName} en={entry.unitNameEn} />,
      },
      { key: 'town', width: 22, className: 'middle', cell: (entry) => entry.town },
      { key: 'number', width: 38, cell: (entry) => link(entry, entry.number) },
      { key: 'filePage', width: 20, className: 'number', cell: (entry) => link(entry, firstPages[entry.section]!) },
    ]
  }
  const contents: Section = {
    foot: `${title} ${rounds.join(' ')}`.trim(),
    bookmark: title,
    likelyPages: Math.ceil(documents.length / 35),
    body: (
      <PaperHead language={language} organisation={options.organisation} of="contents">
        <Fact language={language} of="round" wide="half">
          {rounds.join(' ')}
        </Fact>
        <Fact language={language} of="date">
          {options.date}
        </Fact>
        <Fact language={language} of="allocationSlip" wide="full">
          {paperWord(language, 'slipsCount', { count: documents.length })}
        </Fact>
      </PaperHead>
    ),
    tables: (pages) => [
      longPaperTable({
        language,
        columns: columns(pages),
        rows: entries,
        rowKey: (entry) => entry.slipId,
        empty: 'nothing',
        carried: () => null,
      }),
    ],
  }
  const named = slips.sections.map((section, index): Section => {
    const { number, unitName, unitNameEn } = documents[Math.floor(index / copies)]!.head
    const name = language === 'en' && unitNameEn !== '' ? unitNameEn : unitName
    return { ...section, bookmark: `${number} ${name}${copies > 1 ? ` (${(index % copies) + 1})` : ''}` }
  })
  return { ...slips, title: `${slips.title} ${rounds.join(' ')}`.trim(), sections: [contents, ...named] }
}

/** The page of the file on which each section begins, from 1. */
export function firstPagesOf(pages: readonly number[]): number[] {
  let next = 1
  return pages.map((count) => {
    const first = next
    next += count
    return first
  })
}
