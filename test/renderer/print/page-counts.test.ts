import { describe, expect, it } from 'vitest'
import { countPages, pageNumberOf } from '../../../renderer/print/page-counts.ts'

describe('page numbers', () => {
  it('are read in each language', () => {
    expect(pageNumberOf('… 调拨单 DB1\n第 2 页 / 共 3 页')).toBe(2)
    expect(pageNumberOf('Allocation slip DB1 Page 12 of 13')).toBe(12)
    expect(pageNumberOf('第 4 页 / 共 5 页 · Page 4 of 5')).toBe(4)
  })

  it('are those at the foot, not those in a remark', () => {
    expect(pageNumberOf('备注 第 9 页 / 共 9 页 见附件\n第 1 页 / 共 2 页')).toBe(1)
  })

  it('are missing on a page without them', () => {
    expect(pageNumberOf('nothing here')).toBeNull()
  })
})

describe('pages of each document of a print', () => {
  it('begin anew with each page 1', () => {
    expect(countPages([1, 1, 2, 3, 1, 2], 3)).toEqual([1, 3, 2])
  })

  it('are not told when the numbers do not add up', () => {
    expect(countPages([1, 3], 1)).toBeNull()
    expect(countPages([2, 3], 1)).toBeNull()
    expect(countPages([1, null], 1)).toBeNull()
    expect(countPages([1, 2], 2)).toBeNull()
  })
})
