import { text } from './text.ts'

export const unitListText = text({
  zh: {
    newUnitTitle: '新增一线单位',
    kind: '类型',
    chooseKind: '请选择类型',
    kindMissing: '“{{name}}”还没有选择类型',
    otherKindMissing: '其余单位里有 {{count}} 个看不出类型，请选择按哪一类登记',
    allOthers: '名单里其余 {{formatted}} 个没有登记的单位也一并新增',
    otherKind: '看不出类型的 {{count}} 个按',
    others: '一并新增的单位',
    doubts: '请留意',
    create: '新增 {{count}} 个单位',
    allOtherItems: '名单里其余 {{formatted}} 种目录里没有的物资也一并新建',
    otherItems: '一并新建的物资',
    rowsOf: '行数',
    createItems: '新建 {{count}} 种物资',
    close: '关闭',
  },
  en: {
    newUnitTitle: 'New frontline unit',
    kind: 'Kind',
    chooseKind: 'Choose a kind',
    kindMissing: 'Choose the kind of “{{name}}”',
    otherKindMissing: {
      one: '{{count}} of the others doesn’t tell its kind; choose what it is entered as',
      other: '{{count}} of the others don’t tell their kind; choose what they are entered as',
    },
    allOthers: {
      one: 'Add the {{formatted}} other unit of the list that isn’t on file, too',
      other: 'Add the {{formatted}} other units of the list that aren’t on file, too',
    },
    otherKind: { one: '{{count}} of unknown kind as', other: '{{count}} of unknown kind as' },
    others: 'Units added with it',
    doubts: 'Mind',
    allOtherItems: {
      one: 'Add the {{formatted}} other item of the list that isn’t in the catalogue, too',
      other: 'Add the {{formatted}} other items of the list that aren’t in the catalogue, too',
    },
    otherItems: 'Items added with it',
    rowsOf: 'Rows',
    createItems: { one: 'Add {{count}} item', other: 'Add {{count}} items' },
    create: { one: 'Add {{count}} unit', other: 'Add {{count}} units' },
    close: 'Close',
  },
})
