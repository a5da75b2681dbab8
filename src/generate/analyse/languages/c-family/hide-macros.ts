/**
 * Hides from the grammar what only the preprocessor understands: macros that stand for attributes, linkage and the
 * brackets of namespaces. No macro is expanded: words in capitals, or with two underscores, are taken away where no
 * expression and no type can stand, so that what is around them can be read. The text keeps its length.
 *
 * - alone on a line, between declarations: `EXTERN_C_BEGIN`; with arguments it gets the `;` that it lacks
 * - before a type and a name, or a keyword: `API int f(void)`, `static INLINE template`
 * - between a type and the name of a function: `int CALLBACK f(void)`
 * - between `class` and its name, and behind the parameters of a function
 * - behind the name of a parameter, between `if` and its condition, before a block that is tried or catches
 * - with arguments that are no expressions: `DECLARE(int, name);`
 */

import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { hideLinkage } from './hide-linkage.ts'
import { areNoExpressions, isCaught } from './macro-arguments.ts'
import { plainCasts } from './plain-casts.ts'
import { plainDirective } from './plain-directives.ts'

/** Comments, texts and lines of the preprocessor are passed over; what is left are the words in question. */
const WORD =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S]){1,12}'|^[ \t]*#(?:[^\n\\]|\\\r?\n|\\.|\/\*[\s\S]*?\*\/)*|\b(?:[A-Z_][A-Z0-9_]{2,}|__\w+)\b|(?<=^[ \t]+)[a-z]\w*(?=[ \t]+[a-z]\w*[ \t]+\**[a-z]\w*[ \t]*[;=[])/gm
const KNOWN =
  /^(?:__(?:attribute|declspec|extension|asm|inline|restrict|const|volatile|signed|thread|typeof|alignof|builtin\w*|cdecl|stdcall|fastcall|thiscall|vectorcall|based|unaligned|try|except|finally|leave|forceinline|func|FUNCTION|int\d+|m\d+\w*)(?:__)?|__(?:FILE|LINE|DATE|TIME|func|cplusplus|VA_ARGS|PRETTY_FUNCTION)_*|_+|NULL|TRUE|FALSE|EOF)$/
const KEYWORD =
  /^(?:static|inline|extern|const|virtual|constexpr|explicit|friend|template|class|struct|union|enum|namespace|typedef|using|unsigned|signed|volatile|register|auto|void|int|char|long|short|float|double|bool|typename|mutable|consteval|constinit|thread_local|operator)$/
/** A word before which a value stands, or which is no declaration. */
const STATEMENT =
  /^(?:return|else|case|goto|new|delete|throw|do|sizeof|typeof|alignof|co_return|co_yield|co_await|and|or|not|in|typedef|public|private|protected|default|break|continue|if|while|for|switch)$/
const ATTRIBUTE =
  /ATTR|NOEXCEPT|NOTHROW|REQUIRE[SD]|EXCLUDE[SD]|GUARDED|FORMAT|PRINTF|NONNULL|DEPRECATED|ALLOC|UNUSED|CHECK_RETURN|LIFETIME/
const MAX_ARGUMENTS = 2_000

export function hideMacros(original: string): Prepared {
  const text = plainCasts(hideLinkage(original))
  let result = ''
  let from = 0
  const refs: HiddenRef[] = []
  // What is hidden is no longer between what stands before and behind it.
  let hidden = { end: -1, before: -1 }
  for (const match of text.matchAll(WORD)) {
    const [word] = match
    const first = word.charCodeAt(0)
    if (/^[ \t]*#/.test(word)) {
      result += text.slice(from, match.index) + plainDirective(word)
      from = match.index + word.length
      continue
    }
    // `/`, quotes, `#` and spaces before it.
    if (first < 0x41 || KNOWN.test(word)) continue
    const start = match.index
    const end = start + word.length
    const last = lastBefore(text, start)
    const before = last + 1 === hidden.end ? hidden.before : last
    const change = first >= 0x61 ? changeOfPlain(text, word, start, end) : changeAt(text, start, end, before)
    if (change === undefined) continue
    hidden = { end: change.isRef ? change.start + change.to.length : lastBefore(text, change.start) + 1, before }
    result += text.slice(from, change.start) + change.to
    from = change.start + change.to.length
    if (change.isRef) refs.push({ start, end, at: change.isOfNext ? nextAfter(text, end) : start })
  }
  return { text: result + text.slice(from), refs }
}

