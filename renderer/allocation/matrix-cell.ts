import type { ICellRendererComp, ICellRendererParams, IHeaderComp, IHeaderParams } from 'ag-grid-community'
import { cellView, differs, groupView, type MatrixShow, type MatrixSource } from './cell-view.ts'
import type { CoverBand } from './cover-band.ts'
import styles from './matrix.module.css'
import type { MatrixRow } from './matrix-rows.ts'

/** A row of figures that stays in sight above or below the units. */
export type FigureRow = {
  readonly kind: 'figure'
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly figure: (item: string) => Figure
}
export type Figure = {
  readonly text: string
  readonly band?: CoverBand
  readonly bad?: boolean
  readonly hint?: string
}

export type GridRow = MatrixRow | FigureRow

/** What the cells of the grid read when they are drawn; changes under them, and they are told to draw again. */
export type MatrixContext = {
  readonly source: () => MatrixSource
  readonly show: () => MatrixShow
  /** The cell that has the focus in the matrix beside. */
  readonly isTwin: (unit: string, item: string) => boolean
  readonly isMarked: (rowIndex: number, item: string) => boolean
  /** `已锁定` and the like, for a screen reader. */
  readonly pinnedWord: () => string
  readonly refusedWord: () => string
}

export const bandClass: Readonly<Record<CoverBand, string>> = {
  'under-1': styles.under1!,
  'under-3': styles.under3!,
  'under-7': styles.under7!,
  enough: styles.enough!,
  none: styles.noUse!,
}

type Params = ICellRendererParams<GridRow> & { readonly item: string }

/**
 * A cell of the matrix: gauge and colour by days of cover, the side number, a mark where it is pinned, the main number.
 * Plain DOM: three hundred by forty of them are drawn and drawn again while a slider moves.
 */
export class MatrixCell implements ICellRendererComp<GridRow> {
  private readonly box = document.createElement('div')
  private readonly side = document.createElement('span')
  private readonly pin = document.createElement('span')
  private readonly main = document.createElement('span')
  private isPinned = false
  private className = ''

  init(params: Params): void {
    this.side.className = styles.side!
    this.main.className = styles.main!
    this.box.append(this.side, this.pin, this.main)
    this.draw(params)
  }

  getGui(): HTMLElement {
    return this.box
  }

  refresh(params: Params): boolean {
    this.draw(params)
    return true
  }

  private draw(params: Params): void {
    const { data, node, item } = params
    const context = params.context as MatrixContext
    if (!data) return
    if (data.kind === 'figure') {
      const { text, band, bad } = data.figure(item)
      this.write('', '', text)
      this.paint(`${styles.cell} ${styles.figure} ${band ? bandClass[band] : ''} ${bad ? styles.bad : ''}`)
      return
    }
    const source = context.source()
    const view =
      data.kind === 'group' ? groupView(source, data.units, item) : cellView(source, data.id, item, context.show())
    const other = data.kind === 'unit' && differs(source, data.id, item)
    const side = other ? `≠ ${view.side}` : view.side
    this.write(side, view.refused ? context.refusedWord() : view.pinned ? context.pinnedWord() : '', view.main)
    if (this.isPinned !== view.pinned) {
      this.isPinned = view.pinned
      this.pin.className = view.pinned ? styles.pinMark! : ''
    }
    const marked = node.rowIndex !== null && context.isMarked(node.rowIndex, item)
    const twin = data.kind === 'unit' && context.isTwin(data.id, item)
    const band = data.kind === 'group' ? styles.groupCell : bandClass[view.band]
    const marks = `${view.pinned ? styles.pinned : ''} ${view.refused ? styles.bad : ''} ${marked ? styles.marked : ''} ${other ? styles.differs : ''} ${twin ? styles.twin : ''}`
    this.paint(`${styles.cell} ${band} ${marks}`)
  }

  /** Only what differs touches the page: most cells of a redraw are as they were. */
  private write(side: string, pin: string, main: string): void {
    if (this.side.textContent !== side) this.side.textContent = side
    if (this.pin.textContent !== pin) this.pin.textContent = pin
    if (this.main.textContent !== main) this.main.textContent = main
  }

  private paint(className: string): void {
    if (this.className === className) return
    this.className = className
    this.box.className = className
  }
}

/** Name of an item over its pack: two lines, then `箱 × 20 只`. */
export class ItemHeader implements IHeaderComp {
  private readonly box = document.createElement('div')

  init(params: IHeaderParams & { readonly title: string; readonly pack: string }): void {
    this.box.className = styles.header!
    const title = document.createElement('span')
    title.className = styles.headerTitle!
    title.textContent = params.title
    const pack = document.createElement('span')
    pack.className = styles.headerPack!
    pack.textContent = params.pack
    this.box.append(title, pack)
  }

  getGui(): HTMLElement {
    return this.box
  }

  refresh(): boolean {
    return false
  }
}

type UnitParams = ICellRendererParams<GridRow> & {
  readonly groupLabel: (value: string) => string
  readonly unitName: (unit: string) => string
  /** Age of the unit's report in words and whether it needs a mark; null when it is fresh. */
  readonly reportMark: (
    unit: string,
  ) => { readonly text: string; readonly hint: string; readonly never: boolean } | null
}

/** The frozen first column: tier and name of a unit with the age of an old report, the heading of a group, a figure's label. */
export class UnitCell implements ICellRendererComp<GridRow> {
  private readonly box = document.createElement('div')

  init(params: UnitParams): void {
    this.draw(params)
  }

  getGui(): HTMLElement {
    return this.box
  }

  refresh(params: UnitParams): boolean {
    this.draw(params)
    return true
  }

  private draw({ data, groupLabel, unitName, reportMark }: UnitParams): void {
    this.box.replaceChildren()
    this.box.className = styles.unit!
    if (!data) return
    if (data.kind === 'figure') {
      this.box.className = `${styles.unit} ${styles.figureLabel}`
      this.box.title = data.hint
      this.box.append(data.label)
      return
    }
    if (data.kind === 'group') {
      this.box.className = `${styles.unit} ${styles.groupLabel}`
      this.box.append(span(styles.chevron!, data.open ? '▾' : '▸'), span(styles.unitName!, groupLabel(data.value)))
      this.box.append(span(styles.count!, String(data.units.length)))
      return
    }
    const { facts } = data
    const name = span(styles.unitName!, unitName(facts.unit))
    name.title = unitName(facts.unit)
    this.box.append(span(styles.tier!, String(facts.tier)), name)
    const mark = reportMark(facts.unit)
    if (mark) {
      const report = span(mark.never ? `${styles.report} ${styles.never}` : styles.report!, mark.text)
      report.title = mark.hint
      this.box.append(report)
    }
  }
}

function span(className: string, text: string): HTMLSpanElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}
