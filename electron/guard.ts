import { app, type IpcMainEvent, type IpcMainInvokeEvent, session } from 'electron'
import { pageOrigin } from './bridge.ts'
import { isOurPage } from './protocol.ts'

/** What never leaves the machine: our pages, what they make themselves, and the developer tools. */
const localSchemes = new Set(['app:', 'blob:', 'data:', 'devtools:'])

/** Everything that a page could ask of the machine is denied, and no page goes anywhere else. */
export function denyEverything(log: (line: string) => void): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) => {
    log(`electron: denied permission ${permission}`)
    decide(false)
  })
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  // Files leave through the save dialog only.
  defaultSession.on('will-download', (event) => event.preventDefault())
  defaultSession.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, decide) => {
    const ours = localSchemes.has(URL.parse(details.url)?.protocol ?? '')
    if (!ours) log(`electron: denied a request to ${details.url.slice(0, 200)}`)
    decide({ cancel: !ours })
  })

  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      log(`electron: denied a window for ${url.slice(0, 200)}`)
      return { action: 'deny' }
    })
    const stay = (event: { preventDefault: () => void; url: string }) => {
      if (isOurPage(event.url)) return
      log(`electron: denied navigation to ${event.url.slice(0, 200)}`)
      event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** Only the top frame of our own page is listened to. */
export function isOurSender(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && frame.origin === pageOrigin
}
