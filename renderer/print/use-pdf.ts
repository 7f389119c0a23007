import { useCallback, useEffect, useState } from 'react'
import { getShell, ShellRefusal } from '../shell/shell.ts'
import { paperFontFaces } from './fonts.ts'
import { cutPapers, layOutPapers, makePapersPdf, type PdfProgress } from './make-pdf.ts'
import { readPdfPages } from './open-pdf.ts'
import type { Papers } from './paper.tsx'
import { openRuler } from './ruler.ts'

export type PdfState =
  | { readonly kind: 'making'; readonly progress: PdfProgress; readonly since: number }
  | { readonly kind: 'made'; readonly bytes: Uint8Array; readonly html: string }
  /** No PDF can be made here: the HTML itself is shown and printed. */
  | { readonly kind: 'paper'; readonly html: string; readonly refusal: ShellRefusal }
  | { readonly kind: 'refused'; readonly refusal: ShellRefusal }
  | { readonly kind: 'stopped' }

/** Makes the PDF of these documents, anew when they change; `stop` gives up on the one being made. */
export function usePdf(papers: Papers | null): { state: PdfState; stop: () => void; again: () => void } {
  const [state, setState] = useState<PdfState>(beginning)
  const [attempt, setAttempt] = useState(0)
  const [cancel, setCancel] = useState<AbortController | null>(null)

  useEffect(() => {
    void attempt
    if (papers === null) return
    const controller = new AbortController()
    const { signal } = controller
    setCancel(controller)
    const since = performance.now()
    const show = (next: PdfState) => {
      if (!signal.aborted) setState(next)
    }
    const onProgress = (progress: PdfProgress) => show({ kind: 'making', progress, since })
    onProgress({ stage: 'lay-out', done: 0, total: papers.sections.length })
    const fontFaces = paperFontFaces()
    const make = async () => {
      try {
        const made = await makePapersPdf(papers, {
          fontFaces,
          makePdf: getShell().makePdf,
          openPdf: readPdfPages,
          openRuler,
          onProgress,
          signal,
        })
        show({ kind: 'made', ...made })
      } catch (error) {
        if (signal.aborted) return
        const refusal = error instanceof ShellRefusal ? error : new ShellRefusal('print-failed')
        if (!(error instanceof ShellRefusal)) console.warn('making the PDF failed', error)
        if (refusal.code !== 'no-browser') return show({ kind: 'refused', refusal })
        const cut = await cutPapers(papers, { fontFaces, openRuler, onProgress, signal })
        const html = await layOutPapers(papers, { ...cut, uncounted: true }, () => {}, signal)
        show({ kind: 'paper', html, refusal })
      }
    }
    void make()
    return () => controller.abort()
  }, [papers, attempt])

  const stop = useCallback(() => {
    cancel?.abort()
    setState({ kind: 'stopped' })
  }, [cancel])
  const again = useCallback(() => setAttempt((before) => before + 1), [])
  return { state, stop, again }
}

const beginning: PdfState = { kind: 'making', progress: { stage: 'lay-out', done: 0, total: 0 }, since: 0 }