interface Change {
  start: number
  to: string
  /** The word is out of sight and has to be taken for a use by itself. */
  isRef: boolean
  /** It belongs to what stands behind it. */
  isOfNext?: boolean
}

/** Three plain words are one too many: `macro type name;`. */
function changeOfPlain(text: string, word: string, start: number, end: number): Change | undefined {
  if (KEYWORD.test(word) || STATEMENT.test(word)) return undefined
  const second = wordAt(text, nextAfter(text, end))
  return /^(?:const|volatile|static|restrict|register)$/.test(second) || STATEMENT.test(second)
    ? undefined
    : { start, to: ' '.repeat(end - start), isRef: true, isOfNext: true }
}

function changeAt(text: string, start: number, end: number, before: number): Change | undefined {
  const after = nextAfter(text, end)
  const next = text[after] ?? ''
  const blank: Change = { start, to: ' '.repeat(end - start), isRef: true }
  const isAtEdge =
    before < 0 || /[;{}]/.test(text[before] ?? '') || isLabelAt(text, before) || isDirectiveAt(text, before)
  const wordAfter = wordAt(text, after)
  const wordBefore = wordEndingAt(text, before)
  const isBehindType =
    wordBefore !== '' ? !/^\d/.test(wordBefore) && !STATEMENT.test(wordBefore) : /[*&>]/.test(text[before] ?? '')
  // `if MACRO (…)`
  if (next === '(' && wordBefore === 'if') return blank
  if (next === '~' && (isAtEdge || KEYWORD.test(wordBefore))) return blank
  if (isAtEdge && next === '{' && /TRY$/.test(text.slice(start, end))) return blank
  if (/[,)]/.test(next) && isBehindParameter(text, before)) return blank
  if (next === '(' && /[,<]/.test(text[before] ?? '')) return changeOfTemplateParameter(text, start, after, before)
  if (next === '(' && /^(?:class|struct|union|enum)$/.test(wordBefore))
    return changeOfClassAttribute(text, start, after)
  if (next === '(') return changeOfCall(text, start, after, before, isAtEdge, isBehindType)
  if (isAtEdge) {
    if (isAlone(text, start, end)) {
      if (next === '#' || next === '' || (next === '}' && text[before] !== '{')) return blank
      if (wordAfter === '') return undefined
      return KEYWORD.test(wordAfter) || isTypeAndName(text, after, wordAfter) || isWordOfMacro(wordAfter)
        ? blank
        : undefined
    }
    return wordAfter !== '' &&
      (KEYWORD.test(wordAfter) || isTypeAndName(text, after, wordAfter) || isConstructor(text, after, wordAfter))
      ? { ...blank, isOfNext: true }
      : undefined
  }
  if (/^(?:class|struct|union|enum)$/.test(wordBefore)) {
    return wordAfter !== '' &&
      /^\s*(?:final\s*)?[:{<]/.test(text.slice(after + wordAfter.length, after + wordAfter.length + 40))
      ? blank
      : undefined
  }
  if (text[before] === ')') return next === '{' || (next === ';' && isDeclaration(text, before)) ? blank : undefined
  // `int MACRO *f(`
  if (
    isBehindType &&
    /[*&]/.test(next) &&
    isPlainType(wordBefore) &&
    /^[*&\s]+\w+\s*\(/.test(text.slice(after, after + 80))
  )
    return blank
  if (STATEMENT.test(wordBefore) || wordAfter === '') return undefined
  // `> MACRO class`, `static MACRO int x`, `int MACRO f(`, `int *MACRO f(`
  if (KEYWORD.test(wordBefore) && (KEYWORD.test(wordAfter) || isTypeAndName(text, after, wordAfter))) return blank
  if (text[before] === '>' && (KEYWORD.test(wordAfter) || isTypeAndName(text, after, wordAfter))) return blank
  return isBehindType &&
    !KEYWORD.test(wordAfter) &&
    /^\s*\(/.test(text.slice(after + wordAfter.length, after + wordAfter.length + 20))
    ? blank
    : undefined
}

/** `MACRO(…)`: what is alone on its lines gets a `;` in place of the line break, an attribute goes. */
function changeOfCall(
  text: string,
  start: number,
  open: number,
  before: number,
  isAtEdge: boolean,
  isBehindType: boolean,
): Change | undefined {
  const close = closingOf(text, open)
  if (close === undefined) return undefined
  const after = nextAfter(text, close + 1)
  const next = text[after] ?? ''
  const hidden: Change = { start, to: text.slice(start, close + 1).replace(/[^\n]/g, ' '), isRef: true }
  const args = text.slice(open + 1, close)
  if (next === '{' && text[before] === '}' && /CATCH/.test(text.slice(start, open)) && isCaught(args)) return hidden
  // `template <…> MACRO(x) auto f(`
  const wordAfter = wordAt(text, after)
  if (text[before] === '>' && (KEYWORD.test(wordAfter) || isTypeAndName(text, after, wordAfter))) return hidden
  if (isAtEdge && isLineStart(text, start)) {
    const isStatement = next === ';' || text.slice(close + 1, after).includes('\n')
    if (isStatement && areNoExpressions(args) && !isTypeOf(text, text.slice(start, open).trim())) return hidden
    const line = /^[ \t]*\r?\n/.exec(text.slice(close + 1, close + 200))?.[0]
    const isFollowed = next === '}' || next === '#' || next === '' || /[A-Za-z_~]/.test(next)
    if (line === undefined || !isFollowed) return undefined
    // A directive has to stay at the beginning of its line.
    if (next === '#') return { start, to: text.slice(start, close + 1).replace(/[^\n]/g, ' '), isRef: true }
    return { start: close + line.length, to: ';', isRef: false }
  }
  // `int MACRO(x) f(`
  if (isBehindType && /^[*&\s]*\w+\s*\(/.test(text.slice(after, after + 80)) && next !== '(') return hidden
  const isBehindParameters = text[before] === ')' && (next === ';' || next === '{')
  const isAttribute =
    isBehindParameters && (ATTRIBUTE.test(text.slice(start, open)) || (next === '{' && isDeclaration(text, before)))
  return isAttribute ? hidden : undefined
}

/** What ends at `at` is a type and the name of a parameter: `(T& name`, `, unsigned char name`. */
function isBehindParameter(text: string, at: number): boolean {
  const [, type = '', name = ''] =
    /[(,]\s*(?:(?:const|volatile|unsigned|signed|long|struct|typename)\s+)*([\w:]+)(?:<[^;{}()]{0,100}>)?(?:\s*[&*]+\s*|\s+)(\w+)$/.exec(
      text.slice(Math.max(0, at - 250), at + 1),
    ) ?? []
  return type !== '' && !STATEMENT.test(type) && name !== '' && !KEYWORD.test(name) && !/^(?:const|struct)$/.test(type)
}

/** A class has this name: what looks like the call of a macro is its constructor. */
function isTypeOf(text: string, name: string): boolean {
  return new RegExp(`\\b(?:class|struct|union)\\s+(?:\\w+\\s+)?${name}\\b`).test(text)
}

/** `class MACRO(…) Name {` */
function changeOfClassAttribute(text: string, start: number, open: number): Change | undefined {
  const close = closingOf(text, open)
  if (close === undefined || !/^\s*[A-Za-z_][\w:<>]*\s*(?:final\s*)?[:{<]/.test(text.slice(close + 1, close + 120)))
    return undefined
  return { start, to: text.slice(start, close + 1).replace(/[^\n]/g, ' '), isRef: true }
}

/** `template <typename T, MACRO(…)>`: a parameter of whatever type. */
function changeOfTemplateParameter(text: string, start: number, open: number, before: number): Change | undefined {
  const head = text.slice(Math.max(0, before - 400), before + 1)
  if (!/\btemplate\s*<[^;{}]*$/.test(head)) return undefined
  const close = closingOf(text, open)
  if (close === undefined || !/[,>]/.test(text[nextAfter(text, close + 1)] ?? '')) return undefined
  return {
    start,
    to: text
      .slice(start, close + 1)
      .replace(/[^\n]/g, ' ')
      .replace('   ', 'int'),
    isRef: true,
  }
}

function isLabelAt(text: string, at: number): boolean {
  return (
    text[at] === ':' && /\b(?:public|private|protected)(?:\s+\w+)?\s*:$/.test(text.slice(Math.max(0, at - 30), at + 1))
  )
}

/** Offset of the last character before `at` that is no space; -1 at the start. Comments count as spaces. */
function lastBefore(text: string, at: number): number {
  let end = at - 1
  for (let steps = 0; steps < 50; steps++) {
    while (end >= 0 && text.charCodeAt(end) <= 0x20) end--
    if (text[end] === '/' && text[end - 1] === '*') {
      const open = text.lastIndexOf('/*', end - 2)
      if (open < 0) return end
      end = open - 1
      continue
    }
    const line = text.lastIndexOf('\n', end) + 1
    const comment = text.slice(line, Math.min(end + 1, line + 400)).search(/(?:^|[\s;{})])\/\//)
    if (comment < 0 || end < line) return end
    end = line + comment
    if (text[end] === '/') end--
    else if (text.charCodeAt(end) > 0x20) return end
  }
  return end
}

/** Offset of the next character that is neither space nor in a comment. */
function nextAfter(text: string, at: number): number {
  let start = at
  for (let steps = 0; steps < 50; steps++) {
    while (start < text.length && text.charCodeAt(start) <= 0x20) start++
    if (text[start] !== '/') return start
    const close =
      text[start + 1] === '*'
        ? text.indexOf('*/', start + 2) + 2
        : text[start + 1] === '/'
          ? text.indexOf('\n', start)
          : -1
    if (close <= start) return start
    start = close
  }
  return start
}

const PLAIN_WORD = /[A-Za-z_]\w*/y

function wordAt(text: string, at: number): string {
  PLAIN_WORD.lastIndex = at
  return PLAIN_WORD.exec(text)?.[0] ?? ''
}

function wordEndingAt(text: string, at: number): string {
  let start = at + 1
  while (start > 0 && start > at - 59 && isWordUnit(text.charCodeAt(start - 1))) start--
  return text.slice(start, at + 1)
}

/** `\w` */
function isWordUnit(unit: number): boolean {
  return unit > 0x60 ? unit < 0x7b : unit > 0x40 ? unit < 0x5b || unit === 0x5f : unit > 0x2f && unit < 0x3a
}

/** A type stands here and a name behind it: `int x`, `a::b<c> *x`. */
function isTypeAndName(text: string, at: number, word: string): boolean {
  if (STATEMENT.test(word)) return false
  return /^[\w:]+(?:<[^;{}()]{0,200}>)?(?:\s*[*&]+\s*|\s+)[A-Za-z_~]/.test(text.slice(at, at + 300))
}

function isPlainType(word: string): boolean {
  return /^(?:void|int|char|long|short|float|double|bool)$/.test(word) || !KEYWORD.test(word)
}

/** `Name(…) : member(…)` */
function isConstructor(text: string, at: number, word: string): boolean {
  const open = nextAfter(text, at + word.length)
  const close = text[open] === '(' ? closingOf(text, open) : undefined
  return close !== undefined && /^\s*(?:noexcept(?:\([^()]*\))?\s*)?:(?!:)/.test(text.slice(close + 1, close + 120))
}

function isWordOfMacro(word: string): boolean {
  return /^[A-Z_][A-Z0-9_]{2,}$/.test(word)
}

/** What ends with a `)` at `at` is a declaration: its line begins at the edge and with a type. */
function isDeclaration(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
  return (
    /^(?:[A-Za-z_][\w:]*[\s*&]+)+[\w:~]+\s*\(/.test(line.trimStart()) && !STATEMENT.test(wordAt(line.trimStart(), 0))
  )
}

function isAlone(text: string, start: number, end: number): boolean {
  return (
    isLineStart(text, start) &&
    /^[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*\*\/[ \t]*)?\r?(?:\n|$)/.test(text.slice(end, end + 200))
  )
}

function isLineStart(text: string, start: number): boolean {
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === ''
}

/** The line that ends at `at` is one of the preprocessor. */
function isDirectiveAt(text: string, at: number): boolean {
  let line = text.lastIndexOf('\n', at) + 1
  while (line > 1 && text[line - 2] === '\\') line = text.lastIndexOf('\n', line - 2) + 1
  return /^[ \t]*#/.test(text.slice(line, line + 40))
}

function closingOf(text: string, open: number): number | undefined {
  let depth = 0
  for (let at = open; at < text.length && at < open + MAX_ARGUMENTS; at++) {
    const character = text[at]
    if (character === '(') depth++
    else if (character === ')' && --depth === 0) return at
    else if (character === ';' || character === '{') return undefined
  }
  return undefined
}
