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
    makePdf: async (html) => valueIn(await bridge.makePdf(html)),
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
