/**
 * Parses untrusted Markdown unless it is nested too deeply: Markdown parsers take quadratic time or overflow the stack for some
 * inputs, and all later steps are recursive.
 */

import type { Root } from 'mdast'
import { isDeeper } from './depth.ts'
import { parse } from './parse.ts'

/** Maximum depth of the tree, in nodes below the root. */
const MAX_DEPTH = 23
/** Maximum number of markers of quotes and lists at the start of a line. */
const MAX_MARKERS = 8
/** Maximum number of characters of emphasis and links in one paragraph: matching them takes quadratic time. */
const MAX_INLINE = 800

/** @returns `undefined` for Markdown that is nested too deeply, checked before and after parsing. */
export function parseShallow(markdown: string): Root | undefined {
  if (!isShallow(markdown)) return undefined
  const tree = parse(markdown)
  return isDeeper(tree, MAX_DEPTH) ? undefined : tree
}

/** Limit on the characters whose trees are kept, which take up to a hundred times as many bytes. */
const MAX_KEPT_CHARS = 400_000
const kept = new Map<string, Root | undefined>()
let keptChars = 0

/**
 * Like `parseShallow`, for texts that are read several times, such as doc comments, which appear in lists, tables and entries: the
 * last trees are cached, so the caller must not change them.
 */
export function parseShallowOnce(markdown: string): Root | undefined {
  if (kept.has(markdown)) return kept.get(markdown)
  const tree = parseShallow(markdown)
  kept.set(markdown, tree)
  keptChars += markdown.length
  for (const oldest of kept.keys()) {
    if (keptChars <= MAX_KEPT_CHARS) break
    kept.delete(oldest)
    keptChars -= oldest.length
  }
  return tree
}

/** Whether all lines and paragraphs are within the limits. */
function isShallow(source: string): boolean {
  for (const line of source.split('\n')) {
    const markers = /^(?:[\s>]|[*+-](?=\s|$)|\d{1,9}[.)](?=\s|$))*/.exec(line)?.[0].match(/[>*+-]|\d+/g) ?? []
    if (markers.length > MAX_MARKERS && !/^\s*(?:-[ -]*|\*[ *]*)$/.test(line)) return false
  }
  // Emphasis is matched within each table row and list item separately.
  return source
    .split(/\n(?=[ \t]*(?:\n|\||[*+-][ \t]|\d{1,9}[.)][ \t]))/)
    .every((part) => (part.match(/[*_[\]~]/g)?.length ?? 0) <= MAX_INLINE)
}
