/** Finds annotations of Java and Kotlin and decorators of TypeScript on classes and methods, with their arguments and targets. */

import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'

/** Limits on the number of further annotations, and on the characters of the declaration up to its name. */
const MAX_BETWEEN = 50
const MAX_DECLARATION = 500

export interface Annotation {
  name: string
  start: number
  /** The offset after its arguments. */
  end: number
  list: readonly Span[]
}

/**
 * The annotations that a pattern matches. Its first group is the name; the match ends before the parenthesis, if any.
 */
export function annotationsOf(masked: MaskedCode, pattern: RegExp): Annotation[] {
  return [...masked.code.matchAll(pattern)].flatMap((match) => {
    const open = match.index + match[0].length
    const call = masked.code[open] === '(' ? masked.argumentsAt(open) : { list: [], end: open }
    return call === undefined ? [] : [{ name: match[1] ?? '', start: match.index, ...call }]
  })
}

/**
 * The name declared after an annotation and those that follow it, with its position.
 *
 * @param declaration - Matches up to the name, which is its first group for a type and its second for a method.
 */
export function declaredAfter(
  masked: MaskedCode,
  from: number,
  declaration: RegExp,
): { name: string; isType: boolean; at: number } | undefined {
  const next = /\s*@[\w.]+[ \t]*/y
  let at = from
  for (let count = 0; count < MAX_BETWEEN; count++) {
    next.lastIndex = at
    if (next.exec(masked.code) === null) break
    const end = masked.code[next.lastIndex] === '(' ? masked.argumentsAt(next.lastIndex)?.end : next.lastIndex
    if (end === undefined) return undefined
    at = end
  }
  const match = declaration.exec(masked.code.slice(at, at + MAX_DECLARATION))
  const name = match?.[1] ?? match?.[2]
  if (match === null || name === undefined) return undefined
  return { name, isType: match[1] !== undefined, at: at + match.index + match[0].lastIndexOf(name) }
}
