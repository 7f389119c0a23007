import { expect, it } from 'vitest'
import { lineCount, rowHeightFor } from '../../../renderer/liaison/row-height.ts'

it('counts the lines of Chinese by character and of English by word', () => {
  expect(lineCount('', 194)).toBe(1)
  expect(lineCount('北滘检疫站（1 级）明天用完', 194)).toBe(1)
  expect(lineCount('北滘检疫站（1 级）明天用完 · 欠 3,000 只', 194)).toBe(2)
  expect(lineCount('Beijiao fever clinic (tier 1) runs out today', 194)).toBe(2)
  expect(lineCount('Pneumonoultramicroscopic x', 60)).toBe(2)
})

it('gives a row the height of its longest text, within bounds', () => {
  expect(rowHeightFor([])).toBe(44)
  expect(rowHeightFor([['三行字三行字三行字', 42]])).toBe(64)
  expect(rowHeightFor([['很长'.repeat(50), 60]])).toBe(82)
})
