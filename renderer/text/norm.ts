import { text } from './text.ts'

export const normText = text({
  zh: {
    title: '用量标准',
    lead: '每人每天用多少（计量单位）；改一格存一格，0 或留空即不用',
    source: '出厂值取自世界卫生组织 ESFT',
    item: '物资',
    duties: '岗位…',
    dutiesTitle: '岗位',
    dutiesLead: '单位按岗位填写人数；岗位的增减立即成为表中的一列',
    addDuty: '新增岗位',
    threeDecimals: '0 到 1,000,000，至多三位小数',
    empty: '还没有物资。先在“物资目录”中新增。',
    search: '物资名称、拼音首字母或编码',
    noDuties: '还没有岗位。按“岗位…”新增。',
    people: '在岗 {{count}} 人',
  },
  en: {
    title: 'Norms',
    lead: 'Use per person and day in base units; each cell is saved as you edit it, 0 or nothing takes it away',
    source: 'The values it ships with are from the WHO ESFT',
    item: 'Item',
    duties: 'Duties…',
    dutiesTitle: 'Duties',
    dutiesLead: 'Units enter their people by duty; each duty is a column of the norms',
    addDuty: 'Add duty',
    threeDecimals: '0 to 1,000,000 with at most three decimals',
    empty: 'There are no items yet. Add them under "Items" first.',
    search: 'Item, pinyin initials or code',
    noDuties: 'There are no duties yet. Add them with "Duties…".',
    people: { one: '{{count}} person on duty', other: '{{count}} people on duty' },
  },
})
