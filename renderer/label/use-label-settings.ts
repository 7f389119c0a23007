import { useState } from 'react'
import type { LabelOptions } from './label-paper.tsx'
import { keepLabelSettings, type LabelSettings, readLabelSettings, readOffset } from './label-settings.ts'

/** The settings of this machine, and the offsets as they are being typed. What is right is kept at once. */
export function useLabelSettings() {
  const [settings, setSettings] = useState<LabelSettings>(readLabelSettings)
  const [x, setX] = useState(String(settings.xMm))
  const [y, setY] = useState(String(settings.yMm))
  const readX = readOffset(x, 'offsetX')
  const readY = readOffset(y, 'offsetY')
  const change = (part: Partial<LabelSettings>) => {
    const next = { ...settings, ...part }
    setSettings(next)
    keepLabelSettings(next)
  }
  const typeX = (typed: string) => {
    setX(typed)
    const read = readOffset(typed, 'offsetX')
    if (read.ok) change({ xMm: read.value })
  }
  const typeY = (typed: string) => {
    setY(typed)
    const read = readOffset(typed, 'offsetY')
    if (read.ok) change({ yMm: read.value })
  }
  const offset: LabelOptions['offset'] | null = readX.ok && readY.ok ? { xMm: readX.value, yMm: readY.value } : null
  return {
    settings,
    change,
    x,
    y,
    typeX,
    typeY,
    offset,
    refusals: [...(readX.ok ? [] : readX.refusals), ...(readY.ok ? [] : readY.refusals)],
  }
}
