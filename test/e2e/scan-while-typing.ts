import type { Page } from 'playwright-core'

/**
 * Scans again and again, with the focus on one after the other of all that can have it, while somebody types a number
 * into the field of the delivery note. Keys have instants of their own; what no listener keeps does what the browser
 * does with it. @returns what was typed.
 */
export const scanWhileTyping = (page: Page, code: string, times: number, seed: number) =>
  page.evaluate(
    async ({ code, times, seed }) => {
      let state = seed >>> 0
      const random = () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return state / 4_294_967_296
      }
      // A tick box takes no text, wherever the last cursor stood.
      const isTextInput = (element: Element) => element instanceof HTMLInputElement && element.type === 'text'
      let at = performance.now() - 2_000_000
      const press = (key: string, after: number) => {
        at += after
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        Object.defineProperty(event, 'timeStamp', { value: at })
        const target = document.activeElement ?? document.body
        if (target.dispatchEvent(event) && key.length === 1 && isTextInput(target))
          document.execCommand('insertText', false, key)
      }
      const label = [...document.querySelectorAll('label')].find((one) => one.textContent?.startsWith('送货单号'))
      const noteField = label && document.getElementById(label.htmlFor)
      const places = [...document.querySelectorAll<HTMLElement>('main input, main button, main a')]
      if (!(noteField instanceof HTMLInputElement) || places.length < 20) throw new Error('the form is not there')
      noteField.focus()
      noteField.select()
      let typed = ''
      for (let turn = 0; turn < times; turn += 1) {
        noteField.focus()
        // The longest a number may be is 60; that is enough for ten words.
        if (turn % 20 === 0) {
          for (const key of `n${turn}`) press(key, random() < 0.2 ? 38 : 80 + random() * 200)
          press('End', 120)
          typed += `n${turn}`
        }
        if (turn % 5 === 0) (document.activeElement as HTMLElement).blur()
        else if (turn % 5 < 4) places[Math.floor(random() * places.length)]!.focus()
        const pace = 2 + random() * 28
        let first = true
        for (const key of code) {
          press(key, first ? 400 : Math.min(30, pace * (0.7 + random() * 0.6)))
          first = false
        }
        press(random() < 0.5 ? 'Enter' : 'Tab', pace)
        await new Promise((goOn) => setTimeout(goOn))
      }
      noteField.focus()
      return typed
    },
    { code, times, seed },
  )
