import type { Bridge, BridgeAnswer } from './bridge.ts'
import { chooseFile } from './choose-file.ts'
import { toShellRefusal } from './refusal.ts'
import type { Shell } from './shell.ts'

/** In Electron the main process prints, saves and notifies; it hears of it through the preload. */
export function createElectronShell(bridge: Bridge): Shell {
  return {
    kind: 'electron',
    locale: bridge.locale,
    chooseFile,
    async makePdf(html, signal) {
      signal.throwIfAborted()
      const id = crypto.getRandomValues(new Uint32Array(4)).join('-')
      const stop = () => bridge.stopPdf(id)
      signal.addEventListener('abort', stop, { once: true })
      const answer = await bridge.makePdf(html, id)
      signal.removeEventListener('abort', stop)
      signal.throwIfAborted()
      return valueIn(answer)
    },
    async print(html) {
      valueIn(await bridge.print(html))
    },
    saveFile: async (name, mime, bytes) => valueIn(await bridge.saveFile(name, mime, bytes)),
    notify: (title, body) => bridge.notify(title, body),
  }
}

function valueIn<Value>(answer: BridgeAnswer<Value>): Value {
  if (!answer.ok) throw toShellRefusal(answer.code)
  return answer.value
}
