import { oc } from '@orpc/contract'
import { z } from 'zod'
import { refusalCodes } from '../../core/refusal.ts'
import { type Role, roles } from '../../core/role.ts'

// Before any schema is made: the content security policy forbids compiling code from text.
z.config({ jitless: true })

export const roleSchema = z.enum(roles)

export const refusalSchema = z.strictObject({
  code: z.enum(refusalCodes),
  line: z.number().nullable(),
  field: z.string().nullable(),
  given: z.union([z.string(), z.number()]).nullable(),
  allowed: z.union([z.string(), z.number()]).nullable(),
  about: z.record(z.string(), z.union([z.string(), z.number()])),
})

export type ProcedureMeta = { readonly roles: readonly Role[]; readonly kind: 'query' | 'command' }

const declared = {
  REFUSED: { status: 422, data: z.strictObject({ refusals: z.array(refusalSchema).min(1) }) },
  /** The disk, the file or the machine failed; `reference` is in the log. Nothing was half done. */
  FAULT: {
    status: 503,
    data: z.strictObject({
      kind: z.enum(['busy', 'disk-full', 'read-only', 'damaged', 'io', 'unknown']),
      reference: z.string(),
    }),
  },
} as const

const base = oc.$meta<ProcedureMeta>({ roles: [], kind: 'query' }).errors(declared)

/** A procedure that only reads. The roles are an argument so that none can be built without them. */
export const query = (...allowed: readonly [Role, ...Role[]]) => base.meta({ roles: allowed, kind: 'query' })

/** A procedure that writes: one transaction, one requestId, one effect however often it is sent. */
export const command = (...allowed: readonly [Role, ...Role[]]) => base.meta({ roles: allowed, kind: 'command' })

export const anyone = ['viewer', 'clerk', 'manager', 'administrator'] as const
export const staff = ['clerk', 'manager'] as const
export const managers = ['manager'] as const
export const administrators = ['administrator'] as const

// Fields that many schemas share. Business limits (1 to 10^9 …) are core's: it names the line and says what is allowed.
export const id = z.int().positive()
export const requestId = z.uuid()
export const text = (longest: number) => z.string().max(longest)
/** A code, a name: trimmed by core, at most 60 characters. */
export const shortText = text(60)
export const longText = text(500)
/** YYYY-MM-DD; whether that day exists is core's question. */
export const civilDate = text(10)
export const quantity = z.number().min(-1e15).max(1e15)
/** UTC milliseconds. */
export const instant = z.int()
