/** What one file gives to the result. All that hangs on names of the whole repository is left open: `assemble.ts`. */

import { type FileReads, NO_READS } from '#generate/analyse/reads/file-reads.ts'
import type { Component, Edge, FileExport } from '#generate/model.ts'
import { componentOf } from './components.ts'
import { fileDocOf } from './docs.ts'
import { type CallCounts, EdgeMaker, type Guess } from './edges.ts'
import type { Definition, FileFacts } from './facts.ts'
import { fileExports } from './file-exports.ts'
import { readsOf } from './file-reads.ts'
import { importEdges } from './import-edges.ts'
import type { Program } from './program.ts'
import { offeredBy } from './visibility.ts'

export interface Product {
  /** `exported` says what the file alone says of it. */
  readonly components: readonly Component[]
  readonly edges: readonly Edge[]
  readonly guesses: readonly Guess[]
  readonly counts: CallCounts
  readonly doc: string | null
  /** Ids that this file, a public package, offers to others. */
  readonly offered: readonly string[]
  /** What importers of this file get. */
  readonly exports: readonly FileExport[]
  readonly hasError: boolean
  /** What it reads from outside; `null` for nothing. */
  readonly reads: FileReads | null
}

/** @param definitions - One for each component of the file. */
export function productOf(program: Program, file: FileFacts, definitions: readonly Definition[]): Product {
  program.work.startFor(file, file.useNodes.length)
  const imports = importEdges(program, file)
  const { edges, guesses, counts } = new EdgeMaker(program, file).make()
  const reads = readsOf(file.tree)
  return {
    components: definitions.map((definition) => componentOf(program, definition)),
    edges: [...imports, ...edges],
    guesses,
    counts,
    doc: fileDocOf(file),
    offered: offeredBy(program, file),
    exports: fileExports(program, file),
    hasError: file.tree.hasError,
    reads: reads === NO_READS ? null : reads,
  }
}
