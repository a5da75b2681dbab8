/**
 * Hides all annotations but the first of a declaration at the top of a file, with the comments between them: below several of
 * them, the grammar would parse `class C { … }` as a call of `C`. A modifier in their place rules that out. Offsets stay the same.
 */

import { append } from '#base/long-arrays.ts'
import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'
import { endOfBracket } from '#generate/attributes.ts'

const FIRST = /^@(?=[\w[])/gm
const NAME = /@(?:[\w.]{1,80}(?:<[\w.<>, ?*]{1,200}>)?)?/y
const BLANKS = /\s{0,200}/y
const COMMENT = /\/\/[^\n]{0,1000}|\/\*[\s\S]{0,1000}?\*\//y
const DECLARATION = /(?:[a-z]{1,20}\s{1,9}){0,6}(?:class|interface|object|fun|va[lr]|typealias)\b/y
const STRING = /"[^"\n]*"/g
const TYPE_NAME = /\b[A-Z]\w*/g
/** Limits on the annotations and comments above a declaration, and on the characters of one. */
const MAX_PARTS = 20
const MAX_ANNOTATION = 1_000

type Range = [start: number, end: number]

export function hideAnnotations(text: string): Prepared & { comments: Range[] } {
  const refs: HiddenRef[] = []
  const comments: Range[] = []
  let plain = ''
  let until = 0
  for (const { index } of text.matchAll(FIRST)) {
    if (index < until) continue
    const first = endOfAnnotation(text, index)
    if (first === index) continue
    const start = endOf(BLANKS, text, first)
    if (start === first) continue
    const { parts, end, next } = partsFrom(text, start)
    if ((parts.length === 0 && text.slice(first, start).includes('\n')) || endOf(DECLARATION, text, next) === next)
      continue
    for (const [from, to] of parts) {
      if (text[from] === '@') append(refs, namesIn(text, from, to, start))
      else comments.push([from, to])
    }
    // The grammar also misreads a modifier on the line of an annotation with arguments.
    plain += `${text.slice(until, start - 1)}\n${asModifiers(text.slice(start, end))}`
    until = end
  }
  return { text: plain + text.slice(until), refs, comments }
}

/** Modifiers by their lengths, from 4. */
const MODIFIERS = ['open', 'final', 'inline', 'tailrec', 'abstract']

/** One or two modifiers that begin and end where a text does. */
function asModifiers(part: string): string {
  const [open = ''] = MODIFIERS
  if (part.length < open.length) return blanked(part, [[0, part.length]])
  return MODIFIERS[part.length - open.length] ?? open + blanked(part, [[0, part.length]]).slice(4, -4) + open
}

/** The annotations and comments from an offset, where the last one ends, and what follows. */
function partsFrom(text: string, start: number): { parts: Range[]; end: number; next: number } {
  const parts: Range[] = []
  let end = start
  let next = start
  while (parts.length < MAX_PARTS) {
    const stop = text[next] === '@' ? endOfAnnotation(text, next) : endOf(COMMENT, text, next)
    if (stop === next) break
    parts.push([next, stop])
    end = stop
    next = endOf(BLANKS, text, stop)
  }
  return { parts, end, next }
}

/** The types that an annotation names. */
function namesIn(text: string, from: number, to: number, at: number): HiddenRef[] {
  const part = text.slice(from, to).replace(STRING, (string) => ' '.repeat(string.length))
  return [...part.matchAll(TYPE_NAME)].map(({ 0: name, index }) => ({
    start: from + index,
    end: from + index + name.length,
    at,
  }))
}

/** @returns `start` if its bracket is not closed within the limit. */
function endOfAnnotation(text: string, start: number): number {
  const end = endOf(NAME, text, start)
  if (!/[([]/.test(text[end] ?? '')) return end
  const part = text.slice(end, end + MAX_ANNOTATION)
  const length = endOfBracket(part, 0)
  return length < part.length || /[)\]]$/.test(part) ? end + length : start
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : start
}
