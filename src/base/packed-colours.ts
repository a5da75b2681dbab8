/**
 * A compact binary encoding of syntax highlighting: runs of characters, each with the number of its CSS class. Files are
 * highlighted once, when a set is generated; the text is stored without markup. The colours themselves are in
 * `templates/assets/code-colours.css`.
 */

import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts'

/** CSS classes by number. Append only: stored sets contain the numbers. */
export const COLOURS = [
  'hljs-comment',
  'hljs-quote',
  'hljs-keyword',
  'hljs-selector-tag',
  'hljs-doctag',
  'hljs-string',
  'hljs-regexp',
  'hljs-addition',
  'hljs-number',
  'hljs-literal',
  'hljs-symbol',
  'hljs-bullet',
  'hljs-title',
  'hljs-section',
  'hljs-name',
  'hljs-selector-id',
  'hljs-selector-class',
  'hljs-type',
  'hljs-built_in',
  'hljs-attr',
  'hljs-attribute',
  'hljs-variable',
  'hljs-template-variable',
  'hljs-property',
  'hljs-title class_',
  'hljs-meta',
  'hljs-link',
  'hljs-deletion',
  'hljs-strong',
  'hljs-emphasis',
] as const

/** A run of characters of one colour, from `start` (inclusive) to `end` (exclusive), in UTF-16 code units. */
export interface Run {
  start: number
  end: number
  /** An index of `COLOURS`. */
  colour: number
}

/**
 * Encode runs as LEB128 numbers: for each run, the distance from the end of the previous one, its length and its colour.
 *
 * @param runs - Non-empty runs in order, without overlaps.
 */
export function packColours(runs: Iterable<Run>): Uint8Array<ArrayBuffer> {
  const to = new ByteWriter()
  let at = 0
  for (const { start, end, colour } of runs) {
    to.number(start - at)
    to.number(end - start)
    to.number(colour)
    at = end
  }
  return to.done().slice()
}

/** Decode the runs. Truncated input yields fewer of them. */
export function* unpackColours(bytes: Uint8Array): Generator<Run, undefined> {
  const from = new ByteReader(bytes)
  let at = 0
  try {
    while (!from.isDone()) {
      const start = at + from.number()
      at = start + from.number()
      yield { start, end: at, colour: from.number() }
    }
  } catch (error) {
    if (!(error instanceof DamagedBytes)) throw error
  }
}
