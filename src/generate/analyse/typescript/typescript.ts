/**
 * The analyser of TypeScript and JavaScript: programs of the compiler, its checker for what names mean. What is too
 * large is analysed by names alone, and so is what is left when the time is up; the report says so.
 */

/**
 * The analyser of TypeScript and JavaScript: one program of the compiler over all files, its checker for what names
 * mean. A program that is too large is analysed by names alone, and so is what is left when the time is up; the report
 * says so.
 */

import type { AnalyseContext, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import { createBreath } from '#generate/analyse/breath.ts'
import type { CodeAnalysis, Edge, SourceFile } from '#generate/model.ts'
import { type Checked, createChecked, type Open } from './checked.ts'
import { edgesOfFile, type FileEdges } from './edges.ts'
import { type FileFacts, factsOf, type OpenFile, readFile, reopenFile } from './facts.ts'
import { indexComponents } from './index-of-components.ts'
import { KeptFiles } from './kept-files.ts'
import { createFindByName } from './names.ts'
import { Reach } from './reach.ts'
import { reportsOf } from './reports.ts'
import { createResolve } from './resolve.ts'
import type { Find } from './symbols.ts'

/** What the checker is given at most. */
export interface CheckerLimits {
  files: number
  /** UTF-16 units of all texts: the checker takes up to 170 bytes of memory for each. */
  characters: number
  /** Wall clock for the checker's work on all files. */
  milliseconds: number
}

const LIMITS: CheckerLimits = { files: 25_000, characters: 15_000_000, milliseconds: 120_000 }

export const typescriptAnalyser: LanguageAnalyser = createTypescriptAnalyser(LIMITS)

export function createTypescriptAnalyser(limits: CheckerLimits): LanguageAnalyser {
  return {
    languages: ['javascript', 'svelte', 'typescript', 'vue'],
    keepsFiles: true,
    analyse: (files, context) => analyse(files, context, limits),
  }
}

async function analyse(
  files: readonly SourceFile[],
  context: AnalyseContext,
  limits: CheckerLimits,
): Promise<CodeAnalysis> {
  const breathe = createBreath(context.signal, 20)
  const kept = await KeptFiles.read(context.kept)
  const facts = new Map<string, FileFacts>()
  const failed = new Set<string>()
  const byPath = new Map(files.map((file) => [file.path, file]))
  const opened = new Map<string, OpenFile>()
  for (const file of files) {
    await breathe()
    let one = kept.factsOf(file)
    if (one === undefined) {
      const read = readFile(file)
      if (read !== undefined) {
        // Its sets of names are in the facts.
        opened.set(file.path, { path: read.path, tree: read.tree, declared: read.declared })
        one = factsOf(read)
      }
    }
    if (one === undefined || one.hasErrors) failed.add(file.path)
    if (one === undefined) continue
    facts.set(file.path, one)
    kept.keepFacts(file, one)
  }

  const index = indexComponents(facts)
  const resolve = createResolve(context.paths, context.files)
  const reach = new Reach(facts, resolve)
  const open: Open = (path) => {
    const source = facts.has(path) ? byPath.get(path) : undefined
    if (source === undefined) return undefined
    const file = opened.get(path) ?? reopenFile(source)
    opened.set(path, file)
    if (!index.owners.has(file.tree)) {
      // The tree itself stands for no component; it says that its nodes are there.
      index.owners.set(file.tree, path)
      for (const [node, id] of file.declared.owners) index.owners.set(node, id)
    }
    return file
  }
  const edgesBy = (one: OpenFile, find: Find): FileEdges => edgesOfFile(one, index, find, resolve, context.paths)
  const characters = [...facts.values()].reduce((sum, one) => sum + one.characters, 0)
  const isLarge = facts.size > limits.files || characters > limits.characters
  if (context.kept !== undefined) kept.setReach(isLarge ? reach.hashesOfAll() : reach.hashes())
  const results = new Map<string, FileEdges>()
  const pending: string[] = []
  for (const path of facts.keys()) {
    const known = kept.edgesOf(path)
    if (known === undefined) pending.push(path)
    else results.set(path, known)
  }
  const milliseconds = isLarge ? 0 : limits.milliseconds
  let checked: Checked | undefined = createChecked(pending, open, index, reach, resolve, milliseconds)
  const unchecked = new Set<string>()
  let byName: ((file: OpenFile) => Find) | undefined
  for (const path of pending) {
    await breathe()
    context.onProgress(results.size, files.length)
    const one = open(path)
    if (one === undefined) continue
    let result = checked.run(path, (find) => edgesBy(one, find))
    if (result === 'broken') failed.add(path)
    if (typeof result === 'string') {
      unchecked.add(path)
      byName ??= createFindByName(openAll(facts.keys(), open), index, resolve)
      result = edgesBy(one, byName(one))
    }
    results.set(path, result)
  }
  // Trees and types take most of the memory, and are not needed to write.
  checked = undefined
  byName = undefined
  opened.clear()
  index.owners.clear()
  // What was found in a hurry is not kept.
  for (const [path, result] of results) if (isLarge || !unchecked.has(path)) kept.keepEdges(path, result)
  await kept.write()

  const edges: Edge[] = [...results.values()].flatMap((result) => result.edges)
  const fileDocs: Record<string, string> = Object.create(null)
  for (const [path, { fileDoc }] of facts) if (fileDoc !== null) fileDocs[path] = fileDoc
  const reports = reportsOf(files, { index, results, unchecked, failed })
  return { components: [...index.components.values()], edges, fileDocs, reports }
}

function* openAll(paths: Iterable<string>, open: Open): Iterable<OpenFile> {
  for (const path of paths) {
    const file = open(path)
    if (file !== undefined) yield file
  }
}
