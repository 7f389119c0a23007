import type { Context } from '../api/context.ts'
import { closeDesk, openDesk, soloPerson } from '../api/desk.ts'
import { router } from '../api/router.ts'
import { ensureDemonstration } from './demonstration.ts'
import { findBrowsers } from './find-browser.ts'
import { createHeadless } from './headless.ts'
import { createRpc } from './rpc.ts'
import { type Hub, startHub } from './server.ts'
import { aloneLimits } from './session.ts'

export type Loopback = {
  readonly hub: Hub
  /** An address that signs the person at this machine in, once. */
  readonly address: () => string
  /** Lets what is under way finish, then closes the database. */
  readonly close: () => Promise<void>
}

/**
 * The application for one person on this machine: desk, server and the browser that prints. Throws what openDesk throws
 * (StartRefusal) and the error of a taken port; then nothing stays open.
 */
export async function openLoopback(options: {
  readonly dataFolder: string
  readonly assetsFolder: string
  readonly version: string
  readonly port: number
  readonly demonstration: boolean
  readonly log: (line: string) => void
}): Promise<Loopback> {
  const { dataFolder, version, log } = options
  const desk = openDesk({ folder: dataFolder, version, log })
  const [browser] = findBrowsers()
  const headless = browser === undefined ? null : createHeadless(browser, log)
  try {
    if (options.demonstration) await ensureDemonstration(desk)
    const hub = await startHub<Context>({
      rpc: createRpc(router, log),
      createContext: (session) => ({ desk, person: session.person }),
      assetsFolder: options.assetsFolder,
      port: options.port,
      limits: aloneLimits,
      now: desk.now,
      log,
      printPdf: headless === null ? null : headless.printPdf,
    })
    desk.backups?.start()
    return {
      hub,
      address: () => hub.addressFor(soloPerson(desk)),
      async close() {
        await hub.close()
        await headless?.close()
        await closeDesk(desk)
      },
    }
  } catch (error) {
    await closeDesk(desk)
    throw error
  }
}
