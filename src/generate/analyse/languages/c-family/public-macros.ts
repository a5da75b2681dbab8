/** Lists the macros of a file that others can use, and makes some of them private or hidden. */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'

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

const DIRECTIVES = /^[ \t]{0,40}#[ \t]{0,20}(?:(if|el|endif)|(define|undef)[ \t]{1,20}(\w{1,200}))/gm

/** Hides macros that the file undefines again, unless only under a further condition. */
export function hideUndefined(facts: FileFacts, text: string): void {
  if (!/#[ \t]{0,20}undef\b/.test(text)) return
  const undefinedAt = findUndefined(MaskedCode.of(text, C_LIKE)?.code ?? text)
  const { decls } = facts
  for (const { name, row } of exportedMacros(facts))
    if ((undefinedAt.get(name) ?? -1) >= (decls[row + D.end] ?? 0))
      decls[row + D.flags] = (decls[row + D.flags] ?? 0) | Flag.hidden
}

/** @returns For each macro, the offset of the last `#undef` that applies whenever the last `#define` before it does. */
function findUndefined(code: string): Map<string, number> {
  const found = new Map<string, number>()
  const definedAt = new Map<string, number>()
  /** Where the branches around a line begin, the innermost last. */
  const branches: number[] = []
  for (const { index, 1: condition, 2: word, 3: name = '' } of code.matchAll(DIRECTIVES)) {
    if (word === 'define') definedAt.set(name, index)
    else if (word === 'undef') {
      if ((branches.at(-1) ?? -1) < (definedAt.get(name) ?? -1)) found.set(name, index)
    } else {
      if (condition !== 'if') branches.pop()
      if (condition !== 'endif') branches.push(index)
    }
  }
  return found
}
