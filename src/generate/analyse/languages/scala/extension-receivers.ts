/** Puts the receiver of an extension before the signatures of its methods: `extension (s: String) def shout: String`. */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, NONE } from '#generate/analyse/engine/facts.ts'

interface Extension {
  readonly start: number
  readonly end: number
  /** On one line. */
  readonly head: string
}

const KEYWORD = /^([ \t]*)extension(?=[ \t]*[[(])/gm
const MAX_HEAD = 500
/** Limit on the characters of one extension. */
const MAX_BLOCK = 100_000
const METHODS = new Set(['function', 'method'])

/** Changes the signatures in place. */
export function addReceivers({ decls, strings }: FileFacts, text: string): void {
  const extensions = extensionsIn(text)
  if (extensions.length === 0) return
  let next = 0
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    const start = decls[row + D.start] ?? NONE
    while ((extensions[next + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) next++
    const extension = extensions[next]
    if (extension === undefined || start < extension.start || start >= extension.end) continue
    if (!METHODS.has(DECL_KINDS[decls[row + D.kind] ?? 0] ?? '')) continue
    const parent = decls[row + D.parent] ?? NONE
    const isInside = parent !== NONE && (decls[parent * D_WIDTH + D.start] ?? NONE) >= extension.start
    const signature = strings[decls[row + D.signature] ?? NONE] ?? ''
    if (!isInside && signature !== '') decls[row + D.signature] = strings.push(`${extension.head} ${signature}`) - 1
  }
}

/** In order. An extension ends before the next line that is indented no deeper than it is. */
function extensionsIn(text: string): Extension[] {
  const found: Extension[] = []
  for (const match of text.matchAll(KEYWORD)) {
    const [line, indent = ''] = match
    const start = match.index + indent.length
    const headEnd = endOfLists(text, match.index + line.length)
    if (headEnd < 0) continue
    const end = endOfBlock(text, headEnd, indent.length)
    found.push({ start, end, head: text.slice(start, headEnd).replace(/\s+/g, ' ') })
  }
  return found
}

/** The end of the parameter lists that follow each other from an offset; -1 if they do not end. */
function endOfLists(text: string, from: number): number {
  let depth = 0
  let end = -1
  for (let at = from; at < text.length && at < from + MAX_HEAD; at++) {
    const character = text[at] ?? ''
    if (character === '(' || character === '[') depth++
    else if (character === ')' || character === ']') {
      depth--
      if (depth === 0) end = at + 1
    } else if (depth === 0 && !/[ \t]/.test(character)) return end
  }
  return -1
}

function endOfBlock(text: string, from: number, indent: number): number {
  let at = text.indexOf('\n', from)
  while (at >= 0 && at < from + MAX_BLOCK) {
    const next = text.indexOf('\n', at + 1)
    const line = text.slice(at + 1, next < 0 ? text.length : next)
    const first = line.search(/\S/)
    if (first >= 0 && first <= indent) return at
    at = next
  }
  return at < 0 ? text.length : at
}
