import { crc32, deflateRawSync } from 'node:zlib'

/** Builds ZIP archives by hand, so that tests can make wrong ones. */
export interface EntryPlan {
  readonly name: string
  readonly content: string | Uint8Array
  readonly stored?: boolean
  readonly flags?: number
  readonly method?: number
  /** What the directory says in place of the truth. */
  readonly claimedInflated?: number
  readonly claimedCompressed?: number
  readonly claimedOffset?: number
}

export interface ArchivePlan {
  readonly entries: readonly EntryPlan[]
  readonly claimedCount?: number
  readonly claimedStart?: number
  readonly comment?: string
  readonly disk?: number
}

export function buildArchive(plan: ArchivePlan): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const entry of plan.entries) {
    const raw = typeof entry.content === 'string' ? Buffer.from(entry.content) : entry.content
    const packed = entry.stored ? raw : deflateRawSync(raw)
    const name = Buffer.from(entry.name)
    const method = entry.method ?? (entry.stored ? 0 : 8)
    const header = (signature: number, size: number): DataView => {
      const view = new DataView(new ArrayBuffer(size))
      view.setUint32(0, signature, true)
      return view
    }
    const common = (view: DataView, at: number, inflated: number, compressed: number) => {
      view.setUint16(at, entry.flags ?? 0x800, true)
      view.setUint16(at + 2, method, true)
      view.setUint32(at + 8, crc32(raw), true)
      view.setUint32(at + 12, compressed, true)
      view.setUint32(at + 16, inflated, true)
      view.setUint16(at + 20, name.length, true)
    }
    const local = header(0x04034b50, 30)
    common(local, 6, raw.length, packed.length)
    const central = header(0x02014b50, 46)
    common(central, 8, entry.claimedInflated ?? raw.length, entry.claimedCompressed ?? packed.length)
    central.setUint32(42, entry.claimedOffset ?? offset, true)
    parts.push(new Uint8Array(local.buffer), name, packed)
    directory.push(new Uint8Array(central.buffer), name)
    offset += 30 + name.length + packed.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = new DataView(new ArrayBuffer(22))
  const comment = Buffer.from(plan.comment ?? '')
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(4, plan.disk ?? 0, true)
  end.setUint16(8, plan.claimedCount ?? plan.entries.length, true)
  end.setUint16(10, plan.claimedCount ?? plan.entries.length, true)
  end.setUint32(12, size, true)
  end.setUint32(16, plan.claimedStart ?? offset, true)
  end.setUint16(20, comment.length, true)
  return Buffer.concat([...parts, ...directory, new Uint8Array(end.buffer), comment])
}

export interface WorkbookPlan {
  /** The XML inside `<worksheet>`, by sheet name. */
  readonly sheets: Readonly<Record<string, string>>
  readonly sharedStrings?: string
  readonly styles?: string
  readonly date1904?: boolean
  readonly hidden?: readonly string[]
  readonly more?: readonly EntryPlan[]
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export function workbookEntries(plan: WorkbookPlan): EntryPlan[] {
  const names = Object.keys(plan.sheets)
  const sheetTags = names
    .map(
      (name, index) =>
        `<sheet name="${name}" sheetId="${index + 1}" ${plan.hidden?.includes(name) ? 'state="hidden" ' : ''}r:id="rId${index + 1}"/>`,
    )
    .join('')
  const relations = [
    ...names.map(
      (_, index) =>
        `<Relationship Id="rId${index + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
    ),
    `<Relationship Id="rIdS" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/>`,
    `<Relationship Id="rIdT" Type="${relation}/styles" Target="/xl/styles.xml"/>`,
  ].join('')
  const entries: EntryPlan[] = [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: '_rels/.rels',
      content: `<Relationships><Relationship Id="r1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${main} xmlns:r="${relation}"><workbookPr${plan.date1904 ? ' date1904="1"' : ''}/><sheets>${sheetTags}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${relations}</Relationships>` },
    ...names.map((name, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: `<worksheet ${main}>${plan.sheets[name]}</worksheet>`,
    })),
  ]
  if (plan.sharedStrings !== undefined)
    entries.push({ name: 'xl/sharedStrings.xml', content: `<sst ${main}>${plan.sharedStrings}</sst>` })
  if (plan.styles !== undefined)
    entries.push({ name: 'xl/styles.xml', content: `<styleSheet ${main}>${plan.styles}</styleSheet>` })
  return [...entries, ...(plan.more ?? [])]
}

export const buildWorkbook = (plan: WorkbookPlan): Uint8Array => buildArchive({ entries: workbookEntries(plan) })
