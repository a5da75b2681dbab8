/** The work on TypeScript and JavaScript, as values that go from one thread to another, and what it depends on. */

import type { ReadFailure } from '#generate/analyse/read-failure.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'
import type { FileEdges } from './link/file-edges.ts'

export interface Request {
  /** Sorted by path. */
  readonly files: readonly SourceFile[]
  /** Of files that did not change. */
  readonly facts: ReadonlyMap<string, FileFacts>
  /** Of the analysis before; `undefined` where nothing is kept for the next one. */
  readonly links: Links | undefined
  /** Every path of the repository. */
  readonly paths: ReadonlySet<string>
  /** Files that say where imports lead, by path. */
  readonly settings: ReadonlyMap<string, SourceFile>
}

export interface FoundEdges extends FileEdges {
  readonly blob: string
  readonly language: string
  /** What the file's sites were linked by, as keys (`link/readers.ts`). */
  readonly reads: readonly string[]
  /** The same of its parts and exports that others read. */
  readonly parts: readonly (readonly [key: string, reads: readonly string[]])[]
}

/** Edges with what they hang on. */
export interface Links {
  readonly files: ReadonlyMap<string, FoundEdges>
  /** What is to be found under each key that was read. */
  readonly answers: ReadonlyMap<string, string>
}

export interface ProgramEdges {
  /** Of all files that could be read, in their order. */
  readonly facts: ReadonlyMap<string, FileFacts>
  readonly edges: Links['files']
  /** `undefined` where edges are not to be kept. */
  readonly answers: Links['answers'] | undefined
  /** Files without facts, and those whose names could not be linked. */
  readonly failed: ReadonlySet<string>
  /** What was thrown over files, and which took too long. */
  readonly failures: readonly (readonly [path: string, why: ReadFailure])[]
}
