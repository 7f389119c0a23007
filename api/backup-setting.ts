import { readSettings } from '../db/desk.ts'
import type { Reader } from '../db/statement.ts'

/** One setting, `backup`: where backups go, how many are kept, and when their absence is urgent. */
export type BackupSettings = {
  /** Empty for `backup/` in the data folder. */
  readonly folder: string
  /** Empty for none: another disk or a stick to which each backup is copied. */
  readonly secondFolder: string
  readonly keepNewest: number
  readonly keepDays: number
  readonly keepMonths: number
  readonly alertHours: number
}

export const backupSetting = 'backup'
export const defaultBackupSettings: BackupSettings = {
  folder: '',
  secondFolder: '',
  keepNewest: 24,
  keepDays: 30,
  keepMonths: 12,
  alertHours: 24,
}

export function getBackupSettings(db: Reader): BackupSettings {
  return { ...defaultBackupSettings, ...(readSettings(db).get(backupSetting) as Partial<BackupSettings> | undefined) }
}
