/**
 * Hides declarations whose comments exclude them from documentation: `:nodoc:` of RDoc, `@private` and `@api private`
 * of YARD, `Internal:` of TomDoc.
 */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, NONE } from '#generate/analyse/engine/facts.ts'

const BEHIND = /#\s*:nodoc:(\s*all\b)?/
const ABOVE = /^\s*#\s*(?:@private\b|@api\s+private\b|:nodoc:)/
/** TomDoc's mark. It applies to one declaration only: an internal module may contain public declarations. */
const INTERNAL = /^\s*#\s*Internal:\s/
const MAX_LINE = 1_000
const MAX_ABOVE = 100

/** Clears the exported flag, in place, of hidden declarations and their members; with `all`, of everything inside. */
export function hideUndocumented({ decls, strings }: FileFacts, text: string): void {
  const hidden = new Map<number, 'itself' | 'all'>()
  for (let decl = 0; decl * D_WIDTH < decls.length; decl++) {
    const at = decl * D_WIDTH
    const kind = DECL_KINDS[decls[at + D.kind] ?? 0] ?? ''
    if (kind === 'local' || kind === 'parameter' || (strings[decls[at + D.name] ?? NONE] ?? '').startsWith('@'))
      continue
    const parent = decls[at + D.parent] ?? NONE
    const around = hidden.get(parent)
    // Nested classes and modules have pages of their own.
    const isMember = around === 'itself' && (kind === 'function' || kind === 'field' || kind === 'constant')
    const own = hiddenBy(text, decls[at + D.start] ?? 0, kind !== 'module')
    const found = around === 'all' ? 'all' : (own ?? (isMember ? 'itself' : undefined))
    if (found === undefined) continue
    hidden.set(decl, found)
    decls[at + D.flags] = (decls[at + D.flags] ?? 0) & ~Flag.exported
  }
}

function hiddenBy(text: string, start: number, byTomDoc: boolean): 'itself' | 'all' | undefined {
  const end = text.indexOf('\n', start)
  const line = text.slice(start, Math.min(end < 0 ? text.length : end, start + MAX_LINE))
  const behind = BEHIND.exec(line)
  if (behind !== null) return behind[1] === undefined ? 'itself' : 'all'
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
