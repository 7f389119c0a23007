import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { zipAtOnce } from './build/zip-at-once.ts'

/** The renderer. The host's bundles are configured in build/build.ts. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react(), onlyWoff2(), zipAtOnce()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // Files, never data: URLs: the content security policy allows fonts from our own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 4_000,
    reportCompressedSize: false,
  },
})

/** Every browser that runs this reads woff2; the woff copies of @fontsource would double the fonts on disk. */
function onlyWoff2(): Plugin {
  return {
    name: 'frontstock-only-woff2',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource.*\.css(\?|$)/.test(id)) return null
      return { code: code.replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, ''), map: null }
    },
  }
}
