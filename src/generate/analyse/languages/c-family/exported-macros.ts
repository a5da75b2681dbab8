/** Lists the macros of a file that others can use, and makes some of them private. */

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
