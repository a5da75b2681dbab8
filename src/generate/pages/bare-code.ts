/**
 * A file's code without its comments and without what stands inside its strings, letter for letter at the same places.
 * Enough to find a call or the name of a variable that is really code. It is no parser: strings end at their line where
 * the language lets most of them, so that a lone quote does little harm. Takes time linear in the text.
 */

import type { SourceFile } from '#generate/model.ts'

/** Stands for each letter of a comment or inside a string; it is in no name and is no sign of a language. */
export const BLANK = '\u0001'
const MAX_CHARS = 1_000_000

const known = new WeakMap<SourceFile, string | null>()

/** @returns `null` for a file without text, of a language that is not known here, or too large. */
export function bareCode(file: SourceFile): string | null {
  const found = known.get(file)
  if (found !== undefined) return found
  const bare = file.text === null || file.text.length > MAX_CHARS ? null : bareOf(file.text, file.language ?? '')
  known.set(file, bare)
  return bare
}

/**
 * What is written between the quotes at a place of bare code, where it is one plain string.
 *
 * @returns The text and the place of its closing quote; `null` when there is no string, or one with escapes.
 */
export function stringAt(text: string, bare: string, at: number): { value: string; end: number } | null {
  const quote = bare[at]
  if (quote !== '"' && quote !== "'" && quote !== '`') return null
  let end = at + 1
  while (bare[end] === BLANK) end += 1
  if (bare[end] !== quote) return null
  const value = text.slice(at + 1, end)
  return value.includes('\\') ? null : { value, end }
}

const LINE = String.raw`\/\/[^\n]*`
const HASH = String.raw`#[^\n]*`
const BLOCK = String.raw`\/\*[\s\S]*?(?:\*\/|$)`
const DOUBLE = String.raw`"(?:[^"\\\n]|\\[\s\S])*"?`
const SINGLE = String.raw`'(?:[^'\\\n]|\\[\s\S])*'?`
const TRIPLE = String.raw`"""[\s\S]*?(?:"""|$)`
const TRIPLE_SINGLE = String.raw`'''[\s\S]*?(?:'''|$)`
/** In languages where a lone `'` begins a lifetime or a symbol. */
const CHARACTER = String.raw`'(?:[^'\\\n]|\\[^\n]{1,10}?)'`
const RAW_CPP = String.raw`R"(?<cpp>[^()\\\s"]{0,16})\([\s\S]*?(?:\)\k<cpp>"|$)`
const RAW_RUST = String.raw`\br(?<rust>#{1,8})"[\s\S]*?(?:"\k<rust>|$)|\br"[^"]*"?`
const VERBATIM = String.raw`(?:@\$?|\$@)"(?:[^"]|"")*"?`

/** What is blanked, by language: the first form that fits at a place. In Bash the inside of double quotes is code. */
const FORMS = new Map<string, string[]>([
  ['bash', [String.raw`(?<![^\s;(])#[^\n]*`, String.raw`\\[^\n]`, DOUBLE, String.raw`'[^'\n]*'?`]],
  ['c', [LINE, BLOCK, DOUBLE, SINGLE]],
  ['cpp', [LINE, BLOCK, RAW_CPP, DOUBLE, String.raw`(?<![\da-fA-F])${SINGLE}`]],
  ['csharp', [LINE, BLOCK, TRIPLE, VERBATIM, DOUBLE, SINGLE]],
  ['go', [LINE, BLOCK, DOUBLE, '`[^`]*`?', SINGLE]],
  ['java', [LINE, BLOCK, TRIPLE, DOUBLE, SINGLE]],
  ['kotlin', [LINE, BLOCK, TRIPLE, DOUBLE, SINGLE]],
  ['php', [LINE, String.raw`#(?!\[)[^\n]*`, BLOCK, DOUBLE, SINGLE]],
  ['python', [HASH, TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE]],
  ['ruby', [String.raw`(?<![^\n])=begin\b[\s\S]*?(?:\n=end\b|$)`, HASH, DOUBLE, SINGLE]],
  ['rust', [LINE, BLOCK, RAW_RUST, DOUBLE, CHARACTER]],
  ['scala', [LINE, BLOCK, TRIPLE, DOUBLE, CHARACTER]],
  ['swift', [LINE, BLOCK, TRIPLE, DOUBLE]],
])
const SCRIPT = /^(?:javascript|typescript|jsx|tsx)$/
const MARKED_UP = /^(?:vue|svelte)$/
const patterns = new Map<string, RegExp>()

