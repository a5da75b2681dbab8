/** Parses JSON: text that may be invalid, and large texts incrementally, for `inSlices`, because megabytes would block the event loop. */

import { append } from './long-arrays.ts'
import type { Steps } from './slices.ts'

/** Text up to this size is parsed in one go, which takes about half a millisecond. */
const PIECE_BYTES = 65_536
/** Values nested deeper are parsed at once. */
const MAX_DEPTH = 64

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const textOf = (bytes: Uint8Array, { from, to }: Span): string => decoder.decode(bytes.subarray(from, to))

interface Span {
  from: number
  /** Exclusive. */
  to: number
}

/** The value of a text; `undefined` if it is not JSON. */
export function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Parse JSON in small steps.
 *
 * @param text - In UTF-8, without a byte order mark.
 * @throws {SyntaxError} The text is not valid JSON.
 */
export function* parseJson(text: Uint8Array): Steps<unknown> {
  return yield* parseValue(text, { from: 0, to: text.length }, 0)
}

function* parseValue(bytes: Uint8Array, whole: Span, depth: number): Steps<unknown> {
  const span = trimmed(bytes, whole)
  const first = bytes[span.from]
  const isNested = first === OPEN_ARRAY || first === OPEN_OBJECT
  yield
  if (span.to - span.from <= PIECE_BYTES || depth === MAX_DEPTH || !isNested) return JSON.parse(textOf(bytes, span))
  if (bytes[span.to - 1] !== first + 2) throw new SyntaxError('Expected the end of an array or object.')
  const isArray = first === OPEN_ARRAY
  const items: unknown[] = []
  const members: [string, unknown][] = []
  for (const piece of yield* piecesOf(bytes, { from: span.from + 1, to: span.to - 1 })) {
    const isLarge = piece.to - piece.from > PIECE_BYTES
    if (isArray) {
      if (isLarge) items.push(yield* parseValue(bytes, piece, depth + 1))
      else append(items, JSON.parse(`[${textOf(bytes, piece)}]`) as unknown[])
    } else if (isLarge) {
      const colon = endOfKey(bytes, piece)
      const key: unknown = JSON.parse(textOf(bytes, { from: piece.from, to: colon }))
      members.push([String(key), yield* parseValue(bytes, { from: colon + 1, to: piece.to }, depth + 1)])
    } else append(members, Object.entries(JSON.parse(`{${textOf(bytes, piece)}}`) as object))
    yield
  }
  return isArray ? items : Object.fromEntries(members)
}

/** Splits elements or members between brackets into pieces: several small ones, or a single large one. */
function* piecesOf(bytes: Uint8Array, { from, to }: Span): Steps<Span[]> {
  const pieces: Span[] = []
  let piece = from
  let element = from
  let depth = 0
  let nextYield = from + PIECE_BYTES
  const close = (end: number): void => {
    const { from: start, to: last } = trimmed(bytes, { from: element, to: end })
    if (start === last) {
      if (element > from || end < to) throw new SyntaxError('Expected a value beside the comma.')
      piece = to
    } else if (end - element > PIECE_BYTES) {
      if (element > piece) pieces.push({ from: piece, to: element - 1 })
      pieces.push({ from: element, to: end })
      piece = end + 1
    } else if (end - piece > PIECE_BYTES) {
      // There is at least one element before this one.
      pieces.push({ from: piece, to: element - 1 })
      piece = element
    }
    element = end + 1
  }
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === QUOTE) at = endOfString(bytes, at, to)
    else if (byte === COMMA && depth === 0) close(at)
    // Both kinds of brackets: { and [ differ from } and ] by 2, and from each other by a bit.
    else if ((byte | 0x20) === OPEN_OBJECT) depth += 1
    else if ((byte | 0x20) === OPEN_OBJECT + 2) depth -= 1
    if (at >= nextYield) {
      nextYield = at + PIECE_BYTES
      yield
    }
  }
  close(to)
  if (piece < to) pieces.push({ from: piece, to })
  return pieces
}

/** The position of the closing quote; `to` if there is none. */
function endOfString(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at += 1) {
    if (bytes[at] === QUOTE) return at
    if (bytes[at] === BACKSLASH) at += 1
  }
  return to
}

/** The position of the colon after the key. */
function endOfKey(bytes: Uint8Array, span: Span): number {
  const { from, to } = trimmed(bytes, span)
  const colon = bytes.indexOf(COLON, endOfString(bytes, from, to))
  if (bytes[from] !== QUOTE || colon < 0 || colon >= to) throw new SyntaxError('Expected a name and a colon.')
  return colon
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

function trimmed(bytes: Uint8Array, { from, to }: Span): Span {
  let [start, end] = [from, to]
  while (start < end && isSpace(bytes[start])) start += 1
  while (end > start && isSpace(bytes[end - 1])) end -= 1
  return { from: start, to: end }
}
