import type { ColumnState, GridApi, GridOptions } from 'ag-grid-community'
import { useMemo } from 'react'

type ColumnStateOptions = Pick<
  GridOptions,
  'onColumnResized' | 'onColumnMoved' | 'onSortChanged' | 'onFirstDataRendered'
>

const storageKey = (stateKey: string) => `frontstock.columns.${stateKey}`

function readState(stateKey: string): ColumnState[] | null {
  try {
    const text = localStorage.getItem(storageKey(stateKey))
    return text === null ? null : (JSON.parse(text) as ColumnState[])
  } catch {
    return null
  }
}

function writeState(stateKey: string, api: GridApi): void {
  const kept = api.getColumnState().map(({ colId, width, sort, sortIndex, flex, pinned, hide }) => ({
    colId,
    width,
    sort,
    sortIndex,
    flex,
    pinned,
    hide,
  }))
  try {
    localStorage.setItem(storageKey(stateKey), JSON.stringify(kept))
  } catch {
    // A full or forbidden storage only means that widths are not remembered.
  }
}

/** Remembers widths, order and sort of a grid in this window's storage; null puts the grid as it ships. */
export function useColumnState(stateKey: string | undefined): ColumnStateOptions {
  return useMemo(() => {
    if (stateKey === undefined) return {}
    const save = (event: { readonly api: GridApi; readonly source?: string; readonly finished?: boolean }) => {
      // Only what the user did; setting the grid up is no wish.
      if (
        event.finished === false ||
        event.source === 'api' ||
        event.source === 'gridInitializing' ||
        event.source === 'flex'
      )
        return
      writeState(stateKey, event.api)
    }
    return {
      onColumnResized: save,
      onColumnMoved: save,
      onSortChanged: save,
      onFirstDataRendered: ({ api }) => {
        const state = readState(stateKey)
        if (state) api.applyColumnState({ state, applyOrder: true })
      },
    }
  }, [stateKey])
}

/** Forgets what was remembered of every grid; a grid that is open keeps what it has until it is opened again. */
export function forgetColumnStates(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith('frontstock.columns.')) localStorage.removeItem(key)
}
