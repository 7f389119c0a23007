import { normaliseText } from '../text.ts'
import type { Cell } from './sheet.ts'

/** Words that make a row no line of the list: totals, signatures, page marks. */
const totalWords =
  /^(?:总\s*计|合\s*计|小\s*计|共\s*计|累\s*计|本页(?:合计|小计)|总数|总共|一共|全部|承前页|过次页|接上页|转下页|sub-?\s?totals?|grand totals?|totals?|sum|(?:carried|brought) forward)(?:金额|数量|总数|数)?(?=$|[\s:(\d=])/i
/** 本日合计, 口罩小计:, Masks total. */
const totalAtEnd =
  /(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)(?:总?数量?|金额)?\s*(?:\([^()]*\))?\s*:?$|\btotals?\s*:?$/i
const totalOfKinds = /^共\s*\d+\s*(?:项|种|类|个?品种|笔|批)/
const longestTotal = 20
/** All of the words begin with one of these; most cells don't. */
const totalStarts = '总合小共累本一全承过接转sStTgGcCbB'
/** 计 of 合计, l and s of totals, and what may stand behind them. */
const totalEnds = '计数量额):lsLS： ）'

const footWords =
  /^(?:制表|制单|填表|填报|审核|审批|复核|核对|经办|签字|签名|签收|盖章|备注|说明|注\s*\d*\s*[::]|注释|附注|附[::]|以上|大写|联系人|联系电话|单位\s*\(?盖章|日期\s*[::]|领导|库管|主管|负责人|交接人|第\s*\d+\s*页|续表|(?:验收|接收|发货|送货|收货|领用|领取|交货|发放|保管|会计|出纳|采购|仓管|送货)(?:人|员|单位|部门)?\s*(?:\(签[字名章]\))?\s*[::]|notes?\s*[::]|prepared by|checked by|approved by|received by|delivered by|signature|remarks?\s*[::]|date\s*[::]|page\s+\d+)/i

export function isTotal(cell: Cell): boolean {
  if (typeof cell !== 'string' || cell === '') return false
  const first = cell[0]!
  const plain = (first > ' ' && first < '\u007f') || (first >= '\u4e00' && first <= '\u9fff')
  if (!plain || totalStarts.includes(first)) {
    const text = normaliseText(cell)
    if (totalWords.test(text) || totalOfKinds.test(text)) return true
  }
  if (cell.length > longestTotal || !totalEnds.includes(cell[cell.length - 1]!)) return false
  return totalAtEnd.test(normaliseText(cell))
}

export const isFoot = (text: string): boolean => footWords.test(text)

/** `|---|---|` under the headings of a table in a text, and lines drawn with signs. */
export const isRule = (text: string): boolean => /^[:\-—_=*]{2,}$/.test(text)

const ditto = /^(?:同上|同前|同左|[-—\s]*[〃″][-—\s]*|["“”]|''|\.{2,}|…+|ditto|do\.|as above|same as above|same|↑)$/i
const dittoStarts = new Set([...'同〃″"“”\'.…dDaAsS-—↑'].map((c) => c.charCodeAt(0)))

export const isDitto = (cell: Cell): boolean =>
  typeof cell === 'string' &&
  cell.length <= 13 &&
  dittoStarts.has(cell.charCodeAt(0)) &&
  ditto.test(normaliseText(cell))
