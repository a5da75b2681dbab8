/**
 * The request and the result of an analysis of TypeScript and JavaScript, as values that can be sent between threads.
 */

import type { ReadFailure } from '#generate/analyse/read-failure.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'
import type { FileEdges } from './link/file-edges.ts'

export interface LinkRequest {
  /** Sorted by path. */
  readonly files: readonly SourceFile[]
  /** Cached facts of unchanged files. */
  readonly facts: ReadonlyMap<string, FileFacts>
  /** The links of the previous analysis; `undefined` without a cache. */
  readonly links: Links | undefined
  /** Every path of the repository. */
  readonly paths: ReadonlySet<string>
  /** Files that affect import resolution, keyed by path. */
  readonly settings: ReadonlyMap<string, SourceFile>
}

export interface FoundEdges extends FileEdges {
  readonly blob: string
  readonly language: string
  /** Dependencies of the file, and of its parts and exports that other files read, as keys (`link/dependencies.ts`). */
  readonly parts: readonly (readonly [key: string, reads: readonly string[]])[]
}

/** Edges and their dependencies. */
export interface Links {
  readonly files: ReadonlyMap<string, FoundEdges>
  /** The value of each key that was read. */
  readonly answers: ReadonlyMap<string, string>
}

export interface ProgramEdges {
  /** Facts of all files that could be parsed, in order. */
  readonly facts: ReadonlyMap<string, FileFacts>
  readonly edges: Links['files']
  /** `undefined` if edges must not be cached. */
  readonly answers: Links['answers'] | undefined
  /** Files that could not be parsed or linked. */
  readonly failed: ReadonlySet<string>
  /** Errors and timeouts, with the path of the file. */
  readonly failures: readonly (readonly [path: string, why: ReadFailure])[]
}
