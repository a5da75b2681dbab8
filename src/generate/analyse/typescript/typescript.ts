/**
 * The analyser of TypeScript and JavaScript. The compiler is loaded only if something has changed. It runs in a
 * separate thread if there is much to analyse in other languages as well.
 */

import { availableParallelism } from 'node:os'
import type { AnalyseContext, CodeAnalysis, LanguageAnalyser } from '#generate/analyse/analyser.ts'
import { noteFailure } from '#generate/analyse/read-failure.ts'
import { Incidents } from '#generate/incidents.ts'
import type { Component, FileExport, FileUses, LanguageReport, SourceFile } from '#generate/model.ts'
import { pairDeclarations } from './declaration-pairs.ts'
import type { FileFacts } from './facts.ts'
import { type HelperOptions, HelperThreads } from './helper-threads.ts'
import { joinDeclarations } from './join-declarations.ts'
import { KeptFiles } from './kept-files.ts'
import type { LinkRequest, ProgramEdges } from './link-request.ts'
import { nameExports } from './name-exports.ts'
import { UnpackedUses } from './uses.ts'

/** The number of characters, in changed files and in other languages, below which starting a thread takes longer. */
const FEW_CHARACTERS = 400_000
/**
 * The number of characters in changed files above which a second thread pays off: each compiles the code anew
 * (decision 41).
 */
const MANY_CHARACTERS = 8_000_000
/** Each additional thread needs a third more memory. */
const MAX_THREADS = 2

export const typescriptAnalyser: LanguageAnalyser = createTypescriptAnalyser()

export interface TypescriptOptions {
  /** If both this analyser and the others have more to do, a thread does the work of this one. */
  readonly fewCharacters?: number
  /** If this analyser has more characters to read than this, several threads share the work. */
  readonly manyCharacters?: number
  readonly maxThreads?: number
  /** What a thread runs. */
  readonly script?: URL
  /** How long a thread may take before it begins another file. */
  readonly hangMs?: number
}

export function createTypescriptAnalyser(options: TypescriptOptions = {}): LanguageAnalyser {
  return {
    languages: ['javascript', 'svelte', 'typescript', 'vue'],
    keepsFiles: true,
    analyse: (files, context) => analyse(files, context, options),
  }
}

async function analyse(
  files: readonly SourceFile[],
  context: AnalyseContext,
  options: TypescriptOptions,
): Promise<CodeAnalysis> {
  const { incidents = new Incidents() } = context
  const { fewCharacters = FEW_CHARACTERS } = options
  const kept = await KeptFiles.read(context.kept)
  const known = new Map<string, FileFacts>()
  let characters = 0
  for (const file of files) {
    const facts = kept.factsOf(file)
    if (facts === undefined) characters += file.text?.length ?? 0
    else known.set(file.path, facts)
  }
  const request: LinkRequest = {
    files,
    facts: known,
    links: kept.links,
    paths: context.paths,
    settings: settingsOf(context.files.values()),
  }
  let found = kept.all(request)
  if (found === undefined) {
    const isMuch = characters > fewCharacters && (context.otherCharacters ?? 0) > fewCharacters
    const { manyCharacters = MANY_CHARACTERS, maxThreads = MAX_THREADS, script, hangMs } = options
    const most = Math.min(maxThreads, context.threads ?? availableParallelism())
    const count = isMuch ? 1 : characters > manyCharacters ? most - 1 : 0
    found = await linkIn({ count, areAlone: isMuch, script, hangMs }, request, context)
    for (const [path, why] of found.failures) noteFailure(incidents, path, why)
    await kept.write(request, found)
  }
  return analysisOf(files, found, request.settings)
}

async function linkIn(
  options: HelperOptions,
  request: LinkRequest,
  { signal, onProgress }: AnalyseContext,
): Promise<ProgramEdges> {
  const helpers = new HelperThreads(request, signal, options)
  try {
    const { findEdges } = await import('./find-edges.ts')
    return await findEdges(request, signal, (done) => onProgress(done, request.files.length), helpers)
  } finally {
    await helpers.close()
  }
}

