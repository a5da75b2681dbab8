/** The analyser of Python: syntax from tree-sitter, names by our own resolver. */

import type { AnalyseContext, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import { createBreath } from '#generate/analyse/breath.ts'
import { scriptOf } from '#generate/analyse/embedded/script-of.ts'
import { type CodeAnalysis, type Component, compareText, type Edge, type SourceFile } from '#generate/model.ts'
import { evaluateBinding } from './bindings.ts'
import { componentOf, identify } from './components.ts'
import { fileDocOf } from './docs.ts'
import { EdgeMaker, type UniqueNames } from './edges.ts'
import { evaluate } from './evaluate.ts'
import type { Definition, FileFacts } from './facts.ts'
import { importEdges } from './import-edges.ts'
import { ModuleTable } from './modules.ts'
import { Program } from './program.ts'
import { resultOf } from './results.ts'
import { scanFile } from './scan.ts'
import { findTakenNames } from './taken-names.ts'
import { readTrees } from './trees.ts'
import { findReexported } from './visibility.ts'

export const pythonAnalyser: LanguageAnalyser = { languages: ['notebook', 'python'], analyse }

async function analyse(given: readonly SourceFile[], context: AnalyseContext): Promise<CodeAnalysis> {
  const files = given.flatMap((file) => (file.language === 'notebook' ? (scriptOf(file) ?? []) : file))
  const trees = await readTrees(files, context)
  const pause = createBreath(context.signal)
  const modules = new ModuleTable(files, context.files)
  const facts = new Map<string, FileFacts>()
  const failed: string[] = []
  // Reading is about half of the work, making edges the other.
  const steps = files.length * 2
  let done = 0
  const step = async (): Promise<void> => {
    done++
    if (await pause()) context.onProgress(Math.floor((done * files.length) / steps), files.length)
  }

  for (const file of files) {
    const tree = trees.get(file.path)
    const read = tree === undefined ? undefined : scanFile(modules.ofFile(file.path), tree)
    if (read !== undefined) facts.set(file.path, read)
    if (read === undefined || read.tree.hasError) failed.push(file.path)
    await step()
  }

  const program = new Program(modules, facts, { evaluate, evaluateBinding, resultOf })
  const taken = findTakenNames(program)
  const definitions = [...facts.values()].flatMap((file) => identify(program, file, taken))
  const reexported = findReexported(program)
  const unique = uniqueNames(definitions)
  const counts = { python: { resolved: 0, unresolved: 0 }, notebook: { resolved: 0, unresolved: 0 } }
  const edges: Edge[] = []
  const fileDocs: Record<string, string> = Object.create(null)
  for (const [path, file] of facts) {
    edges.push(...importEdges(program, file))
    edges.push(...new EdgeMaker(program, file, unique, counts[languageOf(path)]).make())
    const doc = fileDocOf(file)
    if (doc !== null) fileDocs[path] = doc
    await step()
  }

  const components: Component[] = definitions
    .map((definition) => componentOf(program, definition, reexported))
    .sort((a, b) => compareText(a.id, b.id))
  const reports = (['notebook', 'python'] as const).map((language) => ({
    language,
    engine: 'tree-sitter' as const,
    files: files.filter((file) => languageOf(file.path) === language).length,
    components: components.filter((one) => languageOf(one.file) === language).length,
    callsResolved: counts[language].resolved,
    callsUnresolved: counts[language].unresolved,
    failed: failed.filter((path) => languageOf(path) === language).sort(compareText),
  }))
  return { components, edges, fileDocs, reports: reports.filter((report) => report.files > 0) }
}

function languageOf(path: string): 'notebook' | 'python' {
  return path.endsWith('.ipynb') ? 'notebook' : 'python'
}

function uniqueNames(definitions: readonly Definition[]): UniqueNames {
  const found = new Map<string, Definition | null>()
  for (const definition of definitions) {
    if (definition.kind === 'function') found.set(definition.name, found.has(definition.name) ? null : definition)
  }
  const unique = new Map<string, Definition>()
  for (const [name, definition] of found) if (definition !== null) unique.set(name, definition)
  return unique
}
