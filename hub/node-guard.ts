/** The same guard as build/node-guard.cjs, for hosts that are started without npm (a packaged or copied `dist`). */
export function requireNode24(version: string = process.versions.node): void {
  if (Number(version.split('.')[0]) >= 24) return
  process.stderr.write(`Frontstock needs Node 24 or newer and runs under ${version}. / 需要 Node 24 或更新版本。\n`)
  process.exit(1)
}
