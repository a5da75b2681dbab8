/**
 * Macros with arguments, for `hide-macros.ts`: a macro alone on its lines gets the missing `;`; attributes of
 * declarations, of classes and of template parameters are blanked.
 */

import { splitOutside } from '#generate/attributes.ts'
import { endsWithVariable, isDeclaration, isTypeAndName, isTypeOf, KEYWORD } from './declaration-shapes.ts'
import { closingOf, isLineStart, lastBefore, nextAfter, openingOf, wordAt, wordEndingAt } from './text-around.ts'

/** The replacement of a piece of the text from `start` on, of the same length. */
export interface Change {
  start: number
  to: string
  /** The word is blanked and has to be recorded as a use separately. */
  isRef: boolean
  /** It belongs to the declaration after it. */
  isOfNext?: boolean
}

/** A call `MACRO(…)`, by offsets. */
interface MacroCall {
  readonly start: number
  /** The opening bracket. */
  readonly open: number
  /** The last character before the call that is not white space; negative at the start of the file. */
  readonly before: number
  /** Whether a statement or declaration may begin here. */
  readonly isAtEdge: boolean
  readonly isAfterType: boolean
}

/** Parts of names of macros that expand to attributes. */
export const ATTRIBUTE =
  /ATTR|NOEXCEPT|NOTHROW|REQUIRE[SD]|EXCLUDE[SD]|GUARDED|ACQUIRE|RELEASE|CAPABILITY|LOCK_FUNCTION|LOCK_RETURNED|FORMAT|PRINTF|NONNULL|DEPRECATED|ALLOC|UNUSED|CHECK_RETURN|LIFETIME/
/** Words that may appear between the parameters of a function and its attributes. */
const QUALIFIER = /^(?:const|volatile|noexcept|override|final)$/

/** `MACRO(…)`: alone on its lines, it gets a `;` instead of the line break; as an attribute, it is blanked. */
export function changeOfCall(
  text: string,
  { start, open, before, isAtEdge, isAfterType }: MacroCall,
): Change | undefined {
  const close = closingOf(text, open)
  if (close === undefined) return undefined
  const after = nextAfter(text, close + 1)
  const next = text[after] ?? ''
  const hidden: Change = { start, to: text.slice(start, close + 1).replace(/[^\n]/g, ' '), isRef: true }
  const args = text.slice(open + 1, close)
  const word = wordAt(text, after)
  const isNext = KEYWORD.test(word) || isTypeAndName(text, after, word)
  if (
    isAtEdge &&
    isBefore(text, start, open, close, after) &&
    (isNext || ATTRIBUTE.test(/^[A-Z]/.test(word) ? word : ''))
  )
    return hidden
  if (next === '{' && text[before] === '}' && /CATCH/.test(text.slice(start, open)) && isCatchParameter(args))
    return hidden
  // `template <…> MACRO(x) auto f(`
  if (text[before] === '>' && isNext) return hidden
  if (isAtEdge && isLineStart(text, start)) {
    const isStatement = next === ';' || text.slice(close + 1, after).includes('\n')
    if (isStatement && hasNonExpression(args) && !isTypeOf(text, text.slice(start, open).trim())) return hidden
    const line = /^[ \t]*\r?\n/.exec(text.slice(close + 1, close + 200))?.[0]
    const isFollowed = next === '}' || next === '#' || next === '' || /[A-Za-z_~]/.test(next)
    if (line === undefined || !isFollowed) return undefined
    // A directive has to stay at the beginning of its line.
    if (next === '#') return { start, to: text.slice(start, close + 1).replace(/[^\n]/g, ' '), isRef: true }
    return { start: close + line.length, to: ';', isRef: false }
  }
  // `int MACRO(x) f(`
  if (isAfterType && /^[*&\s]*\w+\s*\(/.test(text.slice(after, after + 80)) && next !== '(') return hidden
  return isAttribute(text, text.slice(start, open), before, after) ? hidden : undefined
}

/** `MACRO(1, 2) int f(`. A macro alone on its line may also declare something, unless its name says that it is an attribute. */
function isBefore(text: string, start: number, open: number, close: number, after: number): boolean {
  const name = text.slice(start, open)
  return ATTRIBUTE.test(name) && (/ATTR/.test(name) || !text.slice(close, after).includes('\n'))
}

/** `int f(int x) MACRO(…);`, `bool f() const MACRO(…) {`, `int x MACRO(…) = 1;` */
function isAttribute(text: string, name: string, before: number, after: number): boolean {
  const next = text[after] ?? ''
  const isEnd = /[;{=]/.test(next) || (next === ':' && text[after + 1] !== ':')
  if (!isEnd && !/^(?:[A-Z_][A-Z0-9_]{2,}|override|final|noexcept)$/.test(wordAt(text, after))) return false
  if (text[before] === ')') {
    if (/[{;]/.test(next) && isDeclaration(text, before)) return true
    return ATTRIBUTE.test(name) && !isControl(text, before)
  }
  const word = wordEndingAt(text, before)
  if (QUALIFIER.test(word)) return text[lastBefore(text, before - word.length + 1)] === ')'
  return ATTRIBUTE.test(name) && endsWithVariable(text, before)
}

/** Whether the `)` at `close` ends `if (…)` or the head of a loop. */
function isControl(text: string, close: number): boolean {
  const open = openingOf(text, close)
  return open === undefined || /^(?:if|for|while|switch)$/.test(wordEndingAt(text, lastBefore(text, open)))
}

/** `class MACRO(…) Name {` */
export function changeOfClassAttribute(text: string, start: number, open: number): Change | undefined {
  const close = closingOf(text, open)
  if (close === undefined || !/^\s*[A-Za-z_][\w:<>]*\s*(?:final\s*)?[:{<]/.test(text.slice(close + 1, close + 120)))
    return undefined
  return { start, to: text.slice(start, close + 1).replace(/[^\n]/g, ' '), isRef: true }
}

/** `template <typename T, MACRO(…)>`: a parameter of any type. */
export function changeOfTemplateParameter(
  text: string,
  start: number,
  open: number,
  before: number,
): Change | undefined {
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

const TYPE_ARGUMENT =
  /^(?:(?:const|unsigned|signed|long|short|int|char|bool|float|double|void|wchar_t|char(?:8|16|32)_t)\b\s*)+(?:[*&][*&\s]*)?$/
const TYPE_OF_NAME = /^const\s+[\w:]+\s*[*&]*$/
/** Two words, or a word and a string: `push x`, `ignored "-Wall"`. */
const TWO_WORDS =
  /^(?!(?:new|sizeof|delete|throw|not|co_await|const|return|struct|class|enum|auto)\b)[A-Za-z_]\w*\s+["\w]/

/** Whether a macro is not called like a function: some arguments are types, clauses or empty. */
function hasNonExpression(args: string): boolean {
  if (args.trim() === '') return false
  return splitOutside(args, ',').some(
    (arg) => arg === '' || [TYPE_ARGUMENT, TYPE_OF_NAME, TWO_WORDS].some((form) => form.test(arg)),
  )
}

/** Whether the arguments are the parameter of a `catch`: `...`, `const E& e`. */
function isCatchParameter(args: string): boolean {
  return /^\s*(?:const\b[^;{}]*|(?:\.\.\.|[\w:]+\s*&(?:\s*\w+)?)\s*)$/.test(args)
}
