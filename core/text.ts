/**
 * Text as people paste it: full-width digits, no-break and zero-width spaces, line breaks inside a cell. Everything that
 * compares or reads text takes it through `normaliseText` first, so two spellings that look alike are alike.
 */

/** Characters that show nothing: zero-width spaces and joiners, marks of direction, soft hyphen, byte order mark. */
const invisible =
  /\u00ad|\u061c|\u180e|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u2064]|[\u2066-\u206f]|[\ufe00-\ufe0f]|\ufeff/g
// The other C0 and C1 controls can't be typed and must not travel on; tab, line feed and return are spaces.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g
const spaces = /[\s\u3000]+/g
/** Plain ASCII and Chinese text with no run of spaces and none at either end needs no work: the common case, by far. */
const alreadyNormal = /^(?:[!-~\u4e00-\u9fff]+(?: [!-~\u4e00-\u9fff]+)*)?$/

/** Full-width ASCII (Ａ １ （ ％) and the ideographic space to half-width; other characters stay. */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (c) =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  )
}

/**
 * Full-width to half-width, invisible characters and controls removed, every run of white space one space, none at the
 * ends. Case stays. Ideographic comma and full stop (、。) stay: they part things in a list.
 */
export function normaliseText(text: string): string {
  if (alreadyNormal.test(text)) return text
  return toHalfWidth(text.replace(invisible, ''))
    .replace(controls, (c) => (c === '\u0085' ? ' ' : ''))
    .replace(spaces, ' ')
    .trim()
}

/**
 * Text as written, for showing and storing: what can't be seen is removed and spaces are folded as in `normaliseText`, but
 * full-width brackets and letters stay as the writer put them.
 */
export function tidyText(text: string): string {
  if (alreadyNormal.test(text)) return text
  return text
    .replace(invisible, '')
    .replace(controls, (c) => (c === '\u0085' ? ' ' : ''))
    .replace(spaces, ' ')
    .trim()
}

/**
 * What two names are compared by: normalised, lower case, with spaces and the punctuation people put in or leave out
 * (brackets, dots, dashes, slashes, quotes) removed. `KN 95（口罩）` and `kn95口罩` give the same key.
 */
export function nameKey(text: string): string {
  return normaliseText(text)
    .toLowerCase()
    .replace(/[\s()[\]{}<>《》【】「」“”‘’"'`·•・.,，、。;；:：/\\|_*+\-–—~～#&!?]/g, '')
}
