/** Text of the clipboard as a spreadsheet puts it there: tab between cells, line end between rows, quotes where needed. */

/** @returns rows of cells; the line end after the last row makes no empty row. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  let index = 0
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  while (index < text.length) {
    const sign = text[index]!
    if (quoted) {
      if (sign === '"' && text[index + 1] === '"') {
        cell += '"'
        index += 1
      } else if (sign === '"') quoted = false
      else cell += sign
    } else if (sign === '"' && cell === '' && closes(text, index)) quoted = true
    else if (sign === '\t') endCell()
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[index + 1] === '\n') index += 1
      endRow()
    } else cell += sign
    index += 1
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** Whether a quote at the start of a cell is ended by one that stands before a tab, a line end or the end of the text. */
function closes(text: string, from: number): boolean {
  for (let index = from + 1; index < text.length; index++) {
    if (text[index] !== '"') continue
    if (text[index + 1] === '"') index += 1
    else {
      const next = text[index + 1]
      return next === undefined || next === '\t' || next === '\n' || next === '\r'
    }
  }
  return false
}

/** The reverse of `parseBlock`. */
export function formatBlock(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quoteCell).join('\t')).join('\r\n')
}

function quoteCell(cell: string): string {
  return /[\t\r\n]/.test(cell) || cell.startsWith('"') ? `"${cell.replaceAll('"', '""')}"` : cell
}
