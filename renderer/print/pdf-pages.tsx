import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { printText } from '../text/print.ts'
import { useText } from '../text/text.ts'
import { openPdfDocument, textOfPage } from './open-pdf.ts'
import styles from './preview.module.css'

/** In CSS pixels. */
type PageSize = { readonly width: number; readonly height: number }

/** Far smaller than A4: shown at about twice its size, so that it can be read. */
const isLabel = ({ width }: PageSize) => width < 500
const labelStyle = ({ width, height }: PageSize) => ({
  width: `min(100%, ${Math.round(width * 2.2)}px)`,
  aspectRatio: `${width} / ${height}`,
})

/** The PDF itself, page under page; only pages that are in sight (or nearly) are drawn. */
export function PdfPages(props: { readonly bytes: Uint8Array; readonly onPages: (count: number) => void }) {
  const t = useText(printText)
  const [document, setDocument] = useState<{ pdf: PDFDocumentProxy; size: PageSize } | null>(null)
  const onPages = useRef(props.onPages)
  onPages.current = props.onPages
  useEffect(() => {
    let gone = false
    let close = async () => {}
    void openPdfDocument(props.bytes).then(async (opened) => {
      close = opened.close
      if (gone) return close()
      const { width, height } = (await opened.pdf.getPage(1)).getViewport({ scale: 96 / 72 })
      if (gone) return
      setDocument({ pdf: opened.pdf, size: { width, height } })
      onPages.current(opened.pdf.numPages)
    })
    return () => {
      gone = true
      setDocument(null)
      void close()
    }
  }, [props.bytes])
  if (document === null) return null
  const pages = document.pdf.numPages
  return (
    <div className={styles.pages}>
      {Array.from({ length: pages }, (_, index) => (
        <PdfPage
          key={index}
          pdf={document.pdf}
          number={index + 1}
          size={document.size}
          label={t('page', { page: index + 1, pages })}
        />
      ))}
    </div>
  )
}

function PdfPage(props: {
  readonly pdf: PDFDocumentProxy
  readonly number: number
  readonly size: PageSize
  readonly label: string
}) {
  const { pdf, number, size } = props
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [near, setNear] = useState(false)
  const [words, setWords] = useState('')

  useEffect(() => {
    const element = frame.current
    if (!element) return
    // A busy window tells of several moments at once; the last one is now.
    const observer = new IntersectionObserver((moments) => setNear(moments.at(-1)?.isIntersecting ?? false), {
      rootMargin: '100% 0px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    const target = canvas.current
    if (!near || !target) return
    let stop = () => {}
    let gone = false
    void pdf.getPage(number).then(async (page) => {
      if (gone) return
      // Sharp on every screen, and not so large that a hundred pages fill the memory.
      const density = Math.min(Math.max(globalThis.devicePixelRatio, 1.5), 2)
      const viewport = page.getViewport({ scale: (96 / 72) * density })
      target.width = Math.ceil(viewport.width)
      target.height = Math.ceil(viewport.height)
      const task = page.render({ canvas: target, viewport })
      stop = () => task.cancel()
      await task.promise.catch(() => {})
      if (gone) return
      setWords(await textOfPage(page).catch(() => ''))
    })
    return () => {
      gone = true
      stop()
      target.width = 0
      target.height = 0
    }
  }, [near, pdf, number])

  return (
    <div
      ref={frame}
      className={styles.page}
      data-page={number}
      data-across={size.width > size.height && !isLabel(size) ? 'true' : undefined}
      {...(isLabel(size) ? { style: labelStyle(size) } : {})}
    >
      <canvas ref={canvas} role="img" aria-label={`${props.label}. ${words}`} data-drawn={words !== '' || undefined} />
    </div>
  )
}
