import type { LineExplanation } from '../../core/allocation/explain.ts'
import type { Rung } from '../../core/allocation/problem.ts'
import { formatDays, formatNumber } from '../format.ts'
import type { allocationPanelText } from '../text/allocation-panel.ts'
import type { Language, Translate } from '../text/text.ts'
import { ladderSettings } from './adjustment.ts'

type PanelTranslate = Translate<(typeof allocationPanelText.keys)[number]>

/** The name that the policy gives a rung, in the reader's language or the other; empty where it gives none. */
export function rungOwnName(rung: Rung | undefined, language: Language): string {
  return language === 'en' ? rung?.nameEn || rung?.name || '' : rung?.name || rung?.nameEn || ''
}

/** What a rung is called: by its own name, else floors by their days, tilted rungs by what they fill to. */
function rungName({ rungs, language }: WhyWords, index: number, t: PanelTranslate): string {
  const rung = rungs[index]
  if (!rung) return ''
  const days = formatNumber(rung.days)
  const name = rungOwnName(rung, language)
  if (name !== '') return t('rungNamed', { name, days, count: rung.days })
  if (index < ladderSettings(rungs).tiltedFrom) return t('rungFloor', { days })
  return t(rung.weightPercent ? 'rungTilt' : 'rungPlain', { days })
}

/** `14 箱`, `14 packs`, `1 pack`. */
export function packsText(packs: number, packName: string, t: PanelTranslate): string {
  return t('packs', { count: packs, shown: formatNumber(packs), pack: packName })
}

export type WhyWords = {
  readonly rungs: readonly Rung[]
  readonly horizonDays: number
  readonly language: Language
  /** The item's pack, as it is called. */
  readonly packName: string
}

/**
 * The reason of a line in sentences, most important first: what each rung gave, what stopped it, where the supply ended,
 * and its place in the queue. Numbers are the engine's; nothing is worked out here.
 */
export function whySentences(why: LineExplanation, words: WhyWords, t: PanelTranslate): readonly string[] {
  const { rungs, packName, horizonDays } = words
  const packs = (count: number) => packsText(count, packName, t)
  const sentences: string[] = []
  for (const part of why.packsByRung) {
    sentences.push(
      t('rungPart', { name: rungName(words, part.rung - 1, t), packs: packs(part.packs), rung: part.rung }),
    )
  }
  sentences.push(stopSentence(why, horizonDays, t))
  if (why.reason === 'pin') return sentences
  const isCut = why.reason === 'level' || why.reason === 'tie' || why.reason === 'floor'
  if (isCut && why.cutRung !== null && why.cutLevelMilliDays !== null) {
    const name = rungOwnName(rungs[why.cutRung - 1], words.language)
    const days = formatDays(why.cutLevelMilliDays)
    sentences.push(t(name === '' ? 'cut' : 'cutNamed', { rung: why.cutRung, name, days }))
  }
  if (why.queuePacks !== null) sentences.push(t('next', { place: formatNumber(why.queuePacks), pack: packName }))
  return sentences
}

function stopSentence(why: LineExplanation, horizonDays: number, t: PanelTranslate): string {
  const { reason } = why
  switch (reason) {
    case 'need':
      return t(why.packs === 0 ? 'stop-needAlready' : 'stop-need', { days: formatNumber(horizonDays) })
    case 'floor':
      return why.nextRung === null ? t('stop-floorLast', { tier: why.tier }) : t('stop-floor')
    case 'level':
      return why.linesAhead ? t('stop-level', { count: why.linesAhead }) : t('stop-levelFirst')
    case 'pin':
    case 'tie':
    case 'cap':
    case 'expiry':
    case 'source':
      return t(`stop-${reason}`)
  }
}
