import { describe, expect, it } from 'vitest'
import { doubtKinds } from '../../../renderer/intake/doubt-kinds.ts'
import { confirmKind } from '../../../renderer/intake/list-steps.ts'
import { countRows } from '../../../renderer/intake/list-sums.ts'
import { atOnce } from '../../../renderer/intake/work.ts'
import { listOf, messy } from './list.ts'

describe('the doubts of a list by their reasons', () => {
  it('stand with the rows that have them, what is wrong first, then the most frequent', async () => {
    const state = await listOf(messy)
    const kinds = atOnce(doubtKinds(state.rows, 'delivery'))
    const told = kinds.map(({ status, code, rows }) => [status, code, rows])
    expect(told).toEqual(
      [...told].sort(([a, , x], [b, , y]) => (a === b ? Number(y) - Number(x) : a === 'wrong' ? -1 : 1)),
    )
    for (const { code, status, rows, first } of kinds) {
      const having = state.rows.filter(({ row }) =>
        row.reasons.some((one) => one.code === code && one.status === status),
      )
      expect([code, having.length, having[0]]).toEqual([code, rows, first])
    }
  })

  it('are gone when their kind is confirmed, and none is left when no row is in doubt', async () => {
    let state = await listOf(messy)
    for (let kind = 0; kind < 30; kind += 1) {
      const guess = atOnce(doubtKinds(state.rows, 'delivery')).find(({ status }) => status === 'guessed')
      if (guess?.reason == null) break
      state = atOnce(confirmKind(state, guess.reason.code))
      expect(
        atOnce(doubtKinds(state.rows, 'delivery')).some(
          ({ code, status }) => code === guess.code && status === 'guessed',
        ),
      ).toBe(false)
    }
    expect(atOnce(countRows(state.rows, 'delivery'))).toEqual({ sure: 2, guessed: 0, wrong: 2 })
    expect(atOnce(doubtKinds(state.rows.slice(0, 2), 'delivery'))).toEqual([])
  })

  it('say what the screen asks for: which unit a name is', async () => {
    const { rows } = await listOf(messy)
    const asked = atOnce(doubtKinds(rows, 'request')).find(({ code }) => code === 'place-missing')
    expect(asked).toMatchObject({ status: 'wrong', column: 'place', reason: null, rows: rows.length })
  })
})
