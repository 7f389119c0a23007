import type { unitKinds } from '../contract/place.ts'

/** The ten towns and streets of Shunde: Chinese, pinyin, and a letter code. */
export const towns = [
  ['大良', 'Daliang', 'DL'],
  ['容桂', 'Ronggui', 'RG'],
  ['伦教', 'Lunjiao', 'LJ'],
  ['勒流', 'Leliu', 'LL'],
  ['陈村', 'Chencun', 'CC'],
  ['北滘', 'Beijiao', 'BJ'],
  ['乐从', 'Lecong', 'LC'],
  ['龙江', 'Longjiang', 'LO'],
  ['杏坛', 'Xingtan', 'XT'],
  ['均安', "Jun'an", 'JA'],
] as const

type UnitKind = (typeof unitKinds)[number]

/** What stands in every town, and what only in some (indices of `towns`). People by duty; `spread` varies by town. */
export const unitPatterns: readonly {
  readonly kind: UnitKind
  readonly suffix: string
  readonly suffixEn: string
  readonly letter: string
  readonly tier: 1 | 2 | 3
  readonly towns: readonly number[] | 'every'
  readonly people: Readonly<Record<string, number>>
}[] = [
  {
    kind: 'designated-hospital',
    suffix: '医院（定点）',
    suffixEn: 'designated hospital',
    letter: 'H',
    tier: 1,
    towns: [0, 1],
    people: { inpatient: 86, cleaner: 18, ambulance: 8, laboratory: 12 },
  },
  {
    kind: 'fever-clinic',
    suffix: '医院发热门诊',
    suffixEn: 'fever clinic',
    letter: 'F',
    tier: 1,
    towns: [0, 1, 3, 5, 6, 7, 8],
    people: { inpatient: 22, screening: 10, cleaner: 4, laboratory: 3 },
  },
  {
    kind: 'isolation-point',
    suffix: '集中隔离点',
    suffixEn: 'isolation point',
    letter: 'I',
    tier: 1,
    towns: [0, 1, 2, 4, 5, 8],
    people: { caregiver: 12, isolated: 64, cleaner: 4 },
  },
  {
    kind: 'joint-quarantine-station',
    suffix: '联合检疫站',
    suffixEn: 'joint quarantine station',
    letter: 'Q',
    tier: 1,
    towns: [1, 4, 6, 7, 9],
    people: { screening: 28, ambulance: 2 },
  },
  {
    kind: 'checkpoint',
    suffix: '防疫卡口',
    suffixEn: 'checkpoint',
    letter: 'K',
    tier: 2,
    towns: 'every',
    people: { screening: 16 },
  },
  {
    kind: 'town-street',
    suffix: '镇街防控办',
    suffixEn: 'town epidemic office',
    letter: 'T',
    tier: 2,
    towns: 'every',
    people: { office: 60, screening: 8, cleaner: 6 },
  },
  {
    kind: 'village-committee',
    suffix: '社区居委会',
    suffixEn: 'village committee',
    letter: 'V',
    tier: 3,
    towns: 'every',
    people: { office: 24, screening: 4 },
  },
  {
    kind: 'police',
    suffix: '派出所',
    suffixEn: 'police station',
    letter: 'P',
    tier: 2,
    towns: [0, 1, 5, 6],
    people: { office: 40, screening: 12 },
  },
  {
    kind: 'sanitation',
    suffix: '环卫所',
    suffixEn: 'sanitation station',
    letter: 'S',
    tier: 2,
    towns: [0, 1, 7],
    people: { cleaner: 36 },
  },
  {
    kind: 'school',
    suffix: '中学',
    suffixEn: 'secondary school',
    letter: 'E',
    tier: 3,
    towns: [0, 2],
    people: { office: 30 },
  },
  {
    kind: 'enterprise',
    suffix: '复工企业',
    suffixEn: 'enterprise resuming work',
    letter: 'B',
    tier: 3,
    towns: [5],
    people: { office: 120, cleaner: 6 },
  },
]

export const demoDepots = [
  {
    code: 'D01',
    name: '大良中心仓',
    nameEn: 'Daliang central depot',
    town: '大良',
    address: '大良街道德民路区级物资储备库',
  },
  { code: 'D02', name: '北滘分仓', nameEn: 'Beijiao depot', town: '北滘', address: '北滘镇工业大道物资储备点' },
] as const

