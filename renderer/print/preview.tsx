import { Button, Modal, Progress, SegmentedControl, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDeviceFloppy, IconPrinter, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { ExportMenu } from '../export/export-menu.tsx'
import type { SheetFormat } from '../export/save-sheet.ts'
import { exportChords } from '../export/use-export.ts'
import { useKeys } from '../frame/keys.tsx'
import { api, type client, type Output } from '../query.ts'
import { getShell, ShellRefusal, styleNonce } from '../shell/shell.ts'
import { gridText } from '../text/grid.ts'
import { printText } from '../text/print.ts'
import { textIn, useLanguage, useText } from '../text/text.ts'
import { type PrintLanguage, printLanguages } from './paper.tsx'
import { PdfPages } from './pdf-pages.tsx'
import styles from './preview.module.css'
import { closePreview, type PrintRequest, usePreviewRequest } from './print.tsx'
import { type PaperChoice, pdfName, requestPapers } from './request-papers.ts'
import { saveTables } from './save-tables.ts'
import { type PdfState, usePdf } from './use-pdf.ts'

/** Stands once in the window and shows the preview when a screen asks for one. */
export function PreviewHost() {
  const t = useText(printText)
  const request = usePreviewRequest()
  return (
    <Modal
      opened={request !== null}
      onClose={closePreview}
      fullScreen
      padding={0}
      withCloseButton={false}
      aria-label={t('preview')}
      classNames={{ body: styles.content ?? '', content: styles.content ?? '' }}
    >
      {request !== null && <Preview request={request} />}
    </Modal>
  )
}

const titles = {
  'goods-receipts': 'goodsReceipts',
  slips: 'slips',
  'pick-lists': 'pickLists',
  report: 'report',
} as const

// As chosen last, for as long as the window lives: whoever prints a hundred slips in both languages prints the next so too.
let lastLanguage: PrintLanguage | null = null
let lastCopies: 1 | 3 = 1
let lastReasons = false

function Preview({ request }: { readonly request: PrintRequest }) {
  const t = useText(printText)
  const grid = useText(gridText)
  const screenLanguage = useLanguage()
  const [language, setLanguage] = useState<PrintLanguage>(lastLanguage ?? screenLanguage)
  const [copies, setCopies] = useState<1 | 3>(lastCopies)
  const [reasons, setReasons] = useState(lastReasons)
  const [pages, setPages] = useState<number | null>(null)
  const settings = useQuery(api.setting.get.queryOptions())
  const me = useQuery(api.session.me.queryOptions())
  const papers = useMemo(() => {
    if (settings.data === undefined || me.data === undefined) return null
    return requestPapers(request, choiceOf(settings.data, me.data, { language, copies, reasons }))
  }, [request, language, copies, reasons, settings.data, me.data])
  const empty = papers !== null && papers.sections.length === 0
  const { state, stop, again } = usePdf(empty ? null : papers)

  const choose = (next: PrintLanguage) => {
    lastLanguage = next
    setPages(null)
    setLanguage(next)
  }
  const chooseCopies = (next: 1 | 3) => {
    lastCopies = next
    setPages(null)
    setCopies(next)
  }
  const chooseReasons = (next: boolean) => {
    lastReasons = next
    setPages(null)
    setReasons(next)
  }
  const printable = state.kind === 'made' || state.kind === 'paper'
  const print = () => {
    if (printable) void attempt(() => getShell().print(state.html), screenLanguage)
  }
  const save = () => {
    if (state.kind !== 'made' || papers === null) return
    const name = pdfName(papers)
    void attempt(async () => {
      if (await getShell().saveFile(name, 'application/pdf', state.bytes)) {
        notifications.show({ message: t('saved', { name }), closeButtonProps: { 'aria-label': t('close') } })
      }
    }, screenLanguage)
  }
  const exported = (format: SheetFormat) => {
    if (settings.data === undefined || me.data === undefined || papers?.sheet) return
    const choice = choiceOf(settings.data, me.data, { language, copies: 1, reasons: false })
    void saveTables(request, choice, format)
  }
  const threefold = request.kind === 'slips'
  useKeys('keysScreen', [
    { chord: 'Ctrl+P', label: t('keyPrint'), run: print },
    { chord: 'Ctrl+S', label: t('keySave'), run: save },
    { chord: exportChords.csv, label: grid('exportCsv'), run: () => exported('csv') },
    { chord: exportChords.xlsx, label: grid('exportXlsx'), run: () => exported('xlsx') },
    {
      chord: 'Alt+L',
      label: t('keyLanguage'),
      run: () => choose(printLanguages[(printLanguages.indexOf(language) + 1) % printLanguages.length]!),
    },
    ...(threefold
      ? [
          { chord: 'Alt+C', label: t('keyCopies'), run: () => chooseCopies(copies === 1 ? 3 : 1) },
          { chord: 'Alt+R', label: t('keyReasons'), run: () => chooseReasons(!reasons) },
        ]
      : []),
  ])

  return (
    <>
      <div className={styles.bar}>
        <h1 className={styles.title}>
          {request.kind === 'papers' ? request.title[screenLanguage] : t(titles[request.kind])}
        </h1>
        <span className={styles.count} role="status">
          {[
            request.kind !== 'report' &&
              papers !== null &&
              papers.sheet === undefined &&
              t('documents', { count: papers.sections.length }),
            state.kind === 'made' && pages !== null && t('pages', { count: pages }),
          ]
            .filter((words) => words !== false)
            .join(' · ')}
        </span>
        <div className={styles.choices}>
          <div className={styles.choice}>
            <SegmentedControl
              size="xs"
              aria-label={t('language')}
              value={language}
              onChange={(value) => choose(printLanguages.find((known) => known === value) ?? 'zh')}
              data={printLanguages.map((value) => ({ value, label: t(`language-${value}`) }))}
            />
            <kbd>Alt+L</kbd>
          </div>
          {threefold && (
            <div className={styles.choice}>
              <SegmentedControl
                size="xs"
                aria-label={t('copies')}
                value={String(copies)}
                onChange={(value) => chooseCopies(value === '3' ? 3 : 1)}
                data={[
                  { value: '1', label: t('copies-1') },
                  { value: '3', label: t('copies-3') },
                ]}
              />
              <kbd>Alt+C</kbd>
            </div>
          )}
          {threefold && (
            <div className={styles.choice}>
              <Switch
                size="xs"
                label={t('reasons')}
                checked={reasons}
                onChange={(event) => chooseReasons(event.currentTarget.checked)}
              />
              <kbd>Alt+R</kbd>
            </div>
          )}
        </div>
        <div className={styles.actions}>
          {papers?.sheet === undefined && !empty && <ExportMenu onSave={exported} />}
          <Button
            variant="default"
            leftSection={<IconDeviceFloppy size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+S</kbd>}
            disabled={state.kind !== 'made'}
            onClick={save}
          >
            {t('savePdf')}
          </Button>
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            disabled={!printable}
            onClick={print}
            data-autofocus
          >
            {t('print')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconX size={16} aria-hidden />}
            rightSection={<kbd>Esc</kbd>}
            onClick={closePreview}
          >
            {t('close')}
          </Button>
        </div>
      </div>
      {empty ? (
        <div className={styles.waiting}>{t('nothing')}</div>
      ) : (
        <Desk state={state} stop={stop} again={again} onPages={setPages} />
      )}
    </>
  )
}

function choiceOf(
  settings: Output<typeof client.setting.get>,
  me: Output<typeof client.session.me>,
  chosen: Pick<PaperChoice, 'language' | 'copies' | 'reasons'>,
): PaperChoice {
  const { organisation, organisationEn } = settings
  return { ...chosen, organisation, organisationEn, businessDate: me.businessDate, person: me.name }
}

async function attempt(action: () => Promise<void>, language: 'zh' | 'en'): Promise<void> {
  try {
    await action()
  } catch (error) {
    const refusal = error instanceof ShellRefusal ? error : new ShellRefusal('print-failed')
    if (!(error instanceof ShellRefusal)) console.warn('printing failed', error)
    notifications.show({
      color: 'red',
      message: refusal[language],
      autoClose: 15_000,
      closeButtonProps: { 'aria-label': textIn(printText, language)('close') },
    })
  }
}

function Desk(props: {
  readonly state: PdfState
  readonly stop: () => void
  readonly again: () => void
  readonly onPages: (count: number) => void
}) {
  const t = useText(printText)
  const language = useLanguage()
  const { state, again } = props
  switch (state.kind) {
    case 'making':
      return <Making state={state} stop={props.stop} />
    case 'made':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached by keyboard only through a tab stop
        <section className={styles.desk} tabIndex={0} aria-label={t('preview')}>
          <PdfPages bytes={state.bytes} onPages={props.onPages} />
        </section>
      )
    case 'paper':
      return (
        <>
          <div className={styles.notice} role="status">
            {state.refusal[language]}
          </div>
          <div className={styles.desk}>
            <iframe
              className={styles.paper}
              title={t('paperItself')}
              sandbox="allow-same-origin"
              srcDoc={withNonce(state.html)}
            />
          </div>
        </>
      )
    case 'refused':
    case 'stopped':
      return (
        <div className={styles.waiting} role="alert">
          <p>{state.kind === 'stopped' ? t('stopped') : state.refusal[language]}</p>
          <Button variant="default" onClick={again}>
            {t('again')}
          </Button>
        </div>
      )
  }
}

/** Shown inside the window, the document stands under the window's policy, which asks its style for the nonce. */
const withNonce = (html: string): string => html.replace('<style>', `<style nonce="${styleNonce()}">`)

function Making(props: { readonly state: Extract<PdfState, { kind: 'making' }>; readonly stop: () => void }) {
  const t = useText(printText)
  const { progress, since } = props.state
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - since) / 1000)), 1000)
    return () => clearInterval(timer)
  }, [since])
  const counted = progress.stage === 'lay-out' || progress.stage === 'measure'
  const words = counted
    ? t(progress.stage === 'measure' ? 'measuring' : 'layingOut', { done: progress.done, total: progress.total })
    : progress.stage === 'count'
      ? t('counting')
      : t(progress.round === 1 ? 'printing' : 'printingAgain')
  const share = counted && progress.total > 0 ? (progress.done / progress.total) * 100 : 100
  return (
    <div className={styles.waiting}>
      <div role="status">{words}</div>
      <Progress className={styles.progress ?? ''} value={share} animated={!counted} aria-label={words} />
      {seconds >= 2 && <div className={styles.count}>{t('waited', { count: seconds })}</div>}
      <Button variant="default" onClick={props.stop}>
        {t('cancel')}
      </Button>
    </div>
  )
}
