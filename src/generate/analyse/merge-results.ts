/** Merges the results of the analysers: sorted, without duplicates, and without references to what does not exist. */

import { push } from '#base/multimap.ts'
import type { Incidents } from '#generate/incidents.ts'
import {
  type Analysis,
  type Component,
  compareText,
  type Edge,
  type FileExport,
  type Inventory,
  type LanguageReport,
} from '#generate/model.ts'
import { Occurrences } from '#generate/occurrences.ts'
import { testEdges } from '#generate/test-edges.ts'
import type { CodeAnalysis } from './analyser.ts'
import { findArtifacts } from './artifacts/find.ts'
import { findBridges } from './bridges/find.ts'
import { withConditions } from './conditions.ts'
import { withDeprecatedBodies } from './deprecated-bodies.ts'
import { docAsText } from './doc-comment.ts'
import type { KeptReadings } from './kept-readings.ts'
import { labelOverloads } from './label-overloads.ts'
import { withRubyDelegations } from './languages/ruby/delegations.ts'
import { fileDocsWithIncluded, withIncludedDocs } from './languages/rust/with-included-docs.ts'
import { joinOptions } from './options/join-options.ts'
import { joinReads } from './reads/join-reads.ts'
import { withoutHandedOver } from './reads/shell-variables.ts'
import { spellNames } from './spell-names.ts'

interface MergeContext {
  readonly incidents: Incidents
  readonly keptArtifacts: KeptReadings
  readonly keptBridges: KeptReadings
}

export function mergeResults(
  results: readonly CodeAnalysis[],
  inventory: Inventory,
  { incidents, keptArtifacts, keptBridges }: MergeContext,
): Analysis {
  const languages = new Map(inventory.files.map(({ path, language }) => [path, language]))
  const languageOf = (path: string): string | null => languages.get(path) ?? null
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  const unique = uniqueComponents(results.flatMap((result) => result.components))
  const declared = withIncludedDocs(withRubyDelegations(unique, files), files)
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

  const fileDocs = byPath([...results.map((result) => result.fileDocs), fileDocsWithIncluded(files)])
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
    reads: joinReads(withoutHandedOver(fileReads, edges, inventory.files), components, edges),
    commandLines: joinOptions(
      new Map(
        [...fileReads].flatMap(([path, { options }]) => (options === undefined ? [] : [[path, options] as const])),
      ),
      components,
      languageOf,
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
 * Sorted by id; the first one with an id wins. Parents that do not exist become `null`.
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
  for (const edge of edges) push(bySource, edge.from, edge)
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
