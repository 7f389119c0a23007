import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { paperText } from '../text/paper.ts'
import { type Language, type TextValues, type Translate, textIn } from '../text/text.ts'
import { type Breaks, type LongTable, tableMarkup } from './long-table.tsx'
import { paperStyle } from './paper-style.ts'
import { sealLine, signerOf } from './signers.ts'

/** Documents are printed in one language or in both, Chinese first. */
export const printLanguages = ['zh', 'en', 'both'] as const
export type PrintLanguage = (typeof printLanguages)[number]

export type PaperKey = (typeof paperText.keys)[number]

const words: Readonly<Record<Language, Translate<PaperKey>>> = {
  zh: textIn(paperText, 'zh'),
  en: textIn(paperText, 'en'),
}

/** A word of a document on one line: `入库单`, `Goods receipt`, `入库单 Goods receipt`. */
export function paperWord(language: PrintLanguage, key: PaperKey, values?: TextValues): string {
  if (language !== 'both') return words[language](key, values)
  const zh = words.zh(key, values)
  const en = words.en(key, values)
  return zh === en ? zh : `${zh} ${en}`
}

/** A word of a document; in both languages the English stands under the Chinese. */
export function Word(props: { readonly language: PrintLanguage; readonly of: PaperKey; readonly values?: TextValues }) {
  if (props.language !== 'both') return words[props.language](props.of, props.values)
  return (
    <>
      {words.zh(props.of, props.values)}
      <span className="stacked">{words.en(props.of, props.values)}</span>
    </>
  )
}

/** A name in the document's language; in both, the English one under the Chinese where it says something else. */
export function Name(props: { readonly language: PrintLanguage; readonly zh: string; readonly en: string }) {
  if (props.language === 'zh' || props.en === '' || props.en === props.zh) return props.zh
  if (props.language === 'en') return props.en
  return (
    <>
      {props.zh}
      <span className="stacked">{props.en}</span>
    </>
  )
}

export function Fact(props: {
  readonly language: PrintLanguage
  readonly of: PaperKey
  readonly wide?: 'half' | 'full'
  readonly children: ReactNode
}) {
  return (
    <div className={props.wide}>
      <dt>
        <Word language={props.language} of={props.of} />
      </dt>
      <dd>{props.children}</dd>
    </div>
  )
}

/** A line to sign on, or a name that the program already knows. */
export function Sign(props: { readonly language: PrintLanguage; readonly of: PaperKey; readonly name?: string }) {
  const signer = signerOf(props.of)
  return (
    <div>
      <span className="who">
        {signer && signer.title !== '' ? (
          <Name language={props.language} zh={signer.title} en={signer.titleEn} />
        ) : (
          <Word language={props.language} of={props.of} />
        )}
      </span>
      <span className="rule">{props.name || signer?.name || '\u00a0'}</span>
    </div>
  )
}

/** The room for the seal, with the organisation's own line where the settings have one. */
export function Seal({ language }: { readonly language: PrintLanguage }) {
  const { zh, en } = sealLine()
  return (
    <div className="seal">{zh === '' ? paperWord(language, 'seal') : <Name language={language} zh={zh} en={en} />}</div>
  )
}

/** Short codes stay on one line; a long one may wrap, since wrapping is better than pushing the table off the page. */
export const fitted = (text: string, most = 14): string => (text.length <= most ? 'fitted' : '')

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
export const figure = (value: number): string => grouped.format(value)

/** Thousandths of a day as days with one decimal, rounded down: a cover is never shown longer than it is. */
export const coverFigure = (milliDays: number): string => (Math.floor(milliDays / 100) / 10).toFixed(1)

/** One document (one copy of it) that begins on a page of its own and whose pages are counted by themselves. */
export type Section = {
  /** Stands at the foot of each of its pages: what it is and its number. */
  readonly foot: string
  readonly landscape?: boolean
  readonly body: ReactNode
  /**
   * Under the body, each on pages of its own; they are cut into pages before they are printed. A table of contents is
   * made from the pages that each section of the print takes.
   */
  readonly tables?: readonly LongTable[] | ((pages: readonly number[]) => readonly LongTable[])
  /** Its name among the bookmarks of the file; without one the foot. */
  readonly bookmark?: string
  /** About how many pages it takes: a first guess, put right once the pages are counted. */
  readonly likelyPages: number
  /** So few lines that it takes one page, unless its texts are extremely long. */
  readonly short?: boolean
}

/** Everything that is printed in one go. */
export type Papers = {
  readonly title: string
  readonly language: PrintLanguage
  readonly sections: readonly Section[]
  /** Labels: every section is one page of this size, with nothing around it, and with a style of its own. */
  readonly sheet?: { readonly widthMm: number; readonly heightMm: number; readonly style: string }
}

export type PaperOptions = {
  /** `@font-face` rules with addresses that the printing page can reach. */
  readonly fontFaces: string
  /** For the content security policy of the page that shows it, where there is one. */
  readonly styleNonce?: string
  /** Pages of each section, once they are known: CSS counts the pages of the whole print, not of a document in it. */
  readonly pages?: readonly number[]
  /** Of the long tables of each section, by its index: the rows with which their pages begin. */
  readonly breaks?: ReadonlyMap<number, readonly Breaks[]>
  /** Short documents share a page style; false gives each its own, when one of them has proved not to be short. */
  readonly shareShort?: boolean
  /** Nobody counts the pages of this print: a pile of documents then leaves out how many pages each has. */
  readonly uncounted?: boolean
}

