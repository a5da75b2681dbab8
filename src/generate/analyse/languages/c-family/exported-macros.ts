/** Lists the macros of a file that others can use, and makes some of them private or hidden. */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, VISIBILITIES } from '#generate/analyse/engine/facts.ts'

interface Macro {
  name: string
  /** Its offset in `decls`. */
  row: number
}

const MACRO = DECL_KINDS.indexOf('macro')

export function exportedMacros({ decls, strings }: FileFacts): Macro[] {
  const found: Macro[] = []
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    const isExported = ((decls[row + D.flags] ?? 0) & Flag.exported) !== 0
    if (decls[row + D.kind] === MACRO && isExported) found.push({ name: strings[decls[row + D.name] ?? 0] ?? '', row })
  }
  return found
}

export function makePrivate({ decls }: FileFacts, macros: readonly Macro[]): void {
  for (const { row } of macros) {
    decls[row + D.flags] = (decls[row + D.flags] ?? 0) & ~Flag.exported
    decls[row + D.visibility] = VISIBILITIES.indexOf('private')
  }
}

const UNDEFINES = /^[ \t]{0,40}#[ \t]{0,20}undef[ \t]{1,20}(\w{1,200})/gm

/** Hides the macros that exist only in a part of the file, which undefines them later. */
export function hideUndefined(facts: FileFacts, text: string): void {
  if (!/#[ \t]{0,20}undef\b/.test(text)) return
  const last = new Map<string, number>()
  for (const { index, 1: name = '' } of text.matchAll(UNDEFINES)) last.set(name, index)
  const { decls } = facts
  for (const { name, row } of exportedMacros(facts))
    if ((last.get(name) ?? -1) >= (decls[row + D.end] ?? 0))
      decls[row + D.flags] = (decls[row + D.flags] ?? 0) | Flag.hidden
}
