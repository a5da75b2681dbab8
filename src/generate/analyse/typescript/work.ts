/** The work on TypeScript and JavaScript, as values that go from one thread to another, and what it depends on. */

import type { ReadFailure } from '#generate/analyse/read-failure.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileEdges } from './edges.ts'
import type { FileFacts } from './facts.ts'

/** What the checker is given at most. */
export interface CheckerLimits {
  files: number
  /** UTF-16 units of all texts: the checker takes up to 170 bytes of memory for each. */
  characters: number
  /** Wall clock for the checker's work on all files. */
  milliseconds: number
}

export interface Request {
  /** Sorted by path. */
  readonly files: readonly SourceFile[]
  /** Of files that did not change. */
  readonly facts: ReadonlyMap<string, FileFacts>
  /** As they were, by path; those with another key are worked out anew. */
  readonly edges: ReadonlyMap<string, FoundEdges>
  /** Whether keys are wanted. */
  readonly isKeeping: boolean
  /** Every path of the repository. */
  readonly paths: ReadonlySet<string>
  /** Files that say where imports lead, by path. */
  readonly settings: ReadonlyMap<string, SourceFile>
  readonly limits: CheckerLimits
}

export interface FoundEdges extends FileEdges {
  /** Of all that they hang on; `undefined` for what is not to be kept. */
  readonly key: string | undefined
  /** Names were looked up without the checker. */
  readonly isByName: boolean
}

export interface ProgramEdges {
  /** Of all files that could be read, in their order. */
  readonly facts: ReadonlyMap<string, FileFacts>
  readonly edges: ReadonlyMap<string, FoundEdges>
  /** Files without facts, and those that broke the compiler. */
  readonly failed: ReadonlySet<string>
  /** What was thrown over files, and which took too long. */
  readonly failures: readonly (readonly [path: string, why: ReadFailure])[]
}
