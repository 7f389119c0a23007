import type { Context as OrpcContext, Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/websocket'

/**
 * The one way from a wire into the router, for the WebSocket of the hub and the MessagePort of Electron alike: text
 * messages in, text messages out, whatever arrives. A message that cannot be read harms nobody but its sender.
 */
export type Wire = {
  readonly send: (message: string | ArrayBufferLike | ArrayBufferView) => void
  /** Called when a message could not be read or answered. */
  readonly onFault?: (error: unknown) => void
}

export type Line = {
  /** Never rejects. Resolves when the message has been answered (a stream: when it has ended). */
  readonly receive: (message: unknown) => Promise<void>
  /** Aborts what is under way and forgets the wire. */
  readonly close: () => void
}

export type Rpc<C> = { readonly connect: (wire: Wire, createContext: () => C) => Line }

/** A window asks for a few things at once; what comes by the hundred is a fault or an attack, and waits for nobody. */
const mostUnderWay = 512

/** What holds up every other window: the database answers on this thread. */
const slowMs = 40

/**
 * @param router what it serves; no transport of its own.
 * @param log hears of slow calls.
 */
// biome-ignore lint/suspicious/noExplicitAny: oRPC's own type of "any router for this context"
export function createRpc<C extends OrpcContext>(router: Router<any, C>, log?: (line: string) => void): Rpc<C> {
  const handler = new RPCHandler(router as Router<never, OrpcContext>, {
    clientInterceptors: [
      async ({ next, path }) => {
        const from = performance.now()
        try {
          return await next()
        } finally {
          const tookMs = performance.now() - from
          if (tookMs > slowMs) log?.(`slow: ${path.join('.')} took ${Math.round(tookMs)} ms`)
        }
      },
    ],
  })
  return {
    connect(wire, createContext) {
      const peer = { send: (message: unknown) => wire.send(message as string), addEventListener: () => {} }
      let underWay = 0
      let open = true
      return {
        async receive(message) {
          if (!open) return
          if (underWay >= mostUnderWay) {
            wire.onFault?.(new Error('too many requests under way'))
            return
          }
          underWay += 1
          try {
            await handler.message(peer, readable(message), { context: createContext() })
          } catch (error) {
            if (open) wire.onFault?.(error)
          } finally {
            underWay -= 1
          }
        },
        close() {
          if (!open) return
          open = false
          handler.close(peer)
        },
      }
    },
  }
}

/** oRPC reads text and array buffers; everything else that a port can carry is refused here. */
function readable(message: unknown): string | ArrayBuffer {
  if (typeof message === 'string' || message instanceof ArrayBuffer) return message
  if (message instanceof Uint8Array) return new Uint8Array(message).buffer
  throw new TypeError(`a message of ${typeof message}`)
}
