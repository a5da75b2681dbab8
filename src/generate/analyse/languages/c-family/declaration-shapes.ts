/** Recognises pieces of C and C++ text without parsing: keywords, types with names, declarations. */

import { closingOf, nextAfter, wordAt } from './text-around.ts'

export const KEYWORD =
  /^(?:static|inline|extern|const|virtual|constexpr|explicit|friend|template|class|struct|union|enum|namespace|typedef|using|unsigned|signed|volatile|register|auto|void|int|char|long|short|float|double|bool|typename|mutable|consteval|constinit|thread_local|operator)$/
/** A word that precedes an expression, or that cannot begin a declaration. */
export const STATEMENT =
  /^(?:return|else|case|goto|new|delete|throw|do|sizeof|typeof|alignof|co_return|co_yield|co_await|and|or|not|in|typedef|public|private|protected|default|break|continue|if|while|for|switch)$/

/** A type followed by a name: `int x`, `a::b<c> *x`, `int (*f)(`. */
export function isTypeAndName(text: string, at: number, word: string): boolean {
  if (STATEMENT.test(word)) return false
  return /^[\w:]+(?:<[^;{}()]{0,200}>)?(?:(?:\s*[*&]+\s*|\s+)[A-Za-z_~]|[*\s]*\(\*\s*\w+\)\s*\()/.test(
    text.slice(at, at + 300),
  )
}

export function isPlainType(word: string): boolean {
  return /^(?:void|int|char|long|short|float|double|bool)$/.test(word) || !KEYWORD.test(word)
}

/** `Name(…) : member(…)` */
export function isConstructor(text: string, at: number, word: string): boolean {
  const open = nextAfter(text, at + word.length)
  const close = text[open] === '(' ? closingOf(text, open) : undefined
  return close !== undefined && /^\s*(?:noexcept(?:\([^()]*\))?\s*)?:(?!:)/.test(text.slice(close + 1, close + 120))
}

/** Whether text ending with `)` at `at` is a declaration: its line begins with a type and the name of a function. */
export function isDeclaration(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
  return (
    /^(?:[A-Za-z_][\w:]*[\s*&]+)+(?:[\w:~]+\s*\(|\(\*)/.test(line.trimStart()) &&
    !STATEMENT.test(wordAt(line.trimStart(), 0))
  )
}

/** Whether the `{` at `open` begins the members of a type: `struct a {`. Those of an enum are not declarations. */
export function isBodyOfType(text: string, open: number): boolean {
  return /\b(?:struct|union)(?:\s+\w+)?\s*$/.test(text.slice(Math.max(0, open - 120), open))
}

/** Whether text ending at `at` is a type and the name of a parameter: `(T& name`, `, unsigned char name`. */
export function endsWithParameter(text: string, at: number): boolean {
  const [, type = '', name = ''] =
    /[(,]\s*(?:(?:const|volatile|unsigned|signed|long|struct|typename)\s+)*([\w:]+)(?:<[^;{}()]{0,100}>)?(?:\s*[&*]+\s*|\s+)(\w+)$/.exec(
      text.slice(Math.max(0, at - 250), at + 1),
    ) ?? []
  return type !== '' && !STATEMENT.test(type) && name !== '' && !KEYWORD.test(name) && !/^(?:const|struct)$/.test(type)
}

/** Whether text ending at `at` is a line with a type and the name of a variable: `mutable a::B<c> *name`. */
export function endsWithVariable(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at + 1)
  const [, type = '', name = ''] =
    /^\s*(?:(?:const|static|mutable|volatile|inline|constexpr|extern|thread_local|unsigned|signed|struct)\s+)*([\w:]+)(?:<[^;{}()]{0,200}>)?(?:\s*[*&]+\s*|\s+)(?:const\s+)?(\w+)(?:\[\w*\])?$/.exec(
      line,
    ) ?? []
  return type !== '' && isPlainType(type) && !STATEMENT.test(type) && !KEYWORD.test(name)
}

/** The names after `class` and the like in the last text, cached. */
let lastNames: { readonly text: string; readonly names: ReadonlySet<string> } | undefined

/** Whether a class has this name: an apparent macro call is its constructor. */
export function isTypeOf(text: string, name: string): boolean {
  if (lastNames?.text !== text) {
    const names = [...text.matchAll(/\b(?:class|struct|union)\s+(\w+)(?:\s+(\w+))?/g)].flatMap(
      ([, one = '', two = '']) => [one, two],
    )
    lastNames = { text, names: new Set(names) }
  }
  return lastNames.names.has(name)
}

const WORD = /\w+/y
const OWN = /~?\w+\s*\(/y
const SCOPE = /\s*::\s*/y
/** Limit on the length of a name; no real name is longer. */
const MAX_NAME = 400
const MAX_ARGUMENTS = 200

/** The words of `A<T>::B::~f(`, outermost first, without template arguments and `~`; `undefined` for other forms. */
function wordsOfName(text: string): string[] | undefined {
  const words: string[] = []
  for (let at = 0; ; ) {
    OWN.lastIndex = at
    const own = OWN.exec(text)?.[0]
    if (own !== undefined) return [...words, own.slice(own.startsWith('~') ? 1 : 0, -1).trimEnd()]
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[0]
    if (word === undefined) return undefined
    words.push(word)
    SCOPE.lastIndex = afterTemplateArguments(text, at + word.length)
    if (!SCOPE.test(text)) return undefined
    at = SCOPE.lastIndex
  }
}

/** The offset after template arguments that open at `at`; `at` itself without any. */
function afterTemplateArguments(text: string, at: number): number {
  let depth = 0
  for (let i = at; i < text.length && i - at <= MAX_ARGUMENTS + 1; i++) {
    const sign = text[i] ?? ''
    if (sign === '<') depth++
    else if (sign === '>' && --depth === 0) return i + 1
    if (depth === 0 || ';{}()'.includes(sign)) return at
  }
  return at
}

/** `A::A(`, `B<T>::~B(`: defined outside the class, without a type before it. */
export function isOuterConstructor(text: string, at: number): boolean {
  const words = wordsOfName(text.slice(at, at + MAX_NAME)) ?? []
  return words.length > 1 && words.at(-1) === words.at(-2)
}

/** `f(`, `A<T>::f(` */
export function isNameOfFunction(text: string, at: number): boolean {
  return wordsOfName(text.slice(at, at + MAX_NAME)) !== undefined
}
