import { expect, expectTypeOf, it } from 'vitest'
import type { Bridge } from '../../electron/bridge.ts'
import { channels, pageOrigin } from '../../electron/bridge.ts'
import type { Bridge as RendererBridge } from '../../renderer/shell/bridge.ts'

it('is described alike by the preload that makes it and the page that uses it', () => {
  // Checked by the compiler; neither side may import the other.
  expectTypeOf<Bridge>().toEqualTypeOf<RendererBridge>()
})

it('has one name for each channel, and one origin', () => {
  const names = Object.values(channels)
  expect(new Set(names).size).toBe(names.length)
  expect(pageOrigin).toBe('app://frontstock')
})
