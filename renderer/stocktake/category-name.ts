import { useCallback } from 'react'
import { stocktakeText } from '../text/stocktake.ts'
import { type Language, textIn, useText } from '../text/text.ts'
import { type WordKey, wordText } from '../text/words.ts'

const known = new Set<string>(wordText.keys)

/** A category on paper; empty where everything is counted. */
export function categoryIn(category: string, language: Language): string {
  const key = `category-${category}`
  return known.has(key) ? textIn(wordText, language)(key as WordKey) : category
}

/** What a stocktake covers, in words: a category, a shelf, or everything. */
export function useCategoryName(): (category: string, shelf: string) => string {
  const t = useText(stocktakeText)
  const words = useText(wordText)
  return useCallback(
    (category, shelf) => {
      const key = `category-${category}`
      const name = known.has(key) ? words(key as WordKey) : category
      const parts = [name, shelf === '' ? '' : t('onShelf', { shelf })].filter(Boolean)
      return parts.length === 0 ? t('allCategories') : parts.join(' · ')
    },
    [t, words],
  )
}
