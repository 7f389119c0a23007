import { pinyin } from 'pinyin-pro'

/** Pinyin without tones, written together, and its initials: 口罩 → kouzhao, kz. Letters and digits stay as they are. */
export function readPinyin(text: string): { readonly full: string; readonly initials: string } {
  const full = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('')
  const initials = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('')
  return { full: full.replace(/\s/g, '').toLowerCase(), initials: initials.replace(/\s/g, '').toLowerCase() }
}
