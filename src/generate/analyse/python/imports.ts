/** Resolves imports to modules of the repository. */

import type { FileFacts, ImportFact } from './facts.ts'
import type { Module } from './modules.ts'
import type { Program } from './program.ts'

/** The module that an import names, without the imported name; `undefined` if it is not in this repository. */
export function importedModule(program: Program, file: FileFacts, fact: ImportFact): Module | undefined {
  const chain = importedChain(program, file, fact)
  return chain.length > 0 && chain.length === Math.max(1, fact.module.length) ? chain[chain.length - 1] : undefined
}

/** The modules along the dotted name of an import, up to the first that does not exist. */
export function importedChain({ modules }: Program, { path }: FileFacts, fact: ImportFact): readonly Module[] {
  fact.chain ??=
    fact.level > 0 ? modules.resolveRelative(path, fact.level, fact.module) : modules.resolve(path, fact.module)
  return fact.chain
}
