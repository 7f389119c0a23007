import { expect, it } from 'vitest'
import { offsetName, offsetsWith } from '../../../renderer/setting/settings-draft.ts'

it('names an offset from UTC as clocks do', () => {
  expect([480, 0, -210, 345, -720].map(offsetName)).toEqual([
    'UTC+08:00',
    'UTC+00:00',
    'UTC−03:30',
    'UTC+05:45',
    'UTC−12:00',
  ])
})

it('offers what is set although nobody else has it', () => {
  expect(offsetsWith(480)).toContain(480)
  expect(offsetsWith(8)).toContain(8)
  expect(offsetsWith(8)).toEqual(offsetsWith(8).toSorted((left, right) => left - right))
})
