import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'

type WindowState = { readonly bounds: Rectangle; readonly maximized: boolean }

const path = () => join(app.getPath('userData'), 'window-state.json')
const smallest = { width: 1024, height: 640 }

/** Where the window was when it was last closed, if that is still on a screen. */
export function readWindowState(): {
  bounds: Partial<Rectangle> & { width: number; height: number }
  maximized: boolean
} {
  const fresh = { bounds: { width: 1280, height: 800 }, maximized: false }
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(path(), 'utf8')) as WindowState
    const whole = [bounds.x, bounds.y, bounds.width, bounds.height].every(Number.isInteger)
    if (!whole || bounds.width < smallest.width || bounds.height < smallest.height) return fresh
    const visible = screen.getAllDisplays().some(({ workArea }) => {
      const right = Math.min(bounds.x + bounds.width, workArea.x + workArea.width)
      const bottom = Math.min(bounds.y + bounds.height, workArea.y + workArea.height)
      return right - Math.max(bounds.x, workArea.x) >= 200 && bottom - Math.max(bounds.y, workArea.y) >= 200
    })
    return visible ? { bounds, maximized: maximized === true } : fresh
  } catch {
    return fresh
  }
}

/** Keeps the place of this window when it closes; a failure to write is not worth a word. */
export function keepWindowState(window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(path(), JSON.stringify(state))
    } catch {}
  })
}
