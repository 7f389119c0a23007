import { normaliseText } from '../text.ts'
import { readFamily } from './grade.ts'
import { guess, type Reason, wrong } from './reasons.ts'
import type { Cell, Sheet } from './sheet.ts'
import { type NamedQuantity, partList, splitItems, takeQuantity } from './split-items.ts'

/**
 * A chat message as a sheet: `顺德医院：医用口罩5万只、消毒液1000瓶`. One row per item with sender, item, specification and quantity, under a
 * header of our own, numbered by the line of the message it came from. A sentence says less clearly than a table what is a
 * name: what is no thing that we know is doubted.
 */
const lead =
  /^(?:今天|今日|昨天|今早|上午|下午|刚刚|现|已|【入库】|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?=\s)|\d{1,2}[./]\d{1,2}(?=\s+\D)|\d{1,2}月\d{1,2}日|\d{1,2}:\d{2}(?::\d{2})?|[，,\s])*\s*(?:收到|接收|接到|送来|送到|到货|来自|我司|我公司)?\s*(?:来自)?/
const partyBeforeVerb =
  /^(.{2,30}?)(?:向[^、,;:]{2,20})?(?:捐赠|捐献|捐助|送来|送达|送到|发来|发货|供货|提供|支援|援助|赠送|交付|运来|需要|急需|申请|申领|领用|领取|缺)(?:了|的|物资)*\s*[::]?\s*/
const partyBeforeColon = /^([^\d::、,;]{2,30}(?:\([^()]*\))?)\s*[::]\s*(?=\S)/
const organisation =
  '(?:公司|集团|厂|医院|卫生院|中心|街道办?|镇|乡|村|社区|居委会|村委会|学校|小学|中学|大学|幼儿园|基金会|红十字会|慈善会|协会|商会|派出所|公安局|卡口|隔离点|检疫站|交警|支队|大队|指挥部|防控办|疾控|门诊部?)'
/** 甲公司 口罩500只, 大良医院领口罩500只, 甲公司500只口罩. */
const partyByItself = new RegExp(
  `^([\\u4e00-\\u9fffA-Za-z·()]{1,28}?${organisation})(?:共|现|已|今天|今日)?(?:(?:转来|转赠|转交|寄来|拉来|捐|送|领|报|要|需|给|来|有)(?:了|的)?\\s*[:]?\\s*|\\s+|\\s*[,:]\\s*|(?=\\d))`,
)
/** 甲公司口罩500只: the name of the thing begins where a kind of thing is left. */
const partyStuckToItem = /^([\u4e00-\u9fff·()]{1,28}?(?:公司|集团|医院|街道|社区|基金会))(?=[\u4e00-\u9fffA-Za-z])/
const endsAsOrganisation = new RegExp(`${organisation}$`)
const greeting = /^(?:你好|您好|大家好|谢谢|收到|好的|ok|hi|hello|thanks|麻烦|请查收|@\S+)[!。.,，~\s]*$/i
/** Facts about the delivery, not lines of it. */
const besideTheList =
  /^(?:批号|生产日期|有效期|效期|联系|电话|手机|地址|单号|快递|车牌|时间|日期|金额|合计|共计|总计|lot|batch|exp|tel|phone|date)(?![\u4e00-\u9fff])/i
const mention = /^(?:@\S+\s+)+/
/** `张三 2020/2/6 10:30` and `[10:30] 张三:` are put in front by the chat program. */
const stamp =
  /^(?:\[[^\]]*\]\s*)?(?:[^\d\s:]{1,12}\s+)?(?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*$/
const bullet =
  /^(?:\(?\d{1,2}\)?(?:[、)]|\.(?!\d))|\(?[一二三四五六七八九十]{1,3}(?:[、.)]|(?<=\([一二三四五六七八九十]{1,3})\))|[①-⑳]|[-*•·●])\s*(?!\d*[%万千百])/
