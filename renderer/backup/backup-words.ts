import { formatNumber } from '../format.ts'
import type { client } from '../query.ts'
import type { backupText } from '../text/backup.ts'
import type { Translate } from '../text/text.ts'

export type Backups = Awaited<ReturnType<typeof client.backup.get>>
export type BackupRow = Backups['files'][number]
export type Problem = NonNullable<Backups['records'][number]['problem']>
export type Checked = Awaited<ReturnType<typeof client.backup.check>>
type Word = Translate<(typeof backupText.keys)[number]>

/** What is known of a backup's soundness: checked anew in this window, or when it was made. */
export function verificationWords(row: BackupRow, checked: Checked | undefined, t: Word): string {
  const counts = (of: { readonly postings: number; readonly movements: number }) => ({
    postings: formatNumber(of.postings),
    movements: formatNumber(of.movements),
  })
  if (checked !== undefined) {
    if (!checked.matchesName) return t('checked-changed')
    return checked.ok ? t('checked-good', counts(checked)) : t('checked-bad', { difference: checked.difference })
  }
  // What a restore took the place of was moved as it was.
  if (row.kind === 'replaced') return t('verified-not')
  const { postings, movements } = row
  return postings === null || movements === null
    ? t('verified-made')
    : t('verified-counts', counts({ postings, movements }))
}

/** Why it was not made and what to do, in the reader's words. */
export const problemWords = ({ code, folder, message }: Problem, t: Word): string =>
  t(`problem-${code}`, { folder, message })

/** What somebody has to be told, in one sentence; null when all is well. */
export function warningWords({ warning, records }: Backups, t: Word): string | null {
  if (warning === null) return null
  const { reason, hours } = warning
  if (reason === 'overdue' || reason === 'missing') return t(`warning-${reason}`, { hours: formatNumber(hours) })
  const [newest] = records
  const problem = reason === 'failed' ? newest?.problem : newest?.copy?.problem
  return problem ? problemWords(problem, t) : null
}

/** Bytes as megabytes of a thousand thousand, one decimal and never nothing. */
export const megabytes = (bytes: number): number => Math.max(0.1, Math.round(bytes / 100_000) / 10)
