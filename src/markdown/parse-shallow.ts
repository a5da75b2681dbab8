/**
 * From Markdown that somebody else wrote to a tree, unless it is nested deeper than people write: parsers of Markdown
 * take quadratic time or overflow the stack on some inputs, and every later step recurses over the tree.
 */

import type { Nodes, Root } from 'mdast'
import { parse } from './parse.ts'

/** Deepest nesting that is kept, in nodes. */
const MAX_DEPTH = 24
/** Most markers of quotes and lists before the text of one line. */
const MAX_MARKERS = 8
/** Most marks of emphasis and links in one paragraph: pairing them takes quadratic time. */
const MAX_INLINE = 800

/** @returns `undefined` for what is nested too deeply; its depth is judged before and after it is parsed. */
export function parseShallow(markdown: string): Root | undefined {
  if (!isShallow(markdown)) return undefined
  const tree = parse(markdown)
  return depthOf(tree) > MAX_DEPTH ? undefined : tree
}

/** Whether no line opens more quotes and lists, and no paragraph more emphasis and links, than anybody writes by hand. */
function isShallow(source: string): boolean {
  for (const line of source.split('\n')) {
    const markers = /^(?:[\s>]|[*+-](?=\s|$)|\d{1,9}[.)](?=\s|$))*/.exec(line)?.[0].match(/[>*+-]|\d+/g) ?? []
    if (markers.length > MAX_MARKERS && !/^\s*(?:-[ -]*|\*[ *]*)$/.test(line)) return false
  }
  // Rows of tables and items of lists are paired each for itself.
  return source
    .split(/\n(?=[ \t]*(?:\n|\||[*+-][ \t]|\d{1,9}[.)][ \t]))/)
    .every((part) => (part.match(/[*_[\]~]/g)?.length ?? 0) <= MAX_INLINE)
}

function depthOf(tree: Root): number {
  let depth = 0
  let level: Nodes[] = [tree]
  while (level.length > 0 && depth <= MAX_DEPTH) {
    level = level.flatMap((node) => ('children' in node ? (node.children as Nodes[]) : []))
    depth += 1
  }
  return depth
}