function bareOf(text: string, language: string): string | null {
  if (SCRIPT.test(language)) return bareScript(text)
  if (MARKED_UP.test(language)) return bareScript(scriptsOf(text))
  const forms = FORMS.get(language)
  if (forms === undefined) return null
  const pattern = patterns.get(language) ?? new RegExp(forms.join('|'), 'g')
  patterns.set(language, pattern)
  const keepsDouble = language === 'bash'
  return text.replace(pattern, (token) => (keepsDouble && token.startsWith('"') ? token : blank(token)))
}

/** Quotes at both ends stay, and every line end. */
function blank(token: string): string {
  const first = token[0] ?? ''
  const isQuoted = token.length > 1 && (first === '"' || first === "'" || first === '`') && token.endsWith(first)
  return isQuoted ? first + blanks(token.slice(1, -1)) + first : blanks(token)
}

function blanks(text: string): string {
  return text.includes('\n') ? text.replace(/[^\n]+/g, (line) => BLANK.repeat(line.length)) : BLANK.repeat(text.length)
}

const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[`{}/]/g
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
const REGEX = /\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,200}\]){1,400}\/[a-z]*/y
/** After these a slash begins a regular expression; after a name, a number or a closing bracket it divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%<>~^\n]|\b(?:return|typeof|case|in|of|do|else|void|yield|await))[ \t]*$/

/** JavaScript and its kin: templates hold code, and a slash has three meanings. */
function bareScript(text: string): string {
  const parts: string[] = []
  /** For each open template expression: how many braces are open in it. */
  const open: number[] = []
  let at = 0
  const take = (end: number): void => {
    parts.push(text.slice(at, end))
    at = end
  }
  const hide = (end: number): void => {
    parts.push(blank(text.slice(at, end)))
    at = end
  }
  const template = (): void => {
    TEMPLATE.lastIndex = at
    const inside = TEMPLATE.exec(text)?.[0] ?? ''
    const isOver = !inside.endsWith('${')
    hide(at + inside.length - (isOver ? 1 : 2))
    if (at >= text.length) return
    take(at + (isOver ? 1 : 2))
    if (!isOver) open.push(0)
  }
  while (at < text.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)
    take(token?.index ?? text.length)
    if (token === null) break
    const sign = token[0]
    if (sign === '{' || sign === '}') {
      take(at + 1)
      const depth = open.pop()
      if (depth === undefined) continue
      if (sign === '{') open.push(depth + 1)
      else if (depth > 0) open.push(depth - 1)
      else template()
    } else if (sign === '`') {
      take(at + 1)
      template()
    } else if (sign === '/') {
      REGEX.lastIndex = at
      const end = BEFORE_REGEX.test(text.slice(Math.max(0, at - 40), at)) ? REGEX.exec(text)?.[0].length : undefined
      if (end === undefined) take(at + 1)
      else hide(at + end)
    } else {
      hide(at + sign.length)
    }
  }
  return parts.join('')
}

/** Everything outside of `<script>` blank, so that what is left lies where it was. */
function scriptsOf(text: string): string {
  const parts: string[] = []
  let at = 0
  for (const match of text.matchAll(/<script\b[^<>]{0,200}>/g)) {
    const start = match.index + match[0].length
    if (start < at) continue
    const end = text.indexOf('</script', start)
    parts.push(blank(text.slice(at, start)), text.slice(start, end === -1 ? text.length : end))
    at = end === -1 ? text.length : end
  }
  return parts.join('') + blank(text.slice(at))
}
