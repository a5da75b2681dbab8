/**
 * Hides macros that expand to attributes, linkage or the braces of namespaces from the grammar. No macro is expanded.
 * Words in capitals or with two leading underscores are blanked where neither an expression nor a type can appear, so
 * that the code around them parses. The text keeps its length. These macros are blanked:
 *
 * - alone on a line between declarations: `EXTERN_C_BEGIN`; a missing `;` is added to one with arguments
 * - before a type and a name, or before a keyword: `API int f(void)`, `static INLINE template`
 * - named like an attribute, before other macros, with arguments, or in a parameter:
 *   `ATTR_PURE ATTR_ACCESS(1) int f(ATTR_UNUSED int x)`
 * - between a type and the name of a function: `int CALLBACK f(void)`; before a constructor: `API A::A()`
 * - between `class` and its name, and after the parameters of a function
 * - after the name of a parameter, between `if` and its condition, before the block of a `try` or `catch`
 * - whose arguments are not expressions: `DECLARE(int, name);`
 *
 * So is a word in lower case at the start of an indented declaration: `macro type name;`.
 */

import { append } from '#base/long-arrays.ts'
import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { KEYWORD, STATEMENT } from './declaration-shapes.ts'
import { withFunctionHeads, withoutModifierMacros } from './function-macros.ts'
import { hideConditionals } from './hide-conditionals.ts'
import { namesInMacro } from './macro-bodies.ts'
import type { Change } from './macro-calls.ts'
import { changeAt } from './macro-words.ts'
import { plainDirective } from './plain-directives.ts'
import { plainExpressions } from './plain-expressions.ts'
import { joinStringMacros } from './string-macros.ts'
import { lastBefore, nextAfter, wordAt } from './text-around.ts'

/**
 * Matches comments, strings and directives as well, so that the words inside them are skipped. A string that is never
 * closed ends with its line. The last form is a word in lower case with its indent.
 */
const WORD =
  /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S]){1,12}'|^[ \t]*#(?:[^\n\\]|\\\r?\n|\\.)*|\b(?:[A-Z_][A-Z0-9_]{2,}|__\w+)\b|^[ \t]+([a-z]\w*)(?=[ \t]+[a-z]\w*[ \t]+\**[a-z]\w*[ \t]*[;=[])/gm
const CALLING_CONVENTION = /^__(?:cdecl|stdcall|fastcall|thiscall|vectorcall)$/
const KNOWN =
  /^(?:__(?:attribute|declspec|extension|asm|inline|restrict|const|volatile|signed|thread|typeof|alignof|builtin\w*|based|unaligned|try|except|finally|leave|forceinline|func|FUNCTION|int\d+|m\d\w*)(?:__)?|__(?:FILE|LINE|DATE|TIME|func|cplusplus|VA_ARGS|PRETTY_FUNCTION)_*|_+|NULL|TRUE|FALSE|EOF)$/

/** @param isC - Leave out `#ifdef __cplusplus` branches where the grammar can read only one branch. */
export function hideMacros(original: string, isC = false): Prepared {
  const heads = withFunctionHeads(original)
  const visible = hideConditionals(hideLinkage(withoutModifierMacros(heads.text)), isC)
  const text = joinStringMacros(plainExpressions(visible.text))
  let result = ''
  let from = 0
  const refs: HiddenRef[] = [...heads.refs, ...visible.refs]
  // Hidden words are skipped, so the word before them counts as the previous word.
  let hidden = { end: -1, before: -1 }
  for (const match of text.matchAll(WORD)) {
    const [whole, word = whole] = match
    const first = word.charCodeAt(0)
    if (/^[ \t]*#/.test(word)) {
      result += text.slice(from, match.index) + plainDirective(word)
      append(refs, namesInMacro(word, match.index))
      from = match.index + word.length
      continue
    }
    // Skips matches that start with `/`, a quote, `#` or a space.
    if (first < 0x41 || KNOWN.test(word)) continue
    const start = match.index + whole.length - word.length
    const end = start + word.length
    const last = lastBefore(text, start)
    const before = last + 1 === hidden.end ? hidden.before : last
    const change = CALLING_CONVENTION.test(word)
      ? { start, to: ' '.repeat(word.length), isRef: false }
      : first >= 0x61
        ? changeOfPlain(text, word, start, end)
        : changeAt(text, start, end, before)
    if (change === undefined || change.start < from) continue
    hidden = { end: change.isRef ? change.start + change.to.length : lastBefore(text, change.start) + 1, before }
    result += text.slice(from, change.start) + change.to
    from = change.start + change.to.length
    if (change.isRef) refs.push({ start, end, at: change.isOfNext ? nextAfter(text, end) : start })
  }
  return { text: result + text.slice(from), refs }
}

/** A word in lower case before a type and a name is taken for a macro: `macro type name;`. */
function changeOfPlain(text: string, word: string, start: number, end: number): Change | undefined {
  if (KEYWORD.test(word) || STATEMENT.test(word)) return undefined
  const second = wordAt(text, nextAfter(text, end))
  return /^(?:const|volatile|static|restrict|register)$/.test(second) || STATEMENT.test(second)
    ? undefined
    : { start, to: ' '.repeat(end - start), isRef: true, isOfNext: true }
}

const LINKAGE =
  /(?<![^\n])([ \t]*#[ \t]*if[^\n]*\n\s*)(extern[ \t]+"C(?:\+\+)?"[ \t]*\{|\})(?=[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*\*\/[ \t]*)?\r?\n\s*#[ \t]*endif)/g

/**
 * Hides `extern "C" {` and its `}` when each is alone in an `#if`, as in headers for both languages, because the
 * grammar expects balanced code inside an `#if`.
 */
function hideLinkage(text: string): string {
  if (!text.includes('extern')) return text
  const found = [...text.matchAll(LINKAGE)]
  const opened = found.filter(([, , bracket = '']) => bracket !== '}').length
  return opened * 2 === found.length
    ? text.replace(LINKAGE, (_, before: string, bracket: string) => before + ' '.repeat(bracket.length))
    : text
}
