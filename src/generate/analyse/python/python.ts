/** The Python analyser: tree-sitter parses the files, and the resolver in this folder resolves names. */

import { createYield } from '#base/yield-to-event-loop.ts'
import type { AnalyseContext, CodeAnalysis, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import { notebookFile } from '#generate/analyse/embedded/notebook.ts'
import { Incidents } from '#generate/incidents.ts'
import type { SourceFile } from '#generate/model.ts'
import { assemble } from './assemble.ts'
import { evaluateBinding } from './bindings.ts'
import { collectFacts } from './collect-facts.ts'
import { evaluate } from './evaluate.ts'
import { FileTable } from './file-table.ts'
import { findStale } from './invalidation.ts'
import { keep, submoduleAt } from './keep.ts'
import { KeptFiles } from './kept-files.ts'
import { ModuleTable } from './modules.ts'
import { type Product, productOf } from './product.ts'
import { readProduct } from './product-text.ts'
import { Program } from './program.ts'
import { resultOf } from './results.ts'
import { readSources } from './sources.ts'

export const pythonAnalyser: LanguageAnalyser = {
  languages: ['notebook', 'python'],
  keepsFiles: true,
  analyse: analysePython,
}

/**
 * @param onWork - Called for each file that is resolved rather than read from the cache. Errors it throws are passed on.
 */
export async function analysePython(
  input: readonly SourceFile[],
  context: AnalyseContext,
  onWork: (path: string) => void = () => {},
): Promise<CodeAnalysis> {
  const { incidents = new Incidents() } = context
  const { lateCount } = incidents
  const converted = new Map<string, SourceFile>()
  incidents.each(input, { stage: 'analyse', fileOf: ({ path }) => path }, (file) => {
    const one = file.language === 'notebook' ? notebookFile(file) : file
    if (one !== undefined) converted.set(one.path, one)
  })
  const files = [...converted.values()]
  const paths = files.map((file) => file.path)
  const modules = new ModuleTable(files, context.files)
  const kept = await KeptFiles.read(context.kept)
  const allUnchanged = kept.all(files, modules.key)
  if (allUnchanged !== undefined) {
    return assemble(paths, new Map(allUnchanged.map(([path, { product }]) => [path, readProduct(path, product)])))
  }

  const sources = await readSources(files, kept, context)
  const pause = createYield(context.signal)
  const table = new FileTable(modules, sources, kept.isKeeping, incidents)
  const program = new Program(modules, table, { evaluate, evaluateBinding, resultOf })
  const hasSameModules = kept.state.modules === modules.key
  const present = await collectFacts(program, sources, { hasSameModules, isKeeping: kept.isKeeping, incidents }, pause)
  const changed = new Set([...present.keys()].filter((path) => sources.get(path)?.kept === undefined))
  const stale = findStale(kept.state, present, changed, (name) => submoduleAt(modules, name))

  const products = new Map<string, Product>()
  const produce = (path: string): void => {
    const old = stale.files.has(path) ? undefined : sources.get(path)?.kept
    const facts = old === undefined ? table.get(path) : undefined
    if (old !== undefined) products.set(path, readProduct(path, old.product))
    else if (facts !== undefined) {
      onWork(path)
      products.set(path, productOf(program, facts, table.definitionsOf(facts), sources.get(path)?.reads))
    }
  }
  await incidents.eachWithPauses(present.keys(), { stage: 'analyse', fileOf: (path) => path }, produce, async () => {
    // Reading is about half of the work.
    if (await pause()) context.onProgress(Math.floor((present.size + products.size) / 2), files.length)
  })
  if (kept.isKeeping && incidents.lateCount === lateCount) {
    const whole = new Map([...products].filter(([path]) => !incidents.files.has(path)))
    await keep(kept, { program, sources, present, products: whole, stale })
  }
  return assemble(paths, products)
}
