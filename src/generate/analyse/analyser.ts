/**
 * What an analyser of a language promises. One analyser serves one or more languages; `analyse.ts` runs each on its
 * own files and merges what they found. An analyser reads nothing but what it is given.
 */

import type { Incidents } from '#generate/incidents.ts'
import type { Analysis, FileUses, SourceFile } from '#generate/model.ts'
import type { ReadPool } from './read-pool.ts'
import type { FileReads } from './reads/file-reads.ts'
import type { ResultsCache } from './results-cache.ts'

/** What an analyser of languages finds; see `Analysis`. What its files read and use is put together later, when all edges are known. */
export interface CodeAnalysis
  extends Omit<Analysis, 'artifacts' | 'occurrences' | 'reads' | 'keyDefinitions' | 'commandLines'> {
  /** By path, without files that have neither uses nor bindings. Uses of edges that are dropped later go with them. */
  fileUses: ReadonlyMap<string, FileUses>
  /** By path, without files that read nothing. */
  fileReads: ReadonlyMap<string, FileReads>
}

/** What an analyser may look at beside its own files. */
export interface AnalyseContext {
  readonly signal: AbortSignal
  /** How many of the given files are done. Called between files, from the event loop, never after the end. */
  onProgress(done: number, total: number): void
  /** Every path of the repository, analysed or not: to tell a missing module from one that is only not analysed. */
  readonly paths: ReadonlySet<string>
  /** Every file of the inventory by path, for what resolution needs: `package.json`, `tsconfig.json`, `pyproject.toml`, … */
  readonly files: ReadonlyMap<string, SourceFile>
  /** What the last analysis of the repository kept, for analysers that can do a part of their work anew. */
  readonly kept?: KeptResults | undefined
  /** UTF-16 units of the files that other analysers take: work that a thread of its own would not wait for. */
  readonly beside?: number
  /** Where errors and deadlines of single files are noted. */
  readonly incidents?: Incidents | undefined
  /** Threads that read for all analysers; without it, who needs some starts them. */
  readonly pool?: ReadPool | undefined
}

/** Kept results and the key of all that they depend on beside an analyser's own files. */
export interface KeptResults {
  readonly cache: ResultsCache
  readonly surroundings: string
}

/** An analyser. Its result may be unsorted and hold repeated edges; ends that do not exist are dropped by `analyse.ts`. */
export interface LanguageAnalyser {
  /** The names of `SourceFile.language` it takes; each language has at most one analyser. */
  readonly languages: readonly string[]
  /** True when it keeps its results file by file, so that nobody has to keep them as a whole. */
  readonly keepsFiles?: boolean
  /** Load its code, where that is not done yet. */
  load?(): Promise<void>
  /**
   * Find the components and edges of `files`: those of `languages`, with text, neither generated nor vendored, sorted
   * by path. A file that cannot be parsed is named in its report and does not stop the rest.
   *
   * @throws {Aborted} The signal fired.
   */
  analyse(files: readonly SourceFile[], context: AnalyseContext): Promise<CodeAnalysis>
}
