import { normaliseText } from '../core/text.ts'
import { readPinyin } from './intake/read-pinyin.ts'

/**
 * The text that a row is found by: code, names, full pinyin and its initials, in lower case. 北滘检疫站 is found by
 * `北滘`, `beijiao` and `bjjyz`.
 */
export function searchText(code: string, name: string, nameEn: string, ...more: readonly string[]): string {
  const { full, initials } = readPinyin(name)
  return [...new Set([code, name, nameEn, full, initials, ...more])]
    .map((part) => normaliseText(part).toLowerCase())
    .filter((part) => part !== '')
    .join(' ')
}
