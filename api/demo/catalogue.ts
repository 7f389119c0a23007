import type { ItemFields } from '../../core/item.ts'

type Row = readonly [
  code: string,
  name: string,
  nameEn: string,
  category: string,
  specification: string,
  standard: string,
  baseUnit: string,
  packName: string,
  packSizeBase: number,
  shelfLifeDays: number | null,
]

/** Ordinary protective supplies with the standards, packs and shelf lives that are usual for them. */
const rows: readonly Row[] = [
  ['M-19083', '医用防护口罩', 'Medical protective mask', 'mask', '折叠式 独立装', 'GB 19083-2010', '只', '盒', 20, 730],
  ['M-KN95', 'KN95颗粒物防护口罩', 'KN95 respirator (not medical)', 'mask', '折叠式', 'GB 2626-2006', '只', '盒', 20, 1095],
  ['M-0469', '医用外科口罩', 'Surgical mask', 'mask', '三层 绑带/耳挂', 'YY 0469-2011', '只', '盒', 50, 730],
  ['M-0969', '一次性使用医用口罩', 'Disposable medical mask', 'mask', '三层 耳挂', 'YY/T 0969-2013', '只', '盒', 50, 730],
  ['M-FFP3', '半面罩滤棉', 'Half-mask filter', 'mask', 'P100', 'GB 2626-2006', '对', '盒', 10, 1825],
  ['G-19082', '医用一次性防护服', 'Medical protective coverall', 'gown', '连体式 170/175/180', 'GB 19082-2009', '件', '箱', 10, 730],
  ['G-ISO', '一次性隔离衣', 'Isolation gown', 'gown', '反穿式', '', '件', '包', 10, 730],
  ['G-SURG', '手术衣', 'Surgical gown', 'gown', '加强型', 'YY/T 0506', '件', '包', 10, 1095],
  ['G-APRON', '防水围裙', 'Waterproof apron', 'gown', 'PE 加厚', '', '件', '包', 20, null],
  ['G-RAIN', '一次性雨衣', 'Disposable raincoat', 'gown', '连帽', '', '件', '包', 20, null],
  ['L-10213', '医用检查手套', 'Examination gloves', 'gloves', '丁腈 M/L', 'GB 10213-2006', '双', '盒', 50, 1095],
  ['L-7543', '医用外科手套', 'Surgical gloves', 'gloves', '灭菌 7.0/7.5', 'GB 7543-2006', '双', '盒', 25, 1095],
  ['L-PE', '一次性薄膜手套', 'Disposable film gloves', 'gloves', 'PE', '', '双', '包', 100, null],
  ['L-RUB', '橡胶清洁手套', 'Rubber cleaning gloves', 'gloves', '长袖', '', '双', '包', 10, 1095],
  ['E-GOG', '医用护目镜', 'Goggles', 'eye', '防雾 可重复使用', 'GB 14866-2006', '副', '盒', 10, 1825],
  ['E-SHIELD', '防护面屏', 'Face shield', 'eye', '全面型', '', '只', '包', 10, 1095],
  ['E-FOG', '镜片防雾剂', 'Anti-fog spray', 'eye', '30ml', '', '瓶', '盒', 10, 730],
  ['H-CAP', '一次性医用帽', 'Disposable cap', 'head-foot', '条形', 'YY/T 1642', '只', '包', 100, 730],
  ['H-HOOD', '防护头罩', 'Protective hood', 'head-foot', '披肩式', '', '只', '包', 10, 730],
  ['H-SHOE', '一次性鞋套', 'Shoe covers', 'head-foot', '无纺布 防滑', 'YY/T 1633', '双', '包', 50, 730],
  ['H-BOOT', '防护靴套', 'Boot covers', 'head-foot', '高筒 防水', 'YY/T 1633', '双', '包', 20, 730],
  ['H-WELL', '防护胶靴', 'Rubber boots', 'head-foot', '38–44', '', '双', '双', 1, null],
  ['D-75', '75%酒精消毒液', '75% alcohol', 'disinfection', '500ml', 'GB 26373', '瓶', '箱', 12, 730],
  ['D-84', '84消毒液', 'Sodium hypochlorite disinfectant', 'disinfection', '500ml', 'GB 36758', '瓶', '箱', 12, 365],
  ['D-84L', '84消毒液（桶）', 'Sodium hypochlorite, drum', 'disinfection', '25L', 'GB 36758', '桶', '桶', 1, 365],
  ['D-TAB', '含氯泡腾片', 'Chlorine tablets', 'disinfection', '100片/瓶', 'GB 36758', '瓶', '箱', 10, 1095],
  ['D-HAND', '免洗手消毒液', 'Hand rub', 'disinfection', '500ml', 'GB 27950', '瓶', '箱', 12, 1095],
  ['D-SOAP', '抗菌洗手液', 'Antibacterial hand wash', 'disinfection', '500ml', 'GB 19877', '瓶', '箱', 12, 1095],
  ['D-WIPE', '消毒湿巾', 'Disinfecting wipes', 'disinfection', '60片', 'GB 15979', '包', '箱', 24, 730],
  ['D-PERO', '过氧化氢消毒液', 'Hydrogen peroxide', 'disinfection', '5L', 'GB 26371', '桶', '桶', 1, 365],
  ['I-TEMP', '红外额温枪', 'Infrared thermometer', 'instrument', '非接触式', 'GB/T 21417', '支', '支', 1, null],
  ['I-HG', '水银体温计', 'Glass thermometer', 'instrument', '腋下', 'GB 1588', '支', '盒', 5, null],
  ['I-SPRAY', '电动喷雾器', 'Electric sprayer', 'instrument', '16L 背负式', '', '台', '台', 1, null],
  ['I-HANDS', '手持喷壶', 'Hand sprayer', 'instrument', '2L', '', '个', '箱', 4, null],
  ['I-OXI', '指夹式血氧仪', 'Pulse oximeter', 'instrument', '', 'YY 0784', '台', '台', 1, null],
  ['I-SWAB', '采样拭子', 'Sampling swab', 'instrument', '独立装', '', '支', '包', 100, 730],
  ['O-BAG', '医疗废物袋', 'Medical waste bag', 'other', '黄色 80L', 'HJ 421', '个', '卷', 50, null],
  ['O-BOX', '利器盒', 'Sharps box', 'other', '5L', 'HJ 421', '个', '箱', 10, null],
  ['O-TAPE', '警戒带', 'Barrier tape', 'other', '100m', '', '卷', '箱', 5, null],
  ['O-SHEET', '一次性床单', 'Disposable sheet', 'other', '80×180cm', 'YY/T 0854', '条', '包', 10, 1095],
]

