/** A line for the terminal in the reader's language, which is the system's. */
export function say(zh: string, en: string): string {
  return locale().startsWith('zh') ? zh : en
}

export function locale(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const set = env.LC_ALL || env.LC_MESSAGES || env.LANG
  if (set) return set.replace('_', '-').replace(/\..*$/, '')
  return Intl.DateTimeFormat().resolvedOptions().locale
}
