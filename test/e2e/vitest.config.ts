import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
// The run's seed, printed once here; the workers inherit it.
import '../seed.ts'

/** End-to-end specs, two files at a time, each with a browser of its own. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // A window under a busy machine now and then misses a key that a person would press again; each try opens anew.
    retry: 2,
    expect: { poll: { timeout: 15_000 } },
    include: ['test/e2e/**/*.spec.ts', 'test/electron/**/*.spec.ts'],
    maxWorkers: 2,
  },
})
