import { text } from './text.ts'

export const gridText = text({
  zh: {
    exported: '已导出 {{count}} 行：{{name}}',
    export: '导出',
    exportXlsx: '导出 Excel',
    exportCsv: '导出 CSV',
    rows: '共 {{count}} 行',
    rowsShown: '显示 {{shown}} / {{count}} 行',
    nothingFits: '没有符合的选项',
    editKeys: 'Enter 或 F2 编辑 · Ctrl+V 粘贴 · Ctrl+D 复制上格 · Ctrl+Z 撤销',
    readKeys: 'Ctrl+C 复制',
    openKeys: 'Enter 打开 · Ctrl+C 复制',
    empty: '没有内容',
    nothingFound: '没有符合“{{search}}”的行',
  },
  en: {
    exported: { one: '{{count}} row exported: {{name}}', other: '{{count}} rows exported: {{name}}' },
    export: 'Export',
    exportXlsx: 'Export Excel',
    exportCsv: 'Export CSV',
    rows: { one: '{{count}} row', other: '{{count}} rows' },
    rowsShown: '{{shown}} of {{count}} rows shown',
    nothingFits: 'Nothing fits',
    editKeys: 'Enter or F2 edits · Ctrl+V pastes · Ctrl+D copies from above · Ctrl+Z undoes',
    readKeys: 'Ctrl+C copies',
    openKeys: 'Enter opens · Ctrl+C copies',
    empty: 'Nothing here',
    nothingFound: 'No row fits "{{search}}"',
  },
})
