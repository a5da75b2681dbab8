/** Runs every analyser on the files of its languages and merges the results into one valid analysis. */

import { Aborted } from '#base/errors.ts'
import { runWithTimeLimit } from '#base/interruptible.ts'
import { limitCompilation } from '#base/limit-compilation.ts'
import { limitHeapGrowth } from '#base/limit-heap-growth.ts'
import { Incidents } from '#generate/incidents.ts'
import {
  type Analysis,
  type Component,
  compareText,
  type Edge,
  type FileExport,
  type Inventory,
  type LanguageReport,
  type SourceFile,
} from '#generate/model.ts'
import { Occurrences } from '#generate/occurrences.ts'
import { testEdges } from '#generate/test-edges.ts'
import type { CodeAnalysis, LanguageAnalyser } from './analyser.ts'
import { ANALYSERS } from './analysers.ts'
import { findArtifacts } from './artifacts/find.ts'
import { findBridges } from './bridges/find.ts'
import { withConditions } from './conditions.ts'
import { withDeprecatedBodies } from './deprecated-bodies.ts'
import { docAsText } from './doc-comment.ts'
import { KeptReadings } from './kept-readings.ts'
import { labelOverloads } from './label-overloads.ts'
import { withRubyDelegations } from './languages/ruby/delegations.ts'
import { joinOptions } from './options/join-options.ts'
import { readOrAnalyse } from './read-or-analyse.ts'
import { ReadPool } from './read-pool.ts'
import { joinReads } from './reads/join-reads.ts'
import { withoutHandedOver } from './reads/shell-variables.ts'
import { analyserVersion, type ResultsCache, surroundingsKey } from './results-cache.ts'
import { spellNames } from './spell-names.ts'

export interface AnalyseOptions {
  signal: AbortSignal
  onProgress(done: number, total: number): void
  /** Results of earlier analyses of the repository; they do not change the outcome. */
  cache?: ResultsCache | undefined
  /** Collects errors and timeouts of individual files. */
  incidents?: Incidents | undefined
  /** Limit on merging, which no individual file can be blamed for; 10 minutes by default. */
  mergeMs?: number | undefined
  /** Number of parser threads; by default the number of processors. */
  threads?: number | undefined
}

const MERGE_MS = 600_000

/** An analyser and the files that it reads. */
interface Part {
  readonly analyser: LanguageAnalyser
  readonly files: readonly SourceFile[]
}

/**
 * Analyse an inventory. The order of its files does not matter.
 *
 * @throws {Aborted} The signal was aborted.
 * @throws {OutOfTime} Merging took too long.
 */
export async function analyse(
  inventory: Inventory,
  context: AnalyseOptions,
  analysers: readonly LanguageAnalyser[] = ANALYSERS,
): Promise<Analysis> {
  const sorted = [...inventory.files].sort((a, b) => compareText(a.path, b.path))
  const files = new Map(sorted.map((file) => [file.path, file]))
  const paths = new Set(files.keys())
  const work: Part[] = analysers
    .map((analyser) => ({
      analyser,
      files: sorted.filter((file) => isAnalysable(file) && analyser.languages.includes(file.language ?? '')),
    }))
    .filter((part) => part.files.length > 0)
    .sort((a, b) => charactersOf(b.files) - charactersOf(a.files))
  const { cache, incidents = new Incidents(), mergeMs = MERGE_MS } = context
  const kept = cache && { cache, surroundings: `${analyserVersion()} ${surroundingsKey(sorted)}` }
  const total = work.reduce((sum, part) => sum + part.files.length, 0)
  const characters = work.reduce((sum, part) => sum + charactersOf(part.files), 0)

  const giveUpIfAborted = (): void => {
    if (context.signal.aborted) throw new Aborted('The analysis was aborted.')
  }
  giveUpIfAborted()
  limitCompilation(characters)
  limitHeapGrowth(characters)
  const pool = new ReadPool({ signal: context.signal, threads: context.threads })
  const done = work.map(() => 0)
  const run = async ({ analyser, files: own }: Part, index: number): Promise<CodeAnalysis> => {
    const onProgress = (count: number): void => {
      done[index] = count
      context.onProgress(
        done.reduce((sum, one) => sum + one, 0),
        total,
      )
    }
    const { signal, threads } = context
    const otherCharacters = characters - charactersOf(own)
    const analyseNow = (): Promise<CodeAnalysis> =>
      analyser.analyse(own, { signal, onProgress, paths, files, kept, pool, otherCharacters, incidents, threads })
    const isKept = kept !== undefined && analyser.keepsFiles !== true
    const result = await (isKept ? readOrAnalyse(analyser.languages, own, kept, incidents, analyseNow) : analyseNow())
    onProgress(own.length)
    return result
  }
  try {
    // Concurrently: while threads parse for one analyser, another one computes. The largest part starts first, so that
    // threads have work before the code of the other analysers is loaded.
    const results: Promise<CodeAnalysis>[] = []
    for (const [index, part] of work.entries()) {
      await part.analyser.load?.()
      const result = run(part, index)
      // `Promise.all` below reports failures; until then this avoids an unhandled rejection.
      result.catch(() => undefined)
      results.push(result)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const keptArtifacts = await KeptReadings.read('artifacts', kept, incidents)
    const keptBridges = await KeptReadings.read('bridges', kept, incidents)
    const all = await Promise.all(results)
    giveUpIfAborted()
    const merged = runWithTimeLimit(mergeMs, () => merge(all, inventory, { incidents, keptArtifacts, keptBridges }))
    await keptArtifacts.write()
    await keptBridges.write()
    return merged
  } finally {
    await pool.close()
  }
}

const charactersOf = (files: readonly SourceFile[]): number =>
  files.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)

