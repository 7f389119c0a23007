import { join } from 'node:path'

/** The folder of the project: every path of the build starts here, wherever npm was called. */
export const projectFolder: string = join(import.meta.dirname, '..')
export const inProject = (...names: readonly string[]): string => join(projectFolder, ...names)

/** A line for the terminal in the reader's language. */
export function say(zh: string, en: string): string {
  const set = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG
  return (set || Intl.DateTimeFormat().resolvedOptions().locale).startsWith('zh') ? zh : en
}