/** Twelve suppliers: what each makes, and its share of what the district uses of it a day, in hundredths. */
export const demoSuppliers: readonly {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly kind: 'manufacturer' | 'donor' | 'allotted'
  readonly town: string
  readonly contact: string
  readonly makes: Readonly<Record<string, number>>
}[] = [
  {
    code: 'S01',
    name: '顺德康护医疗用品厂',
    nameEn: 'Kanghu Medical Supplies',
    kind: 'manufacturer',
    town: '大良',
    contact: '梁经理',
    makes: { 'M-0469': 55, 'M-0969': 60 },
  },
  {
    code: 'S02',
    name: '北滘净安无纺布制品厂',
    nameEn: "Jing'an Nonwovens",
    kind: 'manufacturer',
    town: '北滘',
    contact: '何主任',
    makes: { 'G-ISO': 70, 'H-CAP': 80, 'H-SHOE': 85, 'G-19082': 40, 'H-BOOT': 70, 'H-HOOD': 75, 'O-SHEET': 90 },
  },
  {
    code: 'S03',
    name: '容桂华洁日化有限公司',
    nameEn: 'Huajie Household Chemicals',
    kind: 'manufacturer',
    town: '容桂',
    contact: '陈经理',
    makes: { 'D-75': 80, 'D-HAND': 75, 'D-SOAP': 110, 'D-WIPE': 95 },
  },
  {
    code: 'S04',
    name: '勒流恒固塑料五金厂',
    nameEn: 'Henggu Plastics',
    kind: 'manufacturer',
    town: '勒流',
    contact: '麦厂长',
    makes: { 'E-SHIELD': 85, 'E-GOG': 65, 'I-HANDS': 100, 'O-BOX': 95, 'G-APRON': 100 },
  },
  {
    code: 'S05',
    name: '龙江新盾劳保用品厂',
    nameEn: 'Xindun Safety Products',
    kind: 'manufacturer',
    town: '龙江',
    contact: '黄厂长',
    makes: { 'M-KN95': 60, 'M-19083': 45, 'M-FFP3': 80 },
  },
  {
    code: 'S06',
    name: '杏坛永丰乳胶制品厂',
    nameEn: 'Yongfeng Latex',
    kind: 'manufacturer',
    town: '杏坛',
    contact: '欧阳经理',
    makes: { 'L-10213': 60, 'L-7543': 85, 'L-RUB': 110, 'L-PE': 130 },
  },
  {
    code: 'S07',
    name: '均安蓝天消毒剂厂',
    nameEn: 'Lantian Disinfectants',
    kind: 'manufacturer',
    town: '均安',
    contact: '李主管',
    makes: { 'D-84': 90, 'D-84L': 100, 'D-TAB': 110, 'D-PERO': 70 },
  },
  {
    code: 'S08',
    name: '乐从环卫袋业有限公司',
    nameEn: 'Lecong Bags',
    kind: 'manufacturer',
    town: '乐从',
    contact: '周经理',
    makes: { 'O-BAG': 95, 'O-TAPE': 120, 'G-RAIN': 105 },
  },
  {
    code: 'S09',
    name: '伦教精测电子有限公司',
    nameEn: 'Jingce Electronics',
    kind: 'manufacturer',
    town: '伦教',
    contact: '吴工',
    makes: { 'I-TEMP': 75, 'I-OXI': 70, 'I-SPRAY': 80 },
  },
  {
    code: 'S10',
    name: '陈村医用耗材厂',
    nameEn: 'Chencun Medical Consumables',
    kind: 'manufacturer',
    town: '陈村',
    contact: '罗经理',
    makes: { 'I-SWAB': 90, 'G-SURG': 70, 'M-0469': 25, 'E-FOG': 100, 'I-HG': 80, 'H-WELL': 90 },
  },
  {
    code: 'S11',
    name: '市疫情防控指挥部下拨',
    nameEn: 'Allotted by the city command',
    kind: 'allotted',
    town: '',
    contact: '市物资组',
    makes: { 'M-19083': 25, 'G-19082': 30 },
  },
  {
    code: 'S12',
    name: '顺德慈善会捐赠',
    nameEn: 'Shunde Charity (donations)',
    kind: 'donor',
    town: '大良',
    contact: '捐赠专线',
    makes: { 'M-KN95': 20, 'L-10213': 15, 'D-SOAP': 220, 'H-CAP': 120 },
  },
]
