/**
 * Hides declarations whose comments exclude them from documentation: `:nodoc:` and `:stopdoc:` of RDoc, `@private` and
 * `@api private` of YARD, `Internal:` of TomDoc.
 */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, NONE } from '#generate/analyse/engine/facts.ts'

const BEHIND = /#\s*:nodoc:(\s*all\b)?/
const ABOVE = /^\s*#\s*(?:@private\b|@api\s+private\b|:nodoc:)/
/** TomDoc's mark. It applies to one declaration only: an internal module may contain public declarations. */
const INTERNAL = /^\s*#\s*Internal(?::\s|:?$)/
/** RDoc's switches; `enddoc` covers the rest of its class. */
const SWITCH = /^[ \t]*#[ \t]*:(stopdoc|startdoc|enddoc):/gm
const MAX_LINE = 1_000
const MAX_ABOVE = 100
const MAX_RANGES = 200
/** Limit on the lines of a list of names or parameters. */
const MAX_LINES = 20

/** Clears the exported flag, in place, of hidden declarations and their members; with `all`, of everything inside. */
export function hideUndocumented({ decls, strings }: FileFacts, text: string): void {
  const hidden = new Map<number, 'itself' | 'all'>()
  const stopped = stoppedRanges(decls, text)
  for (let decl = 0; decl * D_WIDTH < decls.length; decl++) {
    const at = decl * D_WIDTH
    const kind = DECL_KINDS[decls[at + D.kind] ?? 0] ?? ''
    if (kind === 'local' || kind === 'parameter' || (strings[decls[at + D.name] ?? NONE] ?? '').startsWith('@'))
      continue
    const parent = decls[at + D.parent] ?? NONE
    const around = hidden.get(parent)
    // Nested classes and modules have pages of their own.
    const isMember = around === 'itself' && (kind === 'function' || kind === 'field' || kind === 'constant')
    const start = decls[at + D.start] ?? 0
    const isStopped = stopped.some(([from, to]) => from <= start && start < to)
    const end = kind === 'constant' ? (decls[at + D.end] ?? start) : start
    const own = isStopped ? 'itself' : hiddenBy(text, start, end, kind !== 'module')
    const found = around === 'all' ? 'all' : (own ?? (isMember ? 'itself' : undefined))
    if (found === undefined) continue
    hidden.set(decl, found)
    decls[at + D.flags] = (decls[at + D.flags] ?? 0) & ~Flag.exported
  }
}

/** The ranges of the text that are not documented. */
function stoppedRanges(decls: FileFacts['decls'], text: string): [from: number, to: number][] {
  if (!/:(?:stop|end)doc:/.test(text)) return []
  const ranges: [number, number][] = []
  let from = -1
  for (const { 1: word, index } of text.matchAll(SWITCH)) {
    if (word === 'enddoc') ranges.push([index, endOfClassAt(decls, index, text.length)])
    else if (word === 'stopdoc') from = from < 0 ? index : from
    else if (from >= 0) {
      ranges.push([from, index])
      from = -1
    }
    if (ranges.length >= MAX_RANGES) break
  }
  return from < 0 ? ranges : [...ranges, [from, text.length]]
}

/** The end of the innermost class or module around an offset; without one, `end`. */
function endOfClassAt(decls: FileFacts['decls'], offset: number, end: number): number {
  let found = end
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    const kind = DECL_KINDS[decls[at + D.kind] ?? 0] ?? ''
    if (kind !== 'class' && kind !== 'module') continue
    const [from, to] = [decls[at + D.start] ?? 0, decls[at + D.end] ?? 0]
    if (from < offset && offset < to) found = Math.min(found, to)
  }
  return found
}

const lineAt = (text: string, start: number): string => {
  const end = text.indexOf('\n', start)
  return text.slice(start, Math.min(end < 0 ? text.length : end, start + MAX_LINE))
}

/** The line on which a constant ends, or a list of names or parameters that begins at `start`; '' for a single line. */
function lastLineAt(text: string, start: number, end: number): string {
  if (end > start) return text.lastIndexOf('\n', end - 1) < start ? '' : lineAt(text, end - 1)
  let line = lineAt(text, start)
  let at = start
  for (let left = MAX_LINES; left > 0 && /,[ \t]*$/.test(line); left--) {
    at += line.length + 1
    line = lineAt(text, at)
  }
  return at === start ? '' : line
}

/** @param end - Where a constant ends; the start of anything else. */
function hiddenBy(text: string, start: number, end: number, byTomDoc: boolean): 'itself' | 'all' | undefined {
  const after = BEHIND.exec(lineAt(text, start)) ?? BEHIND.exec(lastLineAt(text, start, end))
  if (after !== null) return after[1] === undefined ? 'itself' : 'all'
  let lineStart = text.lastIndexOf('\n', start - 1) + 1
  for (let left = MAX_ABOVE; left > 0 && lineStart > 0; left--) {
    const before = text.lastIndexOf('\n', lineStart - 2) + 1
    const comment = text.slice(before, Math.min(lineStart - 1, before + MAX_LINE))
    if (!/^\s*#/.test(comment)) return undefined
    if (ABOVE.test(comment) || (byTomDoc && INTERNAL.test(comment))) return 'itself'
    lineStart = before
  }
  return undefined
}
