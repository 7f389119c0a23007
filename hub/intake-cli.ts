import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { maxFileBytes, readListFile } from '../api/intake/read-file.ts'
import { readPinyin } from '../api/intake/read-pinyin.ts'
import { isCivilDate } from '../core/civil-date.ts'
import type { CatalogueItem } from '../core/intake/catalogue.ts'
import { type FileRefusal, renderFileRefusal } from '../core/intake/file-refusal.ts'
import { type IntakeKind, intakeKinds } from '../core/intake/header-words.ts'
import { readList, toIntakeJson } from '../core/intake/intake.ts'
import { catalogueOfSheet, readCatalogueJson } from '../core/intake/read-catalogue.ts'
import type { Sheet } from '../core/intake/sheet.ts'
import { inflateInNode } from './inflate.ts'

/**
 * `cli -- intake FILE [--kind delivery|issue|items|units|suppliers|reports|stock] [--catalogue FILE] [--today YYYY-MM-DD]`:
 * prints what was recognised as JSON, and touches no database.
 *
 * Exit code 0 when the file was read (whatever doubts it holds), 1 when it was refused, 2 when the command was wrong.
 */
export type Write = (text: string) => void

const usage =
  '用法 usage: cli -- intake FILE [--kind delivery|issue|items|units|suppliers|reports|stock] [--catalogue FILE] [--today YYYY-MM-DD]\n'

interface Options {
  readonly file: string
  readonly kind: IntakeKind
  readonly catalogue: string | null
  readonly today: string
}

export async function runIntakeCli(args: string[], out: Write, err: Write): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') {
    err(`${options}\n${usage}`)
    return 2
  }
  const file = await readSheets(options.file, err)
  if (file === null) return 1
  let catalogue: readonly CatalogueItem[] | null = null
  if (options.catalogue !== null) {
    catalogue = await readCatalogue(options.catalogue, options.today, err)
    if (catalogue === null) return 1
  }
  const result = readList(file, { kind: options.kind, today: options.today, catalogue, readPinyin })
  out(`${JSON.stringify(toIntakeJson(result), null, 2)}\n`)
  return 0
}

function readOptions(args: readonly string[]): Options | string {
  let file: string | null = null
  let kind: IntakeKind = 'delivery'
  let catalogue: string | null = null
  let today = new Date().toLocaleDateString('sv-SE')
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at]!
    const [name, joined] = argument.startsWith('--') ? splitOption(argument) : [null, null]
    if (name === null) {
      if (file !== null) return `多余的参数 “${argument}” · unexpected argument “${argument}”`
      file = argument
      continue
    }
    if (!['--kind', '--catalogue', '--today'].includes(name)) return `未知选项 ${name} · unknown option ${name}`
    const value = joined ?? args[++at]
    if (value === undefined) return `${name} 缺少值 · ${name} needs a value`
    if (name === '--catalogue') catalogue = value
    else if (name === '--today') {
      if (!isCivilDate(value))
        return `--today “${value}” 不是日期，应为 YYYY-MM-DD · --today “${value}” is not a date, expected YYYY-MM-DD`
      today = value
    } else {
      const found = intakeKinds.find((one) => one === value)
      if (!found)
        return `--kind “${value}” 不在 ${intakeKinds.join(', ')} 之中 · --kind “${value}” is not one of ${intakeKinds.join(', ')}`
      kind = found
    }
  }
  if (file === null) return '没有给出文件 · no file given'
  return { file, kind, catalogue, today }
}

function splitOption(argument: string): [string, string | null] {
  const at = argument.indexOf('=')
  return at === -1 ? [argument, null] : [argument.slice(0, at), argument.slice(at + 1)]
}

async function readBytes(path: string, err: Write): Promise<Uint8Array | null> {
  try {
    // The size first: a file of gigabytes is refused without reading it.
    const { size } = await stat(path)
    if (size > maxFileBytes) {
      refuse(path, { code: 'file-too-large', data: { bytes: size, allowed: maxFileBytes } }, err)
      return null
    }
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const [zh, en] =
      code === 'ENOENT'
        ? ['找不到文件', 'no such file']
        : code === 'EISDIR'
          ? ['这是文件夹', 'this is a folder']
          : ['读不了文件', 'the file can’t be read']
    err(`${path}: ${zh} · ${en}\n`)
    return null
  }
}

async function readSheets(path: string, err: Write): Promise<readonly Sheet[] | null> {
  const bytes = await readBytes(path, err)
  if (bytes === null) return null
  const result = await readListFile(bytes, basename(path), undefined, inflateInNode)
  if (!result.ok) {
    refuse(path, result.refusal, err)
    return null
  }
  const words = {
    'hidden-sheet': ['隐藏的工作表未读', 'hidden sheet, not read'],
    'hidden-rows': ['隐藏的行也读了', 'hidden rows, read as well'],
    'columns-cut': ['只读了前面的列', 'only the first columns were read'],
  } as const
  for (const note of result.value.notes) {
    const [zh, en] = words[note.what]
    err(`${note.sheet}: ${zh} (${note.count}) · ${en} (${note.count})\n`)
  }
  return result.value.sheets
}

function refuse(path: string, refusal: FileRefusal, err: Write): void {
  err(`${path}: ${renderFileRefusal(refusal, 'zh')} · ${renderFileRefusal(refusal, 'en')}\n`)
}

async function readCatalogue(path: string, today: string, err: Write): Promise<readonly CatalogueItem[] | null> {
  if (!/\.json$/i.test(path)) {
    const sheets = await readSheets(path, err)
    return sheets === null ? null : catalogueOfSheet(readList(sheets, { kind: 'items', today, catalogue: null }))
  }
  const bytes = await readBytes(path, err)
  if (bytes === null) return null
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    err(`${path}: 不是有效的 JSON · not valid JSON\n`)
    return null
  }
  const reading = readCatalogueJson(json)
  if (reading.ok) return reading.items
  const where = reading.index === null ? '' : ` [${reading.index}]`
  err(
    `${path}${where}: 应为物资列表，每项有 name（名称） · expected a list of items, each with a name; given ${reading.given}\n`,
  )
  return null
}
