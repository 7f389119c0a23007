import { defineConfig } from 'vitest/config'
// The run's seed, printed once here; the workers inherit it.
import './test/seed.ts'

/** Unit and integration tests. The end-to-end specs have their own configuration: they need the build and a browser. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/bench/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Two busy cores: what is waited for may take its time.
    expect: { poll: { timeout: 15_000 } },
  },
})
