import type { Refusal } from '../../core/refusal.ts'
import { formatNumber } from '../format.ts'
import { type Language, text, textIn } from './text.ts'
import { wordText } from './words.ts'

/**
 * A sentence for every refusal. `{{given}}` and `{{allowed}}` are what was given and what is allowed; where the refusal
 * names an item, a unit or a document, `where` puts it in front.
 */
export const refusalWords = text({
  zh: {
    malformed: '“{{given}}”不是可接受的值；可用：{{allowed}}',
    'request-reused': '此操作已用同一编号提交过其他内容；请重新操作',
    'not-found': '找不到“{{given}}”；可能已被删除',
    archived: '“{{given}}”已归档，不能再使用；请先恢复或改选其他',
    'code-taken': '编码“{{given}}”已用于“{{name}}”；请换一个编码',
    'changed-meanwhile': '他人刚刚修改过这一行；已读入新内容，请核对后重新保存',
    'not-allowed': '您的角色不能执行此操作；需要：{{allowed}}',
    required: '必须填写',
    'too-long': '太长：{{given}} 个字符，最多 {{allowed}} 个',
    'number-expected': '“{{given}}”不是数字；请填写数字',
    'whole-number-expected': '“{{given}}”不是整数；请填写整数',
    'text-expected': '“{{given}}”不是文字；请填写文字',
    'yes-no-expected': '“{{given}}”不是“是”或“否”',
    'list-expected': '“{{given}}”不是列表',
    'fields-expected': '“{{given}}”不是一组栏目',
    'unknown-field': '没有“{{given}}”这一栏',
    'format-invalid': '“{{given}}”格式不对；应为 {{allowed}}',
    'too-many': '太多：{{given}} 项，最多 {{allowed}} 项',
    'too-few': '太少：{{given}}，至少 {{allowed}}',
    'out-of-range': '“{{given}}”超出范围；应为 {{allowed}}',
    'date-invalid': '“{{given}}”不是有效日期；应为 {{allowed}}',
    'date-in-future': '日期 {{given}} 晚于允许的最后一天 {{allowed}}',
    'expiry-before-production': '有效期 {{given}} 早于生产日期 {{allowed}}',
    expired: '已过期：有效期 {{given}}，应不早于 {{allowed}}',
    'no-lines': '没有任何明细；至少填写一行',
    'note-number-used': '该单位已用过送货单号“{{given}}”，见 {{document}}；如确为另一次到货，请勾选“另一次到货”',
    'accepted-and-rejected-exceed-counted': '验收与拒收合计 {{given}}，应等于清点数 {{allowed}}',
    'reject-reason-missing': '有拒收数量 {{given}}，必须写明拒收原因',
    'lot-differs': '该批号已登记为 {{allowed}}，此处为 {{given}}',
    'standard-below-item': '执行标准“{{given}}”低于该物资要求的“{{allowed}}”',
    'not-enough-stock': '库存不足：需要 {{given}}，可用 {{allowed}}',
    'plan-inputs-changed': '方案依据的数据已变化：制定方案时 {{given}}，现在 {{allowed}}；请重新计算',
    'pins-exceed-supply': '锁定数合计 {{given}}，可分配 {{allowed}}；请减少锁定',
    'nothing-allocated': '方案没有分配任何物资；请先分配再批准',
    'round-not-open': '该分配批次已不是待执行状态（{{given}}）',
    'slip-not-open': '调拨单 {{given}} 的状态为“{{state}}”，不能再拣货、不能再发放或取消',
    slipNotDispatched: '调拨单 {{given}} 的状态为“{{state}}”；已发放且未签收时才能签收',
    'policy-in-use': '策略“{{given}}”已被批准的批次使用，不能修改；请复制后修改',
    'policy-invalid': '策略不成立：“{{given}}”；应为 {{allowed}}',
    'in-use': '“{{name}}”仍在使用：{{given}}，应为 {{allowed}}；清空后才能归档',
    'lot-on-hold': '批号“{{given}}”在待检或召回中，不能发放；请先放行',
    'already-closed': '此项已处理（{{given}}），不能再次处理',
    'already-gone': '“{{given}}”已有 {{quantity}} 发出，去向：{{where}}；请先收回，再更正',
    'not-correctable': '单据 {{given}} 不能更正：{{reason}}',
    'same-place': '调出与调入不能是同一处：“{{given}}”',
    'stocktake-not-open': '盘点 {{given}} 的状态为“{{state}}”，不能再录入或过账',
    'nothing-to-post': '没有可过账的内容；应至少有一行数量大于 0',
    'reason-missing': '必须写明原因',
    'number-pattern-invalid':
      '“{{given}}”不是单号格式；以大写字母开头，可用 {yyyymmdd}、{yy}{mm} 等日期，末尾为流水号，如 {{allowed}}',
    'number-pattern-taken': '“{{given}}”已是另一种单据的单号格式；每种单据须不同',
    line: '第 {{line}} 行',
    unknownValue: '（空）',
    separator: ' · ',
    colon: '：',
    'field-code': '编码',
    'field-name': '名称',
    'field-nameEn': '英文名称',
    'field-category': '类别',
    'field-specification': '规格型号',
    'field-standard': '执行标准',
    'field-baseUnit': '计量单位',
    'field-packName': '包装单位',
    'field-packSizeBase': '装箱数',
    'field-shelfLifeDays': '保质期（天）',
    'field-reserveBase': '机动储备',
    'field-unitPriceFen': '单价（以分计）',
    'field-town': '镇街',
    'field-address': '地址',
    'field-contact': '联系人',
    'field-phone': '电话',
    'field-note': '备注',
    'field-unitKind': '单位类型',
    'field-tier': '等级',
    'field-route': '线路',
    'field-people': '人数',
    'field-headcount': '各岗位人数',
    'field-dutyId': '岗位',
    'field-supplierKind': '供货类型',
    'field-licence': '生产许可',
    'field-perDayBase': '日产量',
    'field-capacity': '产能',
    'field-milliPerPersonDay': '每人每天用量',
    'field-onHandBase': '现有数量',
    'field-reportedOn': '上报日期',
    'field-quantityBase': '数量',
    'field-dueOn': '承诺日期',
    'field-supplierId': '供货单位',
    'field-depotId': '仓库',
    'field-unitId': '一线单位',
    'field-itemId': '物资',
    'field-placeId': '单位',
    'field-businessDate': '业务日期',
    'field-noteNumber': '送货单号',
    'field-lines': '明细',
    'field-lot': '批号',
    'field-madeOn': '生产日期',
    'field-expiresOn': '有效期至',
    'field-packs': '箱数',
    'field-piecesBase': '件数',
    'field-acceptedBase': '验收数',
    'field-rejectedBase': '拒收数',
    'field-rejectReason': '拒收原因',
    'field-organisation': '单位名称',
    'field-organisationEn': '英文单位名称',
    'field-depotName': '仓库名称',
    'field-utcOffsetMinutes': '时区（分钟）',
    'field-shortBelowDays': '短缺界限（天）',
    'field-nearExpiryDays': '近效期界限（天）',
    'field-unsignedAfterDays': '未签收提醒（天）',
    'field-horizonDays': '保障天数',
    'field-rungs': '阶梯',
    'field-rounding': '取整方式',
    'field-days': '天数',
    'field-tiers': '等级',
    'field-weightPercent': '权重',
    'field-policyId': '分配策略',
    'field-reserves': '机动储备',
    'field-pins': '锁定',
    'field-needs': '需求',
    'field-supply': '可分配数',
    'field-receivedBase': '实收数',
    'field-countedBase': '实盘数',
    'field-reason': '原因',
    'field-cause': '报损类别',
    'field-fromId': '调出仓库',
    'field-toId': '调入仓库',
    'field-signedBy': '签收人',
    'field-signedOn': '签收日期',
    'field-postingSeq': '单据',
    'field-untilOn': '推迟到',
    'field-lotId': '批号',
    'field-counts': '盘点',
    'field-differences': '差异',
    'field-date': '日期',
    'field-number': '单号',
    'field-contactName': '联系人姓名',
    'field-post': '职务',
    'field-licenceNumber': '许可证号',
    'field-validUntil': '有效期至',
    'field-spokeWith': '联系了谁',
    'field-nextOn': '下次联系日期',
    'field-nextWith': '下次联系谁',
    'field-from': '从',
    'field-to': '到',
    'field-version': '版本',
  },
  en: {
    malformed: '"{{given}}" is not accepted; allowed: {{allowed}}',
    'request-reused': 'This request was already sent with other content; please do it again',
    'not-found': '"{{given}}" was not found; it may have been removed',
    archived: '"{{given}}" is archived and can\'t be used; restore it or choose another',
    'code-taken': 'code "{{given}}" is taken by "{{name}}"; choose another',
    'changed-meanwhile': 'Someone has just changed this row; the new content was read: check it and save again',
    'not-allowed': "Your role doesn't permit this; needed: {{allowed}}",
    required: 'must be filled in',
    'too-long': 'too long: {{given}} characters, at most {{allowed}}',
    'number-expected': '"{{given}}" is not a number; enter a number',
    'whole-number-expected': '"{{given}}" is not a whole number; enter a whole number',
    'text-expected': '"{{given}}" is not text; enter text',
    'yes-no-expected': '"{{given}}" is neither yes nor no',
    'list-expected': '"{{given}}" is not a list',
    'fields-expected': '"{{given}}" is not a set of fields',
    'unknown-field': 'there is no field "{{given}}"',
    'format-invalid': '"{{given}}" has the wrong form; expected {{allowed}}',
    'too-many': 'too many: {{given}}, at most {{allowed}}',
    'too-few': 'too few: {{given}}, at least {{allowed}}',
    'out-of-range': '"{{given}}" is out of range; allowed: {{allowed}}',
    'date-invalid': '"{{given}}" is not a date; expected {{allowed}}',
    'date-in-future': '{{given}} is later than the last day allowed, {{allowed}}',
    'expiry-before-production': 'expiry {{given}} is before the day of production, {{allowed}}',
    expired: 'has expired: {{given}}, allowed from {{allowed}}',
    'no-lines': 'there are no lines; enter at least one',
    'note-number-used':
      'delivery note number "{{given}}" was used by this supplier already, see {{document}}; if this is another delivery, tick "another delivery"',
    'accepted-and-rejected-exceed-counted':
      'accepted and rejected add up to {{given}}; they must equal the count, {{allowed}}',
    'reject-reason-missing': '{{given}} rejected: say why',
    'lot-differs': 'this lot is recorded with {{allowed}}; here it says {{given}}',
    'standard-below-item': 'standard "{{given}}" is below what the item requires, "{{allowed}}"',
    'not-enough-stock': 'not enough stock: {{given}} asked for, {{allowed}} available',
    'plan-inputs-changed':
      'what the plan rests on has changed: {{given}} when planned, {{allowed}} now; solve it again',
    'pins-exceed-supply': 'pins add up to {{given}} where {{allowed}} can be given; lower them',
    'nothing-allocated': 'the plan gives nothing to anyone; allocate before approving',
    'round-not-open': 'this round is not open any more ({{given}})',
    'slip-not-open': 'slip {{given}} is "{{state}}" and can\'t be picked, dispatched or cancelled',
    slipNotDispatched: 'slip {{given}} is "{{state}}"; it can be signed once it is dispatched, and only once',
    'policy-in-use': 'policy "{{given}}" is used by an approved round and can\'t be changed; copy it',
    'policy-invalid': 'the policy doesn\'t hold: "{{given}}"; expected {{allowed}}',
    'in-use': '"{{name}}" is still in use: {{given}}, must be {{allowed}} before it can be archived',
    'lot-on-hold': 'lot "{{given}}" is on hold or recalled and can\'t be given out; release it first',
    'already-closed': "this has been dealt with ({{given}}) and can't be dealt with again",
    'already-gone': '{{quantity}} of "{{given}}" have gone, to: {{where}}; bring them back first, then correct',
    'not-correctable': "document {{given}} can't be corrected: {{reason}}",
    'same-place': 'from and to can\'t be the same place: "{{given}}"',
    'stocktake-not-open': 'stocktake {{given}} is "{{state}}": nothing more can be counted or posted',
    'nothing-to-post': 'there is nothing to post; at least one line must have a quantity above 0',
    'reason-missing': 'a reason must be written down',
    'number-pattern-invalid':
      '"{{given}}" is no pattern of numbers: begin with a capital, use dates such as {yyyymmdd} or {yy}{mm}, end with the running number, as in {{allowed}}',
    'number-pattern-taken': '"{{given}}" is the pattern of another document; each kind has its own',
    line: 'Line {{line}}',
    unknownValue: '(empty)',
    separator: ' · ',
    colon: ': ',
    'field-code': 'Code',
    'field-name': 'Name',
    'field-nameEn': 'English name',
    'field-category': 'Category',
    'field-specification': 'Specification',
    'field-standard': 'Standard',
    'field-baseUnit': 'Unit of measure',
    'field-packName': 'Pack name',
    'field-packSizeBase': 'Pack size',
    'field-shelfLifeDays': 'Shelf life (days)',
    'field-reserveBase': 'Reserve held back',
    'field-unitPriceFen': 'Unit price (in fen)',
    'field-town': 'Town or street',
    'field-address': 'Address',
    'field-contact': 'Contact',
    'field-phone': 'Phone',
    'field-note': 'Note',
    'field-unitKind': 'Kind of unit',
    'field-tier': 'Tier',
    'field-route': 'Route',
    'field-people': 'People',
    'field-headcount': 'People by duty',
    'field-dutyId': 'Duty',
    'field-supplierKind': 'Kind of supplier',
    'field-licence': 'Licence',
    'field-perDayBase': 'Daily output',
    'field-capacity': 'Capacity',
    'field-milliPerPersonDay': 'Use per person and day',
    'field-onHandBase': 'On hand',
    'field-reportedOn': 'Reported on',
    'field-quantityBase': 'Quantity',
    'field-dueOn': 'Due on',
    'field-supplierId': 'Supplier',
    'field-depotId': 'Depot',
    'field-unitId': 'Frontline unit',
    'field-itemId': 'Item',
    'field-placeId': 'Place',
    'field-businessDate': 'Business date',
    'field-noteNumber': 'Delivery note number',
    'field-lines': 'Lines',
    'field-lot': 'Lot',
    'field-madeOn': 'Made on',
    'field-expiresOn': 'Expires on',
    'field-packs': 'Packs',
    'field-piecesBase': 'Pieces',
    'field-acceptedBase': 'Accepted',
    'field-rejectedBase': 'Rejected',
    'field-rejectReason': 'Reason for rejection',
    'field-organisation': 'Organisation',
    'field-organisationEn': 'Organisation in English',
    'field-depotName': 'Name of the depot',
    'field-utcOffsetMinutes': 'Time zone (minutes)',
    'field-shortBelowDays': 'Short below (days)',
    'field-nearExpiryDays': 'Near expiry (days)',
    'field-unsignedAfterDays': 'Unsigned after (days)',
    'field-horizonDays': 'Horizon (days)',
    'field-rungs': 'Rungs',
    'field-rounding': 'Rounding',
    'field-days': 'Days',
    'field-tiers': 'Tiers',
    'field-weightPercent': 'Weights',
    'field-policyId': 'Policy',
    'field-reserves': 'Reserve held back',
    'field-pins': 'Pins',
    'field-needs': 'Needs',
    'field-supply': 'Supply',
    'field-receivedBase': 'Received',
    'field-countedBase': 'Counted',
    'field-reason': 'Reason',
    'field-cause': 'Cause',
    'field-fromId': 'From depot',
    'field-toId': 'To depot',
    'field-signedBy': 'Signed by',
    'field-signedOn': 'Signed on',
    'field-postingSeq': 'Document',
    'field-untilOn': 'Put off until',
    'field-lotId': 'Lot',
    'field-counts': 'Counts',
    'field-differences': 'Differences',
    'field-date': 'Date',
    'field-number': 'Number',
    'field-contactName': 'Name of the contact',
    'field-post': 'Post',
    'field-licenceNumber': 'Licence number',
    'field-validUntil': 'Valid until',
    'field-spokeWith': 'Spoke with',
    'field-nextOn': 'Next call on',
    'field-nextWith': 'Next call with',
    'field-from': 'From',
    'field-to': 'To',
    'field-version': 'Version',
  },
})

