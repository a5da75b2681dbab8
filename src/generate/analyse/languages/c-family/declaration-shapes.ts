/** What pieces of the text of C and C++ look like to one who does not parse: keywords, types with names, declarations. */

import { closingOf, nextAfter, wordAt } from './text-around.ts'

export const KEYWORD =
  /^(?:static|inline|extern|const|virtual|constexpr|explicit|friend|template|class|struct|union|enum|namespace|typedef|using|unsigned|signed|volatile|register|auto|void|int|char|long|short|float|double|bool|typename|mutable|consteval|constinit|thread_local|operator)$/
/** A word before which a value stands, or which is no declaration. */
export const STATEMENT =
  /^(?:return|else|case|goto|new|delete|throw|do|sizeof|typeof|alignof|co_return|co_yield|co_await|and|or|not|in|typedef|public|private|protected|default|break|continue|if|while|for|switch)$/

/** A type stands here and a name behind it: `int x`, `a::b<c> *x`. */
export function isTypeAndName(text: string, at: number, word: string): boolean {
  if (STATEMENT.test(word)) return false
  return /^[\w:]+(?:<[^;{}()]{0,200}>)?(?:\s*[*&]+\s*|\s+)[A-Za-z_~]/.test(text.slice(at, at + 300))
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

/** What ends with a `)` at `at` is a declaration: its line begins at the edge and with a type. */
export function isDeclaration(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
  return (
    /^(?:[A-Za-z_][\w:]*[\s*&]+)+[\w:~]+\s*\(/.test(line.trimStart()) && !STATEMENT.test(wordAt(line.trimStart(), 0))
  )
}

/** What ends at `at` is a type and the name of a parameter: `(T& name`, `, unsigned char name`. */
export function isBehindParameter(text: string, at: number): boolean {
  const [, type = '', name = ''] =
    /[(,]\s*(?:(?:const|volatile|unsigned|signed|long|struct|typename)\s+)*([\w:]+)(?:<[^;{}()]{0,100}>)?(?:\s*[&*]+\s*|\s+)(\w+)$/.exec(
      text.slice(Math.max(0, at - 250), at + 1),
    ) ?? []
  return type !== '' && !STATEMENT.test(type) && name !== '' && !KEYWORD.test(name) && !/^(?:const|struct)$/.test(type)
}

/** What ends at `at` is a line with a type and the name of a variable: `mutable a::B<c> *name`. */
export function isBehindVariable(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at + 1)
  const [, type = '', name = ''] =
    /^\s*(?:(?:const|static|mutable|volatile|inline|constexpr|extern|thread_local|unsigned|signed|struct)\s+)*([\w:]+)(?:<[^;{}()]{0,200}>)?(?:\s*[*&]+\s*|\s+)(?:const\s+)?(\w+)(?:\[\w*\])?$/.exec(
      line,
    ) ?? []
  return type !== '' && isPlainType(type) && !STATEMENT.test(type) && !KEYWORD.test(name)
}

/** Classes that a text names as such. */
let lastNames: { readonly text: string; readonly names: ReadonlySet<string> } | undefined

/** A class has this name: what looks like the call of a macro is its constructor. */
export function isTypeOf(text: string, name: string): boolean {
  if (lastNames?.text !== text) {
    const names = [...text.matchAll(/\b(?:class|struct|union)\s+(\w+)(?:\s+(\w+))?/g)].flatMap(
      ([, one = '', two = '']) => [one, two],
    )
    lastNames = { text, names: new Set(names) }
  }
  return lastNames.names.has(name)
}

const OUTER = /^(?:\w+(?:<[^;{}()]{0,200}>)?\s*::\s*)*(\w+)(?:<[^;{}()]{0,200}>)?\s*::\s*~?(\w+)\s*\(/

/** `A::A(`, `B<T>::~B(`: what is defined outside of its class, and has no type before it. */
export function isOuterConstructor(text: string, at: number): boolean {
  const [, type, own] = OUTER.exec(text.slice(at, at + 400)) ?? []
  return own !== undefined && own === type
}

/** `f(`, `A<T>::f(` */
export function isNameOfFunction(text: string, at: number): boolean {
  return /^(?:\w+(?:<[^;{}()]{0,200}>)?\s*::\s*)*~?\w+\s*\(/.test(text.slice(at, at + 400))
}
