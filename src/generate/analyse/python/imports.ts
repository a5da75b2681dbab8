/** From an import to modules of the repository. */

import type { FileFacts, ImportFact } from './facts.ts'
import type { Module } from './modules.ts'
import type { Program } from './program.ts'

/** The module that an import names, without the name taken from it; `undefined` when it is not of this repository. */
export function importedModule(program: Program, file: FileFacts, fact: ImportFact): Module | undefined {
  const chain = importedChain(program, file, fact)
  return chain.length > 0 && chain.length === Math.max(1, fact.module.length) ? chain[chain.length - 1] : undefined
}

/** The modules along the dotted name of an import, as many as there are. */
export function importedChain(program: Program, file: FileFacts, fact: ImportFact): Module[] {
  const path = file.module.path ?? ''
  return fact.level > 0
    ? program.modules.resolveRelative(path, fact.level, fact.module)
    : program.modules.resolve(path, fact.module)
}
