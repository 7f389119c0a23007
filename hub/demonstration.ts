import type { Desk } from '../api/context.ts'
import { fillDemonstration } from '../api/demo/fill.ts'
import { soloPerson } from '../api/desk.ts'
import { clientFor } from '../api/router.ts'

/**
 * Makes sure that this desk shows the demonstration district: fills an empty database, or goes on where filling was cut
 * off. @returns false when the database holds a stock of its own, which stays untouched.
 */
export async function ensureDemonstration(desk: Desk): Promise<boolean> {
  const person = soloPerson(desk)
  const { empty, demonstration } = await clientFor({ desk, person }).session.me()
  if (!empty) return demonstration
  await fillDemonstration(desk, person, clientFor)
  return true
}
