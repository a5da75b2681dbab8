/** Paths in shell scripts. */

/**
 * The folder of the script: `$(dirname "$0")`, `${BASH_SOURCE%/*}`, `$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)`.
 */
const SELF = String.raw`"?\$?\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?"?`
const DIRNAME = String.raw`(?:\$\(\s*dirname\s+(?:--\s+)?${SELF}\s*\)|${'`'}dirname\s+${SELF}${'`'})`
const FOLDER = new RegExp(
  String.raw`^(?:${DIRNAME}|\$\{(?:0|BASH_SOURCE(?:\[0\])?)%/\*\}|\$\(\s*cd\s+(?:-P\s+)?(?:--\s+)?"?${DIRNAME}((?:/\.\.)*)"?\s*(?:>\s*/dev/null\s*(?:2>&1\s*)?)?(?:&&|;)\s*pwd(?:\s+-P)?\s*\))/`,
)

/**
 * The path in the first word of a text.
 *
 * @returns `./…` relative to the folder of the script, `$/…` relative to a folder in variables, else as written;
 * `null` when more than the beginning is not literal.
 */
export function sourcedPath(text: string): string | null {
  const word = firstWord(text)
  const folder = FOLDER.exec(word)
  const path =
    folder === null
      ? word.replace(/^(?:\$(?:\w{1,100}|\{\w{1,100}\})\/){1,9}/, '$/')
      : `./${(folder[1] ?? '').replace(/^\//, '')}${folder[1] ? '/' : ''}${word.slice(folder[0].length)}`
  return /^(?:\$\/)?[\w./@+-]+$/.test(path) && /\w/.test(path) ? path : null
}

/** The text up to the first space outside quotes and brackets, without quotes outside brackets. */
function firstWord(text: string): string {
  let word = ''
  let depth = 0
  let quote = ''
  for (const character of text) {
    if (character === '(' || character === '{') depth++
    else if (character === ')' || character === '}') depth--
    else if (depth === 0 && (quote === '' ? character === '"' || character === "'" : character === quote)) {
      quote = quote === '' ? character : ''
      continue
    } else if (depth === 0 && quote === '' && /[\s;&|<>]/.test(character) && !isInTicks(word)) break
    word += character
  }
  return word
}

/** `` `dirname $0` `` contains a space. */
function isInTicks(word: string): boolean {
  return word.split('`').length % 2 === 0
}
