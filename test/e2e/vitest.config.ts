import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** End-to-end specs: one browser, one spec file after the other. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/e2e/**/*.spec.ts', 'test/electron/**/*.spec.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // A window under a busy machine now and then misses a key that a person would press again; each try opens anew.
    retry: 2,
    expect: { poll: { timeout: 15_000 } },
  },
})
