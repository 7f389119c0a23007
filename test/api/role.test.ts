import { ORPCError } from '@orpc/client'
import { getContractRouter, isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { contract } from '../../api/contract/contract.ts'
import { closeDesk, openMemoryDesk } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { type Person, type Role, roles } from '../../core/role.ts'
import { all } from '../../db/statement.ts'
import { now } from './world.ts'

type Procedure = (input?: unknown) => Promise<unknown>

const procedures = Object.entries(contract).flatMap(([feature, group]) =>
  Object.keys(group).map((name) => ({ feature, name, path: `${feature}.${name}` })),
)

const metaOf = (feature: string, name: string) => {
  const procedure = getContractRouter(contract, [feature, name])
  if (!isContractProcedure(procedure)) throw new Error(`no procedure ${feature}.${name}`)
  return procedure['~orpc'].meta as { roles: readonly Role[]; kind: string }
}

describe('every procedure', () => {
  let desk: Desk
  const call = async (person: Person | null, feature: string, name: string): Promise<unknown> => {
    const client = clientFor({ desk, person }) as unknown as Record<string, Record<string, Procedure>>
    try {
      // The role is checked before the shape: nothing is told about an input that one may not send.
      return await client[feature]![name]!({})
    } catch (error) {
      return error
    }
  }
  const isRoleRefusal = (result: unknown) =>
    result instanceof ORPCError &&
    result.code === 'REFUSED' &&
    (result.data as { refusals: { code: string }[] }).refusals[0]?.code === 'not-allowed'

  beforeAll(() => {
    desk = openMemoryDesk({ now: () => now })
  })
  afterAll(() => closeDesk(desk))

  it.each(procedures)('$path names at least one role, all of them known', ({ feature, name }) => {
    const { roles: allowed } = metaOf(feature, name)
    expect(allowed.length).toBeGreaterThan(0)
    expect(roles).toEqual(expect.arrayContaining([...allowed]))
  })

  it.each(procedures)(
    '$path is closed to nobody-in-particular and to every role it does not name',
    async ({ feature, name }) => {
      const before = all(desk.database, 'SELECT count(*) AS requests FROM request')
      const unknown = await call(null, feature, name)
      expect(unknown).toMatchObject({ code: 'UNAUTHORIZED' })
      const { roles: allowed } = metaOf(feature, name)
      for (const role of roles) {
        const result = await call({ personId: 1, name: 'x', roles: [role] }, feature, name)
        expect([role, isRoleRefusal(result)]).toEqual([role, !allowed.includes(role)])
        if (result && typeof result === 'object' && Symbol.asyncIterator in result) {
          await (result as AsyncGenerator).return?.(undefined)
        }
      }
      expect(all(desk.database, 'SELECT count(*) AS requests FROM request')).toEqual(before)
    },
  )
})
