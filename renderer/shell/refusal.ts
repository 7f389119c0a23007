export const shellRefusalCodes = [
  'no-browser',
  'print-failed',
  'too-large',
  'busy',
  'signed-out',
  'connection-lost',
  'save-failed',
] as const
export type ShellRefusalCode = (typeof shellRefusalCodes)[number]

const sentences: Readonly<Record<ShellRefusalCode, { readonly zh: string; readonly en: string }>> = {
  'no-browser': {
    zh: '本机没有 Chromium、Chrome 或 Edge，无法直接生成 PDF。请用“打印”，在打印窗口中选择“另存为 PDF”。',
    en: 'No Chromium, Chrome or Edge is installed here to make the PDF. Use Print and choose "Save as PDF" in its dialog.',
  },
  'print-failed': {
    zh: '打印失败，请重试；如仍失败，请少选一些单据后再打印。',
    en: 'Printing failed. Try again; if it fails again, print fewer documents at a time.',
  },
  'too-large': {
    zh: '文件太大（超过 64 MB）。请少选一些单据后再打印。',
    en: 'The document is larger than 64 MB. Print fewer documents at a time.',
  },
  busy: { zh: '正在打印其他文件，请稍候再试。', en: 'Other documents are being printed. Try again in a moment.' },
  'signed-out': {
    zh: '登录已结束，请重新打开前线物资。',
    en: 'The session has ended. Open Frontstock again.',
  },
  'connection-lost': {
    zh: '与前线物资的连接已中断，请稍候再试。',
    en: 'The connection to Frontstock is lost. Try again in a moment.',
  },
  'save-failed': {
    zh: '文件未能保存。请检查磁盘空间和文件夹权限。',
    en: 'The file could not be saved. Check the space on the disk and the permissions of the folder.',
  },
}

/** Why the shell could not do it, with a sentence that says what to do, in both languages. */
export class ShellRefusal extends Error {
  readonly code: ShellRefusalCode
  readonly zh: string
  readonly en: string

  constructor(code: ShellRefusalCode) {
    super(sentences[code].en)
    this.name = 'ShellRefusal'
    this.code = code
    this.zh = sentences[code].zh
    this.en = sentences[code].en
  }
}

export function toShellRefusal(code: string): ShellRefusal {
  return new ShellRefusal(shellRefusalCodes.find((known) => known === code) ?? 'print-failed')
}
