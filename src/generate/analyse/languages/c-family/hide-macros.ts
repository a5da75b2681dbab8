/**
 * Hides macros that expand to attributes, linkage or the braces of namespaces from the grammar. No macro is expanded.
 * Words in capitals or with two leading underscores are blanked where neither an expression nor a type can appear, so
 * that the code around them parses. The text keeps its length. These macros are blanked:
 *
 * - alone on a line between declarations: `EXTERN_C_BEGIN`; one with arguments gets the missing `;`
 * - before a type and a name, or before a keyword: `API int f(void)`, `static INLINE template`
 * - named like an attribute, before other macros, with arguments, or in a parameter:
 *   `ATTR_PURE ATTR_ACCESS(1) int f(ATTR_UNUSED int x)`
 * - between a type and the name of a function: `int CALLBACK f(void)`; before a constructor: `API A::A()`
 * - between `class` and its name, and after the parameters of a function
 * - after the name of a parameter, between `if` and its condition, before the block of a `try` or `catch`
 * - whose arguments are not expressions: `DECLARE(int, name);`
 */

import { append } from '#base/long-arrays.ts'
import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import {
  endsWithParameter,
  isBodyOfType,
  isConstructor,
  isDeclaration,
  isNameOfFunction,
  isOuterConstructor,
  isPlainType,
  isTypeAndName,
  KEYWORD,
  STATEMENT,
} from './declaration-shapes.ts'
import { withFunctionHeads, withoutModifierMacros } from './function-macros.ts'
import { hideConditionals } from './hide-conditionals.ts'
import { namesInMacro } from './macro-bodies.ts'
import {
  ATTRIBUTE,
  type Change,
  changeOfCall,
  changeOfClassAttribute,
  changeOfTemplateParameter,
} from './macro-calls.ts'
import { plainDirective } from './plain-directives.ts'
import { plainExpressions } from './plain-expressions.ts'
import { joinStringMacros } from './string-macros.ts'
import {
  closingOf,
  isAlone,
  isDirectiveAt,
  isLabelAt,
  lastBefore,
  lineStart,
  nextAfter,
  wordAt,
  wordEndingAt,
} from './text-around.ts'

/** Matches comments, strings and directives as well, so that the words inside them are skipped. */
const WORD =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S]){1,12}'|^[ \t]*#(?:[^\n\\]|\\\r?\n|\\.|\/\*[\s\S]*?\*\/)*|\b(?:[A-Z_][A-Z0-9_]{2,}|__\w+)\b|(?<=^[ \t]+)[a-z]\w*(?=[ \t]+[a-z]\w*[ \t]+\**[a-z]\w*[ \t]*[;=[])/gm
const KNOWN =
  /^(?:__(?:attribute|declspec|extension|asm|inline|restrict|const|volatile|signed|thread|typeof|alignof|builtin\w*|cdecl|stdcall|fastcall|thiscall|vectorcall|based|unaligned|try|except|finally|leave|forceinline|func|FUNCTION|int\d+|m\d\w*)(?:__)?|__(?:FILE|LINE|DATE|TIME|func|cplusplus|VA_ARGS|PRETTY_FUNCTION)_*|_+|NULL|TRUE|FALSE|EOF)$/

