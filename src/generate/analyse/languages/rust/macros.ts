/**
 * The arguments of a macro are plain text to the grammar. For macros that take expressions by their documentation, and
 * in functions for others whose arguments read like expressions, the `!` is blanked before parsing, so that
 * `println!("{}", a.b())` is read as a call with arguments. `quote!` and similar macros contain code of another
 * program: of that, only interpolated `#name` stays.
 */

import type { Prepared } from '#generate/analyse/engine/read-rules.ts'
import { isExpressions } from './macro-arguments.ts'

const WITH_EXPRESSIONS = new Set(
  `print println eprint eprintln format write writeln panic assert assert_eq assert_ne debug_assert debug_assert_eq
  debug_assert_ne todo unimplemented unreachable dbg vec format_args bail ensure anyhow trace debug info warn error`.split(
    /\s+/,
  ),
)

/**
 * Built into the compiler: their arguments are not expressions, or are found by the macro's name (`reads/forms.ts`).
 */
const BUILT_IN = new Set(
  'cfg column compile_error concat env file include include_bytes include_str line module_path option_env stringify'.split(
    ' ',
  ),
)

const QUOTING = /^(?:parse_)?quote(?:_[a-z]+)?$/

/**
 * Matches comments, strings, characters and lifetimes, which may contain anything; macros with their names; and tokens
 * that delimit functions.
 */
const TOKEN =
  /\/\/[^\n]*|\/\*|b?r(#*)"|b?"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|b?'(?:[^'\\\n]|\\(?:u\{[^}'\n]*\}|x..|.))'|'\w+|\b([a-z]\w*)(!)\s*([([{])|\b(fn)\s+\w|([([{])|([)\]}])|(;)/g
/** Matches the same literals, then brackets and interpolations. */
const QUOTED =
  /\/\/[^\n]*|\/\*|b?r(#*)"|b?"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|b?'(?:[^'\\\n]|\\(?:u\{[^}'\n]*\}|x..|.))'|'\w+|([([{])|([)\]}])|#([A-Za-z_]\w*)/g

export function prepare(text: string): Prepared {
  const parts: string[] = []
  let from = 0
  const inFunction = followFunctions()
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [token, hashes, name, mark, bracket, fn, opening, closing, semicolon] = match
    const isInFunction = inFunction(fn ?? bracket ?? opening ?? closing ?? semicolon ?? '')
    if (token === '/*') TOKEN.lastIndex = endOfComment(text, match.index)
    else if (hashes !== undefined) TOKEN.lastIndex = endOfRaw(text, TOKEN.lastIndex, hashes)
    else if (name !== undefined && QUOTING.test(name)) {
      const quoted = readQuoted(text, TOKEN.lastIndex)
      parts.push(text.slice(from, TOKEN.lastIndex), quoted.kept)
      from = quoted.end
      TOKEN.lastIndex = quoted.end
    } else if (name !== undefined && mark !== undefined) {
      // Continue inside the brackets.
      if (WITH_EXPRESSIONS.has(name) ? (bracket === '[') !== (name === 'vec') : bracket !== '(' || !isInFunction)
        continue
      if (!WITH_EXPRESSIONS.has(name) && (BUILT_IN.has(name) || !isExpressions(text, TOKEN.lastIndex))) continue
      const start = name === 'vec' ? match.index : match.index + name.length
      const end = match.index + name.length + 1
      if (/\bmacro_rules$/.test(text.slice(Math.max(0, match.index - 12), match.index).trimEnd())) continue
      parts.push(text.slice(from, start), ' '.repeat(end - start))
      from = end
    }
  }
  return { text: parts.join('') + text.slice(from), refs: [] }
}

/**
 * Tracks by brackets, `fn` and semicolons whether the current token is in a function body, where macros are
 * expressions.
 */
function followFunctions(): (token: string) => boolean {
  const open: boolean[] = []
  /** The number of brackets around the function whose body comes next. */
  let next: number | undefined
  return (token) => {
    if (token === 'fn') next = open.length
    else if (token === ';' && next === open.length) next = undefined
    else if (token === '(' || token === '[' || token === '{') {
      const begins = token === '{' && next === open.length
      if (begins) next = undefined
      open.push(begins || open.at(-1) === true)
    } else if (token === ')' || token === ']' || token === '}') open.pop()
    return open.at(-1) === true
  }
}

/** The content of a quoting macro, from after the opening bracket to the closing one: only `#name` is kept. */
function readQuoted(text: string, start: number): { kept: string; end: number } {
  const parts: string[] = []
  let from = start
  let depth = 1
  let end = text.length
  QUOTED.lastIndex = start
  for (let match = QUOTED.exec(text); match !== null; match = QUOTED.exec(text)) {
    const [token, hashes, opening, closing, name] = match
    if (token === '/*') QUOTED.lastIndex = endOfComment(text, match.index)
    else if (hashes !== undefined) QUOTED.lastIndex = endOfRaw(text, QUOTED.lastIndex, hashes)
    else if (opening !== undefined) depth++
    else if (closing !== undefined && --depth === 0) {
      end = match.index
      break
    } else if (name !== undefined) {
      parts.push(blank(text.slice(from, match.index + 1)), name)
      from = QUOTED.lastIndex
    }
  }
  return { kept: parts.join('') + blank(text.slice(from, end)), end }
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ')

/** Block comments nest. */
function endOfComment(text: string, start: number): number {
  const edge = /\/\*|\*\//g
  edge.lastIndex = start
  let depth = 0
  for (let match = edge.exec(text); match !== null; match = edge.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return edge.lastIndex
  }
  return text.length
}

function endOfRaw(text: string, start: number, hashes: string): number {
  const at = text.indexOf(`"${hashes}`, start)
  return at < 0 ? text.length : at + 1 + hashes.length
}
