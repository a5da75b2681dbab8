/** The analyser of Python: syntax from tree-sitter, names by our own resolver. */

import type { AnalyseContext, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import { createBreath } from '#generate/analyse/breath.ts'
import { scriptOf } from '#generate/analyse/embedded/script-of.ts'
import type { CodeAnalysis, SourceFile } from '#generate/model.ts'
import { assemble } from './assemble.ts'
import { evaluateBinding } from './bindings.ts'
import { identify } from './components.ts'
import { evaluate } from './evaluate.ts'
import { settleExports } from './exports.ts'
import type { Definition, FileFacts } from './facts.ts'
import { ModuleTable } from './modules.ts'
import { type Product, productOf } from './product.ts'
import { Program } from './program.ts'
import { resultOf } from './results.ts'
import { scanFile } from './scan.ts'
import { findTakenNames } from './taken-names.ts'
import { readTrees } from './trees.ts'

export const pythonAnalyser: LanguageAnalyser = { languages: ['notebook', 'python'], analyse }

async function analyse(given: readonly SourceFile[], context: AnalyseContext): Promise<CodeAnalysis> {
  const files = given.flatMap((file) => (file.language === 'notebook' ? (scriptOf(file) ?? []) : file))
  const trees = await readTrees(files, context)
  const pause = createBreath(context.signal)
  const modules = new ModuleTable(files, context.files)
  const facts = new Map<string, FileFacts>()
  for (const { path } of files) {
    const tree = trees.get(path)
    if (tree !== undefined) facts.set(path, scanFile(modules.ofFile(path), tree))
    await pause()
  }

  const program = new Program(modules, facts, { evaluate, evaluateBinding, resultOf })
  settleExports(program, facts.values())
  const taken = findTakenNames(program)
  const definitions = new Map<string, Definition[]>()
  for (const [path, file] of facts) definitions.set(path, identify(program, file, taken))
  const products = new Map<string, Product>()
  for (const [path, file] of facts) {
    products.set(path, productOf(program, file, definitions.get(path) ?? []))
    // Reading is about half of the work.
    if (await pause()) context.onProgress(Math.floor((facts.size + products.size) / 2), files.length)
  }
  return assemble(
    files.map((file) => file.path),
    products,
  )
}
