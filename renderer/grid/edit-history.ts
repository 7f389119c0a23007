import type { CellEdit } from './cell-value.ts'

/** Undo and redo of whole commands: a paste of a thousand cells is one. */
export type EditHistory = {
  readonly record: (edits: readonly CellEdit[]) => void
  /** The edits that take the newest command back, or null when there is none. */
  readonly undo: () => readonly CellEdit[] | null
  readonly redo: () => readonly CellEdit[] | null
  readonly clear: () => void
}

const mostCommands = 200

export function createEditHistory(): EditHistory {
  const done: (readonly CellEdit[])[] = []
  const undone: (readonly CellEdit[])[] = []
  return {
    record(edits) {
      if (edits.length === 0) return
      done.push(edits)
      if (done.length > mostCommands) done.shift()
      undone.length = 0
    },
    undo() {
      const edits = done.pop()
      if (!edits) return null
      undone.push(edits)
      return edits.map((edit) => ({ ...edit, before: edit.after, after: edit.before })).reverse()
    },
    redo() {
      const edits = undone.pop()
      if (!edits) return null
      done.push(edits)
      return edits
    },
    clear() {
      done.length = 0
      undone.length = 0
    },
  }
}
