/** Decides from the tokens whether the arguments of a macro look like those of a function call. */

/**
 * Matches comments, strings, characters, lifetimes, words, numbers, brackets, and signs that no expression contains.
 */
const TOKEN =
  /\/\/[^\n]*|\/\*|(b?r#*"|b?"(?:[^"\\]|\\[\s\S])*"|b?'(?:[^'\\\n]|\\(?:u\{[^}'\n]*\}|x..|.))')|'\w+|([A-Za-z_]\w*|\d[\w.]*)|([([{])|([)\]}])|(=>|::|[$#@;:])|[^\s\w]/g
/** Limit on the characters of arguments that are read. */
const MAX_CHARS = 2_000
/** Words that may precede another word in an expression. */
const BEFORE = new Set('as async await break dyn else if in match move mut ref return unsafe while'.split(' '))
/** Words that may follow another word in an expression. */
const AFTER = new Set(['as', 'else', 'in'])
/** Keywords that start something other than an expression, or occur in patterns. */
const NEVER = new Set('_ const enum extern fn for impl let loop mod pub static struct trait type use where'.split(' '))

/** @param start - The offset after the opening bracket. */
export function isExpressions(text: string, start: number): boolean {
  let depth = 0
  let before = ''
  TOKEN.lastIndex = start
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    if (match.index - start > MAX_CHARS) return false
    const [token, quoted, word, opening, closing, sign] = match
    if (token.startsWith('//')) continue
    // Comments and raw strings may contain anything, so their contents are not examined.
    if (token === '/*' || (quoted !== undefined && /^b?r#*"$/.test(token))) return false
    const [ends, begins] = [closing !== undefined || token === ',', before === '' || /^[([,]$/.test(before)]
    if ((ends && /^[=<>+\-*/%&|^!]$/.test(before)) || (begins && /^[=<>+/%.]$/.test(token))) return false
    if (closing !== undefined) {
      if (depth === 0) return true
      depth--
    } else if (opening !== undefined) {
      // A block holds statements, or the fields of a struct.
      if (opening === '{') return false
      depth++
    } else if (sign !== undefined && sign !== '::') return false
    else if (word !== undefined || quoted !== undefined) {
      if (word !== undefined && NEVER.has(word)) return false
      if (isOperand(before) && !BEFORE.has(before) && !AFTER.has(word ?? '')) return false
    }
    before = token
  }
  return false
}

const isOperand = (token: string): boolean => /^[\w"]|["')\]]$/.test(token)