/** Whether a file has text that is neither generated nor vendored. */
function isAnalysable(file: SourceFile): boolean {
  return file.text !== null && !file.generated && !file.vendored
}

interface MergeContext {
  readonly incidents: Incidents
  readonly keptArtifacts: KeptReadings
  readonly keptBridges: KeptReadings
}

function merge(
  results: readonly CodeAnalysis[],
  inventory: Inventory,
  { incidents, keptArtifacts, keptBridges }: MergeContext,
): Analysis {
  const languages = new Map(inventory.files.map(({ path, language }) => [path, language]))
  const languageOf = (path: string): string | null => languages.get(path) ?? null
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  const declared = withRubyDelegations(uniqueComponents(results.flatMap((result) => result.components)), files)
  const fileUses = new Map(results.flatMap((result) => [...result.fileUses]))
  const labelled = labelOverloads(
    withDeprecatedBodies(withConditions(declared, files), fileUses, languageOf),
    languageOf,
  )
  const components = spellNames(labelled, languageOf)
  const fileOf = new Map<string, string>(inventory.files.map((file) => [file.path, file.path]))
  for (const component of components) fileOf.set(component.id, component.file)
  const tests = new Set(inventory.files.filter(({ role }) => role === 'test').map(({ path }) => path))
  const found = results.flatMap((result) => {
    const sound = result.edges.filter((edge) => isSound(edge, fileOf))
    return isChecked(result) ? sound : withoutGuessedTestTargets(sound, fileOf, tests)
  })
  const bridges = findBridges(inventory.files, components, found, incidents, keptBridges)
  for (const edge of bridges.edges) if (isSound(edge, fileOf)) found.push(edge)
  const edges = uniqueEdges([...found, ...testEdges(found, fileOf, inventory.files)])

  const fileDocs = byPath(results.map((result) => result.fileDocs))
  for (const [path, doc] of Object.entries(fileDocs)) {
    const text = withoutPath(docAsText(doc) ?? '', path)
    if (text === '') delete fileDocs[path]
    else fileDocs[path] = text
  }
  const exports = byPath(results.map((result) => result.exports))
  for (const [path, names] of Object.entries(exports)) exports[path] = soundExports(names, fileOf)
  const componentIds = new Set(components.map((one) => one.id))
  const artifacts = findArtifacts(inventory.files, {
    componentIds,
    elsewhere: bridges.builders,
    incidents,
    kept: keptArtifacts,
  })
  const fileReads = new Map(results.flatMap((result) => [...result.fileReads]))
  return {
    components,
    edges,
    occurrences: Occurrences.of(edges, fileUses),
    fileDocs,
    exports,
    reports: reportsOf(results, inventory),
    artifacts,
    ...joinReads(withoutHandedOver(fileReads, edges, inventory.files), components, edges),
    commandLines: joinOptions(
      new Map(
        [...fileReads].flatMap(([path, { options }]) => (options === undefined ? [] : [[path, options] as const])),
      ),
      components,
      (path) => languages.get(path) ?? null,
    ),
  }
}

function byPath<T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const joined: Record<string, T> = Object.create(null)
  const entries = records.flatMap((record) => Object.entries(record))
  for (const [path, value] of entries.sort(([a], [b]) => compareText(a, b))) joined[path] = value
  return joined
}