function analysisOf(
  files: readonly SourceFile[],
  found: ProgramEdges,
  settings: LinkRequest['settings'],
): CodeAnalysis {
  const components = new Map<string, Component>()
  const fileDocs: Record<string, string> = Object.create(null)
  for (const [path, one] of found.facts) {
    for (const component of one.components) components.set(component.id, component)
    if (one.fileDoc !== null) fileDocs[path] = one.fileDoc
  }
  const pairs = pairDeclarations(new Set(found.facts.keys()), settings)
  const joined = joinDeclarations([...components.values()], found.edges, pairs)
  const tests = new Set(files.flatMap(({ path, role }) => (role === 'test' ? path : [])))
  const named = nameExports(joined.components, joined.edges, (path) => tests.has(path))
  const edges = [...joined.edges.values()].flatMap((one) => one.edges)
  const exports: Record<string, FileExport[]> = Object.create(null)
  for (const [path, one] of joined.edges) if (one.exports.length > 0) exports[path] = one.exports
  const reports = reportsOf(files, named, found)
  const fileReads = new Map(
    [...found.facts].flatMap(([path, { reads }]) => (reads === null ? [] : [[path, reads] as const])),
  )
  const fileUses = new Map<string, FileUses>()
  for (const [path, { edges: own, uses }] of joined.edges) {
    if (uses.uses + uses.blocks.columns + uses.blocks.values !== '' || uses.bindings.length > 0)
      fileUses.set(path, new UnpackedUses(own, uses))
  }
  return { components: named, edges, fileDocs, exports, reports, fileReads, fileUses }
}

/**
 * How much was analysed and linked, for each language.
 *
 * @param files - Sorted by path.
 */
function reportsOf(
  files: readonly SourceFile[],
  components: Iterable<Component>,
  { facts, edges, failed }: ProgramEdges,
): LanguageReport[] {
  const reports = new Map<string, LanguageReport>()
  const languages = new Map<string, string>()
  for (const file of files) {
    const language = file.language ?? ''
    languages.set(file.path, language)
    const report = reports.get(language) ?? emptyReport(language)
    reports.set(language, report)
    report.files++
    const result = edges.get(file.path)
    report.callsResolved += result?.callsResolved ?? 0
    report.callsUnresolved += result?.callsUnresolved ?? 0
    if (failed.has(file.path) || facts.get(file.path)?.hasErrors === true) report.failed.push(file.path)
  }
  for (const component of components) {
    const report = reports.get(languages.get(component.file) ?? '')
    if (report !== undefined) report.components++
  }
  return [...reports.values()]
}

function emptyReport(language: string): LanguageReport {
  return { language, engine: 'compiler', files: 0, components: 0, callsResolved: 0, callsUnresolved: 0, failed: [] }
}

/** Manifests and configurations of TypeScript, Deno and bundlers. */
const SETTINGS_NAME =
  /(?:^|\/)(?:package\.json|[jt]sconfig(?:\.[\w.-]+)?\.json|deno\.jsonc?|(?:vite|vitest|svelte|astro|rollup|webpack|vue)\.config\.[cm]?[jt]s)$/
/** Base configurations may have any name. */
const EXTENDED = /"(?:compilerOptions|extends)"/

/** The files that affect the resolution of imports, keyed by path, in the order of the files. */
function settingsOf(files: Iterable<SourceFile>): Map<string, SourceFile> {
  const settings = new Map<string, SourceFile>()
  for (const file of files) {
    const isSetting = SETTINGS_NAME.test(file.path) || (/\.jsonc?$/.test(file.path) && EXTENDED.test(file.text ?? ''))
    if (isSetting) settings.set(file.path, file)
  }
  return settings
}
