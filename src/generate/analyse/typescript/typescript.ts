/**
 * The analyser of TypeScript and JavaScript: one program of the compiler over all files, its checker for what names
 * mean. A program that is too large is analysed by names alone, and so is what is left when the time is up; the report
 * says so.
 */

import ts from 'typescript'
import { Aborted } from '#base/errors.ts'
import type { AnalyseContext, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import type { Analysis, Edge, LanguageReport, SourceFile } from '#generate/model.ts'
import { declareComponents } from './declare.ts'
import type { Declared } from './draft.ts'
import { edgesOfFile, type FileEdges } from './edges.ts'
import { fileDocOf } from './file-doc.ts'
import { type Index, indexComponents } from './index-of-components.ts'
import { createFindByName } from './names.ts'
import { type Parsed, parseFile } from './parse.ts'
import { createProgram } from './program.ts'
import { createResolve } from './resolve.ts'
import { createFind, type Find } from './symbols.ts'

/** What the checker is given at most. */
export interface CheckerLimits {
  files: number
  /** UTF-16 units of all texts: the checker takes about 100 bytes of memory for each. */
  characters: number
  /** Wall clock for the checker's work on all files. */
  milliseconds: number
}

const LIMITS: CheckerLimits = { files: 25_000, characters: 20_000_000, milliseconds: 120_000 }

export const typescriptAnalyser: LanguageAnalyser = createTypescriptAnalyser(LIMITS)

export function createTypescriptAnalyser(limits: CheckerLimits): LanguageAnalyser {
  return { languages: ['javascript', 'typescript'], analyse: (files, context) => analyse(files, context, limits) }
}

async function analyse(
  files: readonly SourceFile[],
  context: AnalyseContext,
  limits: CheckerLimits,
): Promise<Analysis> {
  const breathe = createBreath(context.signal)
  const parsed: Parsed[] = []
  const declared = new Map<string, Declared>()
  const fileDocs: Record<string, string> = Object.create(null)
  const failed = new Set<string>()
  for (const file of files) {
    await breathe()
    const one = parseFile(file.path, file.text ?? '')
    if (one === undefined || one.hasErrors) failed.add(file.path)
    if (one === undefined) continue
    parsed.push(one)
    declared.set(one.path, declareComponents(one.tree, one.path))
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
    if (result === 'too deep') failed.add(one.path)
    if (result === 'out of time') checked = undefined
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

/** The checker, as long as it has time. */
interface Checked {
  run(work: (find: Find) => FileEdges): FileEdges | 'too deep' | 'out of time'
}

function createChecked(
  parsed: readonly Parsed[],
  index: Index,
  resolve: ReturnType<typeof createResolve>,
  milliseconds: number,
): Checked {
  const deadline = performance.now() + milliseconds
  const token: ts.CancellationToken = {
    isCancellationRequested: () => performance.now() > deadline,
    throwIfCancellationRequested: () => {
      if (performance.now() > deadline) throw new ts.OperationCanceledException()
    },
  }
  const trees = new Map(parsed.map((one) => [one.path, one.tree]))
  const checker = createProgram(trees, resolve).getTypeChecker()
  const memberNames = new Set(parsed.flatMap((one) => [...one.memberNames]))
  return {
    run: (work) => {
      if (token.isCancellationRequested()) return 'out of time'
      try {
        return checker.runWithCancellationToken(token, (current) =>
          work(createFind(current, index, resolve, memberNames)),
        )
      } catch (error) {
        if (error instanceof ts.OperationCanceledException) return 'out of time'
        if (error instanceof RangeError) return 'too deep'
        throw error
      }
    },
  }
}

function reportsOf(
  files: readonly SourceFile[],
  found: {
    index: Index
    results: ReadonlyMap<string, FileEdges>
    unchecked: ReadonlySet<string>
    failed: ReadonlySet<string>
  },
): LanguageReport[] {
  const reports = new Map<string, LanguageReport>()
  for (const file of files) {
    const language = file.language ?? ''
    const report = reports.get(language) ?? {
      language,
      engine: 'checker',
      files: 0,
      components: 0,
      callsResolved: 0,
      callsUnresolved: 0,
      failed: [],
    }
    reports.set(language, report)
    report.files++
    const result = found.results.get(file.path)
    report.callsResolved += result?.callsResolved ?? 0
    report.callsUnresolved += result?.callsUnresolved ?? 0
    if (found.failed.has(file.path)) report.failed.push(file.path)
    if (found.unchecked.has(file.path)) report.engine = 'names'
  }
  const languageOf = new Map(files.map((file) => [file.path, file.language ?? '']))
  for (const component of found.index.components.values()) {
    const report = reports.get(languageOf.get(component.file) ?? '')
    if (report !== undefined) report.components++
  }
  return [...reports.values()]
}

/** Lets signals and messages in, now and then. */
function createBreath(signal: AbortSignal): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (signal.aborted) throw new Aborted('The analysis was given up.')
    if (performance.now() - last < 20) return
    await new Promise((resolve) => setImmediate(resolve))
    last = performance.now()
    if (signal.aborted) throw new Aborted('The analysis was given up.')
  }
}
