import type { Field, IntakeKind } from '../../core/intake/header-words.ts'
import type { Mapping } from '../../core/intake/layout.ts'
import type { ReadTable } from './protocol.ts'

/** A column of a list and what it is taken for. */
export type ColumnChoice = {
  readonly index: number
  readonly heading: string
  readonly samples: readonly string[]
  readonly field: Field | null
  /** The item whose quantities stand in the column, in a list of units × items. */
  readonly item: string | null
  readonly by: 'heading' | 'content' | 'memory' | 'none'
  readonly unit: string | null
  readonly multiplier: number
}

export function choicesOf(table: ReadTable): ColumnChoice[] {
  const { columns, itemColumns, unused } = table.recognition
  const samples = (index: number) => table.samples[index] ?? []
  return [
    ...columns.map(({ index, heading, field, by, unit, multiplier }) => ({
      index,
      heading,
      field,
      by,
      unit,
      multiplier,
      item: null,
      samples: samples(index),
    })),
    ...itemColumns.map(({ index, item }) => ({
      index,
      heading: table.headings?.[index] ?? '',
      field: null,
      by: 'heading' as const,
      unit: null,
      multiplier: 1,
      item,
      samples: samples(index),
    })),
    ...unused.map(({ index, heading }) => ({
      index,
      heading,
      field: null,
      by: 'none' as const,
      unit: null,
      multiplier: 1,
      item: null,
      samples: samples(index),
    })),
  ].sort((a, b) => a.index - b.index)
}

/** A field stands in one column: the one it is given to takes it from the other. What the heading says of units stays with it. */
export function changeField(choices: readonly ColumnChoice[], index: number, field: Field | null): ColumnChoice[] {
  return choices.map((choice) => {
    if (choice.index === index) return { ...choice, field, by: 'memory' as const }
    return field !== null && choice.field === field ? { ...choice, field: null, by: 'none' as const } : choice
  })
}

export function mappingOfChoices(kind: IntakeKind, table: ReadTable, choices: readonly ColumnChoice[]): Mapping {
  return {
    kind,
    layout: table.layout,
    columns: choices.flatMap(({ index, field, unit, multiplier }) =>
      field === null ? [] : [{ index, field, unit, multiplier }],
    ),
    carried: [],
  }
}
