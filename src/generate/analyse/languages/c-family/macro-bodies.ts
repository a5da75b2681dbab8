/**
 * Finds the names that the body of a macro uses: called names, names in capitals, and types. The grammar reads the body as
 * plain text. Other names may be variables in scope where the macro is used.
 */

import type { HiddenRef } from '#generate/analyse/engine/read-rules.ts'

const HEAD = /^[ \t]*#[ \t]*define[ \t]{1,80}\w{1,200}(?:\(([^()\n]{0,1000})\))?/
/** Comments, strings and characters, which are skipped; the operators `#` and `##` and members with what follows; names. */
const WORD =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S]){1,12}'|(?:\.|->|#)\s{0,20}\w+|\b[A-Za-z_]\w*/g
const CALLED = /^[ \t]{0,8}\(/
const CONSTANT_OR_TYPE = /^(?:[A-Z][A-Z0-9_]{2,}|\w+_t)$/
/** Keywords and operators that a parenthesis may follow. */
const KEYWORD =
  /^(?:if|for|while|switch|return|sizeof|do|else|case|defined|alignof|_Alignof|typeof|decltype|void|int|char)$/
/** Limits on the characters of a macro and on its names. */
const MAX_MACRO = 20_000
const MAX_NAMES = 200

/** @param start - The offset of the directive in the file. */
export function namesInMacro(directive: string, start: number): HiddenRef[] {
  const [head, list = ''] = HEAD.exec(directive) ?? []
  if (head === undefined) return []
  const parameters = new Set(list.split(/[\s,]+/))
  const refs: HiddenRef[] = []
  const body = directive.slice(head.length, MAX_MACRO)
  for (const { 0: word, index } of body.matchAll(WORD)) {
    if (refs.length >= MAX_NAMES) break
    if (!/^[A-Za-z_]\w*$/.test(word) || KEYWORD.test(word) || parameters.has(word)) continue
    const after = index + word.length
    const isPasted = /^\s{0,20}##/.test(body.slice(after, after + 22))
    if (isPasted || !(CALLED.test(body.slice(after, after + 10)) || CONSTANT_OR_TYPE.test(word))) continue
    const at = start + head.length + index
    refs.push({ start: at, end: at + word.length, at: start + head.length - 1 })
  }
  return refs
}
