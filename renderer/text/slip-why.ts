import { text } from './text.ts'

/** The reason of a slip's line, on paper. */
export const slipWhyText = text({
  zh: {
    why: '理由',
    whyCover: '可用 {{before}} → {{after}} 天',
    whyRung: '第 {{rung}} 级，补到 {{days}} 天',
    whyRungNamed: '第 {{rung}} 级“{{name}}”，补到 {{days}} 天',
    'why-pin': '由审批人指定，不按策略',
    'why-need': '{{days}} 天的需求已满足',
    'why-floor': '这一级已补满，货在它的下一级之前分完',
    'why-level': '货已分完，余下的给了会更早用完的单位',
    'why-tie': '货已分完，与最后得到的单位一样低',
    'why-cap': '已到申领的数量或上限',
    'why-expiry': '再多的近效期批次在过期前用不完',
    'why-source': '可以领用的仓库和批次已分完',
    whyQueue: '再有货时，下一{{pack}}排第 {{place}} 位',
  },
  en: {
    why: 'Why',
    whyCover: 'cover {{before}} → {{after}} days',
    whyRung: 'rung {{rung}}, up to {{days}} days',
    whyRungNamed: 'rung {{rung}}, {{name}}, up to {{days}} days',
    'why-pin': 'set by the approver, not by the policy',
    'why-need': 'the need of {{days}} days is met',
    'why-floor': 'its rung is full, and supply ended before its next one',
    'why-level': 'supply ended; the rest went to units that would run out sooner',
    'why-tie': 'supply ended at the same cover as the last unit served',
    'why-cap': 'its request or its cap is reached',
    'why-expiry': 'it would not use more short-dated stock in time',
    'why-source': 'the depots and lots that it may draw on are used up',
    whyQueue: 'with more supply, its next pack is number {{place}} in line',
  },
})
