/**
 * Why a cell is guessed or wrong: a code with data, put into words here. `guessed` has a value that one key confirms;
 * `wrong` has none that could be saved, and needs an answer.
 */
export type ReasonData = { readonly [name: string]: string | number }
export type Doubt = 'guessed' | 'wrong'
export type Status = 'sure' | Doubt

type Words = (data: ReasonData) => string
interface ReasonText {
  readonly zh: Words
  readonly en: Words
}

const say = (zh: Words, en: Words): ReasonText => ({ zh, en })

export const reasonTexts = {
  // party
  'carried-down': say(
    (d) => `此格为空，沿用第${d.fromRow}行的“${d.value}”`,
    (d) => `blank here; taken from row ${d.fromRow}: “${d.value}”`,
  ),
  'party-missing': say(
    () => '没有写单位',
    () => 'no sender or recipient is given',
  ),
  'party-is-a-note': say(
    (d) => `“${d.text}”像是去向说明，不是单位；沿用上一行的单位`,
    (d) => `“${d.text}” reads like a destination, not a sender; the sender of the row above is taken`,
  ),
  'party-in-sentence': say(
    (d) => `单位“${d.value}”是从句子里分出来的`,
    (d) => `the party “${d.value}” was parted from the name of the item behind it`,
  ),
  // item
  'name-in-sentence': say(
    (d) => `品名是从句子里读出的：“${d.text}”`,
    (d) => `the name was read out of a sentence: “${d.text}”`,
  ),
  'facts-of-several': say(
    (d) => `“${d.text}”写在几种物资之间，分不清属于哪一种`,
    (d) => `“${d.text}” stands among several items; it doesn't say whose it is`,
  ),
  'item-missing': say(
    () => '没有写品名',
    () => 'no item is given',
  ),
  'item-unknown': say(
    (d) => `物资目录里没有“${d.given}”${d.candidates ? `，相近的有：${d.candidates}` : ''}`,
    (d) => `“${d.given}” is not in the catalogue${d.candidates ? `; near it: ${d.candidates}` : ''}`,
  ),
  'name-similar': say(
    (d) => `“${d.given}”按相似名称对到“${d.value}”`,
    (d) => `“${d.given}” matched “${d.value}” by similarity`,
  ),
  'name-by-pinyin': say(
    (d) => `“${d.given}”按拼音对到“${d.value}”`,
    (d) => `“${d.given}” matched “${d.value}” by pinyin`,
  ),
  'name-ambiguous': say(
    (d) => `“${d.given}”可能是：${d.candidates}`,
    (d) => `“${d.given}” could be: ${d.candidates}`,
  ),
  'grade-not-stated': say(
    (d) => `“${d.given}”没有写明等级或执行标准，可能是：${d.candidates}`,
    (d) => `“${d.given}” doesn't say its grade or standard; it could be: ${d.candidates}`,
  ),
  'grade-conflict': say(
    (d) => `品名、规格或标准互相矛盾：${d.text}`,
    (d) => `name, specification and standard contradict each other: ${d.text}`,
  ),
  'grade-differs': say(
    (d) => `“${d.given}”与“${d.value}”（${d.standard}）等级不同，不能互认`,
    (d) => `“${d.given}” is of another grade than “${d.value}” (${d.standard}) and can't be taken for it`,
  ),
  'grade-unconfirmed': say(
    (d) => `“${d.given}”对到“${d.value}”，但没有写明等级`,
    (d) => `“${d.given}” matched “${d.value}”, but its grade isn't stated`,
  ),
  'drag-filled': say(
    (d) => `像是下拉填充造成的递增（${d.first}…），原意可能是“${d.first}”`,
    (d) => `looks drag-filled (${d.first} …); “${d.first}” was probably meant`,
  ),
  'several-items-one-quantity': say(
    (d) => `一格里有几种物资（${d.parts}），只有一个数量，请分开`,
    (d) => `several items in one cell (${d.parts}) with one quantity: please split`,
  ),
  'alternative-names': say(
    (d) => `一格里有几个名称（${d.parts}），按同一种物资“${d.value}”处理`,
    (d) => `several names in one cell (${d.parts}), taken as one item: “${d.value}”`,
  ),
  'split-from-one-cell': say(
    (d) => `由“${d.text}”拆出`,
    (d) => `split from “${d.text}”`,
  ),
  'name-may-continue': say(
    (d) => `相邻的第${d.otherRow}行“${d.text}”没有数量，可能是本行品名的一部分，或共用本行数量`,
    (d) => `row ${d.otherRow} beside it, “${d.text}”, has no quantity: part of this name, or sharing this quantity`,
  ),
  'may-be-total': say(
    (d) => `数量${d.given}正好是上面各行之和，可能是合计`,
    (d) => `the quantity ${d.given} is the sum of the rows above; this may be a total`,
  ),
  'specification-continued': say(
    (d) => `第${d.otherRow}行的“${d.text}”并入本行`,
    (d) => `“${d.text}” of row ${d.otherRow} was joined to this row`,
  ),
  'specification-is-a-date': say(
    (d) => `规格“${d.text}”像是生产日期或批号`,
    (d) => `the specification “${d.text}” looks like a production date or lot number`,
  ),
  // quantity and unit
  'quantity-missing': say(
    () => '没有写数量',
    () => 'no quantity is given',
  ),
  'quantity-unreadable': say(
    (d) => `数量“${d.given}”读不出来，请写数字`,
    (d) => `the quantity “${d.given}” can't be read; a number is needed`,
  ),
  'quantity-mixed': say(
    (d) => `数量“${d.given}”里有不止一个数`,
    (d) => `the quantity “${d.given}” holds more than one number`,
  ),
  'quantity-approximate': say(
    (d) => `数量“${d.given}”是约数`,
    (d) => `the quantity “${d.given}” is approximate`,
  ),
  'quantity-range': say(
    (d) => `数量“${d.given}”是范围，取了较大的数`,
    (d) => `the quantity “${d.given}” is a range; the larger number is taken`,
  ),
  'quantity-leftover': say(
    (d) => `数量旁还有文字“${d.text}”没有读懂`,
    (d) => `“${d.text}” beside the quantity was not understood`,
  ),
  'quantity-comma': say(
    (d) => `“${d.given}”里的逗号、点或空格分不清是千分位还是小数`,
    (d) => `the comma, point or space in “${d.given}” may part thousands or decimals`,
  ),
  'quantity-product': say(
    (d) => `“${d.given}”按相乘读作${d.value}${d.unit}`,
    (d) => `“${d.given}” was multiplied out and read as ${d.value}${d.unit ? ` ${d.unit}` : ''}`,
  ),
  'quantity-in-own-unit': say(
    (d) => `列名说按${d.multiplier}计，这一格自带单位“${d.unit}”，没有再乘`,
    (d) => `the heading counts in ${d.multiplier}s, but this cell has its own unit “${d.unit}” and was not multiplied`,
  ),
  'quantity-not-positive': say(
    (d) => `数量是${d.given}，应大于0`,
    (d) => `the quantity is ${d.given}; it must be above 0`,
  ),
  'quantity-negative': say(
    (d) => `数量是${d.given}，不能小于0`,
    (d) => `the quantity is ${d.given}; it can't be below 0`,
  ),
  'quantity-not-whole': say(
    (d) => `折算后是${d.given}${d.unit}，不是整数`,
    (d) => `it comes to ${d.given} ${d.unit}, not a whole number`,
  ),
  'quantity-too-large': say(
    (d) => `数量${d.given}超过上限1000000000`,
    (d) => `the quantity ${d.given} is above the limit of 1,000,000,000`,
  ),
  'quantity-far-above-usual': say(
    (d) => `数量${d.given}是通常（${d.usual}）的${d.times}倍`,
    (d) => `the quantity ${d.given} is ${d.times} times the usual (${d.usual})`,
  ),
  'one-may-mean-unknown': say(
    () => '数量1可能只表示“需要，数目不详”',
    () => 'a quantity of 1 may only mean “needed, amount unknown”',
  ),
  'unit-missing': say(
    (d) => `没有写单位，按“${d.value}”计`,
    (d) => `no unit is given; counted in ${d.value}`,
  ),
  'unit-two': say(
    (d) => `数量写的是${d.given}，单位栏写的是${d.other}`,
    (d) => `the quantity says ${d.given}, the unit column says ${d.other}`,
  ),
  'unit-unknown': say(
    (d) => `不认识的单位“${d.given}”`,
    (d) => `unknown unit “${d.given}”`,
  ),
  'piece-or-case': say(
    (d) => `“${d.given}”可能是一个，也可能是一箱`,
    (d) => `“${d.given}” may mean one piece or one case`,
  ),
  'pack-unknown': say(
    (d) => `不知道一${d.given}有多少${d.base}`,
    (d) => `it isn't known how many ${d.base} one ${d.given} holds`,
  ),
  'pack-guessed': say(
    (d) => `按规格“${d.text}”，一${d.given}计${d.value}${d.base}`,
    (d) => `by “${d.text}”, one ${d.given} counts as ${d.value} ${d.base}`,
  ),
  'pack-unit-differs': say(
    (d) => `数量用“${d.given}”，规格用“${d.other}”，按同一种包装计`,
    (d) => `counted in ${d.given} but the specification speaks of ${d.other}; taken as the same pack`,
  ),
  'pack-unreadable': say(
    (d) => `规格“${d.text}”的装箱数读不通`,
    (d) => `the pack size in “${d.text}” doesn't come out`,
  ),
  'pack-differs-from-item': say(
    (d) => `规格写一${d.given}${d.value}${d.base}，目录里是${d.other}${d.base}`,
    (d) => `the specification says ${d.value} ${d.base} to one ${d.given}, the catalogue ${d.other}`,
  ),
  'used-unreadable': say(
    (d) => `“${d.given}”读不出使用量`,
    (d) => `“${d.given}” can't be read as what was used`,
  ),
  'used-unit-differs': say(
    (d) => `使用量的单位“${d.given}”与库存的“${d.other}”不同，请改成相同单位`,
    (d) => `the use is in “${d.given}”, the stock in “${d.other}”; write it in the same unit`,
  ),
  'used-not-whole': say(
    (d) => `使用量合 ${d.given} ${d.unit}，不是整数`,
    (d) => `the use makes ${d.given} ${d.unit}, which is not a whole number`,
  ),
  'used-too-large': say(
    (d) => `使用量 ${d.given} 超出 0–1,000,000,000`,
    (d) => `a use of ${d.given} is outside 0–1,000,000,000`,
  ),
  'used-days-unreadable': say(
    (d) => `“${d.given}”不是天数；应为 1–366 的整数，不填则从上次上报算起`,
    (d) => `“${d.given}” is no number of days; 1–366, or nothing for since the last report`,
  ),
  'packs-do-not-multiply': say(
    (d) => `${d.packs}件×${d.size}≠${d.given}`,
    (d) => `${d.packs} packs × ${d.size} is not ${d.given}`,
  ),
  // lot and dates
  'lot-damaged': say(
    (d) => `批号“${d.given}”像是被表格软件改成了数字`,
    (d) => `the lot number “${d.given}” looks mangled into a number by a spreadsheet`,
  ),
  'lot-is-a-date': say(
    (d) => `批号“${d.given}”是一个日期，可能被表格软件改过`,
    (d) => `the lot number “${d.given}” is a date; a spreadsheet may have made it one`,
  ),
  'lot-is-a-day-count': say(
    (d) => `批号“${d.given}”可能是被表格软件改成数字的日期${d.value}`,
    (d) => `the lot number “${d.given}” may be the date ${d.value} that a spreadsheet made a number of`,
  ),
  'lot-several': say(
    (d) => `“${d.given}”像是几个批号写在一格，数量没有分开`,
    (d) => `“${d.given}” looks like several lots in one cell that share one quantity`,
  ),
  'date-serial': say(
    (d) => `${d.given}按表格日期序号读作${d.value}`,
    (d) => `${d.given} read as a spreadsheet day count: ${d.value}`,
  ),
  'date-year-missing': say(
    (d) => `“${d.given}”没有年份，读作${d.value}`,
    (d) => `“${d.given}” has no year; read as ${d.value}`,
  ),
  'date-month-only': say(
    (d) => `“${d.given}”只有年月，读作${d.value}`,
    (d) => `“${d.given}” has no day; read as ${d.value}`,
  ),
  'date-two-digit-year': say(
    (d) => `“${d.given}”的年份只有两位，读作${d.value}`,
    (d) => `“${d.given}” has a two-digit year; read as ${d.value}`,
  ),
  'date-day-or-month': say(
    (d) => `“${d.given}”分不清日月，读作${d.value}`,
    (d) => `“${d.given}” could be day/month or month/day; read as ${d.value}`,
  ),
  'date-impossible': say(
    (d) => `没有“${d.given}”这一天`,
    (d) => `there is no such day as “${d.given}”`,
  ),
  'date-unreadable': say(
    (d) => `日期“${d.given}”读不出来，请写成2020-02-06`,
    (d) => `the date “${d.given}” can't be read; write it like 2020-02-06`,
  ),
  'expiry-from-shelf-life': say(
    (d) => `由生产日期和保质期“${d.given}”算出${d.value}`,
    (d) => `worked out from the production date and a shelf life of “${d.given}”: ${d.value}`,
  ),
  'expiry-needs-made-on': say(
    (d) => `只写了保质期“${d.given}”，没有生产日期，算不出有效期`,
    (d) => `only a shelf life (“${d.given}”) and no production date: no expiry can be worked out`,
  ),
  'expiry-past': say(
    (d) => `${d.value}已过期`,
    (d) => `expired on ${d.value}`,
  ),
  'expiry-far': say(
    (d) => `有效期${d.value}在十年以后`,
    (d) => `the expiry ${d.value} is more than ten years off`,
  ),
  'expiry-before-made': say(
    (d) => `有效期${d.value}早于生产日期${d.made}`,
    (d) => `the expiry ${d.value} is before the production date ${d.made}`,
  ),
  'made-in-future': say(
    (d) => `生产日期${d.value}还没到`,
    (d) => `the production date ${d.value} is in the future`,
  ),
  // units
  'kind-missing': say(
    () => '没有写类型，从名称也看不出来',
    () => 'no kind is given, and the name does not tell',
  ),
  'kind-unknown': say(
    (d) => `不认识的类型“${d.given}”，可用：${d.allowed}`,
    (d) => `unknown kind “${d.given}”; there are: ${d.allowedEn ?? d.allowed}`,
  ),
  'kind-read-as': say(
    (d) => `类型“${d.given}”看作“${d.value}”`,
    (d) => `the kind “${d.given}” is taken for “${d.valueEn ?? d.value}”`,
  ),
  'kind-by-name': say(
    (d) => `没有写类型，按名称看作“${d.value}”`,
    (d) => `no kind is given; by its name “${d.valueEn ?? d.value}”`,
  ),
  'tier-by-kind': say(
    (d) => `没有写级别，按类型定为 ${d.value} 级`,
    (d) => `no tier is given; ${d.value} by its kind`,
  ),
  'tier-unknown': say(
    (d) => `级别“${d.given}”读不出来，请写 1、2 或 3`,
    (d) => `the tier “${d.given}” can't be read; 1, 2 or 3 is needed`,
  ),
  'people-unreadable': say(
    (d) => `人数“${d.given}”读不出来，请写成“住院医护 20；保洁 5”`,
    (d) => `the people in “${d.given}” can't be read; write them like “Cleaner 5; Laboratory 3”`,
  ),
  'people-too-many': say(
    (d) => `人数${d.given}超过上限${d.allowed}`,
    (d) => `${d.given} people are above the limit of ${d.allowed}`,
  ),
  'duty-missing': say(
    (d) => `“${d.given}”没有写是什么岗位，可用：${d.allowed}`,
    (d) => `“${d.given}” doesn't say the duty; there are: ${d.allowedEn ?? d.allowed}`,
  ),
  'duty-by-kind': say(
    (d) => `“${d.given}”没有写岗位，按类型计为“${d.value}”`,
    (d) => `“${d.given}” doesn't say the duty; counted as “${d.valueEn ?? d.value}” by the unit's kind`,
  ),
  'duty-read-as': say(
    (d) => `岗位“${d.given}”看作“${d.value}”`,
    (d) => `the duty “${d.given}” is taken for “${d.valueEn ?? d.value}”`,
  ),
  'duty-unknown': say(
    (d) => `不认识的岗位“${d.given}”，可用：${d.allowed}`,
    (d) => `unknown duty “${d.given}”; there are: ${d.allowedEn ?? d.allowed}`,
  ),
  'duty-twice': say(
    (d) => `岗位“${d.value}”写了两次`,
    (d) => `the duty “${d.valueEn ?? d.value}” is given twice`,
  ),
  'phone-damaged': say(
    (d) => `电话“${d.given}”像是被表格软件改成了数字`,
    (d) => `the phone number “${d.given}” looks mangled into a number by a spreadsheet`,
  ),
  'differs-from-file': say(
    (d) => `档案里是“${d.before}”，名单写“${d.given}”；确认后更新`,
    (d) => `on file it is “${d.beforeEn ?? d.before}”, the list says “${d.givenEn ?? d.given}”; confirming changes it`,
  ),
  'adds-to-file': say(
    (d) => `档案里是空的，名单写“${d.given}”；确认后补上`,
    (d) => `blank on file, the list says “${d.givenEn ?? d.given}”; confirming fills it in`,
  ),
  'unit-several': say(
    (d) => `“${d.given}”对得上几个单位：${d.candidates}`,
    (d) => `“${d.given}” fits several units: ${d.candidates}`,
  ),
  'unit-similar': say(
    (d) => `将新增“${d.given}”；名单里已有相近的：${d.candidates}`,
    (d) => `“${d.given}” will be new; near it on file: ${d.candidates}`,
  ),
  'unit-code-of-another': say(
    (d) => `编码“${d.given}”是“${d.value}”的`,
    (d) => `the code “${d.given}” is that of “${d.value}”`,
  ),
  'unit-code-twice': say(
    (d) => `编码“${d.given}”与第${d.row}行相同`,
    (d) => `the code “${d.given}” is also in row ${d.row}`,
  ),
  'alias-of-another': say(
    (d) => `别名“${d.given}”是“${d.value}”的名称`,
    (d) => `the alias “${d.given}” is a name of “${d.value}”`,
  ),
  'unit-rows-differ': say(
    (d) => `第${d.row}行写“${d.other}”，这里是“${d.given}”`,
    (d) => `row ${d.row} says “${d.other}”, here it is “${d.given}”`,
  ),
  'unit-in-two-towns': say(
    (d) => `第${d.row}行也叫“${d.given}”，但在“${d.other}”：确认为两个单位，或删去一行`,
    (d) => `row ${d.row} is “${d.given}” too, but in “${d.other}”: confirm that they are two, or delete one`,
  ),
  'unit-in-another-town': say(
    (d) => `名单写在“${d.given}”，档案里的同名单位在“${d.before}”`,
    (d) => `the list says “${d.given}”; the unit of this name on file is in “${d.before}”`,
  ),
  // opening stock
  'lot-already-there': say(
    (d) => `账上已有此批号 ${d.onHand}，名单写 ${d.counted}；确认后以清点数为准`,
    (d) => `the books have ${d.onHand} of this lot, the list says ${d.counted}; confirmed, the count stands`,
  ),
  'lot-several-there': say(
    (d) => `账上有几批“${d.given}”，分不清是哪一批，请写明有效期`,
    (d) => `the books have several lots “${d.given}”; give the expiry to tell which`,
  ),
  'maker-not-on-file': say(
    (d) => `“${d.given}”不在生产企业名单里，来源记为“期初库存”`,
    (d) => `“${d.given}” is no manufacturer on file; the source is recorded as “Opening stock”`,
  ),
  // whole rows
  'repeats-row': say(
    (d) => `与第${d.row}行完全相同`,
    (d) => `the same as row ${d.row}`,
  ),
  'repeats-line': say(
    (d) => `与${d.on}登记的${d.document}的一行相同：同一来源、物资、批号、数量`,
    (d) => `the same as a line of ${d.document} of ${d.on}: sender, item, lot and quantity`,
  ),
  'cell-error': say(
    (d) => `表格里这一格是错误值“${d.given}”`,
    (d) => `the cell holds the error “${d.given}”`,
  ),
  'text-too-long': say(
    (d) => `文字有${d.length}个字符，最多${d.allowed}个`,
    (d) => `the text has ${d.length} characters; ${d.allowed} are allowed`,
  ),
  'one-of-several-columns': say(
    (d) => `有几列都像数量（还有“${d.others}”），取了“${d.heading}”`,
    (d) => `several columns could be the quantity (“${d.others}” too); “${d.heading}” was taken`,
  ),
  'other-side': say(
    (d) => `“${d.heading}”这一列写的可能是对方，不是这里要的单位`,
    (d) => `the column “${d.heading}” may name the other side, and not the party that is asked for here`,
  ),
  'column-guessed': say(
    (d) => `“${d.field}”这一列是按内容认出的`,
    (d) => `the column “${d.field}” was recognised by its content`,
  ),
} as const satisfies Record<string, ReasonText>

