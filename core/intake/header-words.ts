import { normaliseText } from '../text.ts'
import { knownUnit } from './unit-of-measure.ts'

/** What a list is of. */
export type IntakeKind = 'delivery' | 'issue' | 'items' | 'units' | 'suppliers' | 'reports' | 'stock'
export const intakeKinds: readonly IntakeKind[] = [
  'delivery',
  'issue',
  'items',
  'units',
  'suppliers',
  'reports',
  'stock',
]

/** What a column holds. `party` is whoever the kind of list is about: the sender of a delivery, the unit of an issue. */
export type Field =
  | 'sequence'
  | 'party'
  | 'otherParty'
  | 'item'
  | 'code'
  | 'gtin'
  | 'specification'
  | 'unit'
  | 'quantity'
  | 'otherQuantity'
  | 'packs'
  | 'packSize'
  | 'lot'
  | 'madeOn'
  | 'expiresOn'
  | 'shelfLife'
  | 'standard'
  | 'licence'
  | 'date'
  | 'note'
  | 'contact'
  | 'phone'
  | 'address'
  | 'town'
  | 'category'
  | 'tier'
  | 'headcount'
  | 'documentNumber'
  | 'price'
  | 'amount'
  | 'depot'
  | 'unitCode'
  | 'alias'
  | 'nameEn'
  | 'route'
  | 'used'
  | 'usedADay'
  | 'usedDays'

/** What a heading says before the kind of list decides: 捐赠单位 is a sender, 领用单位 a recipient, 单位 either or a unit of measure. */
export type HeaderMeaning =
  | Exclude<Field, 'party' | 'otherParty' | 'quantity' | 'otherQuantity'>
  | 'sender'
  | 'recipient'
  | 'organisation'
  | 'unitOrOrganisation'
  | 'name'
  | 'plainQuantity'
  | 'receivedQuantity'
  | 'issuedQuantity'
  | 'stockQuantity'
  | 'neededQuantity'
  | 'plannedQuantity'
  | 'capacityQuantity'
  | 'openingQuantity'

