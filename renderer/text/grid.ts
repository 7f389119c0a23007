import { text } from './text.ts'

export const gridText = text({
  zh: {
    rows: '共 {{count}} 行',
    rowsShown: '显示 {{shown}} / {{count}} 行',
    nothingFits: '没有符合的选项',
    editKeys: 'Enter 或 F2 编辑 · Ctrl+V 粘贴 · Ctrl+D 复制上格 · Ctrl+Z 撤销',
    readKeys: 'Ctrl+C 复制',
    openKeys: 'Enter 打开 · Ctrl+C 复制',
    empty: '没有内容',
    nothingFound: '没有符合“{{search}}”的行',
    unreadNumber: '“{{given}}”不是数字',
    unreadChoice: '“{{given}}”不在可选项中',
  },
  en: {
    rows: { one: '{{count}} row', other: '{{count}} rows' },
    rowsShown: '{{shown}} of {{count}} rows shown',
    nothingFits: 'Nothing fits',
    editKeys: 'Enter or F2 edits · Ctrl+V pastes · Ctrl+D copies from above · Ctrl+Z undoes',
    readKeys: 'Ctrl+C copies',
    openKeys: 'Enter opens · Ctrl+C copies',
    empty: 'Nothing here',
    nothingFound: 'No row fits "{{search}}"',
    unreadNumber: '"{{given}}" is not a number',
    unreadChoice: '"{{given}}" is not one of the choices',
  },
})
