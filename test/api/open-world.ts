import { afterEach, beforeEach, expect } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { type Client, makeWorld, now, type World } from './world.ts'

export type Opened = { readonly desk: Desk; readonly client: Client; readonly world: World }

/** Each test of this block has a desk and a world of its own; after it, its ledger must be sound. */
export function openWorldForEach(take: (opened: Opened) => void, clock: () => number = () => now): void {
  let desk: Desk
  beforeEach(async () => {
    desk = openMemoryDesk({ now: clock })
    const client = clientFor({ desk, person: soloPerson(desk) })
    take({ desk, client, world: await makeWorld(client) })
  })
  afterEach(() => {
    expect(verifyDatabase(desk.database).difference).toBeNull()
    closeDesk(desk)
  })
}
