/** Recognises titles: a line with an adornment below it, or above and below. */

import { indentOf } from '#generate/formats/indentation.ts'
import { adornmentOf, isBlank } from './lines.ts'

export interface RstTitle {
  words: string
  /** The adornment: one character for below, two for above and below. Titles of one style have one level. */
  style: string
  /** Number of lines of the title, adornments included. */
  lines: number
}

export function titleAt(lines: readonly string[], at: number): RstTitle | undefined {
  const [first = '', second = '', third] = lines.slice(at, at + 3)
  const over = adornmentOf(first)
  const under = adornmentOf(second)
  const isOver =
    over !== undefined && !isBlank(second) && adornmentOf(third)?.[0] === over[0] && over.length >= second.trim().length
  if (isOver) return { words: second.trim(), style: `${over[0]}${over[0]}`, lines: 3 }
  const isUnder =
    under !== undefined &&
    !isBlank(first) &&
    over === undefined &&
    indentOf(first) === 0 &&
    under.length >= Math.min(4, first.trim().length)
  return isUnder ? { words: first.trim(), style: under[0] ?? '', lines: 2 } : undefined
}
