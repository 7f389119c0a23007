import type { MessagePortMain } from 'electron'
import type { Rpc } from '../hub/rpc.ts'

/** The part of a MessagePortMain that is used here; Node's own MessagePort has the same. */
export type Port = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> & {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/**
 * The API over one window's port. The context is made anew for every call and skips nothing because it is local.
 * A message that cannot be read closes the port: our own page sends none.
 */
export function servePort<C>(port: Port, rpc: Rpc<C>, createContext: () => C, log: (line: string) => void): void {
  const line = rpc.connect(
    {
      send: (message) => port.postMessage(message),
      onFault(error) {
        log(`electron: port closed: ${error instanceof Error ? error.message : String(error)}`)
        line.close()
        port.close()
      },
    },
    createContext,
  )
  port.on('message', (event) => void line.receive(event.data))
  port.on('close', () => line.close())
  port.start()
}