/** @param isC - Leave out `#ifdef __cplusplus` branches where the grammar can read only one branch. */
export function hideMacros(original: string, isC = false): Prepared {
  const heads = withFunctionHeads(original)
  const whole = hideConditionals(hideLinkage(withoutModifierMacros(heads.text)), isC)
  const text = joinStringMacros(plainExpressions(whole.text))
  let result = ''
  let from = 0
  const refs: HiddenRef[] = [...heads.refs, ...whole.refs]
  // A hidden word no longer separates its neighbours.
  let hidden = { end: -1, before: -1 }
  for (const match of text.matchAll(WORD)) {
    const [word] = match
    const first = word.charCodeAt(0)
    if (/^[ \t]*#/.test(word)) {
      result += text.slice(from, match.index) + plainDirective(word)
      append(refs, namesInMacro(word, match.index))
      from = match.index + word.length
      continue
    }
    // Skips matches that start with `/`, a quote, `#` or a space.
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

/** A plain word before a type and a name must be a macro: `macro type name;`. */
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
  const isAfterType =
    wordBefore !== '' ? !/^\d/.test(wordBefore) && !STATEMENT.test(wordBefore) : /[*&>]/.test(text[before] ?? '')
  // `64 KB`; `= 7 MACRO(x) }` with more items of a list
  if (/^\d/.test(wordBefore)) {
    const close = next === '(' ? closingOf(text, after) : undefined
    return close === undefined ? blank : { ...blank, to: text.slice(start, close + 1).replace(/[^\n]/g, ' ') }
  }
  // `int (MACRO *f)(`
  if (next === '*' && text[before] === '(' && /^\*\s*\w+\s*\)\s*\(/.test(text.slice(after, after + 120))) return blank
  // `if MACRO (…)`
  if (next === '(' && wordBefore === 'if') return blank
  if (next === '~' && (isAtEdge || KEYWORD.test(wordBefore))) return blank
  if (isAtEdge && next === '{' && /TRY$/.test(text.slice(start, end))) return blank
  if (/[,)]/.test(next) && endsWithParameter(text, before)) return blank
  if (next === '(' && /[,<]/.test(text[before] ?? '')) return changeOfTemplateParameter(text, start, after, before)
  if (next === '(' && /^(?:class|struct|union|enum)$/.test(wordBefore))
    return changeOfClassAttribute(text, start, after)
  if (next === '(') return changeOfCall(text, { start, open: after, before, isAtEdge, isAfterType })
  const isDeclared = KEYWORD.test(wordAfter) || isTypeAndName(text, after, wordAfter) || isOuterConstructor(text, after)
  const isAttribute = ATTRIBUTE.test(text.slice(start, end))
  // `f(MACRO int x, MACRO const char* y)`
  if (isAttribute && isDeclared && /[(,]/.test(text[before] ?? '')) return blank
  // `MACRO MACRO(1, 2) int f(`
  if (isAtEdge && isAttribute && isWordOfMacro(wordAfter)) return { ...blank, isOfNext: true }
  if (isAtEdge) {
    // `MACRO:` between members opens a section of them.
    if (next === ':' && isAlone(text, start, after + 1)) return { ...blank, to: ' '.repeat(after + 1 - start) }
    if (isAlone(text, start, end)) {
      if (next === '#' || next === '' || (next === '}' && !isInList(text, before))) return blank
      if (wordAfter === '') return undefined
      return isDeclared || isWordOfMacro(wordAfter) ? blank : undefined
    }
    return wordAfter !== '' && (isDeclared || isConstructor(text, after, wordAfter))
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
    isAfterType &&
    /[*&]/.test(next) &&
    isPlainType(wordBefore) &&
    /^[*&\s]+\w+\s*\(/.test(text.slice(after, after + 80))
  )
    return blank
  if (STATEMENT.test(wordBefore) || wordAfter === '') return undefined
  // `> MACRO class`, `static MACRO int x`, `int MACRO f(`, `int *MACRO f(`
  if (isDeclared && (KEYWORD.test(wordBefore) || text[before] === '>')) return blank
  // `static MACRO f(`: the macro is the type.
  if (/\b(?:static|extern)(?:\s+(?:inline|__\w+))*$/.test(text.slice(Math.max(0, before - 60), before + 1)))
    return undefined
  return isAfterType && !KEYWORD.test(wordAfter) && isNameOfFunction(text, after) ? blank : undefined
}

/** Whether what follows `before`, up to a `}`, is an item of an enum or initializer, not a member or statement. */
function isInList(text: string, before: number): boolean {
  let at = before
  for (let count = 0; count < 20 && isDirectiveAt(text, at); count++) at = lastBefore(text, lineStart(text, at) ?? 0)
  if (text[at] === '{') return !isBodyOfType(text, at)
  return at >= 0 && !/[;}:]/.test(text[at] ?? '')
}

function isWordOfMacro(word: string): boolean {
  return /^[A-Z_][A-Z0-9_]{2,}$/.test(word)
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
