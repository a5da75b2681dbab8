/** Separates chained assignments: `OLD = NEW = 'a'` declares two constants side by side. */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, NONE } from '#generate/analyse/engine/facts.ts'

const CONSTANT = DECL_KINDS.indexOf('constant')

/** Moves a constant that is declared in the value of another one beside it. */
export function separateChains({ decls }: FileFacts): void {
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    const around = (decls[at + D.parent] ?? NONE) * D_WIDTH
    if (around < 0 || decls[at + D.kind] !== CONSTANT || decls[around + D.kind] !== CONSTANT) continue
    for (const part of [D.parent, D.scope]) decls[at + part] = decls[around + part] ?? NONE
  }
}
