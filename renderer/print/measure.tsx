import { englishMeasure } from '../../core/measure-word.ts'
import { figure, Name, type PrintLanguage, paperWord } from './paper.tsx'

/** A unit of measure as the paper's language has it: `只`, `pcs`, and in both `只` with `pcs` under it. */
export function Measure(props: { readonly language: PrintLanguage; readonly of: string }) {
  return <Name language={props.language} zh={props.of} en={englishMeasure(props.of)} />
}

/** The same on one line: `只`, `pcs`, `只 pcs`. */
export const measureText = (language: PrintLanguage, unit: string): string =>
  inLanguage(language, unit, englishMeasure(unit))

/** The word for a pack on one line: `箱`, `cartons`, `箱 cartons`. */
export const packText = (language: PrintLanguage, pack: string): string =>
  inLanguage(language, pack, englishMeasure(pack, 'packs'))

function inLanguage(language: PrintLanguage, zh: string, en: string): string {
  if (language === 'both') return zh === en ? zh : `${zh} ${en}`
  return language === 'en' ? en : zh
}

/** `3 盒 × 50` under a quantity, with the packs in the paper's language. */
export function PacksOf(props: {
  readonly language: PrintLanguage
  readonly packs: number
  readonly pack: string
  readonly sizeBase: number
}) {
  const { language, packs, pack, sizeBase } = props
  const values = { packs: figure(packs), pack: packText(language, pack), size: figure(sizeBase) }
  return (
    <span className="stacked" data-column={paperWord(language, 'packs')}>
      {paperWord(language === 'en' ? 'en' : 'zh', 'packsTimes', values)}
    </span>
  )
}

/** A quantity with its unit of measure in one cell; exported, the unit has a column of its own. */
export function Quantity(props: { readonly language: PrintLanguage; readonly base: number; readonly unit: string }) {
  const { language, base, unit } = props
  return (
    <>
      {figure(base)} <span data-column={paperWord(language, 'unitOfMeasure')}>{measureText(language, unit)}</span>
    </>
  )
}
