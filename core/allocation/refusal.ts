/** Why an allocation was not made. Nothing is half done: there is either a plan or one of these. */
export type PinnedCell = { readonly unit: string; readonly item: string; readonly pinPacks: number }

export type Malformation =
  | 'missing'
  | 'unknown-field'
  | 'wrong-type'
  | 'not-whole'
  | 'out-of-range'
  | 'duplicate'
  | 'unknown-name'
  | 'not-a-date'
  | 'not-allowed'
  | 'not-json'

export type PlanRefusal =
  /** `path` as `units[2].lines[0].stockBase`; `given` and `allowed` are ready to print. */
  | {
      readonly kind: 'malformed'
      readonly malformation: Malformation
      readonly path: string
      readonly given: string
      readonly allowed: string
    }
  /** The pins that together ask for more than the lots they may draw on can give. */
  | {
      readonly kind: 'pins-above-supply'
      readonly pins: readonly PinnedCell[]
      readonly pinnedPacks: number
      readonly supplyPacks: number
    }

export type Language = 'en' | 'zh-CN'

const malformationText: Record<Malformation, { readonly en: string; readonly 'zh-CN': string }> = {
  missing: { en: 'is missing', 'zh-CN': '缺少' },
  'unknown-field': { en: 'is not a field of this format', 'zh-CN': '不是本格式的字段' },
  'wrong-type': { en: 'has the wrong type', 'zh-CN': '类型不对' },
  'not-whole': { en: 'is not a whole number', 'zh-CN': '不是整数' },
  'out-of-range': { en: 'is out of range', 'zh-CN': '超出范围' },
  duplicate: { en: 'appears twice', 'zh-CN': '重复出现' },
  'unknown-name': { en: 'is not known', 'zh-CN': '无此名称' },
  'not-a-date': { en: 'is not a date', 'zh-CN': '不是日期' },
  'not-allowed': { en: 'is not allowed', 'zh-CN': '不允许' },
  'not-json': { en: 'is not JSON', 'zh-CN': '不是 JSON' },
}

/** One line that names the field, what was given and what is allowed. */
export function describeRefusal(refusal: PlanRefusal, language: Language): string {
  if (refusal.kind === 'malformed') {
    const { path, given, allowed, malformation } = refusal
    const what = malformationText[malformation][language]
    if (language === 'en')
      return `${path} ${what}${given ? `: given ${given}` : ''}${allowed ? `; allowed: ${allowed}` : ''}`
    return `${path} ${what}${given ? `：给出 ${given}` : ''}${allowed ? `；允许：${allowed}` : ''}`
  }
  const pins = refusal.pins.map((pin) => `${pin.unit} ${pin.item} ${pin.pinPacks}`)
  if (language === 'en') {
    return `pins ask for ${refusal.pinnedPacks} packs where ${refusal.supplyPacks} can be given: ${pins.join(', ')}`
  }
  return `锁定数合计 ${refusal.pinnedPacks} 包，可分配 ${refusal.supplyPacks} 包：${pins.join('，')}`
}
