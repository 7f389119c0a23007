import { type Language, setLanguage } from '../text/text.ts'

const storageKey = 'frontstock.language'

/** Kept for the next start of this window; without it the system's language is followed. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Forbidden storage only means that the system's language is used next time.
  }
}

/** @param locale of the system, BCP 47: `zh-CN`, `en-GB` … */
export function startLanguage(locale: string): void {
  let kept: string | null = null
  try {
    kept = localStorage.getItem(storageKey)
  } catch {
    kept = null
  }
  setLanguage(kept === 'zh' || kept === 'en' ? kept : locale.toLowerCase().startsWith('zh') ? 'zh' : 'en')
}
