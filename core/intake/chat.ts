import { normaliseText } from '../text.ts'
import type { Cell, Sheet } from './sheet.ts'
import { partList, splitItems, takeQuantity } from './split-items.ts'

/**
 * A chat message as a sheet: `顺德医院：医用口罩5万只、消毒液1000瓶`. One row per item with sender, item, specification and quantity, under a
 * header of our own, numbered by the line of the message it came from.
 */
const lead =
  /^(?:今天|今日|今早|上午|下午|刚刚|现|已|\d{1,2}月\d{1,2}日|\d{1,2}:\d{2}(?::\d{2})?|[，,\s])*\s*(?:收到|接收|接到|送来|送到|到货|来自|我司|我公司)?\s*(?:来自)?/
const partyBeforeVerb =
  /^(.{2,30}?)(?:向[^、,;:]{2,20})?(?:捐赠|捐献|捐助|送来|送达|送到|发来|发货|供货|提供|支援|援助|赠送|交付|运来|需要|急需|申请|申领|领用|领取|缺)(?:了|的|物资)*\s*[::]?\s*/
const partyBeforeColon = /^([^\d::、,;]{2,30}(?:\([^()]*\))?)\s*[::]\s*(?=\S)/
const greeting = /^(?:你好|您好|大家好|谢谢|收到|好的|ok|hi|hello|thanks|麻烦|请查收|@\S+)[!。.,，~\s]*$/i
/** Facts about the delivery, not lines of it. */
const besideTheList =
  /^(?:批号|生产日期|有效期|效期|联系|电话|手机|地址|单号|快递|车牌|时间|日期|金额|合计|共计|总计|lot|batch|exp|tel|phone|date)(?![\u4e00-\u9fff])/i
const mention = /^(?:@\S+\s+)+/
/** `张三 2020/2/6 10:30` and `[10:30] 张三:` are put in front by the chat program. */
const stamp =
  /^(?:\[[^\]]*\]\s*)?(?:[^\d\s:]{1,12}\s+)?(?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*$/
const bullet = /^(?:\(?\d{1,2}\)?[.、)]|[①-⑳]|[-*•·●])\s*(?!\d*[%万千百])/

const chatHeader: readonly string[] = ['单位名称', '品名', '规格', '数量']

/** The header has row number 0; null when no line holds an item with a quantity. */
export function readChat(text: string, name = 'chat'): Sheet | null {
  const rows: { number: number; cells: Cell[] }[] = [{ number: 0, cells: [...chatHeader] }]
  const unread: { row: number; text: string }[] = []
  let party: string | null = null
  const lines = text.split(/\r\n|\r|\n/)
  for (let index = 0; index < lines.length; index += 1) {
    const line = normaliseText(lines[index]!).replace(bullet, '').replace(mention, '')
    if (line === '') continue
    if (stamp.test(line) || greeting.test(line) || besideTheList.test(line)) {
      unread.push({ row: index + 1, text: line })
      continue
    }
    const own = takeParty(line)
    if (own.party !== null && !nobody.test(own.party)) party = own.party
    if (own.rest === '') continue
    const items = itemsOf(own.rest)
    if (items === null) {
      const heading = /^([^\d]{2,30}?)[::]?$/.exec(own.rest)
      // A line of its own that ends in a colon, or reads like an organisation, names the sender of what follows.
      if (
        heading &&
        own.party === null &&
        (/[::]$/.test(own.rest) || /(?:公司|医院|厂|街道|社区|村|镇|中心|学校)$/.test(own.rest))
      )
        party = heading[1]!
      else unread.push({ row: index + 1, text: line })
      continue
    }
    for (const item of items)
      rows.push({ number: index + 1, cells: [party, item.name, item.specification, item.quantity] })
  }
  if (rows.length === 1) return null
  // With no sender anywhere the form asks for one; an empty column would call each line wrong.
  const named = rows.slice(1).some((row) => row.cells[0] !== null)
  const kept = named ? rows : rows.map((row) => ({ number: row.number, cells: row.cells.slice(1) }))
  return { name, rows: kept, merges: [], epoch: 1900, unread }
}

function itemsOf(text: string): ReturnType<typeof splitItems> {
  const items = splitItems(text)
  if (items === null) return null
  return items.filter((item) => item.quantity !== null || !/^(?:请|谢谢|麻烦|收到|已|共计|合计|辛苦)/.test(item.name))
}

function takeParty(line: string): { party: string | null; rest: string } {
  const text = line.replace(lead, '').trim()
  const verb = partyBeforeVerb.exec(text)
  if (verb && !/[、,;]/.test(verb[1]!) && !hasQuantity(verb[1]!)) {
    return { party: cleanParty(verb[1]!), rest: text.slice(verb[0].length).trim() }
  }
  const colon = partyBeforeColon.exec(text)
  if (colon) {
    const after = text.slice(colon[0].length).trim()
    // `医用口罩：5万只` is an item and its quantity, `顺德医院：医用口罩5万只` a sender and an item.
    const first = partList(after, /[、,;。+]/)[0] ?? ''
    if (takeQuantity(first) !== null) return { party: cleanParty(colon[1]!), rest: after }
  }
  return { party: null, rest: text }
}

const hasQuantity = (text: string): boolean => takeQuantity(text) !== null
const cleanParty = (text: string): string => text.replace(/^(?:收到|来自|由|从|from\s)/i, '').trim()
const nobody = /^(?:各位|各单位|各科室|大家|通知|注意|你好|您好|急|今天|明天|请)/