/** A CSS string literal. Line breaks and the end of the style element can't stand in it. */
const cssString = (text: string): string =>
  `"${text.replace(/[\\"<>\n\r\f]/g, (c) => `\\${c.codePointAt(0)!.toString(16)} `)}"`

/** CSS content `"第 " counter(page) " 页 / 共 " counter(pages) " 页"`. */
function pageCount(language: PrintLanguage, number: string, total: string | null): string {
  const one = (t: Translate<PaperKey>) =>
    (total === null ? t('pageOnly', { page: '{n}' }) : t('pageOf', { page: '{n}', pages: '{m}' }))
      .split(/(\{[nm]\})/)
      .filter((part) => part !== '')
      .map((part) => (part === '{n}' ? number : part === '{m}' && total !== null ? total : cssString(part)))
      .join(' ')
  if (language !== 'both') return one(words[language])
  return `${one(words.zh)} ${cssString(' · ')} ${one(words.en)}`
}

const footFont = "font: 8pt 'Noto Sans SC', sans-serif;"

/** Short documents share a page style, since Chromium takes twice as long over a thousand of them as over one. */
function isShort(papers: Papers, index: number, options: PaperOptions): boolean {
  if (papers.sections.length === 1 || options.shareShort === false || options.uncounted) return false
  return papers.sections[index]!.short === true && (options.pages?.[index] ?? 1) === 1
}

/**
 * A page style for each document, because one in a pile of a thousand says page 1 of 2 and not page 871 of 1,204.
 * Chromium resets no page counter on an element, so each document has a counter that its own pages increase. Short ones
 * say page 1 of 1 by a style that they share; when that proves wrong, all are printed again without it.
 */
function pageRules(papers: Papers, options: PaperOptions): string {
  const { pages } = options
  const { sheet } = papers
  if (sheet) {
    // The last rule of a page without a name wins over A4.
    return `@page { size: ${sheet.widthMm}mm ${sheet.heightMm}mm; margin: 0; }
.sheet { width: ${sheet.widthMm}mm; height: ${sheet.heightMm}mm; }
${sheet.style}`
  }
  const alone = papers.sections.length === 1
  const rules = papers.sections.flatMap((section, index) => {
    if (isShort(papers, index, options)) return []
    const known = String(pages?.[index] ?? section.likelyPages)
    const total = alone ? 'counter(pages)' : options.uncounted ? null : cssString(known)
    const number = alone ? 'counter(page)' : `counter(d${index})`
    const counter = alone ? '' : `counter-increment: page d${index};`
    const size = section.landscape ? 'size: A4 landscape; margin: 10mm 10mm 14mm;' : ''
    return `@page d${index} { ${size} ${counter}
@bottom-left { content: ${cssString(section.foot)}; ${footFont} }
@bottom-right { content: ${pageCount(papers.language, number, total)}; ${footFont} white-space: nowrap; } }
.d${index} { page: d${index}; }`
  })
  const shortRule = `@page short {
@bottom-left { content: ${cssString(papers.title)}; ${footFont} }
@bottom-right { content: ${pageCount(papers.language, cssString('1'), cssString('1'))}; ${footFont} white-space: nowrap; } }
.short-document { page: short; }`
  return [shortRule, ...rules].join('\n')
}

/** Everything before the first document; the bodies of all sections follow it, then `paperEnd`. */
export function paperStart(papers: Papers, options: PaperOptions): string {
  const title = renderToStaticMarkup(<title>{papers.title}</title>)
  const nonce = options.styleNonce === undefined ? '' : ` nonce="${options.styleNonce.replace(/[^\w+/=-]/g, '')}"`
  const language = papers.language === 'en' ? 'en' : 'zh-CN'
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">${title}<style${nonce}>${options.fontFaces}
${paperStyle}
${pageRules(papers, options)}</style></head><body>`
}

export const paperEnd = '</body></html>'

/** The HTML of a section, a long table page by page. */
export function* sectionHtml(papers: Papers, index: number, options: PaperOptions): Generator<string> {
  const section = papers.sections[index]!
  if (papers.sheet) {
    yield renderToStaticMarkup(<article className="sheet">{section.body}</article>)
    return
  }
  const page = isShort(papers, index, options) ? 'short-document' : `d${index}`
  const { body } = section
  const pages = options.pages ?? likelyPages(papers)
  yield `<article id="${sectionAnchor(index)}" class="paper ${page}${section.landscape ? ' landscape' : ''}">`
  yield renderToStaticMarkup(body)
  for (const [at, table] of tablesOf(section, pages).entries()) {
    yield* tableMarkup(table, options.breaks?.get(index)?.[at] ?? [0])
  }
  yield '</article>'
}

export function tablesOf(section: Section, pages: readonly number[]): readonly LongTable[] {
  return typeof section.tables === 'function' ? section.tables(pages) : (section.tables ?? [])
}

/** What a link to a section names. */
export const sectionAnchor = (index: number): string => `document-${index}`

/** The whole print as one self-contained HTML text: no script, no address but those of the fonts. */
export function papersHtml(papers: Papers, options: PaperOptions): string {
  const bodies = papers.sections.flatMap((_, index) => [...sectionHtml(papers, index, options)])
  return paperStart(papers, options) + bodies.join('') + paperEnd
}

/** The pages that a first printing promises, document by document. */
export const likelyPages = (papers: Papers): number[] => papers.sections.map((section) => section.likelyPages)
