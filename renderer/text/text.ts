import i18next, { type i18n } from 'i18next'
import { useMemo, useSyncExternalStore } from 'react'

/** The languages of the application; every text has both. */
export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** A number-dependent text has two forms in English: `{ one: '{{count}} line', other: '{{count}} lines' }`. */
export type Words = string | { readonly one: string; readonly other: string }
export type TextValues = Readonly<Record<string, string | number>>

export type TextBundle<Key extends string> = { readonly namespace: string; readonly keys: readonly Key[] }
export type Translate<Key extends string> = (key: Key, values?: TextValues) => string

const instance: i18n = i18next.createInstance()
void instance.init({
  lng: 'zh',
  fallbackLng: false,
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
  returnNull: false,
})

let bundles = 0

function flatten(words: Readonly<Record<string, Words>>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') flat[key] = value
    else {
      flat[`${key}_one`] = value.one
      flat[`${key}_other`] = value.other
    }
  }
  return flat
}

/**
 * The texts of a feature. Both languages must have the same keys, or it doesn't compile.
 * Values stand in double braces: `'共 {{count}} 行'`.
 */
export function text<Zh extends Readonly<Record<string, Words>>>(words: {
  readonly zh: Zh
  readonly en: { readonly [Key in keyof NoInfer<Zh>]: Words }
}): TextBundle<Extract<keyof Zh, string>> {
  bundles += 1
  const namespace = `text${bundles}`
  instance.addResourceBundle('zh', namespace, flatten(words.zh))
  instance.addResourceBundle('en', namespace, flatten(words.en))
  return { namespace, keys: Object.keys(words.zh) as Extract<keyof Zh, string>[] }
}

/** Texts outside a component and in a given language: documents to print, words in a refusal. */
export function textIn<Key extends string>(bundle: TextBundle<Key>, language: Language): Translate<Key> {
  // Our bundles type the keys; the library's own typing of options would look into each text.
  const translate = instance.getFixedT(language, bundle.namespace) as (key: string, values: object) => string
  return (key, values) => translate(key, { ...values })
}

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function currentLanguage(): Language {
  return instance.language === 'en' ? 'en' : 'zh'
}

/** Switches every text of the window at once; the page says its language to screen readers. */
export function setLanguage(language: Language): void {
  void instance.changeLanguage(language)
  if (typeof document !== 'undefined') document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  for (const listener of listeners) listener()
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage)
}

/** `const t = useText(deliveryText)`; `t('lineCount', { count: 3 })`. The same function as long as the language stays. */
export function useText<Key extends string>(bundle: TextBundle<Key>): Translate<Key> {
  const language = useLanguage()
  return useMemo(() => textIn(bundle, language), [bundle, language])
}

/** A name in the reader's language: the English one where there is one and the reader reads English. */
export function nameOf(row: { readonly name: string; readonly nameEn: string }, language: Language): string {
  return language === 'en' && row.nameEn !== '' ? row.nameEn : row.name
}

/** As `nameOf`, for rows that carry several names: `pickName(row.supplierName, row.supplierNameEn, language)`. */
export function pickName(name: string, nameEn: string, language: Language): string {
  return language === 'en' && nameEn !== '' ? nameEn : name
}
