import { describe, expect, it } from 'vitest'
import {
  defaultScanOptions,
  type KeyPress,
  type ScanState,
  settleScan,
  startScan,
  takeKey,
  type WantsPrefix,
} from '../../core/scan.ts'
import { seed } from '../seed.ts'

function randomFrom(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** A page with one field: what lands in it and what is taken for a scan, driven as a screen drives the machine. */
class Page {
  field = ''
  readonly scans: string[] = []
  private state: ScanState = startScan()
  private at = 0

  private readonly wants: WantsPrefix

  constructor(wants: WantsPrefix = () => true) {
    this.wants = wants
  }

  press(press: KeyPress, after: number): void {
    // The screen's timer goes off before a key that comes later than the gap.
    if (after >= this.state.options.gapMs) this.settle(this.state.options.gapMs)
    this.at = Math.max(this.at, 0) + (after >= this.state.options.gapMs ? after - this.state.options.gapMs : after)
    const { state, action } = takeKey(this.state, press, this.at, this.wants)
    this.state = state
    if (action.kind === 'replay') this.field += action.text
    if (action.kind === 'scan') this.scans.push(action.code)
    // The character of a replay's own key passes when the machine did not hold it for a scan that may begin here.
    const passes = action.kind === 'pass' || (action.kind === 'replay' && state.held.length === 0)
    if (passes && press.key.length === 1 && !press.ctrl && !press.composing) this.field += press.key
    if (passes && press.key === 'Enter') this.field += '\n'
  }

  settle(after: number): void {
    this.at += after
    const { state, action } = settleScan(this.state, this.at)
    this.state = state
    if (action.kind === 'replay') this.field += action.text
    if (action.kind === 'scan') this.scans.push(action.code)
  }
}

const codes = [
  '6901234567892',
  '\u001d01069012345678921728031510A1-2\u001d21S9',
  ']d201069012345678921728031510LOT7',
  '96385074',
  'https://id.gs1.org/01/06901234567892/10/A1',
]

describe('a scanner that types', () => {
  it('loses none of 200 scans at 2 to 30 ms a character and takes no typing for one', () => {
    const random = randomFrom(seed)
    const page = new Page()
    const wantedScans: string[] = []
    let wantedField = ''
    for (let round = 0; round < 200; round += 1) {
      // Somebody types a few letters, at 80 to 300 ms a key with now and then two rolled over each other.
      const word = 'kouzhao 95'.slice(0, 1 + Math.floor(random() * 10))
      for (const key of word) page.press({ key }, random() < 0.1 ? 15 + random() * 20 : 80 + random() * 220)
      wantedField += word
      if (random() < 0.2) {
        page.press({ key: 'Enter' }, 90 + random() * 100)
        wantedField += '\n'
      }
      const code = codes[Math.floor(random() * codes.length)]!
      const pace = 2 + random() * 28
      let first = true
      for (const key of code) {
        if (/[A-Z?:]/.test(key)) page.press({ key: 'Shift' }, 0)
        page.press({ key }, first ? 300 : Math.min(30, pace * (0.7 + random() * 0.6)))
        first = false
      }
      page.press({ key: random() < 0.5 ? 'Enter' : 'Tab' }, pace)
      wantedScans.push(code)
    }
    page.settle(100)
    expect(page.scans).toEqual(wantedScans)
    expect(page.field).toBe(wantedField)
  })

  it('reads a separator sent as Alt+029 and as Ctrl+]', () => {
    const page = new Page()
    for (const key of '0106901234567892') page.press({ key }, 5)
    for (const key of '10A1') page.press({ key }, 5)
    page.press({ key: 'Alt' }, 5)
    for (const key of '029') page.press({ key, alt: true }, 5)
    for (const key of '21S9') page.press({ key }, 5)
    page.press({ key: ']', ctrl: true }, 5)
    for (const key of '3012') page.press({ key }, 5)
    page.press({ key: 'Enter' }, 5)
    expect(page.scans).toEqual(['010690123456789210A1\u001d21S9\u001d3012'])
    expect(page.field).toBe('')
  })

  it('takes a scan without an Enter once nothing more comes', () => {
    const page = new Page()
    for (const key of '6901234567892') page.press({ key }, 10)
    page.settle(defaultScanOptions.gapMs)
    expect(page.scans).toEqual(['6901234567892'])
  })
})

describe('a screen that wants only some codes', () => {
  const wants = (prefix: string) => 'DB20261124-001'.startsWith(prefix)

  it('takes those and holds back no key of another, even where one begins inside of it', () => {
    const page = new Page(wants)
    for (const key of 'DB20261124-001') page.press({ key }, 5)
    page.press({ key: 'Enter' }, 5)
    expect(page).toMatchObject({ field: '', scans: ['DB20261124-001'] })
    for (const key of '6901234567892') {
      page.press({ key }, 5)
      expect(page.field.endsWith(key)).toBe(true)
    }
    page.press({ key: 'Enter' }, 5)
    for (const key of 'XDB20261124-001') page.press({ key }, key === 'X' ? 300 : 5)
    page.press({ key: 'Enter' }, 5)
    expect(page).toMatchObject({ field: '6901234567892\nXDB20261124-001\n', scans: ['DB20261124-001'] })
  })

  it('gives back at once what turns out to be another word', () => {
    const page = new Page(wants)
    for (const key of 'DBA') page.press({ key }, 20)
    expect(page.field).toBe('DBA')
  })
})

describe('a person who types', () => {
  it('gets every key into the field, at any pace', () => {
    for (const pace of [40, 61, 80, 150, 400]) {
      const page = new Page()
      for (const key of 'abcdefghij') page.press({ key }, pace)
      page.press({ key: 'Enter' }, pace)
      page.settle(200)
      expect(page.scans, `${pace} ms`).toEqual([])
      expect(page.field, `${pace} ms`).toBe('abcdefghij\n')
    }
  })

  it('gets a short burst into the field', () => {
    const page = new Page()
    for (const key of '12345') page.press({ key }, 8)
    page.press({ key: 'Enter' }, 8)
    expect(page).toMatchObject({ field: '12345\n', scans: [] })
  })

  it('loses no key to an input method or a shortcut', () => {
    const page = new Page()
    page.press({ key: 'k' }, 10)
    page.press({ key: 'k', composing: true }, 10)
    page.press({ key: 'a' }, 10)
    page.press({ key: 's', ctrl: true }, 10)
    page.press({ key: 'b' }, 10)
    page.press({ key: 'ArrowDown' }, 10)
    expect(page).toMatchObject({ field: 'kab', scans: [] })
  })
})
