/**
 * The analyser of TypeScript and JavaScript: one program of the compiler over all files, its checker for what names
 * mean. A program that is too large is analysed by names alone, and so is what is left when the time is up; the report
 * says so.
 */

import type { AnalyseContext, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import { createBreath } from '#generate/analyse/breath.ts'
import { markFileComponent } from '#generate/analyse/embedded/file-component.ts'
import { scriptOf } from '#generate/analyse/embedded/script-of.ts'
import type { CodeAnalysis, Edge, SourceFile } from '#generate/model.ts'
import { createChecked } from './checked.ts'
import { declareComponents } from './declare.ts'
import type { Declared } from './draft.ts'
import { edgesOfFile, type FileEdges } from './edges.ts'
import { fileDocOf } from './file-doc.ts'
import { indexComponents } from './index-of-components.ts'
import { createFindByName } from './names.ts'
import { type Parsed, parseFile } from './parse.ts'
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
    analyse: (files, context) => analyse(files, context, limits),
  }
}

async function analyse(
  files: readonly SourceFile[],
  context: AnalyseContext,
  limits: CheckerLimits,
): Promise<CodeAnalysis> {
  const breathe = createBreath(context.signal, 20)
  const parsed: Parsed[] = []
  const declared = new Map<string, Declared>()
  const fileDocs: Record<string, string> = Object.create(null)
  const failed = new Set<string>()
  for (const file of files) {
    await breathe()
    const script = scriptOf(file) ?? file
    const one = parseFile(file.path, script.text ?? '', script.language ?? undefined)
    if (one === undefined || one.hasErrors) failed.add(file.path)
    if (one === undefined) continue
    parsed.push(one)
    const found = declareComponents(one.tree, one.path)
    declared.set(one.path, { ...found, components: markFileComponent(found.components, file.path, file.text ?? '') })
    const doc = fileDocOf(one.tree)
    if (doc !== null) fileDocs[one.path] = doc
  }

  const index = indexComponents(declared)
  const resolve = createResolve(context.paths, context.files)
  const findByName = createFindByName(parsed, declared, index, resolve)
  const edgesBy = (one: Parsed, find: Find): FileEdges => edgesOfFile(one, index, find, resolve, context.paths)
  const characters = parsed.reduce((sum, one) => sum + one.tree.text.length, 0)
  const isLarge = parsed.length > limits.files || characters > limits.characters
  let checked = isLarge ? undefined : createChecked(parsed, index, resolve, limits.milliseconds)

  const results = new Map<string, FileEdges>()
  const unchecked = new Set<string>()
  for (const [done, one] of parsed.entries()) {
    await breathe()
    context.onProgress(done, files.length)
    let result = checked?.run((find) => edgesBy(one, find))
    if (result === 'broken') failed.add(one.path)
    if (result === 'ended') checked = undefined
    if (result === undefined || typeof result === 'string') {
      unchecked.add(one.path)
      result = edgesBy(one, findByName(one))
    }
    results.set(one.path, result)
  }

  const edges: Edge[] = [...results.values()].flatMap((result) => result.edges)
  const reports = reportsOf(files, { index, results, unchecked, failed })
  return { components: [...index.components.values()], edges, fileDocs, reports }
}
