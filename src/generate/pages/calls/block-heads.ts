/** Reads the head of a branch, a loop or a function in a line of masked code, by the syntax of its language. */

import type { MaskedCode } from '#generate/formats/masked-code.ts'

/** The part of a head that one line shows. */
interface Head {
  keyword: 'if' | 'unless' | 'else' | 'loop' | 'case' | 'function'
  /** The condition; for a loop and a case, with its keyword. */
  code: string
  /** Offset of its end. */
  end: number
  /** Whether it continues an `if`. */
  isChained: boolean
}

export interface ControlHead extends Head {
  line: number
  indent: number
  /** Line of the `if` that it continues, otherwise its own. */
  chainStart: number
}

const MAX_CODE = 80
const MAX_HEAD = 600
const CONTROL =
  /^\s*(?:\}\s{0,3})?(?:(?:return|(?:const|let|val|var)\s[\w, :]{1,40}=|\w{1,40} :?=)\s)?(?:(else)\s)?(?:async |await )?(if|elif|elsif|elseif|unless|while|until|for|foreach|loop|case|when|else)\b/
const LOOPS = new Set(['while', 'until', 'for', 'foreach', 'loop'])
const CHAINED = new Set(['elif', 'elsif', 'elseif', 'else'])
const IS_FUNCTION = /=>|\bfunction\b|\bfunc ?\(|\bdef \w|\bfn ?\(|\bdo\b|[|{]\s*$|(?:->|\bin)\s*$/
/** Matches lines that end with a brace and begin no function. */
const NO_FUNCTION =
  /^\s*(?:\}\s{0,3})?(?:catch|class|do|enum|finally|impl|interface|match|select|struct|switch|synchronized|try|unsafe|using|with)\b/
/** Languages whose conditions are in parentheses, and those whose bodies begin with a brace. */
const PARENTHESES = new Set('c cpp csharp java javascript jsx kotlin php scala tsx typescript'.split(' '))
const BRACES = new Set(['go', 'rust', 'swift'])

/** @param start - Offset of the line. */
export function headIn(masked: MaskedCode, start: number, line: string, language: string): Head | null {
  const found = CONTROL.exec(line)
  if (found === null) {
    const end = start + line.trimEnd().length
    return IS_FUNCTION.test(line) && !NO_FUNCTION.test(line)
      ? { keyword: 'function', code: '', end, isChained: false }
      : null
  }
  const [whole, after, word = ''] = found
  const isChained = after !== undefined || CHAINED.has(word)
  const from = start + whole.length
  if (word === 'else') return { keyword: 'else', code: '', end: from, isChained }
  const span =
    word === 'case' || word === 'when' ? upTo(masked, from, /[:\n{]|=>/g) : conditionAt(masked, from, language)
  if (span === null) return null
  const isLoop = LOOPS.has(word)
  const keyword = isLoop ? 'loop' : word === 'case' || word === 'when' ? 'case' : word === 'unless' ? 'unless' : 'if'
  const isQuotedWhole = isLoop || keyword === 'case'
  const code = masked.text.slice(isQuotedWhole ? from - word.length : span.from, isQuotedWhole ? span.end : span.to)
  return { keyword, code: shortened(code), end: span.end, isChained }
}

/** The condition after a keyword, without parentheses around it; `end` is that of the head. */
function conditionAt(
  masked: MaskedCode,
  from: number,
  language: string,
): { from: number; to: number; end: number } | null {
  if (PARENTHESES.has(language)) {
    const open = masked.skipBlanks(from)
    const end = masked.code[open] === '(' ? masked.argumentsAt(open)?.end : undefined
    return end === undefined || end - open > MAX_HEAD ? null : { from: open + 1, to: end - 1, end }
  }
  if (BRACES.has(language)) return upTo(masked, from, /\{/g)
  return upTo(masked, from, language === 'python' ? /:(?!=)/g : / (?:then|do)\b|\n/g)
}

/** Up to the first match outside of brackets. */
function upTo({ code }: MaskedCode, from: number, ends: RegExp): { from: number; to: number; end: number } | null {
  const text = code.slice(from, from + MAX_HEAD)
  const stops = new Set([...text.matchAll(ends)].map(({ index }) => index))
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (depth === 0 && stops.has(at)) return { from, to: from + at, end: from + at }
    const character = text[at] ?? ''
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    if (depth < 0) return null
  }
  return null
}

/** In one line, cut at a space. */
function shortened(code: string): string {
  const line = code.trim().replace(/\s+/g, ' ')
  if (line.length <= MAX_CODE) return line
  const end = line.lastIndexOf(' ', MAX_CODE)
  return `${line.slice(0, end > 0 ? end : MAX_CODE)} …`
}

/** What is given the function that begins at the end of a line: `.catch` in `}).catch((e) => {`, `xs.each` in `xs.each do |x|`. */
export function callbackOf(line: string): string | null {
  const text = line.trimEnd()
  const start = functionStart(text)
  if (start < 0) return null
  const before = text.slice(0, start).trimEnd()
  const open = before.endsWith('(') || before.endsWith(',') ? openBefore(before) : before.length
  const name = /(?:^|[^\w$])((?:[\w$]{1,40}[.:!?]{1,2}){0,4}[\w$]{1,40}[!?]?|\.\w{1,40})(?:\([^()]{0,60}\))?$/.exec(
    before.slice(0, open),
  )?.[1]
  return name === undefined || /^(?:return|default|new|do|else|try)$/.test(name) ? null : name
}

/** Where the function begins: with its parameters, or the brace or `do` after a call. */
function functionStart(text: string): number {
  const arrow = text.lastIndexOf('=>')
  if (arrow > 0) {
    const before = text.slice(0, arrow).trimEnd()
    const start = before.endsWith(')') ? openBefore(before.slice(0, -1)) : before.search(/(?<![\w$])[\w$]{1,60}$/)
    return start < 0 ? -1 : text.slice(0, start).replace(/async\s?$/, '').length
  }
  const word = /(?:async )?\bfunction\b|\bfunc ?\(|\bfn ?\(/.exec(text)
  if (word !== null) return word.index
  return text.search(/ (?:do|\{)(?: ?\|[^|]{0,60}\|)?$| \{ ?[\w, ()]{1,60}(?: ->| in)$/)
}

/** Offset of the last parenthesis that is still open, or -1. */
function openBefore(text: string): number {
  let depth = 0
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++
    else if (text[at] === '(' && --depth < 0) return at
  }
  return -1
}
