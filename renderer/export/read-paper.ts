/** A table of a document as it stands on paper: texts, with what the classes of its cells say about them. */
export type PaperTableRead = {
  /** The heading above it, where the document has several tables. */
  readonly heading: string
  readonly headers: readonly string[]
  readonly rows: readonly (readonly PaperCellRead[])[]
  /** Name and value of each fact in the head of its document. */
  readonly facts: readonly (readonly [string, string])[]
}
export type PaperCellRead = { readonly text: string; readonly kind: 'text' | 'number' | 'count' | 'date' }

/**
 * Reads the tables of one document's HTML. What an element with `data-column` says stands in a column of its own beside
 * the cell. Rows of signatures and sums carried from page to page are left out. Self-contained: a test sends it into a page.
 */
export function readPaper(section: Element): PaperTableRead[] {
  const parted = (node: Node): string => {
    if (node.nodeType === 3) return node.textContent ?? ''
    const element = node as Element
    const inner = [...element.childNodes].map(parted).join('')
    const block = /^(DIV|DT|DD|P|SPAN)$/.test(element.tagName) && element.className !== '' && element.tagName === 'SPAN'
    return block || element.tagName === 'DIV' ? ` ${inner} ` : inner
  }
  const textOf = (element: Element): string => parted(element).replace(/\s+/g, ' ').trim()
  const withoutColumns = (cell: Element): string => {
    const copy = cell.cloneNode(true) as Element
    for (const one of copy.querySelectorAll('[data-column]')) one.remove()
    return textOf(copy)
  }
  const spanOf = (cell: HTMLTableCellElement) => ({ columns: cell.colSpan || 1, rows: cell.rowSpan || 1 })
  const kindOf = (cell: Element): PaperCellRead['kind'] => {
    if (cell.classList.contains('number')) return 'number'
    if (cell.classList.contains('date')) return 'date'
    return cell.classList.contains('short') ? 'count' : 'text'
  }
  /** The words above each column; a group's stand before those of its columns. */
  const headersOf = (table: HTMLTableElement): string[] => {
    const rows = [...(table.tHead?.rows ?? [])]
    const words: string[][] = []
    const taken = new Set<string>()
    for (const [line, row] of rows.entries()) {
      let at = 0
      for (const cell of row.cells) {
        while (taken.has(`${line}/${at}`)) at += 1
        const span = spanOf(cell)
        for (let column = at; column < at + span.columns; column++) {
          words[column] = [...(words[column] ?? []), textOf(cell)]
          for (let below = line; below < line + span.rows; below++) taken.add(`${below}/${column}`)
        }
        at += span.columns
      }
    }
    return words.map((parts) => parts.filter((part) => part !== '').join(' '))
  }
  const facts = [...section.querySelectorAll('dl.facts > div')].flatMap((fact): [string, string][] => {
    const [name, value] = [fact.querySelector('dt'), fact.querySelector('dd')]
    return name === null || value === null ? [] : [[textOf(name), textOf(value)]]
  })
  const tables: PaperTableRead[] = []
  let heading = ''
  for (const element of section.querySelectorAll('h2, table')) {
    if (element.tagName === 'H2') {
      heading = textOf(element)
      continue
    }
    const table = element as HTMLTableElement
    const headers = headersOf(table)
    const body = [...table.tBodies].flatMap(({ rows }) => [...rows])
    // Beside which columns stand others, and what these are called.
    const beside = new Map<number, string>()
    const isLine = (row: HTMLTableRowElement) => row.cells.length === headers.length
    for (const row of body.filter(isLine)) {
      for (const [at, cell] of [...row.cells].entries()) {
        const name = cell.querySelector('[data-column]')?.getAttribute('data-column')
        if (name) beside.set(at, name)
      }
    }
    const rows: PaperCellRead[][] = []
    for (const row of body) {
      if (row.matches('.carried, .why, .none') || row.querySelector('td.close') !== null) continue
      const cells: PaperCellRead[] = []
      let at = 0
      for (const cell of row.cells) {
        const { columns } = spanOf(cell)
        for (let column = at; column < at + columns; column++) {
          const first = column === at
          cells.push({ text: first ? withoutColumns(cell) : '', kind: first && columns === 1 ? kindOf(cell) : 'text' })
          if (beside.has(column)) {
            const other = first ? cell.querySelector('[data-column]') : null
            cells.push({ text: other === null ? '' : textOf(other), kind: 'text' })
          }
        }
        at += columns
      }
      rows.push(cells)
    }
    const all = headers.flatMap((header, at) => (beside.has(at) ? [header, beside.get(at)!] : [header]))
    tables.push({ heading, headers: all, rows, facts })
  }
  return tables
}
