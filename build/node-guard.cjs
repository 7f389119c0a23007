// Loaded with -r before every entry point. Plain CommonJS of an old dialect, so that any Node can read it: an older
// Node would crash in better-sqlite3 without a word, or stop at the .ts ending with a page of stack.
var major = Number(process.versions.node.split('.')[0])
if (!(major >= 24)) {
  process.stderr.write(
    'Frontstock needs Node 24 or newer and runs under ' +
      process.versions.node +
      '. Run "npm install" here and start it with "npm start", or install Node 24. / 需要 Node 24 或更新版本。\n',
  )
  process.exit(1)
}
