/** Why a file is not read, with what to do about it. */
type Data = { readonly [name: string]: string | number }

const advice = {
  zh: '请在 Excel 或 WPS 里打开，另存为“Excel 工作簿 (*.xlsx)”后再试。',
  en: 'Open it in Excel or WPS, save it as “Excel Workbook (*.xlsx)” and try again.',
}

export const fileRefusalTexts = {
  'file-empty': { zh: () => '文件是空的。', en: () => 'The file is empty.' },
  'file-too-large': {
    zh: (d: Data) => `文件有 ${megabytes(d.bytes)} MB，最多 ${megabytes(d.allowed)} MB。`,
    en: (d: Data) => `The file is ${megabytes(d.bytes)} MB; at most ${megabytes(d.allowed)} MB is allowed.`,
  },
  'too-many-rows': {
    zh: (d: Data) => `工作表“${d.sheet}”超过 ${d.allowed} 行，请分成几个文件。`,
    en: (d: Data) => `The sheet “${d.sheet}” has more than ${d.allowed} rows; please split it into several files.`,
  },
  'file-xls': { zh: () => `这是旧的 .xls 格式。${advice.zh}`, en: () => `This is the old .xls format. ${advice.en}` },
  'file-xlsb': { zh: () => `这是 .xlsb 格式。${advice.zh}`, en: () => `This is an .xlsb workbook. ${advice.en}` },
  'file-ods': { zh: () => `这是 .ods 格式。${advice.zh}`, en: () => `This is an .ods spreadsheet. ${advice.en}` },
  'file-html': {
    zh: () => `这个文件其实是网页（HTML 或 XML），不是表格。${advice.zh}`,
    en: () => `This file is really a web page (HTML or XML), not a spreadsheet. ${advice.en}`,
  },
  'file-encrypted': {
    zh: () => '文件有密码。请先取消密码再试。',
    en: () => 'The file is protected by a password. Remove the password and try again.',
  },
  'file-not-a-list': {
    zh: (d: Data) => `${d.kind} 文件里没有表格可读，请用 XLSX、CSV 或直接粘贴。`,
    en: (d: Data) => `A ${d.kind} file holds no list that can be read; use XLSX, CSV or paste it.`,
  },
  'archive-damaged': {
    zh: () => '文件已损坏，打不开。请让对方重发，或在 Excel 里修复后另存。',
    en: () => 'The file is damaged and can’t be opened. Ask for it again, or repair it in Excel and save it anew.',
  },
  'archive-hostile': {
    zh: (d: Data) => `文件的内部结构不正常（${d.what}），为安全起见没有打开。`,
    en: (d: Data) =>
      `The inside of the file is not what a workbook looks like (${d.what}); it was not opened, to be safe.`,
  },
  'encoding-unknown': {
    zh: () => '认不出文字编码（已试 UTF-8、UTF-16、GB18030）。请另存为 UTF-8 再试。',
    en: () =>
      'The text encoding was not recognised (tried UTF-8, UTF-16, GB18030). Save the file as UTF-8 and try again.',
  },
} as const

export type FileRefusalCode = keyof typeof fileRefusalTexts

export interface FileRefusal {
  readonly code: FileRefusalCode
  readonly data: Data
}

export function renderFileRefusal(refusal: FileRefusal, language: 'zh' | 'en'): string {
  return fileRefusalTexts[refusal.code][language](refusal.data)
}

function megabytes(bytes: string | number | undefined): string {
  return (Number(bytes) / 1_048_576).toFixed(1)
}
