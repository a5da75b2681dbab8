/**
 * Drops the comment after a prototype that directly precedes its own definition: `int f(void); // required by C89`. It
 * is about the prototype, which only the compiler needs; the documentation of the function is above the definition. A comment
 * after one of several definitions of a macro is about that variant: `#define OLD(x) x // not with this compiler`.
 */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import { lastBefore, nextAfter } from './text-around.ts'

const FUNCTION = DECL_KINDS.indexOf('function')
const MACRO = DECL_KINDS.indexOf('macro')
const WITH_PARAMETERS = /^[ \t]*#[ \t]*define[ \t]+\w+\(/
const REMARK = /^[ \t]*(?:;[ \t]*)?\/[*/]/

export function dropPrototypeComments({ decls, strings }: FileFacts, text: string): void {
  let defined: ReadonlySet<string> | undefined
  const macros = new Map<number | undefined, number>()
  for (let row = 0; row < decls.length; row += D_WIDTH)
    if (decls[row + D.kind] === MACRO) macros.set(decls[row + D.name], (macros.get(decls[row + D.name]) ?? 0) + 1)
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    if (decls[row + D.doc] === NONE) continue
    const end = decls[row + D.end] ?? 0
    const start = decls[row + D.start] ?? 0
    const words = text.slice(start, end)
    const isVariant = (macros.get(decls[row + D.name]) ?? 0) > 1 && WITH_PARAMETERS.test(words)
    if (isVariant && words.includes(strings[decls[row + D.doc] ?? 0] ?? '')) decls[row + D.doc] = NONE
    if (!isPrototype(decls, row)) continue
    if (!REMARK.test(text.slice(end, end + 40)) || hasCommentBefore(text, start)) continue
    const next = nextAfter(text, text[nextAfter(text, end)] === ';' ? nextAfter(text, end) + 1 : end)
    defined ??= definitionsIn(decls)
    if (defined.has(`${next} ${decls[row + D.name]}`)) decls[row + D.doc] = NONE
  }
}

function isPrototype(decls: Int32Array, row: number): boolean {
  return decls[row + D.kind] === FUNCTION && ((decls[row + D.flags] ?? 0) & Flag.prototype) !== 0
}

/** Whether a comment is between an offset and the code before it. */
function hasCommentBefore(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, lastBefore(text, start)), start)
  const seen = before.trimEnd()
  if (seen.endsWith('*/')) return true
  return before.slice(seen.length).includes('\n') && seen.slice(seen.lastIndexOf('\n') + 1).includes('//')
}

/** The names of definitions, with the offset of each; prototypes are left out. */
function definitionsIn(decls: Int32Array): Set<string> {
  const found = new Set<string>()
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    if (!isPrototype(decls, row)) found.add(`${decls[row + D.start]} ${decls[row + D.name]}`)
  }
  return found
}
