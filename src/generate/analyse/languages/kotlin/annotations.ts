/**
 * Hides all annotations but the first of a type at the top of a file, which the grammar would parse as an expression
 * below several of them: `class C { … }` as a call of `C`. A modifier in their place rules that out. Offsets stay the same.
 */

import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'
import { endOfBracket } from '#generate/attributes.ts'

const FIRST = /^@(?=\w)/gm
const NAME = /@[\w.]{1,80}/y
const BLANKS = /\s{0,200}/y
const TYPE = /(?:[a-z]{1,20}\s{1,9}){0,6}(?:class|interface|object)\b/y
const STRING = /"[^"\n]*"/g
const TYPE_NAME = /\b[A-Z]\w*/g
/** Limits on the annotations of a type, and on the characters of one. */
const MAX_ANNOTATIONS = 10
const MAX_ANNOTATION = 1_000

export function hideAnnotations(text: string): Prepared {
  const refs: HiddenRef[] = []
  let plain = ''
  let until = 0
  for (const { index } of text.matchAll(FIRST)) {
    if (index < until) continue
    const first = endOfAnnotation(text, index)
    const second = endOf(BLANKS, text, first)
    if (second === first) continue
    let end = first
    let next = second
    for (let count = 1; text[next] === '@' && count < MAX_ANNOTATIONS; count++) {
      end = endOfAnnotation(text, next)
      next = endOf(BLANKS, text, end)
    }
    if (next === second || endOf(TYPE, text, next) === next) continue
    const part = text.slice(second, end)
    for (const { 0: name, index: at } of part
      .replace(STRING, (string) => ' '.repeat(string.length))
      .matchAll(TYPE_NAME))
      refs.push({ start: second + at, end: second + at + name.length, at: second })
    // The grammar also misreads a modifier on the line of an annotation with arguments.
    const modifier = part.length < 4 ? '' : 'open'
    plain += `${text.slice(until, second - 1)}\n${modifier}` + blanked(part, [[0, part.length]]).slice(modifier.length)
    until = end
  }
  return { text: plain + text.slice(until), refs }
}

function endOfAnnotation(text: string, start: number): number {
  const end = endOf(NAME, text, start)
  return text[end] === '(' ? end + endOfBracket(text.slice(end, end + MAX_ANNOTATION), 0) : end
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : start
}
