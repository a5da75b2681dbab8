/** The analyser of a language family: reads the facts of every file, then builds the program, components and edges. */

import { createYield } from '#base/yield-to-event-loop.ts'
import type { AnalyseContext, CodeAnalysis, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import type { ReadPool } from '#generate/analyse/read-pool.ts'
import { FileUsesInRows } from '#generate/analyse/use-rows.ts'
import { Incidents } from '#generate/incidents.ts'
import {
  type Component,
  compareText,
  type Edge,
  type FileExport,
  type FileUses,
  type LanguageReport,
  type SourceFile,
} from '#generate/model.ts'
import { makeComponents } from './components.ts'
import { type Decl, FileUnit } from './declarations.ts'
import { declaredExports } from './declared-exports.ts'
import { type CallableNames, makeEdges, type UniqueNames } from './edges.ts'
import type { FileFacts } from './facts.ts'
import { Flag } from './facts.ts'
import { type FileEdges, KeptFamily } from './kept-family.ts'
import type { LanguageSpec } from './language.ts'
import { Program } from './program.ts'
import { type CallCounts, declaredNames } from './resolved-calls.ts'
import { Semantics } from './semantics.ts'
import { addStatedBases } from './stated-bases.ts'

/** Reads facts keyed by path, in any order; unreadable files are left out. */
export type ReadFacts = (
  files: readonly SourceFile[],
  options: {
    signal: AbortSignal
    pool?: ReadPool | undefined
    incidents?: Incidents | undefined
    onProgress(done: number): void
  },
) => Promise<ReadonlyMap<string, FileFacts>>

export function createFamilyAnalyser(specs: readonly LanguageSpec[], readFacts: ReadFacts): LanguageAnalyser {
  return {
    languages: specs.map((spec) => spec.language),
    analyse: (files, context) => analyse(specs, files, context, readFacts),
  }
}

async function analyse(
  specs: readonly LanguageSpec[],
  files: readonly SourceFile[],
  context: AnalyseContext,
  readFacts: ReadFacts,
): Promise<CodeAnalysis> {
  const { incidents = new Incidents() } = context
  const { lateCount } = incidents
  const family = await KeptFamily.read(specs, context.kept)
  // Reading takes about two thirds of the time.
  const readShare = files.length * 0.66
  const fresh = files.filter((file) => !family.hasFacts(file))
  const read = await readFacts(fresh, {
    signal: context.signal,
    pool: context.pool,
    incidents,
    onProgress: (done) =>
      context.onProgress(Math.floor(((files.length - fresh.length + done) * readShare) / files.length), files.length),
  })
  const facts = family.withFacts(files, read)
  const pause = createYield(context.signal)
  const specOf = new Map(specs.map((spec) => [spec.language, spec]))
  const units: FileUnit[] = []
  for (const file of files) {
    const spec = specOf.get(file.language ?? '')
    const one = facts.get(file.path)
    if (spec !== undefined && one !== undefined) units.push(new FileUnit(file.path, spec, one))
    await pause()
  }
  const program = new Program(units, context, incidents)
  await pause()
  const semantics = new Semantics(program, context)
  family.compare(units)
  await pause()
  const components: Component[] = []
  const byLanguage = new Map<string, { components: number; counts: CallCounts }>()
  for (const { language } of specs) byLanguage.set(language, { components: 0, counts: { resolved: 0, unresolved: 0 } })
  const makeAll = (unit: FileUnit): void => {
    const made = makeComponents(unit, program)
    for (const component of made) components.push(component)
    const sums = byLanguage.get(unit.spec.language)
    if (sums !== undefined) sums.components += made.length
  }
  await program.eachWithPauses(units, makeAll, pause)
  addStatedBases(units, components)
  const names = { unique: uniqueNames(units), declared: declaredNames(units) }
  const edges: Edge[] = []
  const fileDocs: Record<string, string> = Object.create(null)
  for (const unit of units) if (unit.facts.fileDoc !== null) fileDocs[unit.path] = unit.facts.fileDoc
  const fileReads = new Map(
    units.flatMap(({ path, facts: { reads } }) => (reads === null ? [] : [[path, reads] as const])),
  )
  const fileUses = new Map<string, FileUses>()
  let linked = 0
  const linkOne = (unit: FileUnit): void => {
    linked++
    const own = family.edgesOf(unit) ?? edgesOf(semantics, unit, names)
    if (!program.broken.has(unit)) family.keepEdges(unit.path, own)
    for (const edge of own.edges) edges.push(edge)
    const uses = new FileUsesInRows(own.edges, own.uses, unit.facts.blocks, own)
    if (!uses.isEmpty) fileUses.set(unit.path, uses)
    const counts = byLanguage.get(unit.spec.language)?.counts
    if (counts !== undefined) {
      counts.resolved += own.counts.resolved
      counts.unresolved += own.counts.unresolved
    }
  }
  await program.eachWithPauses(units, linkOne, async () => {
    await pause()
    context.onProgress(Math.floor(readShare + (linked / units.length) * (files.length - readShare)), files.length)
  })
  if (incidents.lateCount === lateCount) await family.write()
  const exports: Record<string, FileExport[]> = Object.create(null)
  program.each(units, (unit) => {
    semantics.begin()
    const names = [...(unit.linker.exportsOf?.(unit) ?? declaredExports(unit, program))]
    if (names.length > 0) exports[unit.path] = names
  })
  return {
    components,
    edges,
    fileDocs,
    exports,
    reports: reportsOf(specs, files, partialIn(files, facts, program), byLanguage),
    fileReads,
    fileUses,
  }
}

function edgesOf(semantics: Semantics, unit: FileUnit, names: CallableNames): FileEdges {
  semantics.begin()
  const counts: CallCounts = { resolved: 0, unresolved: 0 }
  return { ...makeEdges(semantics, unit, names, counts), counts }
}

/** Files that were not read completely, or in which some names could not be resolved. */
function partialIn(
  files: readonly SourceFile[],
  facts: ReadonlyMap<string, FileFacts>,
  program: Program,
): ReadonlySet<string> {
  const partial = new Set<string>()
  for (const { path } of files) {
    const unit = program.files.get(path)
    const isWhole = facts.get(path)?.hasError === false && unit?.isCrowded === false && !program.broken.has(unit)
    if (!isWhole) partial.add(path)
  }
  return partial
}

function reportsOf(
  specs: readonly LanguageSpec[],
  files: readonly SourceFile[],
  partial: ReadonlySet<string>,
  byLanguage: ReadonlyMap<string, { components: number; counts: CallCounts }>,
): LanguageReport[] {
  const reports: LanguageReport[] = []
  for (const { language } of specs) {
    const own = files.filter((file) => file.language === language)
    const sums = byLanguage.get(language)
    if (own.length === 0 || sums === undefined) continue
    const failed = own.filter((file) => partial.has(file.path)).map((file) => file.path)
    reports.push({
      language,
      engine: 'tree-sitter',
      files: own.length,
      components: sums.components,
      callsResolved: sums.counts.resolved,
      callsUnresolved: sums.counts.unresolved,
      failed: failed.sort(compareText),
    })
  }
  return reports
}

/** Functions and methods with a unique name. */
function uniqueNames(units: readonly FileUnit[]): UniqueNames {
  const found = new Map<string, Decl | null>()
  for (const unit of units) {
    for (const decl of unit.decls) {
      if (!decl.isFunction || decl.kind === 'constructor' || decl.id === null || decl.has(Flag.prototype)) continue
      found.set(decl.name, found.has(decl.name) ? null : decl)
    }
  }
  const unique = new Map<string, Decl>()
  for (const [name, decl] of found) if (decl !== null) unique.set(name, decl)
  return unique
}