/** Ticks, arrows and pictures that people put in front of a line. */
const ornament = /^[^\p{L}\p{N}([【@#<"“.]+/u
const arrows = /\s*(?:→|⇒|➡|=>|->|—+|–|…+|\.{2,}|_{2,})\s*/g

const day = String.raw`\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2})?\s*[日月号]?|\d{1,2}\s*[-/.]\s*\d{4}|\d{8}|\d{6}|(?:\d{1,2}|[一二两三四五]|半)\s*(?:个月|年)`
const until = String.raw`([^,、;。()\s]{2,40})`
const facts = {
  lot: /(?:生产)?(?:批号|批次号?)(?:是|为)?\s*[::]?\s*([A-Za-z0-9][A-Za-z0-9\-./]*)|\b(?:lot|batch)\s*(?:no\.?|number|#)?\s*[::]?\s*((?=\S*\d)[A-Za-z0-9][A-Za-z0-9\-./]*)/i,
  madeOn: new RegExp(
    String.raw`(?:生产日期|制造日期|出厂日期)(?:是|为)?\s*[::]?\s*(${day})|\b(?:mfg|mfd|made on)\.?\s*(?:date)?\s*[::]?\s*(${day})`,
    'i',
  ),
  expiresOn: new RegExp(
    String.raw`(?:有效期|失效日?期|效期|保质期|到期日?)(?:至|到|是|为)?\s*[::]?\s*(${day})|\bexp(?:iry|ires)?\.?\s*(?:date|on)?\s*[::]?\s*(${day})`,
    'i',
  ),
  specification: new RegExp(String.raw`(?:规格型号|规格|型号)\s*[::]\s*${until}`, 'i'),
  party: /(?:捐赠|捐赠单位|捐赠方|捐赠人|供货商|供货单位|供应商|生产厂家|厂家|来源)\s*[::]\s*([^,、;。()\s\d]{2,40})/i,
} as const
type Fact = keyof typeof facts
/** What a form puts in front of what it asks for, and numbers that call somebody. */
const labels = /(?:^|(?<=[\s,、;]))(?:品名|物资名称|物资|名称)\s*:\s*/g
const beforeNumber = /[\s,、;]*数量\s*:\s*/g
const callsSomebody =
  /(?:(?:联系)?(?:电话|手机号?)|联系方式|tel|phone)\s*[.:]?\s*[+\d][\d\- ]{6,}|(?<!\d)1[3-9]\d{9}(?!\d)/gi

const chatHeader: readonly string[] = ['单位名称', '品名', '规格', '数量', '批号', '生产日期', '有效期']
/** Columns that stand there whether or not any line has something for them. */
const alwaysThere = new Set([1, 2, 3])

interface ChatRow {
  readonly number: number
  readonly cells: Cell[]
  readonly doubts?: readonly Reason[]
}

/** The header has row number 0; null when no line holds an item with a quantity. */
export function readChat(text: string, name = 'chat'): Sheet | null {
  const rows: ChatRow[] = []
  const unread: { row: number; text: string }[] = []
  let party: string | null = null
  const lines = text.split(/\r\n|\r|\n/)
  for (let index = 0; index < lines.length; index += 1) {
    const line = tidyLine(lines[index]!)
    if (line === '') continue
    if (stamp.test(line) || greeting.test(line) || besideTheList.test(line)) {
      unread.push({ row: index + 1, text: line })
      continue
    }
    for (const segment of partList(line, /[;。]/)) {
      const own = takeParty(segment)
      if (own.party !== null) party = own.party
      if (own.rest === '') continue
      const read = rowsOf(own.rest, index + 1, party, own.isGuess, goesAway.test(segment))
      if (read !== null) {
        rows.push(...read)
        continue
      }
      // A line of its own that ends in a colon, or reads like an organisation, names the sender of what follows.
      const heading = /^([^\d]{2,30}?)[::]?$/.exec(own.rest)
      const names = heading && own.party === null && (/[::]$/.test(own.rest) || endsAsOrganisation.test(own.rest))
      if (names && !isNobody(heading[1]!)) party = cleanParty(heading[1]!)
      else unread.push({ row: index + 1, text: segment })
    }
  }
  if (rows.length === 0) return null
  const kept = chatHeader.flatMap((_, column) =>
    alwaysThere.has(column) || rows.some((row) => row.cells[column] !== null) ? [column] : [],
  )
  // With no sender anywhere the form asks for one; an empty column would call each line wrong.
  const pick = (cells: readonly Cell[]): Cell[] => kept.map((column) => cells[column]!)
  return {
    name,
    rows: [{ number: 0, cells: pick(chatHeader) }, ...rows.map((row) => ({ ...row, cells: pick(row.cells) }))],
    merges: [],
    epoch: 1900,
    unread,
  }
}

function tidyLine(text: string): string {
  const plain = normaliseText(text)
    .replace(bullet, '')
    .replace(mention, '')
    .replace(/(?<=:)\s*[①-⑳]/g, '')
    .replace(/\s*[①-⑳]\s*/g, '、')
  return plain.replace(ornament, '').replace(bullet, '').replace(arrows, ' ').trim()
}

/** The items of a sentence as rows, with the lot and dates that it gives; null when it names none. */
function rowsOf(
  text: string,
  number: number,
  party: string | null,
  partyIsGuess: boolean,
  isGone: boolean,
): ChatRow[] | null {
  const said: { [fact in Fact]?: string } = {}
  let rest = text.replace(callsSomebody, ' ').replace(labels, '')
  for (const fact of Object.keys(facts) as Fact[]) {
    const found = facts[fact].exec(rest)
    if (!found) continue
    said[fact] = (found[1] ?? found[2])!
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
  }
  const { party: ownParty, ...ofOne } = said
  rest = rest.replace(beforeNumber, ' ')
  const told = Object.values(ofOne).length > 0
  const items = itemsOf(
    rest === text
      ? rest
      : rest
          .replace(/\(\s*[,、]?\s*\)|[\s,、(]+$/g, '')
          .replace(/^[\s,、]+/, '')
          .replace(/(?:[,、]\s*){2,}/g, '、')
          .trim(),
  )
  if (items === null) return null
  const isOne = items.length === 1
  return items.map((item) => {
    const doubts: Reason[] = []
    if (partyIsGuess) doubts.push(guess('party', 'party-in-sentence', { value: party ?? '' }))
    if (
      item.isCarried ||
      (item.name !== '' && (readFamily(item.name) === null || isMoreThanName.test(item.name) || isGone))
    )
      doubts.push(guess('item', 'name-in-sentence', { text }))
    if (item.name === '') doubts.push(wrong('item', 'item-missing'))
    // Whose lot it is when there are several, nobody can tell.
    if (told && !isOne) doubts.push(guess('lot', 'facts-of-several', { text: Object.values(ofOne).join(' ') }))
    const fact = (one: Fact): Cell => (isOne ? (said[one] ?? null) : null)
    const cells = [
      ownParty ?? party,
      item.name || null,
      item.specification ?? fact('specification'),
      item.quantity,
      fact('lot'),
      fact('madeOn'),
      fact('expiresOn'),
    ]
    return doubts.length === 0 ? { number, cells } : { number, cells, doubts }
  })
}

/** Words, marks and numbers of things that no name of a thing has: the sentence was parted in the wrong place. */
const isMoreThanName =
  /[,:;，。①-⑳?!]|(?:公司|医院|街道|社区|基金会|慈善会|红十字会|总数|一共|不到|超过|其余|其中|退回|本次|剩余)|[\u4e00-\u9fff] [\u4e00-\u9fff]|\d(?:只|个|套|双|副|箱|盒|瓶|桶|件|台|把|包)|\b(?:from|please|received|delivered|to)\b|^.{31}/i
/** What a sentence says of goods that did not come, or that went. */
const goesAway = /出库|退回|退货|退还|归还|借出|报废|缺货|未到|没到|取消|作废|returned|cancelled|out of stock/i

const besideItems = /^(?:请|谢谢|麻烦|收到|已|共计|合计|辛苦)/
/** What is done with a thing in front of its name, and what is said of it behind. */
const verbs =
  /^(?:(?:明天|后天|今天|再|还|另|又)*(?:捐赠|捐|送|领用|领取|领|急需|需要|需|缺|要|补|到货|到|来|入库|收到|发放|发)(?:了|的)?)+(?=\S{2,}|$)/
const closing = /(?:不够|没有了|告急|已到|到货|送到)$/

function itemsOf(text: string): readonly SentenceItem[] | null {
  const items = splitItems(text)
  if (items === null) return null
  const named = items
    .filter((item) => item.quantity !== null || !besideItems.test(item.name))
    .map((item) => ({
      ...item,
      name: item.name
        .replace(/^[\s:、,]+/, '')
        .replace(verbs, '')
        .replace(closing, '')
        .trim(),
    }))
  const lines: SentenceItem[] = []
  for (const item of named) {
    const before = lines[lines.length - 1]
    if (item.name !== '') lines.push({ ...item, isCarried: false })
    else if (item.quantity !== null && before) {
      // 口罩不够，要1000只 is one line of two halves; 口罩500只，再要300只 is two of one thing.
      if (before.quantity === null) lines.pop()
      lines.push({ ...item, name: before.name, isCarried: true })
    } else if (item.quantity !== null) lines.push({ ...item, isCarried: false })
  }
  return lines
}

interface SentenceItem extends NamedQuantity {
  /** The name stands in an earlier part of the sentence. */
  readonly isCarried: boolean
}

interface OwnParty {
  readonly party: string | null
  readonly rest: string
  /** The name is stuck to the item: where one ends and the other begins is a guess. */
  readonly isGuess: boolean
}

function takeParty(line: string): OwnParty {
  const text = line
    .replace(lead, '')
    .replace(/^[\s:,]+/, '')
    .trim()
  const sure = (party: string, from: number): OwnParty => ({
    party: cleanParty(party),
    rest: text.slice(from).trim(),
    isGuess: false,
  })
  const colon = partyBeforeColon.exec(text)
  if (colon && !isNobody(colon[1]!)) {
    // `医用口罩：5万只` is an item and its quantity, `顺德医院：医用口罩5万只` a sender and an item.
    const first = partList(text.slice(colon[0].length).trim(), /[、,;。+]/)[0] ?? ''
    if (takeQuantity(first) !== null || endsAsOrganisation.test(cleanParty(colon[1]!)))
      return sure(colon[1]!, colon[0].length)
  }
  const verb = partyBeforeVerb.exec(text)
  if (verb && !/[、,;:]/.test(verb[1]!) && !hasQuantity(verb[1]!) && !isNobody(verb[1]!))
    return sure(verb[1]!, verb[0].length)
  const itself = partyByItself.exec(text)
  if (itself && !isNobody(itself[1]!) && splitItems(text.slice(itself[0].length).trim()) !== null)
    return sure(itself[1]!, itself[0].length)
  const stuck = partyStuckToItem.exec(text)
  const behind = stuck ? text.slice(stuck[0].length) : ''
  if (
    stuck &&
    !isNobody(stuck[1]!) &&
    readFamily(takeQuantity(partList(behind, /[、,;。+]/)[0] ?? '')?.name ?? '') !== null
  )
    return { party: cleanParty(stuck[1]!), rest: behind, isGuess: true }
  // 今日捐赠情况：口罩500只 has nobody in front of its colon, and still a list behind it.
  return { party: null, rest: colon && isNobody(colon[1]!) ? text.slice(colon[0].length).trim() : text, isGuess: false }
}

const hasQuantity = (text: string): boolean => takeQuantity(text) !== null
const cleanParty = (text: string): string =>
  text
    .replace(/^(?:收到|来自|由|从|from\s|we have received from\s|received from\s)/i, '')
    .replace(/^【[^】]*】/, '')
    .replace(/\s*(?:库存|现有|目前|今日|今天|领用?|申请|报|捐赠?|delivered|donated|sent|brought|[::])+$/, '')
    .trim()
const nobodyAtAll = /^(?:各位|各单位|各科室|大家|通知|注意|你好|您好|急|今天|明天|请)/
const noName =
  /(?:情况|清单|明细|汇总|统计|名单|物资|公示|通知|如下|安排|计划|数量|需求|品名|名称|规格|合计|总计|库存情况)$|^(?:please|dear|today|here|received|delivered|deliver(?:y|ies)|list|items?|goods|total|attached)\b|\b(?:deliveries|following|below)$|^(?:工厂|医院|学校|公司|社区|库存|现有|目前)$/i
const isNobody = (party: string): boolean => {
  const name = cleanParty(party)
  return name === '' || nobodyAtAll.test(name) || noName.test(name)
}
