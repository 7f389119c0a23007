import { mkdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { inProject } from '../../build/project.ts'
import { openedBy } from './opened-by.ts'

type Violation = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }
type Axe = { run: (context: unknown, options: object) => Promise<{ violations: Violation[] }> }

const axeSource = readFileSync(inProject('node_modules', 'axe-core', 'axe.min.js'), 'utf8')

/** Waits until fonts are there and nothing moves: what is half faded in has no true colours. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const running = document
      .getAnimations()
      .filter(
        (animation) =>
          animation.playState === 'running' && animation.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY,
      )
    const enough = new Promise((resolve) => setTimeout(resolve, 2_000))
    await Promise.race([Promise.allSettled(running.map((animation) => animation.finished)), enough])
  })
}

type Look = { readonly language: string; readonly scheme: 'dark' | 'light' }

/** Every page, dialog and look that has been checked in this run. */
const checked = new Set<string>()

const lookOf = (page: Page): Promise<Look> =>
  page.evaluate(() => ({
    language: document.documentElement.lang,
    scheme: matchMedia('(prefers-color-scheme: dark)').matches ? ('dark' as const) : ('light' as const),
  }))

/** Turns the system's theme, which the page follows until its user has chosen one. */
async function setScheme(page: Page, scheme: Look['scheme']): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await page.evaluate(async (wanted) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    for (let frames = 0; frames < 600; frames++) {
      if (document.documentElement.getAttribute('data-mantine-color-scheme') === wanted) break
      await frame()
    }
    // Colours fade into their new values; only what has arrived is judged.
    await frame()
    await frame()
  }, scheme)
  await settle(page)
}

/**
 * The renderer is one bundle: each page and dialog is read in both languages and both themes in the browser's shell, and
 * in Electron's in the look in which the spec runs. A run of one shell alone reads every look there.
 */
export const readsEveryLook = (page: Page): boolean =>
  process.env.FRONTSTOCK_SHELL !== undefined || openedBy.get(page.context())?.kind !== 'electron'

/**
 * What holds on every page, dialog, theme and language: axe finds nothing (WCAG 2.2 AA with target-size), no text is a
 * bare key or an unfilled mark, the console and the policy have nothing to say. What is shown is checked in its other
 * theme too, unless that was done before; by all rules again where that changes more than colours. With
 * FRONTSTOCK_SHOTS=1 a picture goes to .tmp/shots/.
 * @param name of the page or dialog, in kebab-case: it names the picture and the failure.
 */
export async function checkPage(page: Page, name: string): Promise<void> {
  await settle(page)
  const look = await lookOf(page)
  await keepShape(page)
  await checkLook(page, name, look)
  const other = { ...look, scheme: look.scheme === 'dark' ? ('light' as const) : ('dark' as const) }
  if (!readsEveryLook(page) || checked.has(keyOf(page, name, other))) return
  await setScheme(page, other.scheme)
  await checkLook(page, name, other, (await hasKeptShape(page)) ? colourRules : allRules)
  await setScheme(page, look.scheme)
}

type Rules = { readonly type: 'tag' | 'rule'; readonly values: readonly string[] }

const allRules: Rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
/** Those that read colours. The others read elements, words and boxes. */
const colourRules: Rules = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** Remembers in the page every element with its attributes and words, where it stands, and whether it is seen. */
const keepShape = (page: Page) =>
  page.evaluate(() => {
    const shapeOf = () => [
      document.body.outerHTML,
      ...[...document.body.querySelectorAll('*')].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        return [x, y, width, height, element.checkVisibility({ visibilityProperty: true })].join()
      }),
    ]
    const kept = shapeOf()
    Object.assign(globalThis, {
      hasKeptShape: () => {
        const now = shapeOf()
        return now.length === kept.length && now.every((part, index) => part === kept[index])
      },
    })
  })

/** Whether the other theme has changed nothing but colours: what does not read those would find what it found before. */
const hasKeptShape = (page: Page): Promise<boolean> =>
  page.evaluate(() => (globalThis as unknown as { hasKeptShape: () => boolean }).hasKeptShape())

const keyOf = (page: Page, name: string, { language, scheme }: Look): string =>
  `${openedBy.get(page.context())?.kind ?? 'page'}-${name}-${language}-${scheme}`

async function checkLook(page: Page, name: string, look: Look, rules = allRules): Promise<void> {
  const app = openedBy.get(page.context())
  const where = keyOf(page, name, look)
  checked.add(where)
  if (process.env.FRONTSTOCK_SHOTS === '1') {
    mkdirSync(inProject('.tmp', 'shots'), { recursive: true })
    await page.screenshot({ path: inProject('.tmp', 'shots', `${where}.png`) })
  }
  const problems = [
    ...(await findViolations(page, rules)),
    ...(await findUntranslated(page)).map((text) => `untranslated: ${text}`),
    ...(app?.consoleErrors ?? []).map((text) => `console: ${text}`),
    ...(app?.cspViolations ?? []).map((text) => `policy: ${text}`),
  ]
  if (problems.length > 0) throw new Error(`${where}:\n${problems.join('\n')}`)
}

async function findViolations(page: Page, rules: Rules): Promise<string[]> {
  // A document keeps it as long as it lives; the steps of the application are steps within one document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const { violations } = await axe.run(document, {
      iframes: false,
      // None of these rules reads the style sheets themselves; fetching and parsing them took a fifth of each check.
      preload: { assets: ['media'] },
      resultTypes: ['violations'],
      runOnly,
      ...(runOnly.type === 'tag' ? { rules: { 'target-size': { enabled: true } } } : {}),
    })
    return violations
  }, rules)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) =>
        `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary.replaceAll(/\s+/g, ' ')}`,
    ),
  )
}

/** Texts and labels in sight that look like a key (`delivery.title`) or hold a mark that nobody filled in. */
async function findUntranslated(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const key = /^[a-z][a-zA-Z0-9]*(\.[a-zA-Z][a-zA-Z0-9]*)+$/
    const file = /\.(db|pdf|csv|xlsx|json|txt|log|js|ts|com|cn|org|net)$/
    const mark = /\{\{|\}\}|\[object \w+\]|\bundefined\b|\bNaN\b|\bnull\b/
    const found: string[] = []
    const look = (text: string | null | undefined, element: Element) => {
      const words = text?.trim() ?? ''
      if (words === '') return
      if ((key.test(words) && !file.test(words)) || mark.test(words)) {
        found.push(`${words.slice(0, 100)} in ${element.outerHTML.slice(0, 120)}`)
      }
    }
    for (const element of document.querySelectorAll('body *')) {
      if (['SCRIPT', 'STYLE', 'CODE', 'KBD'].includes(element.tagName)) continue
      if (!element.checkVisibility({ visibilityProperty: true })) continue
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) look(node.nodeValue, element)
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) look(element.getAttribute(name), element)
    }
    look(document.title, document.documentElement)
    return found
  })
}