export type ReasonCode = keyof typeof reasonTexts

export interface Reason {
  /** The field it is about. */
  readonly field: string
  readonly status: Doubt
  readonly code: ReasonCode
  readonly data: ReasonData
}

export function guess(field: string, code: ReasonCode, data: ReasonData = {}): Reason {
  return { field, status: 'guessed', code, data }
}

export function wrong(field: string, code: ReasonCode, data: ReasonData = {}): Reason {
  return { field, status: 'wrong', code, data }
}

export function worstOf(reasons: readonly Reason[]): Status {
  if (reasons.length === 0) return 'sure'
  return reasons.some((reason) => reason.status === 'wrong') ? 'wrong' : 'guessed'
}

/** A reason in words. */
export function renderReason(reason: Reason, language: 'zh' | 'en'): string {
  return reasonTexts[reason.code][language](reason.data)
}

/** Why a row of the sheet is no row of the list. */
export const leftOutTexts = {
  title: { zh: '表头上方的标题', en: 'title above the header' },
  header: { zh: '表头', en: 'header' },
  'repeated-header': { zh: '重复的表头', en: 'the header once more' },
  total: { zh: '合计行', en: 'total' },
  footnote: { zh: '表尾说明或签字', en: 'footnote or signature' },
  'section-title': { zh: '小标题', en: 'section title' },
  'party-only': { zh: '只有单位，没有物资和数量', en: 'a sender or recipient with no item and no quantity' },
  continuation: { zh: '上一行的续行', en: 'continues the row above' },
  'nothing-said': { zh: '没有可读的内容', en: 'nothing readable' },
  'beyond-limit': { zh: '超过行数上限', en: 'beyond the limit of rows' },
} as const
export type LeftOutWhy = keyof typeof leftOutTexts