/** Sorted by name, each name once, preferring one with a target; targets that do not exist become `null`. */
function soundExports(names: readonly FileExport[], fileOf: ReadonlyMap<string, string>): FileExport[] {
  const unique = new Map<string, FileExport>()
  for (const { name, to } of names) {
    const one = { name, to: to !== null && fileOf.has(to) ? to : null }
    if ((unique.get(name)?.to ?? null) === null) unique.set(name, one)
  }
  return [...unique.values()].sort((a, b) => compareText(a.name, b.name))
}

/**
 * Sorted by id; the first of several with one id wins. Parents that do not exist become `null`.
 *
 * @param components - Those of each file in the order of its code.
 */
function uniqueComponents(components: readonly Component[]): Component[] {
  const byId = new Map<string, Component>()
  /** The number of definitions so far, by file and line. */
  const starting = new Map<string, number>()
  for (const component of components) {
    if (byId.has(component.id)) continue
    const line = `${component.file}:${component.startLine}`
    const order = starting.get(line) ?? 0
    starting.set(line, order + 1)
    byId.set(component.id, order === 0 ? component : { ...component, order })
  }
  return [...byId.values()]
    .map((one) => (one.parent === null || byId.has(one.parent) ? one : { ...one, parent: null }))
    .sort((a, b) => compareText(a.id, b.id))
}

function isSound(edge: Edge, fileOf: ReadonlyMap<string, string>): boolean {
  return edge.from !== edge.to && fileOf.has(edge.from) && fileOf.has(edge.to)
}

/** Whether a compiler has resolved the imports, so that the rule below would only drop correct edges. */
const isChecked = ({ reports }: CodeAnalysis): boolean => reports.some(({ engine }) => engine === 'compiler')

/** Drops edges from other code to tests that it does not import: only the name or shape matches. */
function withoutGuessedTestTargets(
  edges: readonly Edge[],
  fileOf: ReadonlyMap<string, string>,
  tests: ReadonlySet<string>,
): readonly Edge[] {
  const intoTests = new Map<Edge, string>()
  const imported = new Set<string>()
  for (const edge of edges) {
    const [from = '', to = ''] = [fileOf.get(edge.from), fileOf.get(edge.to)]
    if (!tests.has(to) || tests.has(from)) continue
    if (edge.kind === 'imports') imported.add(`${from}\0${to}`)
    else intoTests.set(edge, `${from}\0${to}`)
  }
  if (intoTests.size === 0) return edges
  return edges.filter((edge) => {
    const pair = intoTests.get(edge)
    return pair === undefined || imported.has(pair)
  })
}

/** Sorted by from, to and kind; among edges with the same three, the most confident wins. */
function uniqueEdges(edges: readonly Edge[]): Edge[] {
  // Sources are sorted once each: comparing long ids of the same folder takes most of the time.
  const bySource = new Map<string, Edge[]>()
  for (const edge of edges) {
    const own = bySource.get(edge.from)
    if (own === undefined) bySource.set(edge.from, [edge])
    else own.push(edge)
  }
  const unique: Edge[] = []
  for (const source of [...bySource.keys()].sort(compareText)) {
    let previous: Edge | undefined
    for (const edge of (bySource.get(source) ?? []).sort(compareInSource)) {
      if (previous?.to !== edge.to || previous.kind !== edge.kind) unique.push(edge)
      previous = edge
    }
  }
  return unique
}

function compareInSource(a: Edge, b: Edge): number {
  return (
    compareText(a.to, b.to) ||
    compareText(a.kind, b.kind) ||
    b.confidence - a.confidence ||
    compareText(a.origin, b.origin)
  )
}

/** The comment of a file without a first line that only names the file: `src/plan.ts`, `plan.ts`. */
function withoutPath(doc: string, path: string): string {
  const end = doc.indexOf('\n')
  const line = (end < 0 ? doc : doc.slice(0, end)).trim()
  return `/${path}`.endsWith(`/${line.replace(/^\.?\//, '')}`) ? doc.slice(end < 0 ? doc.length : end).trimStart() : doc
}

/** The analysers' own reports, and one for each language without an analyser. */
function reportsOf(results: readonly CodeAnalysis[], inventory: Inventory): LanguageReport[] {
  const reports = results.flatMap((result) => result.reports)
  const reported = new Set(reports.map((report) => report.language))
  const listed = new Map<string, number>()
  for (const file of inventory.files) {
    if (file.language === null || file.generated || file.vendored || reported.has(file.language)) continue
    listed.set(file.language, (listed.get(file.language) ?? 0) + 1)
  }
  for (const [language, files] of listed) {
    const nothing = { components: 0, callsResolved: 0, callsUnresolved: 0, failed: [] }
    reports.push({ language, engine: 'listed', files, ...nothing })
  }
  return reports.sort((a, b) => compareText(a.language, b.language))
}
