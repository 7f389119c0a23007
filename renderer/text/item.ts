import { text } from './text.ts'

export const itemText = text({
  zh: {
    title: '物资目录',
    lead: '品名、规格、执行标准和装箱数；改一格存一行',
    search: '品名、拼音首字母或编码',
    add: '新增物资',
    empty: '还没有物资。按 Alt+N 新增第一种，或从电子表格复制后粘贴到表格里。',
    packName: '包装单位',
    packSize: '装箱数',
    shelfLife: '保质期（天）',
    reserve: '机动储备',
    reserveHint: '分配时按计量单位留下不分的数量',
    unitPrice: '单价（元）',
    unitPriceHint: '每个计量单位的价格，精确到分；可不填。用于盘点差异的金额',
    standardHint: '到货批号的执行标准低于此标准的，不能入库为该物资',
    packSizeHint: '每个包装含多少计量单位；分配按整包装',
  },
  en: {
    title: 'Items',
    lead: 'Names, specifications, standards and pack sizes; each row is saved as you edit it',
    search: 'Name, pinyin initials or code',
    add: 'Add item',
    empty:
      'There are no items yet. Press Alt+N for the first one, or copy rows from a spreadsheet and paste them here.',
    packName: 'Pack name',
    packSize: 'Pack size',
    shelfLife: 'Shelf life (days)',
    reserve: 'Reserve held back',
    reserveHint: 'Base units that are kept back from allocation',
    unitPrice: 'Unit price (yuan)',
    unitPriceHint: 'Of one base unit, to the fen; may be left empty. Gives stocktake differences their value',
    standardHint: "A lot below this standard can't be received as this item",
    packSizeHint: 'Base units in a pack; allocation gives whole packs',
  },
})