const words: readonly (readonly [HeaderMeaning, string])[] = [
  ['sequence', '序号 序 行号 项次 no no. sr sr. sr_no sl_no # s/n sn index row seq line'],
  [
    'sender',
    '捐赠单位 捐赠方 捐赠人 捐赠者 捐赠企业 捐赠单位(个人) 捐赠单位或个人 捐赠单位/个人 供货单位 供货商 供应商 供应商名称 供方 供应单位 生产企业 生产企业名称 生产厂家 生产厂商 生产单位 厂家 厂商 制造商 来源 来源单位 物资来源 发货单位 发货人 送货单位 送货人 寄件人 捐助单位 捐助方 赠送单位 捐献单位 爱心单位 爱心企业 爱心人士 送货方 供货方 供货厂家 供货企业 发货方 货主 企业名称 公司名称 企业 公司 工厂 supplier vendor manufacturer maker donor donated_by sender from source mfr vendor_name shipper factory company',
  ],
  [
    'recipient',
    '填报单位 上报单位 报送单位 领用单位 领取单位 领用部门 收货单位 收货方 接收单位 接收方 受赠单位 受赠方 受捐单位 使用单位 需求单位 申请单位 申领单位 调入单位 发往单位 分配单位 医院 医院名称 医疗机构 机构 机构名称 部门 科室 去向 定向单位 recipient consignee receiver unit_name facility hospital department ward ship_to to issued_to requested_by requester destination',
  ],
  ['organisation', '单位名称 名称单位 单位(名称) 单位全称 organisation organization party'],
  ['unitOrOrganisation', '单位 unit'],
  [
    'item',
    '品名 物资名称 particulars 物资品名 物品名称 物资 物品 产品名称 产品 商品名称 商品 货物名称 货品名称 货名 货品 物料名称 物料 品种 品种名称 物资品种 物资种类 捐赠物资 捐赠物品 物资明细 物品明细 器材名称 耗材名称 耗材 品名及规格 名称及规格 item item_name item_description description product product_name goods material supplies supply commodity article stock_item',
  ],
  ['name', '名称 name'],
  [
    'code',
    '编码 编号 物资编码 物料编码 商品编码 产品编码 产品编号 物资编号 货号 代码 code item_code product_code sku item_no item_number material_no part_no',
  ],
  ['gtin', '条码 条形码 商品条码 产品条码 gtin barcode ean upc udi udi-di'],
  [
    'specification',
    '规格 规格型号 型号规格 规格/型号 型号/规格 型号 包装规格 产品规格 规格参数 款式 规格标准 specification spec specs model size type/model pack_description packing packaging',
  ],
  [
    'unit',
    '计量单位 数量单位 计价单位 包装单位 基本单位 单位(计量) uom u/m u.o.m. unit_of_measure unit_of_issue measure units',
  ],
  [
    'plainQuantity',
    "数量 数量总计 数量合计 总数量 总数 合计数量 合计 数目 个数 捐赠数量 物资数量 本次数量 qty quantity q'ty count number_of_units total_quantity total_qty total amount_(pcs) pieces",
  ],
  [
    'receivedQuantity',
    '实收数量 实到 实到数 实到数量 本期入库 本月入库 今日入库 本期收入 实收 实收数 入库数量 入库数 入库 到货数量 到货数 接收数量 收货数量 收到数量 验收数量 合格数量 送货数量 交货数量 received received_quantity qty_received quantity_received delivered accepted delivered_quantity',
  ],
  [
    'issuedQuantity',
    '实发数量 实发 实发数 出库 本期出库 本月出库 今日出库 本期发出 本期支出 发放数量 发放数 发放 分配数量 分配数 出库数量 出库数 调拨数量 领用数量 领取数量 本次发放 本次分配 发货数量 配发数量 issued issued_quantity qty_issued quantity_issued allocated shipped allocated_quantity',
  ],
  [
    'stockQuantity',
    '库存 库存数量 库存量 现有库存 当前库存 现存数量 现存量 现有数量 结存 结存数量 结余 结余数量 剩余数量 剩余 期末库存 期末结存 期末数量 期末 本期结存 实际库存 盘点数量 实盘数量 on_hand stock stock_on_hand balance inventory soh quantity_on_hand remaining closing_stock closing_balance',
  ],
  [
    'neededQuantity',
    '需求数量 需求量 需求数 需求 需要数量 申请数量 申领数量 申请数 申领数 缺口 缺口数量 急需数量 need needs needed needed_quantity quantity_needed requested requested_quantity qty_requested request demand shortfall',
  ],
  [
    'plannedQuantity',
    '计划数量 应收数量 应发数量 应收 应发 应到 应到数量 订购数量 订货数量 采购数量 合同数量 承诺数量 ordered ordered_quantity qty_ordered planned promised expected expected_quantity',
  ],
  [
    'openingQuantity',
    '上期结存 上期库存 期初 期初数量 期初库存 期初结存 上月结存 上周结存 昨日结存 昨日库存 上日结存 opening_stock opening_balance opening',
  ],
  [
    'capacityQuantity',
    '产能 日产能 日产量 日均产量 产量 生产能力 每日产能 每天产量 日供应量 capacity daily_capacity daily_output output_per_day production',
  ],
  [
    'packs',
    '件数 箱数 盒数 包数 总件数 总箱数 packs cartons ctns boxes cases no_of_packs no_of_cartons number_of_cartons',
  ],
  [
    'packSize',
    '装箱数 装箱量 箱装数 箱装量 每箱数量 每箱数 每件数量 每件数 每盒数量 单箱数量 单件数量 箱规 装量 包装数 包装系数 pack_size case_pack case_size units_per_case qty_per_box qty_per_carton pcs_per_carton units_per_pack',
  ],
  [
    'lot',
    '批号 生产批号 产品批号 批次 批次号 生产批次 lot lot_no lot_number lot# batch batch_no batch_number batch/lot lot/batch',
  ],
  [
    'madeOn',
    '生产日期 制造日期 出厂日期 生产时间 made_on mfg mfg_date mfd manufacture_date manufacturing_date date_of_manufacture production_date manufactured',
  ],
  [
    'expiresOn',
    '有效期 有效期至 有效日期 有效期限 失效日期 失效期 到期日期 到期日 保质期至 有效截止日期 expiry expiry_date exp exp_date exp. expires expires_on expiration expiration_date use_by best_before valid_until valid_till valid_to validity validity_period bbe',
  ],
  ['shelfLife', '保质期 保质期限 有效期(月) 有效期(年) shelf_life'],
  ['standard', '执行标准 标准 产品标准 质量标准 标准号 生产标准 防护等级 等级 standard grade product_standard'],
  [
    'licence',
    '资质 生产资质 资质证书 注册证号 注册证 医疗器械注册证号 生产许可证 许可证号 备案号 备案凭证 批准文号 licence license registration registration_no qualification',
  ],
  [
    'date',
    '日期 收货日期 到货日期 入库日期 接收日期 接收时间 捐赠日期 捐赠时间 登记日期 发放日期 出库日期 时间 上报日期 统计日期 盘点日期 填报日期 date received_on delivery_date receipt_date arrival_date report_date issue_date day',
  ],
  ['note', '备注 说明 备注说明 用途 附注 捐赠意向 捐赠用途 note notes remark remarks comment comments'],
  ['contact', '联系人 负责人 经办人 领用人 收货人 对接人 联系人姓名 contact contact_person contact_name attention'],
  ['phone', '电话 联系电话 手机 手机号 手机号码 联系方式 电话号码 phone telephone tel mobile phone_number'],
  ['address', '地址 详细地址 收货地址 单位地址 联系地址 address street_address'],
  [
    'town',
    '镇街 街道 镇 所属镇街 所在镇街 乡镇 区县 县区 区 县 区域 所属区域 地区 城市 市 地市 town township street district city area region county',
  ],
  ['category', '类别 类型 种类 分类 单位类型 单位类别 单位性质 物资类别 物资分类 大类 category kind type class group'],
  ['tier', '级别 层级 优先级 梯队 tier priority level'],
  ['unitCode', '单位编码 单位编号 单位代码 机构代码 机构编码 unit_code facility_code'],
  ['alias', '别名 简称 单位简称 曾用名 又名 俗称 alias aliases also_known_as short_name'],
  ['nameEn', '英文名 英文名称 英文 english_name name_in_english'],
  [
    'used',
    '已用 已用数量 已用量 已使用 已使用数量 使用量 使用数量 用量 消耗 消耗量 消耗数量 本期消耗 本期使用 累计消耗 已消耗 used used_quantity quantity_used qty_used usage use consumed consumption consumed_quantity',
  ],
  [
    'usedADay',
    '日用量 日均用量 日均使用量 日使用量 每日用量 每天用量 每日使用量 日消耗 日消耗量 日均消耗 日均消耗量 每日消耗 每日消耗量 每天消耗 daily_use daily_usage daily_consumption average_daily_use average_daily_consumption used_per_day use_per_day use_a_day consumption_per_day',
  ],
  ['usedDays', '使用天数 用量天数 消耗天数 统计天数 天数 days days_used used_days period_days number_of_days'],
  ['route', '路线 线路 配送路线 配送线路 送货路线 route delivery_route'],
  ['headcount', '人数 在岗人数 人员数量 总人数 在岗 headcount staff people persons staff_on_duty'],
  [
    'documentNumber',
    '单号 单据号 单据编号 送货单号 入库单号 出库单号 调拨单号 快递单号 运单号 凭证号 document_no document_number delivery_note delivery_note_no note_no order_no po_number invoice_no tracking_no reference ref',
  ],
  ['price', '单价 价格 含税单价 rate price unit_price cost unit_cost'],
  ['amount', '金额 总价 总金额 价值 货值 合计金额 金额合计 amount value total_price total_amount total_value'],
  ['depot', '仓库 库房 仓位 货位 库位 储备点 depot warehouse store location bin shelf'],
]

