import { notifications } from '@mantine/notifications'
import { getShell, ShellRefusal } from '../shell/shell.ts'
import { gridText } from '../text/grid.ts'
import { currentLanguage, textIn } from '../text/text.ts'
import { csvSheets } from './csv.ts'
import type { Sheet } from './sheet.ts'
import { xlsxBytes } from './xlsx.ts'

export type SheetFormat = 'csv' | 'xlsx'

const mimes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** `库存.xlsx`: no character that some file system refuses. */
export const fileName = (name: string, format: SheetFormat): string =>
  `${name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim() || 'list'}.${format}`

/** Asks where to save a list and says that it was saved, or why not. */
export const saveSheet = (sheet: Sheet, format: SheetFormat): Promise<void> => saveSheets(sheet.name, [sheet], format)

/** The same for the tables of a document. */
export async function saveSheets(title: string, sheets: readonly Sheet[], format: SheetFormat): Promise<void> {
  const language = currentLanguage()
  const t = textIn(gridText, language)
  try {
    const bytes = format === 'csv' ? csvSheets(sheets) : await xlsxBytes(...sheets)
    const name = fileName(title, format)
    if (await getShell().saveFile(name, mimes[format], bytes)) {
      notifications.show({
        message: t('exported', { name, count: sheets.reduce((sum, { rows }) => sum + rows.length, 0) }),
      })
    }
  } catch (error) {
    if (!(error instanceof ShellRefusal)) throw error
    notifications.show({ color: 'red', message: error[language] })
  }
}
