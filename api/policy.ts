import { decidePolicy, plainRung } from '../core/policy.ts'
import { refusal } from '../core/refusal.ts'
import { archivePolicy, getPolicy, getPolicyByName, listPolicies, type PolicyRecord, savePolicy } from '../db/policy.ts'
import type { PolicyRow } from './contract/round.ts'
import { expectVersion } from './item.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { settle } from './refused.ts'

const toRow = (record: PolicyRecord): PolicyRow => ({
  ...record,
  rungs: record.rungs.map(plainRung),
})

export const policy = {
  list: os.policy.list.handler(({ input, context }) => listPolicies(context.desk.database, input.archived).map(toRow)),

  save: os.policy.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['policy'],
      (db, stamp) => {
        const fields = settle(decidePolicy(input))
        if (input.policyId !== null) {
          const row = expectVersion(getPolicy(db, input.policyId), 'policyId', input.policyId, input.version)
          if (row.used) refuse(refusal('policy-in-use', { field: 'policyId', about: { name: row.name } }))
        }
        const holder = getPolicyByName(db, fields.name)
        if (holder && holder.policyId !== input.policyId) {
          refuse(refusal('code-taken', { field: 'name', given: fields.name, about: { name: holder.name } }))
        }
        return { policyId: savePolicy(db, stamp, input.policyId, fields) }
      },
      (db, { policyId }) => toRow(getPolicy(db, policyId)!),
    ),
  ),

  archive: os.policy.archive.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['policy'],
      (db, stamp) => {
        if (!getPolicy(db, input.policyId)) refuse(refusal('not-found', { field: 'policyId', given: input.policyId }))
        archivePolicy(db, stamp, input.policyId, input.archived)
        return { policyId: input.policyId }
      },
      (db, { policyId }) => toRow(getPolicy(db, policyId)!),
    ),
  ),
}
