import type { GridApi } from 'ag-grid-community'

/** What a list shows, as it is searched, filtered and sorted. */
export function listedRows<Row>(grid: GridApi<Row> | null): Row[] {
  const rows: Row[] = []
  grid?.forEachNodeAfterFilterAndSort(({ data }) => {
    if (data !== undefined) rows.push(data)
  })
  return rows
}
