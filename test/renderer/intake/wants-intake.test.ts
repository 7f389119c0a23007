import { describe, expect, it } from 'vitest'
import { wantsIntake } from '../../../renderer/intake/wants-intake.ts'
import { catalogue } from '../delivery/items.ts'
import { messy } from './list.ts'

const wants = (text: string, field: Parameters<typeof wantsIntake>[1] = 'item') => wantsIntake(text, field, catalogue)

describe('a pasted text', () => {
  it('is a list when it has titles, columns that lines do not have, or is a message', () => {
    expect(wants(messy)).toBe(true)
    expect(wants('捐赠单位\t品名\t数量\n甲\t医用外科口罩\t5')).toBe(true)
    expect(wants('品名\t规格\t数量\n医用外科口罩\t50只/盒\t5')).toBe(true)
    expect(wants('医用口罩5万只\n消毒液1000瓶')).toBe(true)
    expect(wants('1\t医用外科口罩\t5\n2\t医用防护口罩\t6')).toBe(true)
    expect(wants('第一行\n第二行', null)).toBe(true)
  })

  it('is a block of cells when it fits the fields from the cell on', () => {
    expect(wants('KZ-01\tA1\t2020/1/5\t\t3\nKZ-02\tA2\t2020/1/5\t\t4')).toBe(false)
    expect(wants('批号\t品名\t备注\t数量\nH-1\t医用外科口罩\t急\t1.2万')).toBe(false)
    expect(wants('A1\nA2\nA3', 'lot')).toBe(false)
    expect(wants('5\n6\n7', 'packs')).toBe(false)
    expect(wants('不认识的东西\tL6\t二月三十\t\t1\nKZ-01\tL7\t\t\t2')).toBe(false)
    expect(wants('医用外科口罩\n医用防护口罩')).toBe(false)
    expect(wants('医用外科口罩')).toBe(false)
    expect(wants('', null)).toBe(false)
  })
})
