import { describe, expect, it } from 'vitest'
import { alertKinds } from '../../../api/contract/ledger.ts'
import { type Alert, alertWords, digest } from '../../../renderer/alert/alert-words.ts'

const about: Alert['about'] = {
  name: '医用外科口罩',
  nameEn: 'Surgical mask',
  unit: '北滘检疫站',
  unitEn: 'Beijiao station',
  supplier: '康护厂',
  supplierEn: 'Kanghu',
  from: '中心仓',
  fromEn: '',
  to: '北滘分仓',
  toEn: 'Beijiao depot',
  number: 'DB20261124-001',
  lot: 'A1',
  expiresOn: '2026-12-10',
  dueOn: '2026-11-20',
  sentOn: '2026-11-23',
  dispatchedOn: '2026-11-21',
  availableBase: 1200,
  onHandBase: 350,
  outstandingBase: 4000,
  coverMilliDays: 1990,
  baseUnit: '只',
  tier: 1,
  hold: 'recall',
}
const alert = (kind: Alert['kind'], change: Partial<Alert> = {}): Alert => ({
  key: kind,
  kind,
  severity: 'soon',
  about,
  path: '/',
  snoozedUntil: null,
  ...change,
})

describe('an alert', () => {
  it('says in both languages what it is about and how it stands, for every kind', () => {
    for (const kind of alertKinds) {
      for (const language of ['zh', 'en'] as const) {
        const words = alertWords(alert(kind), language)
        for (const text of [words.about, words.detail]) {
          expect([kind, language, text]).not.toContain('')
          expect(text).not.toMatch(/\{\{|undefined|NaN|null/)
        }
      }
    }
  })

  it('names quantities with their unit, days rounded down, and the name in the language of the reader', () => {
    expect(alertWords(alert('low'), 'zh')).toEqual({ about: '医用外科口罩', detail: '可用 1,200 只，还能用 1.9 天' })
    expect(alertWords(alert('low'), 'en')).toEqual({
      about: 'Surgical mask',
      detail: '1,200 pcs available, lasts 1.9 days',
    })
    expect(alertWords(alert('hold'), 'zh').detail).toBe('批号 A1 召回，库存 350 只')
    expect(alertWords(alert('transfer'), 'en').about).toBe('中心仓 → Beijiao depot')
  })
})

describe('the digest', () => {
  it('counts what is open, what of it is for now, and of which kinds, the most first', () => {
    const alerts = [
      alert('low', { key: '1', severity: 'now' }),
      alert('hold', { key: '2' }),
      alert('hold', { key: '3', severity: 'now' }),
      alert('low', { key: '4', severity: 'now', snoozedUntil: '2026-12-01' }),
      alert('hold', { key: '5' }),
    ]
    expect(digest(alerts)).toEqual({
      open: 4,
      now: 2,
      kinds: [
        { kind: 'hold', count: 3 },
        { kind: 'low', count: 1 },
      ],
    })
    expect(digest([])).toEqual({ open: 0, now: 0, kinds: [] })
  })
})
