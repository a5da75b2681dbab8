/**
 * Blanks heredocs with another heredoc in an interpolation, which the grammar cannot read: it would take their text for
 * code. Lines and offsets stay the same.
 */

import { push } from '#base/multimap.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'

const START = /<<[~-]?["'`]?([A-Z_]\w{0,60})/
const END = /^[ \t]*([A-Z_]\w{0,60})\r?$/
const COMMENT = /^\s*#/

export function withoutNestedHeredocs(text: string): string {
  if (!text.includes('<<')) return text
  const lines = text.split('\n')
  const ends = new Map<string, number[]>()
  for (const [at, line] of lines.entries()) {
    const name = END.exec(line)?.[1]
    if (name !== undefined) push(ends, name, at)
  }
  for (const all of ends.values()) all.reverse()
  const blanks: [start: number, end: number][] = []
  let offset = 0
  /** The outermost heredoc: the line of its end, the offset of its text, and whether another is in it. */
  let open: { end: number; from: number; isNested: boolean } | undefined
  for (const [at, line] of lines.entries()) {
    if (open?.end === at) {
      if (open.isNested) blanks.push([open.from, offset])
      open = undefined
    }
    if (open !== undefined) {
      const interpolation = line.indexOf('#{')
      if (interpolation >= 0 && START.test(line.slice(interpolation))) open.isNested = true
    } else if (!COMMENT.test(line)) {
      const waiting = ends.get(START.exec(line)?.[1] ?? '') ?? []
      while ((waiting.at(-1) ?? Number.POSITIVE_INFINITY) <= at) waiting.pop()
      const end = waiting.at(-1)
      if (end !== undefined) open = { end, from: offset + line.length + 1, isNested: false }
    }
    offset += line.length + 1
  }
  return blanks.length === 0 ? text : blanked(text, blanks)
}
