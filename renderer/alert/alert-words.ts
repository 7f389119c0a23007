import { formatDays, formatNumber } from '../format.ts'
import type { client } from '../query.ts'
import { alertText } from '../text/alert.ts'
import { type Language, pickName, type Translate, textIn } from '../text/text.ts'
import { measureName } from '../text/words.ts'

export type Alert = Awaited<ReturnType<typeof client.alert.list>>[number]
type Word = Translate<(typeof alertText.keys)[number]>

/** What an alert is about, and how it stands, in the reader's words. */
export function alertWords(alert: Alert, language: Language): { readonly about: string; readonly detail: string } {
  const t = textIn(alertText, language)
  const said = readAbout(alert.about, language)
  switch (alert.kind) {
    case 'low':
      return {
        about: said.name('name'),
        detail:
          alert.about.coverMilliDays === undefined
            ? t('detail-low-reserve', {
                quantity: said.quantity('availableBase'),
                reserve: said.quantity('reserveBase'),
              })
            : t('detail-low', { quantity: said.quantity('availableBase'), days: said.days('coverMilliDays') }),
      }
    case 'near-expiry':
    case 'expired':
      return {
        about: said.name('name'),
        detail: t(`detail-${alert.kind}`, {
          lot: said.text('lot'),
          expiresOn: said.text('expiresOn'),
          quantity: said.quantity('onHandBase'),
        }),
      }
    case 'run-out':
      return {
        about: said.name('unit'),
        detail: t(alert.about.coverMilliDays === 0 ? 'detail-has-run-out' : 'detail-run-out', {
          item: said.name('name'),
          days: said.days('coverMilliDays'),
          tier: said.text('tier'),
        }),
      }
    case 'promise-late':
      return {
        about: said.name('supplier'),
        detail: t('detail-promise-late', {
          item: said.name('name'),
          quantity: said.quantity('outstandingBase'),
          dueOn: said.text('dueOn'),
        }),
      }
    case 'unsigned':
      return {
        about: said.name('unit'),
        detail: t('detail-unsigned', { number: said.text('number'), dispatchedOn: said.text('dispatchedOn') }),
      }
    case 'hold':
      return { about: said.name('name'), detail: holdDetail(alert, said, t) }
    case 'backup':
      return { about: t('backupOf'), detail: backupDetail(alert, said, t) }
    case 'transfer':
      return {
        about: t('route', { from: said.name('from'), to: said.name('to') }),
        detail: t('detail-transfer', { number: said.text('number'), sentOn: said.text('sentOn') }),
      }
  }
}

function holdDetail({ about }: Alert, said: About, t: Word): string {
  const key = about.hold === 'recall' ? 'detail-hold-recall' : about.hold === 'doubt' ? 'detail-hold-doubt' : null
  return t(key ?? 'detail-hold-inspection', { lot: said.text('lot'), quantity: said.quantity('onHandBase') })
}

function backupDetail({ about }: Alert, said: About, t: Word): string {
  const hours = said.text('hours')
  if (about.reason === 'overdue' || about.reason === 'missing') return t(`detail-backup-${about.reason}`, { hours })
  const problem = backupProblemCodes.find((code) => code === about.problem) ?? 'unknown'
  return t(about.reason === 'failed' ? 'detail-backup-failed' : 'detail-backup-copy', {
    problem: t(`problem-${problem}`),
    hours,
  })
}

const backupProblemCodes = ['disk-full', 'read-only', 'gone', 'unsound', 'io'] as const

type About = ReturnType<typeof readAbout>

/** The words of an alert come as bare values: names in both languages, quantities in base units, days in thousandths. */
function readAbout(about: Alert['about'], language: Language) {
  const text = (key: string) => String(about[key] ?? '')
  return {
    text,
    name: (key: string) => pickName(text(key), text(`${key}En`), language),
    days: (key: string) => formatDays(Number(about[key] ?? 0)),
    quantity: (key: string) =>
      [formatNumber(Number(about[key] ?? 0)), measureName(text('baseUnit'), language)].join(' ').trim(),
  }
}

/** How many are open, how many of them now, and by kind, the most first. */
export function digest(alerts: readonly Alert[]) {
  const open = alerts.filter(({ snoozedUntil }) => snoozedUntil === null)
  const kinds = new Map<Alert['kind'], number>()
  for (const { kind } of open) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  return {
    open: open.length,
    now: open.filter(({ severity }) => severity === 'now').length,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })).sort((left, right) => right.count - left.count),
  }
}
