import { useSyncExternalStore } from 'react'
import type { DeliveryDocument } from '../../api/contract/delivery.ts'
import type { SlipDocument } from '../../api/contract/round.ts'
import type { Papers } from './paper.tsx'
import type { ReportMeasure } from './report-measures.ts'
import type { ReportOptions } from './report-paper.tsx'
import type { RoundReport } from './report-table.ts'
import type { PaperChoice } from './request-papers.ts'

/** What a screen can have printed. The preview asks for language and copies itself. */
export type PrintRequest =
  | { readonly kind: 'goods-receipts'; readonly documents: readonly DeliveryDocument[] }
  | {
      readonly kind: 'slips'
      readonly documents: readonly SlipDocument[]
      /** A whole round in one file: with a table of contents in front. */
      readonly contents?: boolean
    }
  | { readonly kind: 'pick-lists'; readonly documents: readonly SlipDocument[] }
  | {
      readonly kind: 'report'
      readonly report: RoundReport
      readonly measures: readonly ReportMeasure[]
      readonly chosen: ReportOptions['chosen']
    }
  | {
      /** Papers that the room of the screen lays out itself. */
      readonly kind: 'papers'
      readonly title: { readonly zh: string; readonly en: string }
      readonly build: (choice: PaperChoice, organisation: string) => Papers
    }

let current: PrintRequest | null = null
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Shows the preview over whatever is on screen; closing it leaves the screen as it was. */
export function openPreview(request: PrintRequest): void {
  current = request
  tell()
}

export function closePreview(): void {
  current = null
  tell()
}

export function usePreviewRequest(): PrintRequest | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => current,
  )
}
