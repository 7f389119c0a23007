import type { Language } from './refusal.ts'

export type FailureKind =
  | 'problem-refused'
  | 'hash-differs'
  | 'line-missing'
  | 'line-unknown'
  | 'line-twice'
  | 'packs-not-whole'
  | 'lots-differ'
  | 'lot-unknown'
  | 'lot-not-usable'
  | 'lot-not-open'
  | 'lot-overdrawn'
  | 'reserve-drawn'
  | 'later-lot-first'
  | 'expires-unused'
  | 'pin-not-kept'
  | 'above-cap'
  | 'quantity-wrong'
  | 'cover-wrong'
  | 'rung-wrong'
  | 'reason-wrong'
  | 'item-missing'
  | 'total-wrong'
  | 'exact-wrong'
  | 'bound-wrong'
  | 'service-level-wrong'
  | 'certificate-wrong'
  | 'set-not-used-up'
  | 'pack-out-of-order'

/** One thing that is wrong with a result: where, what it says and what it should say. */
export type Failure = {
  readonly kind: FailureKind
  readonly where: string
  readonly given: string
  readonly expected: string
}

const text: Record<FailureKind, { readonly en: string; readonly 'zh-CN': string }> = {
  'problem-refused': { en: 'the problem itself is refused', 'zh-CN': '问题本身不成立' },
  'hash-differs': { en: 'the result belongs to another problem', 'zh-CN': '结果不属于该问题' },
  'line-missing': { en: 'the line is missing', 'zh-CN': '缺少该行' },
  'line-unknown': { en: 'the problem has no such line', 'zh-CN': '问题中无此行' },
  'line-twice': { en: 'the line appears twice', 'zh-CN': '该行重复出现' },
  'packs-not-whole': { en: 'not a whole number of packs', 'zh-CN': '包数不是非负整数' },
  'lots-differ': { en: 'the lots do not add up to the packs', 'zh-CN': '批号合计与包数不符' },
  'lot-unknown': { en: 'the problem has no such lot', 'zh-CN': '问题中无此批号' },
  'lot-not-usable': { en: 'the lot is on hold or expired', 'zh-CN': '该批次已冻结或过期' },
  'lot-not-open': { en: 'the unit may not draw on this lot', 'zh-CN': '该单位不能领用此批次' },
  'lot-overdrawn': { en: 'more is drawn than the lot has', 'zh-CN': '超出批次数量' },
  'reserve-drawn': { en: 'the reserve is drawn on', 'zh-CN': '动用了机动储备' },
  'later-lot-first': { en: 'a lot is drawn on while one that expires earlier is left', 'zh-CN': '未先用近效期批次' },
  'expires-unused': { en: 'the unit would not use it before it expires', 'zh-CN': '过期前用不完' },
  'pin-not-kept': { en: 'the pin is not kept', 'zh-CN': '未按锁定数分配' },
  'above-cap': { en: 'more than request or cap allow', 'zh-CN': '超出申领数或上限' },
  'quantity-wrong': { en: 'the quantity is wrong', 'zh-CN': '数量不符' },
  'cover-wrong': { en: 'the days of cover are wrong', 'zh-CN': '可用天数不符' },
  'rung-wrong': { en: 'the rung is wrong', 'zh-CN': '阶梯不符' },
  'reason-wrong': { en: 'the reason is wrong', 'zh-CN': '原因不符' },
  'item-missing': { en: 'the item is missing or appears twice', 'zh-CN': '缺少该物资或重复出现' },
  'total-wrong': { en: 'the total is wrong', 'zh-CN': '合计不符' },
  'exact-wrong': { en: 'says exact where it is not, or the reverse', 'zh-CN': '是否精确的标记不符' },
  'bound-wrong': { en: 'the bound is wrong', 'zh-CN': '上界不符' },
  'service-level-wrong': { en: 'the service level is wrong', 'zh-CN': '保障水平不符' },
  'certificate-wrong': { en: 'the certificate names another pack', 'zh-CN': '凭证所指的包不符' },
  'set-not-used-up': { en: 'packs are left for a line that is refused one', 'zh-CN': '尚有余量却未分配' },
  'pack-out-of-order': { en: 'a refused pack precedes a granted one', 'zh-CN': '应先分配的包被后置' },
}

/** One line: where, what is wrong, what is given and what is expected. */
export function describeFailure(failure: Failure, language: Language): string {
  const { kind, where, given, expected } = failure
  const what = text[kind][language]
  if (language === 'en')
    return `${where}: ${what}${given ? `; given ${given}` : ''}${expected ? `, expected ${expected}` : ''}`
  return `${where}：${what}${given ? `；给出 ${given}` : ''}${expected ? `，应为 ${expected}` : ''}`
}
