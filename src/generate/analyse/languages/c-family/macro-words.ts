/** Decides from the surrounding code how `hide-macros.ts` replaces one macro. */

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
import {
  ATTRIBUTE,
  type Change,
  changeOfCall,
  changeOfClassAttribute,
  changeOfTemplateParameter,
} from './macro-calls.ts'
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

/** A word that may be a macro, with the code around it. */
interface MacroWord {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Offsets of the nearest characters that are not white space; `before` is negative at the start of the file. */
  readonly before: number
  readonly after: number
  readonly next: string
  readonly wordBefore: string
  readonly wordAfter: string
  /** Whether a statement or declaration may begin here. */
  readonly isAtEdge: boolean
  /** Blanks the word. */
  readonly blank: Change
}

/** @returns `undefined` if the word is kept. */
export function changeAt(text: string, start: number, end: number, before: number): Change | undefined {
  const after = nextAfter(text, end)
  const word: MacroWord = {
    text,
    start,
    end,
    before,
    after,
    next: text[after] ?? '',
    // The end of a directive is not the word before.
    wordBefore: isDirectiveAt(text, before) ? '' : wordEndingAt(text, before),
    wordAfter: wordAt(text, after),
    isAtEdge: before < 0 || /[;{}]/.test(text[before] ?? '') || isLabelAt(text, before) || isDirectiveAt(text, before),
    blank: { start, to: ' '.repeat(end - start), isRef: true },
  }
  if (/^\d/.test(word.wordBefore)) return changeAfterNumber(word)
  if (isAlwaysBlank(word)) return word.blank
  if (word.next === '(') return changeWithArguments(word)
  return word.isAtEdge ? changeAtEdge(word) : changeInside(word)
}

/** `64 KB`; in a list of items, `= 7 MACRO(x) }` */
function changeAfterNumber({ text, start, after, next, blank }: MacroWord): Change {
  const close = next === '(' ? closingOf(text, after) : undefined
  return close === undefined ? blank : { ...blank, to: text.slice(start, close + 1).replace(/[^\n]/g, ' ') }
}

function isAlwaysBlank({ text, start, end, before, after, next, wordBefore, isAtEdge }: MacroWord): boolean {
  // `int (MACRO *f)(`
  if (next === '*' && text[before] === '(' && /^\*\s*\w+\s*\)\s*\(/.test(text.slice(after, after + 120))) return true
  // `if MACRO (…)`
  if (next === '(' && wordBefore === 'if') return true
  if (next === '~' && (isAtEdge || KEYWORD.test(wordBefore))) return true
  if (isAtEdge && next === '{' && /TRY$/.test(text.slice(start, end))) return true
  return /[,)]/.test(next) && endsWithParameter(text, before)
}

function changeWithArguments(word: MacroWord): Change | undefined {
  const { text, start, before, after, wordBefore, isAtEdge } = word
  if (/[,<]/.test(text[before] ?? '')) return changeOfTemplateParameter(text, start, after, before)
  if (IS_CLASS.test(wordBefore)) return changeOfClassAttribute(text, start, after)
  return changeOfCall(text, { start, open: after, before, isAtEdge, isAfterType: isAfterType(word) })
}

function changeAtEdge(word: MacroWord): Change | undefined {
  const { text, start, end, before, after, next, wordAfter, blank } = word
  // `MACRO MACRO(1, 2) int f(`
  if (ATTRIBUTE.test(text.slice(start, end)) && isMacroName(wordAfter)) return { ...blank, isOfNext: true }
  // `MACRO:` between members opens a section of them.
  if (next === ':' && isAlone(text, start, after + 1)) return { ...blank, to: ' '.repeat(after + 1 - start) }
  if (isAlone(text, start, end)) {
    if (next === '#' || next === '' || (next === '}' && !isInList(text, before))) return blank
    return wordAfter !== '' && (isDeclared(word) || isMacroName(wordAfter)) ? blank : undefined
  }
  return wordAfter !== '' && (isDeclared(word) || isConstructor(text, after, wordAfter))
    ? { ...blank, isOfNext: true }
    : undefined
}

function changeInside(word: MacroWord): Change | undefined {
  const { text, start, end, before, after, next, wordBefore, wordAfter, blank } = word
  const last = text[before] ?? ''
  // `f(MACRO int x, MACRO const char* y)`
  if (/[(,]/.test(last) && ATTRIBUTE.test(text.slice(start, end)) && isDeclared(word)) return blank
  if (IS_CLASS.test(wordBefore)) return CLASS_HEAD.test(text.slice(after, after + 200)) ? blank : undefined
  const close = beforeQualifiers(text, before)
  if (text[close] === ')')
    return next === '{' || QUALIFIER.test(wordAfter) || (next === ';' && isDeclaration(text, close)) ? blank : undefined
  // `int MACRO *f(`
  const isPointer = /[*&]/.test(next) && /^[*&\s]+\w+\s*\(/.test(text.slice(after, after + 80))
  if (isPointer && isAfterType(word) && isPlainType(wordBefore)) return blank
  if (STATEMENT.test(wordBefore) || wordAfter === '') return undefined
  // `> MACRO class`, `static MACRO int x`, `int MACRO f(`, `int *MACRO f(`
  if ((KEYWORD.test(wordBefore) || last === '>') && isDeclared(word)) return blank
  // `static MACRO f(`: the macro is the type.
  if (/\b(?:static|extern)(?:\s+(?:inline|__\w+))*$/.test(text.slice(Math.max(0, before - 60), before + 1)))
    return undefined
  return isAfterType(word) && !KEYWORD.test(wordAfter) && isNameOfFunction(text, after) ? blank : undefined
}

/** What may follow the parameters of a function, and how many of them are skipped. */
const QUALIFIER = /^(?:const|final|noexcept|override|volatile)$/
const MAX_QUALIFIERS = 5

/** The offset of the last character before a function's trailing qualifiers: the `)` in `f() const override`. */
function beforeQualifiers(text: string, before: number): number {
  let at = before
  for (let left = MAX_QUALIFIERS; left > 0; left--) {
    const word = wordEndingAt(text, at)
    if (!QUALIFIER.test(word)) break
    at = lastBefore(text, at + 1 - word.length)
  }
  return at
}

const IS_CLASS = /^(?:class|struct|union|enum)$/
/** `Plan final : Base`, `[[nodiscard]] Plan {` */
const CLASS_HEAD = /^(?:\[\[[^\]\n]{1,80}\]\]\s{0,9})?[A-Za-z_]\w{0,100}\s{0,9}(?:final\s{0,9})?[:{<]/

/** Whether a declaration follows. */
function isDeclared({ text, after, wordAfter }: MacroWord): boolean {
  return KEYWORD.test(wordAfter) || isTypeAndName(text, after, wordAfter) || isOuterConstructor(text, after)
}

function isAfterType({ text, before, wordBefore }: MacroWord): boolean {
  return wordBefore === '' ? /[*&>]/.test(text[before] ?? '') : !STATEMENT.test(wordBefore)
}

/** Whether what follows `before`, up to a `}`, is an item of an enum or initializer, not a member or statement. */
function isInList(text: string, before: number): boolean {
  let at = before
  for (let count = 0; count < 20 && isDirectiveAt(text, at); count++) at = lastBefore(text, lineStart(text, at) ?? 0)
  if (text[at] === '{') return !isBodyOfType(text, at)
  return at >= 0 && !/[;}:]/.test(text[at] ?? '')
}

function isMacroName(word: string): boolean {
  return /^[A-Z_][A-Z0-9_]{2,}$/.test(word)
}