export const demoItems: readonly Omit<ItemFields, 'reserveBase'>[] = rows.map(
  ([code, name, nameEn, category, specification, standard, baseUnit, packName, packSizeBase, shelfLifeDays]) => ({
    code,
    name,
    nameEn,
    category,
    specification,
    standard,
    baseUnit,
    packName,
    packSizeBase,
    shelfLifeDays,
  }),
)

/**
 * Use per person and day in thousandths of the base unit, by duty. Gowns, gloves, goggles, shields, masks and hand rub
 * after the WHO COVID-19 Essential Supplies Forecasting Tool (domain.md); the rest are round figures of the same order.
 */
export const demoNorms: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  inpatient: {
    'M-19083': 1000, 'M-0469': 4000, 'G-19082': 400, 'G-ISO': 1000, 'G-SURG': 50, 'L-10213': 24000, 'L-7543': 500,
    'E-GOG': 100, 'E-SHIELD': 1000, 'E-FOG': 20, 'H-CAP': 2000, 'H-HOOD': 200, 'H-SHOE': 1000, 'H-BOOT': 400,
    'D-75': 40, 'D-HAND': 66, 'D-WIPE': 50, 'I-OXI': 2, 'I-SWAB': 500, 'O-BAG': 1000, 'O-BOX': 60, 'O-SHEET': 1000,
    'D-PERO': 10,
  },
  screening: {
    'M-KN95': 500, 'M-0469': 4000, 'G-ISO': 2000, 'L-10213': 8000, 'E-GOG': 100, 'E-SHIELD': 250, 'H-CAP': 1000,
    'D-HAND': 60, 'D-75': 50, 'I-TEMP': 5, 'G-RAIN': 100, 'O-TAPE': 20, 'H-SHOE': 500, 'L-PE': 2000,
  },
  cleaner: {
    'M-0469': 4000, 'G-ISO': 1000, 'G-APRON': 500, 'L-RUB': 200, 'E-GOG': 100, 'E-SHIELD': 1000, 'H-WELL': 5, 'D-84': 300,
    'D-84L': 20, 'D-TAB': 50, 'O-BAG': 2000, 'I-SPRAY': 2, 'I-HANDS': 10, 'H-SHOE': 1000,
  },
  ambulance: {
    'M-19083': 1000, 'M-0469': 4000, 'G-19082': 500, 'G-ISO': 1000, 'L-10213': 4000, 'E-GOG': 100, 'H-BOOT': 500,
    'D-75': 50, 'D-HAND': 60, 'O-SHEET': 2000,
  },
  laboratory: {
    'M-19083': 1000, 'M-0469': 4000, 'G-ISO': 2000, 'G-19082': 300, 'L-10213': 8000, 'L-7543': 1000, 'E-SHIELD': 2000,
    'H-CAP': 2000, 'D-75': 100, 'O-BAG': 2000, 'O-BOX': 200, 'I-SWAB': 2000, 'M-FFP3': 20,
  },
  caregiver: {
    'M-KN95': 500, 'M-0469': 2000, 'L-10213': 4000, 'G-ISO': 500, 'E-SHIELD': 300, 'D-84': 100, 'D-HAND': 60, 'D-SOAP': 30,
    'I-HG': 10, 'O-BAG': 1000, 'H-CAP': 1000,
  },
  isolated: { 'M-0969': 1000, 'D-SOAP': 20, 'I-HG': 5, 'O-BAG': 500, 'O-SHEET': 200 },
  office: { 'M-0969': 2000, 'D-HAND': 20, 'D-75': 20, 'D-WIPE': 20, 'L-PE': 500, 'D-84': 20, 'I-TEMP': 2 },
}
