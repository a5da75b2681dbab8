/** Drops uses in forward declarations, which do not use the type: `class Thing;`. */

import { E, E_WIDTH, type FileFacts, Op } from '#generate/analyse/engine/facts.ts'

const SEMICOLON = 0x3b
/** The text before the name. `friend` declarations do not match: they are uses. */
const ANNOUNCES = /(?:^|[;{}>:\n][^\S\n]*)(?:class|struct|union)\s+(?:[A-Z_][A-Z0-9_]*\s+)?$/

export function dropForwardDeclarations({ exprs, strings }: FileFacts, text: string): void {
  for (let at = 0; at < exprs.length; at += E_WIDTH) {
    if (exprs[at + E.op] !== Op.ref) continue
    const start = exprs[at + E.start] ?? 0
    const end = start + (strings[exprs[at + E.name] ?? 0] ?? '').length
    if (text.charCodeAt(end) !== SEMICOLON) continue
    if (ANNOUNCES.test(text.slice(Math.max(0, start - 100), start))) exprs[at + E.op] = Op.unknown
  }
}
