/**
 * What of a body does not simply run from its top to its end: functions within it, branches, loops, what deals with
 * errors. Read from bare code by brackets, keywords and indents. It is no parser: where a form is not known, what is in it
 * counts as if it ran. Takes time linear in the text.
 */

import { bracedShape } from './body-braces.ts'
import { linedShape } from './body-lines.ts'

/**
 * `nested` is the body of a function or a class that is only made there; `failure` deals with an error or makes one;
 * `branch` may be passed over; `loop` may run again and again; `late` runs after what follows it.
 */
export interface Part {
  /** Places of the text; `to` is behind the last one. */
  from: number
  to: number
  kind: 'nested' | 'failure' | 'branch' | 'loop' | 'late'
  /** It is evaluated when everything before this place is: `f(x) for x in g()`. */
  until?: number
}

export interface BodyShape {
  /** Sorted by `from`, the outer ones first. */
  parts: readonly Part[]
  /** The place of the closing bracket, by that of the opening one. */
  closes: ReadonlyMap<number, number>
}

/** The shape of the body between two places of bare code, which holds one declaration: its own body is no part. */
export function bodyShape(bare: string, start: number, end: number, language: string): BodyShape {
  const read = LINED.has(language) ? linedShape : bracedShape
  const { parts, closes } = read(bare, start, end, language)
  const known = parts.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from || b.to - a.to)
  return { parts: known, closes }
}

const LINED = new Set(['python', 'ruby', 'bash'])
