/**
 * Prepares Rust for the grammar, which reads the arguments of a macro as plain tokens. The `!` is blanked, so that
 * `println!("{}", a.b())` is parsed as a call, for two groups of macros: those known to take expressions, and, inside
 * functions, others whose arguments look like expressions. The contents of `quote!` and similar macros are code of
 * another program; all of it is blanked except the names in `#name`.
 */

import { findText } from '#base/find-text.ts'
import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { MAX_HASHES } from '#generate/formats/lexical-rules.ts'
import { isExpressions } from './macro-arguments.ts'

const WITH_EXPRESSIONS = new Set(
  `print println eprint eprintln format write writeln panic assert assert_eq assert_ne debug_assert debug_assert_eq
  debug_assert_ne todo unimplemented unreachable dbg vec format_args bail ensure anyhow trace debug info warn error`.split(
    /\s+/,
  ),
)

/** Macros built into the compiler. Their arguments are not expressions, or are read by `reads/forms.ts`. */
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
  /\/\/[^\n]*|\/\*|b?r(#*)"|b?"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|b?'(?:[^'\\\n]|\\(?:u\{[^}'\n]*\}|x..|.))'|'\w+|\b([a-z_]\w*)(!)\s*([([{])|\b(fn)\s+\w|([([{])|([)\]}])|(;)/g
/** The argument of `__ensure![#[macro_export] macro_rules! ensure { … }]`, which is defined there. */
const DEFINITION = /^\s{0,40}(?:#\[[^\]\n]{0,200}\]\s{0,40}){0,5}macro_rules!/
const MAX_DEFINITION = 600
/** Matches macros that declare their items as they are: `cfg_rt! { pub mod runtime; }`, with the inner attribute after the brace. */
const WITH_ITEMS = /^(?:cfg_(?!if$)|(?:pin_project|thread_local)$)/
/** Matches the definition of such a macro by what it takes: `($($item:item)*) => {`. */
const TAKES_ITEMS =
  /\bmacro_rules\s?!\s{1,4}(\w{1,100})\s{0,4}[({[]\s{0,40}[({[]\s{0,4}\$\(\s{0,4}\$\w{1,40}:item\s{0,4}\)\s{0,4}[*+]\s{0,4}[)}\]]/g
const INNER_ATTRIBUTE = /\s{0,200}#!\[[^\]\n]{0,200}\]/y
/** Matches the same literals, then brackets and interpolations. */
const QUOTED =
  /\/\/[^\n]*|\/\*|b?r(#*)"|b?"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|b?'(?:[^'\\\n]|\\(?:u\{[^}'\n]*\}|x..|.))'|'\w+|([([{])|([)\]}])|#([A-Za-z_]\w*)/g

/** The same text with macros as calls. Offsets and line breaks stay as they are. */
export function prepare(text: string): Prepared {
  const parts: string[] = []
  let from = 0
  const inFunction = followFunctions()
  const takingItems = new Set([...text.matchAll(TAKES_ITEMS)].map(([, name]) => name))
  /** The depths of the brackets around the definitions of macros that are passed to a macro. */
  const around: number[] = []
  let depth = 0
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [token, hashes, name, mark, bracket, fn, opening, closing, semicolon] = match
    const isInFunction = inFunction(fn ?? bracket ?? opening ?? closing ?? semicolon ?? '')
    if (bracket !== undefined || opening !== undefined) depth++
    if (closing !== undefined && depth-- === around.at(-1)) {
      around.pop()
      TOKEN.lastIndex += text[TOKEN.lastIndex] === ';' ? 1 : 0
      parts.push(text.slice(from, match.index), ' '.repeat(TOKEN.lastIndex - match.index))
      from = TOKEN.lastIndex
    }
    const hasItems =
      name !== undefined && bracket === '{' && !isInFunction && (WITH_ITEMS.test(name) || takingItems.has(name))
    if (token === '/*') TOKEN.lastIndex = endOfComment(text, match.index)
    else if (hashes !== undefined) TOKEN.lastIndex = endOfRaw(text, TOKEN.lastIndex, hashes)
    else if (name !== undefined && QUOTING.test(name)) {
      const quoted = readQuoted(text, TOKEN.lastIndex)
      parts.push(text.slice(from, TOKEN.lastIndex), quoted.kept)
      from = quoted.end
      TOKEN.lastIndex = quoted.end
    } else if (
      name !== undefined &&
      !isInFunction &&
      (hasItems || DEFINITION.test(text.slice(TOKEN.lastIndex, TOKEN.lastIndex + MAX_DEFINITION)))
    ) {
      around.push(depth)
      INNER_ATTRIBUTE.lastIndex = TOKEN.lastIndex
      if (hasItems && INNER_ATTRIBUTE.test(text)) TOKEN.lastIndex = INNER_ATTRIBUTE.lastIndex
      const start = Math.max(from, startOfPath(text, match.index))
      parts.push(text.slice(from, start), blank(text.slice(start, TOKEN.lastIndex)))
      from = TOKEN.lastIndex
    } else if (name !== undefined && mark !== undefined) {
      const isCall = WITH_EXPRESSIONS.has(name)
        ? (bracket === '[') === (name === 'vec')
        : bracket === '(' && isInFunction && !BUILT_IN.has(name) && isExpressions(text, TOKEN.lastIndex)
      // In either case, macros among the arguments are found next.
      if (!isCall) continue
      const start = name === 'vec' ? match.index : match.index + name.length
      const end = match.index + name.length + 1
      parts.push(text.slice(from, start), ' '.repeat(end - start))
      from = end
    }
  }
  return { text: parts.join('') + text.slice(from), refs: pathsInMacros(text) }
}

/** The opening bracket of a macro, or a path in its body: `$crate::parts::join`. */
const PATH =
  /\bmacro_rules\s?!\s{0,9}\w{1,100}\s{0,9}[({[]|\$crate((?:[ \t]{0,4}::[ \t]{0,4}[A-Za-z_]\w{0,100}){1,9})(!?)/g
const IN_COMMENT = /^\s*\/\//
/** Limit on the characters of a line before a path. */
const MAX_BEFORE = 400

/** The paths in the bodies of macros, which mean the same wherever the macro is used, each with its prefixes. */
function pathsInMacros(text: string): HiddenRef[] {
  if (!text.includes('$crate')) return []
  const refs: HiddenRef[] = []
  // The rules of a macro are not read, so the names in them are used at its bracket.
  let at = -1
  for (const { index: start, 0: all, 1: names, 2: mark } of text.matchAll(PATH)) {
    if (names === undefined) at = start + all.length - 1
    if (names === undefined || at < 0) continue
    const line = text.slice(Math.max(0, start - MAX_BEFORE), start + 1)
    if (IN_COMMENT.test(line.slice(line.lastIndexOf('\n') + 1))) continue
    const [before = '', ...parts] = names.split('::')
    let end = start + '$crate'.length + before.length
    for (const [index, part] of parts.entries()) {
      end += '::'.length + part.length
      refs.push({ start, end: mark !== '' && index === parts.length - 1 ? end + 1 : end, at })
    }
  }
  return refs
}

/**
 * Tracks by brackets, `fn` and semicolons whether the current token is in a function body, where macros are
 * expressions.
 */
function followFunctions(): (token: string) => boolean {
  const open: boolean[] = []
  /** The number of open brackets around a function whose body has not begun. */
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

/** Where the path to a name begins: `pin_project_lite::pin_project`. */
function startOfPath(text: string, name: number): number {
  let start = name
  while (start > 1 && text.startsWith('::', start - 2)) {
    start -= 2
    while (/\w/.test(text[start - 1] ?? '')) start--
  }
  return start
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ')

/** Block comments nest. */
export function endOfComment(text: string, start: number): number {
  const edge = /\/\*|\*\//g
  edge.lastIndex = start
  let depth = 0
  for (let match = edge.exec(text); match !== null; match = edge.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return edge.lastIndex
  }
  return text.length
}

export function endOfRaw(text: string, start: number, hashes: string): number {
  const at = hashes.length > MAX_HASHES ? -1 : findText(text, `"${hashes}`, start)
  return at < 0 ? text.length : at + 1 + hashes.length
}
