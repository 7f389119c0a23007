import { useQuery } from '@tanstack/react-query'
import type { Role } from '../../core/role.ts'
import { api } from '../query.ts'

export type Me = {
  readonly name: string
  readonly businessDate: string
  /** Whether the person has one of these roles; the API checks the same again. */
  readonly can: (...roles: readonly Role[]) => boolean
}

/** Who sits here. Inside the frame it is always known; before, nothing is permitted. */
export function useMe(): Me {
  const { data } = useQuery(api.session.me.queryOptions())
  return {
    name: data?.name ?? '',
    businessDate: data?.businessDate ?? '',
    can: (...roles) => data !== undefined && roles.some((role) => data.roles.includes(role)),
  }
}
