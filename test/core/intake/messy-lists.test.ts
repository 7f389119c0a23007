import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inWords, parseMessy } from './messy.ts'

const folder = new URL('./messy/', import.meta.url)

/** Each oddity of the lists that people send, read right and marked where it leaves something open. */
for (const file of readdirSync(folder).sort()) {
  describe(`messy lists: ${file.replace(/\.txt$/, '')}`, () => {
    const lists = parseMessy(readFileSync(new URL(file, folder), 'utf8'))
    it.each(lists)('reads: $title', ({ read, expected }) => {
      expect(inWords(read())).toEqual(expected)
    })
  })
}
