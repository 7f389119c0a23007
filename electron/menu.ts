import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'

const labels = {
  file: ['文件', 'File'],
  newWindow: ['新建窗口', 'New window'],
  closeWindow: ['关闭窗口', 'Close window'],
  quit: ['退出', 'Quit'],
  edit: ['编辑', 'Edit'],
  undo: ['撤销', 'Undo'],
  redo: ['重做', 'Redo'],
  cut: ['剪切', 'Cut'],
  copy: ['复制', 'Copy'],
  paste: ['粘贴', 'Paste'],
  selectAll: ['全选', 'Select all'],
  view: ['视图', 'View'],
  reload: ['重新载入', 'Reload'],
  zoomIn: ['放大', 'Zoom in'],
  zoomOut: ['缩小', 'Zoom out'],
  resetZoom: ['实际大小', 'Actual size'],
  fullScreen: ['全屏', 'Full screen'],
  developer: ['开发者工具', 'Developer tools'],
  help: ['帮助', 'Help'],
  dataFolder: ['打开数据文件夹', 'Open the data folder'],
  about: ['关于前线物资', 'About Frontstock'],
} as const satisfies Record<string, readonly [string, string]>

/** The application's menu in the language of the system. */
export function setMenu(options: {
  readonly locale: string
  readonly dataFolder: string
  readonly openWindow: () => void
}): void {
  const label = (name: keyof typeof labels) => labels[name][options.locale.startsWith('zh') ? 0 : 1]
  const role = (name: keyof typeof labels, to: MenuItemConstructorOptions['role']) => ({
    label: label(name),
    role: to!,
  })
  const line = { type: 'separator' } as const
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: label('file'),
      submenu: [
        { label: label('newWindow'), accelerator: 'CmdOrCtrl+Shift+N', click: options.openWindow },
        role('closeWindow', 'close'),
        line,
        role('quit', 'quit'),
      ],
    },
    {
      label: label('edit'),
      submenu: [
        role('undo', 'undo'),
        role('redo', 'redo'),
        line,
        role('cut', 'cut'),
        role('copy', 'copy'),
        role('paste', 'paste'),
        role('selectAll', 'selectAll'),
      ],
    },
    {
      label: label('view'),
      submenu: [
        role('reload', 'reload'),
        line,
        role('zoomIn', 'zoomIn'),
        role('zoomOut', 'zoomOut'),
        role('resetZoom', 'resetZoom'),
        line,
        role('fullScreen', 'togglefullscreen'),
        ...(app.isPackaged ? [] : [role('developer', 'toggleDevTools')]),
      ],
    },
    {
      label: label('help'),
      submenu: [
        { label: label('dataFolder'), click: () => void shell.openPath(options.dataFolder) },
        role('about', 'about'),
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
