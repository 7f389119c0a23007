import { contextBridge, ipcRenderer } from 'electron'
import { type Bridge, channels, localeArgument, pageOrigin } from './bridge.ts'

const bridge: Bridge = {
  locale: process.argv.find((argument) => argument.startsWith(localeArgument))?.slice(localeArgument.length) ?? 'en',
  makePdf: (html, id) => ipcRenderer.invoke(channels.makePdf, html, id),
  stopPdf: (id) => ipcRenderer.send(channels.stopPdf, id),
  print: (html) => ipcRenderer.invoke(channels.print, html),
  saveFile: (name, mime, bytes) => ipcRenderer.invoke(channels.saveFile, name, mime, bytes),
  notify: (title, body) => ipcRenderer.send(channels.notify, title, body),
}
contextBridge.exposeInMainWorld('frontstock', bridge)

// A port cannot cross the context bridge; the page posts it to its own window, and from here it goes to the main process.
window.addEventListener('message', (event: MessageEvent) => {
  const [port] = event.ports
  if (event.source !== window || event.origin !== pageOrigin || port === undefined) return
  if ((event.data as { type?: unknown } | null)?.type !== channels.port) return
  ipcRenderer.postMessage(channels.port, null, [port])
})
