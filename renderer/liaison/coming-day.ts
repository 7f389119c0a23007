import { addDays, daysBetween, isCivilDate } from '../../core/civil-date.ts'
import { readDate } from '../../core/intake/date-text.ts'

/** A day without a year lies at most so far back; before that the next year is meant. */
const mostDaysBack = 90

/**
 * A day that was promised or agreed, as people write it: `11月30日`, `2026/11/30`, `20261130`. Where the year is missing
 * it is the one that puts the day near today, and rather ahead of it, unlike for the date of a document.
 * @returns null where nothing can be read.
 */
export function readComingDay(text: string, today: string): string | null {
  const { date, doubt } = readDate(text, { purpose: 'day', epoch: 1900, today })
  if (date === null || doubt !== 'year-missing') return date
  const year = Number(today.slice(0, 4))
  const fitting = [year - 1, year, year + 1]
    .map((one) => `${one}${date.slice(4)}`)
    .filter((day) => isCivilDate(day) && daysBetween(addDays(today, -mostDaysBack), day) >= 0)
  return fitting[0] ?? date
}
