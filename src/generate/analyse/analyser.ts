/**
 * The interface of analysers. Each serves one or more languages; `analyse.ts` runs it on their files and merges the
 * results. Analysers read nothing but their input.
 */

import type { Incidents } from '#generate/incidents.ts'
import type { Analysis, FileUses, SourceFile } from '#generate/model.ts'
import type { ReadPool } from './read-pool.ts'
import type { FileReads } from './reads/file-reads.ts'
import type { ResultsCache } from './results-cache.ts'

/** The result of one analyser; see `Analysis`. Uses and reads are joined with the edges later. */
export interface CodeAnalysis extends Omit<Analysis, 'artifacts' | 'occurrences' | 'reads' | 'commandLines'> {
  /** Keyed by path, without files that have neither uses nor bindings. Uses are dropped together with their edges. */
  fileUses: ReadonlyMap<string, FileUses>
  /** Keyed by path, without files that read nothing. */
  fileReads: ReadonlyMap<string, FileReads>
}

/** Everything that an analyser may use besides its own files. */
export interface AnalyseContext {
  readonly signal: AbortSignal
  /** Called between files with the number of files done, on the event loop, never after the end. */
  onProgress(done: number, total: number): void
  /** Every path of the repository, to distinguish missing modules from modules that exist but are not analysed. */
  readonly paths: ReadonlySet<string>
  /**
   * Every file of the inventory, keyed by path: resolution needs `package.json`, `tsconfig.json`, `pyproject.toml`, …
   */
  readonly files: ReadonlyMap<string, SourceFile>
  /** Results of the last analysis, for analysers that can redo a part of their work. */
  readonly kept?: KeptResults | undefined
  /** Number of characters that other analysers read; a thread of its own for this analyser would compete with them. */
  readonly otherCharacters?: number
  /** Collects errors and timeouts of individual files. */
  readonly incidents?: Incidents | undefined
  /** The number of threads that may run at once; by default the number of processors. */
  readonly threads?: number | undefined
  /** Threads shared by all analysers; without it, an analyser starts its own if needed. */
  readonly pool?: ReadPool | undefined
}

/** Cached results, with a key for everything that they depend on besides the analyser's own files. */
export interface KeptResults {
  readonly cache: ResultsCache
  readonly surroundings: string
}

/**
 * An analyser. Results may be unsorted and contain duplicate edges; `analyse.ts` drops edges whose ends do not exist.
 */
export interface LanguageAnalyser {
  /** Values of `SourceFile.language` that it takes; each language has at most one analyser. */
  readonly languages: readonly string[]
  /** True if it caches results file by file, so that the whole result need not be cached. */
  readonly keepsFiles?: boolean
  /** Load its code if that has not happened yet. */
  load?(): Promise<void>
  /**
   * Find the components and edges of `files`: files of `languages` with text, neither generated nor vendored, sorted by
   * path. A file that cannot be parsed is listed in its report and does not stop the rest.
   *
   * @throws {Aborted} The signal was aborted.
   */
  analyse(files: readonly SourceFile[], context: AnalyseContext): Promise<CodeAnalysis>
}