/** Words that end many a name of a company, a street or a thing, and so are headings only when they stand alone. */
const wholeOnly = new Set(
  '用量 消耗 天数 公司 企业 工厂 医院 机构 部门 科室 来源 产品 商品 物资 物品 货品 物料 耗材 地区 城市 区域 区县 街道 乡镇 地市 标准 等级 资质 需求 合计 总计 仓库 库房 采购 个人'.split(
    ' ',
  ),
)
const byHeading = new Map<string, HeaderMeaning>()
const chineseWords: [string, HeaderMeaning][] = []
for (const [meaning, list] of words) {
  for (const word of list.split(' ')) {
    const key = headingKey(word.replaceAll('_', ' '))
    if (!byHeading.has(key)) byHeading.set(key, meaning)
    if (/[\u4e00-\u9fff]/.test(key) && key.length >= 2 && !wholeOnly.has(key)) chineseWords.push([key, meaning])
  }
}
const headNouns = ['数量', '批号', '规格', '备注', '电话', '金额', '单价', '有效期', '生产日期']
chineseWords.sort((a, b) => b[0].length - a[0].length)

function headingKey(text: string): string {
  return normaliseText(text)
    .toLowerCase()
    .replace(/[\s_\-.:*'"]+/g, '')
}

export interface Heading {
  readonly meaning: HeaderMeaning
  /** 1 for a heading that is exactly a known word, less when a known word was found in it. */
  readonly score: number
  /** `数量（万只）`: the unit and the multiplier that the heading lays on the whole column. */
  readonly unit: string | null
  readonly multiplier: number
}

const multipliers: Readonly<Record<string, number>> = {
  万: 10_000,
  千: 1000,
  百: 100,
  亿: 100_000_000,
  十万: 100_000,
  百万: 1_000_000,
}

/** `(万只)`, `/只`, `：盒` behind a heading. */
function readHeadingUnit(text: string): { unit: string | null; multiplier: number } | null {
  const found = /^(十万|百万|万|千|百|亿)?\s*(.*)$/.exec(
    text.replace(/^(?:单位|unit)\s*[::]?\s*/i, '').replace(/\s*\/\s*(?:日|天|day)$/i, ''),
  )!
  const unit = found[2] === '' ? null : knownUnit(found[2]!)
  if (found[2] !== '' && unit === null) return null
  if (unit === null && found[1] === undefined) return null
  return { unit: unit === null ? null : found[2]!, multiplier: found[1] ? multipliers[found[1]]! : 1 }
}

/** What a heading means, or null when it is no heading that we know. Data that merely contains such a word scores low. */
export function readHeading(text: string): Heading | null {
  const plain = normaliseText(text)
  if (plain === '' || plain.length > 40) return null
  const whole = byHeading.get(headingKey(plain)) ?? byHeading.get(headingKey(plain).replace(/^所[在属]/, ''))
  if (whole) return { meaning: whole, score: 1, unit: null, multiplier: 1 }
  const parted = /^([^(/:]+?)\s*(?:\(([^()]*)\)|[/:]\s*(.+))\s*$/.exec(plain)
  if (parted) {
    const inner = (parted[2] ?? parted[3] ?? '').trim()
    const outer = byHeading.get(headingKey(parted[1]!))
    if (outer) {
      const unit = readHeadingUnit(inner)
      if (unit) return { meaning: outer, score: 1, ...unit }
      // `品名/规格`, `名称 (Item)`: two headings for one column.
      const second = byHeading.get(headingKey(inner))
      if (second || parted[2] !== undefined) {
        // `单位(Unit)`: the second word tells which of two meanings the first has.
        const narrower = outer === 'unitOrOrganisation' || outer === 'name' ? (second ?? outer) : outer
        return { meaning: narrower, score: second ? 1 : 0.9, unit: null, multiplier: 1 }
      }
    }
  }
  // `品名 Item name`, `数量 Qty`: both languages in one heading.
  const latin = /^([\u4e00-\u9fff()/]+)\s*([a-z][a-z .'_/-]*)$/i.exec(plain)
  if (latin) {
    const chinese = byHeading.get(headingKey(latin[1]!))
    const english = byHeading.get(headingKey(latin[2]!))
    if (chinese && english) {
      return {
        meaning: chinese === 'unitOrOrganisation' || chinese === 'name' ? english : chinese,
        score: 1,
        unit: null,
        multiplier: 1,
      }
    }
    if (chinese ?? english) return { meaning: (chinese ?? english)!, score: 0.9, unit: null, multiplier: 1 }
  }
  if (/^[a-z][a-z .'_/()#-]*$/i.test(plain)) return readEnglish(plain)
  if (plain.length > 16 || /\d{3}/.test(plain)) return null
  const key = headingKey(plain)
  for (const [word, meaning] of chineseWords) {
    if (!key.endsWith(word) && !key.startsWith(word)) continue
    // The noun that rules a Chinese heading is its last: 捐赠物资数量 is a number.
    const ruler = key.endsWith(word) ? undefined : headNouns.find((noun) => key.endsWith(noun))
    const ruling = ruler === undefined ? undefined : byHeading.get(ruler)
    if (ruling) return { meaning: ruling, score: 0.6, unit: null, multiplier: 1 }
    return { meaning, score: word.length / key.length >= 0.5 ? 0.6 : 0.4, unit: null, multiplier: 1 }
  }
  return null
}

/**
 * `Donor name`, `Description of goods`, `Total pcs`: the noun that rules an English heading is its last word, or the one in
 * front of “of”; with none known there, the first.
 */
function readEnglish(text: string): Heading | null {
  const [head] = text.split(/\s+(?:of|per)\s+/i)
  const tokens = head!.split(/[\s_/()-]+/).filter((token) => token !== '')
  if (tokens.length < 2 && head === text) return null
  if (tokens.length > 1 && /^(?:name|names|details?)$/i.test(tokens[tokens.length - 1]!)) tokens.pop()
  if (tokens.length === 0 || tokens.length > 5) return null
  const meaningOf = (from: number, to: number) => byHeading.get(headingKey(tokens.slice(from, to).join(' ')))
  for (let from = 0; from < tokens.length; from += 1) {
    const meaning = meaningOf(from, tokens.length)
    if (meaning) return { meaning, score: from === 0 ? 0.9 : 0.6, unit: null, multiplier: 1 }
  }
  for (let to = tokens.length - 1; to > 0; to -= 1) {
    const meaning = meaningOf(0, to)
    // Total pcs, Qty boxes: what is counted in.
    const unit = to === tokens.length - 1 && meaning?.endsWith('Quantity') ? knownUnit(tokens[to]!) : null
    if (meaning) return { meaning, score: 0.6, unit: unit === null ? null : tokens[to]!, multiplier: 1 }
  }
  return null
}
