import { useCallback } from 'react'
import { stocktakeText } from '../text/stocktake.ts'
import { useText } from '../text/text.ts'
import { type WordKey, wordText } from '../text/words.ts'

const known = new Set<string>(wordText.keys)

/** What a stocktake covers, in words: a category, or everything. */
export function useCategoryName(): (category: string) => string {
  const t = useText(stocktakeText)
  const words = useText(wordText)
  return useCallback(
    (category) => {
      const key = `category-${category}`
      return category === '' ? t('allCategories') : known.has(key) ? words(key as WordKey) : category
    },
    [t, words],
  )
}
