import { nameKey, normaliseText } from '../text.ts'
import { guess, type Reason, wrong } from './reasons.ts'

/** People on duty as lists write them: `住院医护 86；保洁 18人`, or a bare number of them. */
export interface Duty {
  readonly dutyId: number
  readonly code: string
  readonly name: string
  readonly nameEn: string
}
export type DutyPeople = { readonly dutyId: number; readonly people: number }

const nameEnOf = (duty: Duty): string => duty.nameEn || duty.name
const mostPeople = 1_000_000

/** People as a cell shows them, and as it is read again: 住院医护 86；保洁 18. */
export function headcountText(people: readonly DutyPeople[], duties: readonly Duty[], language: 'zh' | 'en'): string {
  const names = new Map(duties.map((duty) => [duty.dutyId, language === 'zh' ? duty.name : nameEnOf(duty)]))
  const parts = people.map(({ dutyId, people: count }) => `${names.get(dutyId) ?? dutyId} ${count}`)
  return parts.join(language === 'zh' ? '；' : '; ')
}

/** A heading without what only says that it counts people: 住院医护人数, 保洁（人）. */
export const withoutPeople = (text: string): string =>
  normaliseText(text)
    .replace(/\s*\((?:人|人数|名)\)$/, '')
    .replace(/(?<=.)(?:人数|数量)$/, '')

/**
 * @param usual code of the duty that most people of such a unit have; null where its kind isn't known.
 */
export function readHeadcount(
  text: string,
  duties: readonly Duty[],
  usual: string | null,
): { readonly people: readonly DutyPeople[]; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = []
  const people = new Map<number, number>()
  const parts = normaliseText(text.replaceAll(/[\r\n]+/g, ';')).split(/[;；、]|,(?!\d{3}(?!\d))/)
  for (const part of parts.map((one) => one.trim()).filter((one) => one !== '')) {
    const read = /^(.*?)[\s::×x*=]*(\d{1,3}(?:,\d{3})+|\d+)\s*(?:人|名|位|个)?$/i.exec(part)
    if (read === null) {
      reasons.push(wrong('headcount', 'people-unreadable', { given: part }))
      continue
    }
    const count = Number(read[2]!.replaceAll(',', ''))
    if (count > mostPeople) {
      reasons.push(wrong('headcount', 'people-too-many', { given: count, allowed: mostPeople }))
      continue
    }
    const duty = findDuty(withoutPeople(read[1]!), duties, usual, reasons, part)
    if (duty === null) continue
    if (people.has(duty.dutyId))
      reasons.push(wrong('headcount', 'duty-twice', { value: duty.name, valueEn: nameEnOf(duty) }))
    people.set(duty.dutyId, count)
  }
  return { people: [...people].map(([dutyId, count]) => ({ dutyId, people: count })), reasons }
}

function findDuty(
  given: string,
  duties: readonly Duty[],
  usual: string | null,
  reasons: Reason[],
  part: string,
): Duty | null {
  const key = nameKey(given)
  const allowed = duties.map((duty) => duty.name).join('、')
  const allowedEn = duties.map(nameEnOf).join(', ')
  if (key === '') {
    const duty = duties.find((one) => one.code === usual) ?? null
    reasons.push(
      duty === null
        ? wrong('headcount', 'duty-missing', { given: part, allowed, allowedEn })
        : guess('headcount', 'duty-by-kind', { given: part, value: duty.name, valueEn: nameEnOf(duty) }),
    )
    return duty
  }
  const namesOf = (duty: Duty) => [duty.name, duty.nameEn, duty.code].map(nameKey).filter((one) => one !== '')
  const exact = duties.find((duty) => namesOf(duty).includes(key))
  if (exact) return exact
  const near = duties.filter((duty) => namesOf(duty).some((name) => name.includes(key) || key.includes(name)))
  if (near.length === 1 && key.length >= 2) {
    reasons.push(guess('headcount', 'duty-read-as', { given, value: near[0]!.name, valueEn: nameEnOf(near[0]!) }))
    return near[0]!
  }
  reasons.push(wrong('headcount', 'duty-unknown', { given, allowed, allowedEn }))
  return null
}