type RefusalKey = (typeof refusalWords.keys)[number]

const known = new Set<string>(refusalWords.keys)
const wordKeys = new Set<string>(wordText.keys)

/** The label of a field of the contract, or its bare name where none is known. */
export function fieldLabel(field: string, language: Language): string {
  const last = field.split('.').at(-1) ?? field
  const key = `field-${last}`
  return known.has(key) ? textIn(refusalWords, language)(key as RefusalKey) : field
}

function shown(value: string | number | null | undefined, empty: string): string {
  if (value === null || value === undefined || value === '') return empty
  return typeof value === 'number' ? formatNumber(value) : value
}

function stateWord(state: string | number | undefined, language: Language): string {
  const key = `state-${state}`
  return wordKeys.has(key) ? textIn(wordText, language)(key as (typeof wordText.keys)[number]) : String(state ?? '')
}

/** The sentence alone, for a cell that already says line and field. */
export function refusalSentence(refusal: Refusal, language: Language): string {
  const t = textIn(refusalWords, language)
  const empty = t('unknownValue')
  const { about } = refusal
  const given = shown(refusal.given ?? about.name ?? about.item ?? about.code, empty)
  const range = about.min !== undefined && about.max !== undefined
  // The same refusal from the other side: what is signed must have gone.
  const isUnsent = refusal.code === 'slip-not-open' && refusal.allowed === 'dispatched'
  return t(isUnsent ? 'slipNotDispatched' : refusal.code, {
    given:
      refusal.code === 'slip-not-open'
        ? shown(about.number ?? refusal.given, empty)
        : refusal.code === 'already-closed'
          ? stateWord(refusal.given ?? undefined, language)
          : language === 'en' && about.givenEn !== undefined
            ? shown(about.givenEn, empty)
            : given,
    allowed: range ? `${shown(about.min, empty)} – ${shown(about.max, empty)}` : shown(refusal.allowed, empty),
    name: shown(about.name ?? about.item ?? about.unit ?? refusal.allowed, empty),
    document: shown(about.number, empty),
    quantity: shown(about.quantity, empty),
    where: shown(language === 'en' ? (about.whereEn ?? about.where) : about.where, empty),
    reason: shown(about.reason, empty),
    state: stateWord(about.state ?? refusal.given ?? undefined, language),
  })
}

/** The whole sentence: line, item or unit, field, what was given and what is allowed. */
export function refusalText(refusal: Refusal, language: Language): string {
  const t = textIn(refusalWords, language)
  const where: string[] = []
  if (refusal.line !== null) where.push(t('line', { line: refusal.line }))
  for (const name of ['item', 'unit'] as const) {
    const value = refusal.about[name]
    if (value !== undefined) where.push(String(value))
  }
  if (refusal.field !== null) where.push(fieldLabel(refusal.field, language))
  const sentence = refusalSentence(refusal, language)
  return where.length === 0 ? sentence : `${where.join(t('separator'))}${t('colon')}${sentence}`
}
