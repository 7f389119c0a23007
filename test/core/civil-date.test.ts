import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  civilDate,
  compareCivilDates,
  daysBetween,
  daysInMonth,
  fromDayNumber,
  isCivilDate,
  parseCivilDate,
  toDayNumber,
  weekdayOf,
} from '../../core/civil-date.ts'

describe('civil dates', () => {
  it('agrees with the platform calendar for every day from 1899 to 2105', () => {
    for (let ms = Date.UTC(1899, 0, 1); ms < Date.UTC(2105, 0, 1); ms += 86_400_000) {
      const text = new Date(ms).toISOString().slice(0, 10)
      const number = ms / 86_400_000
      if (toDayNumber(text) !== number || fromDayNumber(number) !== text) throw new Error(text)
      if (weekdayOf(text) !== (new Date(ms).getUTCDay() || 7)) throw new Error(`weekday of ${text}`)
    }
  })

  it('knows the leap years of the century rule', () => {
    expect([1900, 2000, 2023, 2024, 2100].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29, 28])
  })

  it('refuses days that do not exist and other ways to write a date', () => {
    expect(isCivilDate('2024-02-29')).toBe(true)
    for (const text of [
      '2023-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '0000-01-01',
      '2024-1-1',
      '2024/01/01',
      ' 2024-01-01',
      '',
    ]) {
      expect(isCivilDate(text), text).toBe(false)
    }
    expect(parseCivilDate('2020-02-06')).toEqual({ year: 2020, month: 2, day: 6 })
    expect(civilDate(2020, 2, 30)).toBeNull()
    expect(civilDate(2020, 2.5, 1)).toBeNull()
  })

  it('adds days over the ends of months, years and leap days, both ways', () => {
    expect(addDays('2020-02-28', 1)).toBe('2020-02-29')
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29')
    expect(addDays('2019-12-31', 1)).toBe('2020-01-01')
    expect(daysBetween('2020-01-22', '2020-01-28')).toBe(6)
    expect(daysBetween('2020-01-28', '2020-01-22')).toBe(-6)
  })

  it('takes the last day of a shorter month when it adds months', () => {
    expect(addMonths('2020-01-31', 1)).toBe('2020-02-29')
    expect(addMonths('2020-01-31', -2)).toBe('2019-11-30')
    expect(addMonths('2020-11-15', 24)).toBe('2022-11-15')
  })

  it('throws on text that is not a date and on a day outside the calendar, rather than going on with a wrong one', () => {
    expect(() => addDays('2020-2-6', 1)).toThrow(RangeError)
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => addDays('2020-01-01', 0.5)).toThrow(RangeError)
  })

  it('sorts as text', () => {
    const dates = ['2020-10-01', '2019-12-31', '2020-02-06', '2020-02-06']
    expect([...dates].sort(compareCivilDates)).toEqual(['2019-12-31', '2020-02-06', '2020-02-06', '2020-10-01'])
  })
})
