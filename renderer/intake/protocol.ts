import type { CatalogueItem } from '../../core/intake/catalogue.ts'
import type { FileRefusal } from '../../core/intake/file-refusal.ts'
import type { IntakeKind } from '../../core/intake/header-words.ts'
import type { TableReading } from '../../core/intake/intake.ts'
import type { Mapping } from '../../core/intake/layout.ts'
import type { DraftRow } from '../../core/intake/read-row.ts'
import type { LeftOut } from '../../core/intake/tables.ts'
import type { SourceRow } from './kept-sheets.ts'

/** What goes between a window and the worker that reads lists. Plain values only. */
export type ListSource =
  | { readonly kind: 'file'; readonly name: string; readonly bytes: ArrayBuffer }
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  /** The cells of a list that was put aside, as `writeSheets` wrote them. */
  | { readonly kind: 'sheets'; readonly name: string; readonly text: string }

export type ReadContext = {
  readonly kind: IntakeKind
  readonly today: string
  readonly catalogue: readonly CatalogueItem[]
  /** Key of a name as written → code of the item. */
  readonly aliases: readonly (readonly [string, string])[]
  /** Names of duties, under which a list of units writes people. */
  readonly duties: readonly string[]
  /** Columns that a clerk has confirmed, by their layout. */
  readonly mappings: readonly Mapping[]
}

/** A table of the list without its rows, which come by themselves in portions. */
export type ReadTable = Omit<TableReading, 'rows' | 'leftOut'> & {
  readonly rowCount: number
  /** By the position of a column: the first cells under its heading. */
  readonly samples: Readonly<Record<number, readonly string[]>>
}

export type ToWorker =
  | {
      readonly kind: 'read'
      readonly id: number
      /** Null: the list that was read last, read again. */
      readonly source: ListSource | null
      readonly context: ReadContext
    }
  /** Asks for the cells of the list that was read last, in at most so many characters. */
  | { readonly kind: 'keep'; readonly id: number; readonly gone: readonly SourceRow[]; readonly most: number }

export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: 'rows'; readonly id: number; readonly table: number; readonly rows: readonly DraftRow[] }
  | {
      readonly kind: 'read'
      readonly id: number
      readonly fingerprint: string
      readonly tables: readonly ReadTable[]
      readonly leftOut: readonly LeftOut[]
      readonly leftOutCount: number
    }
  | { readonly kind: 'kept'; readonly id: number; readonly text: string | null }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: FileRefusal }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
