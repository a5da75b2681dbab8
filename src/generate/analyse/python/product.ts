/**
 * The analysis of one file, without what depends on the names of the whole repository, which `assemble.ts` adds.
 */

import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import type { FileBlocks } from '#generate/file-blocks.ts'
import type { Binding, Component, Edge, FileExport } from '#generate/model.ts'
import { componentOf } from './components.ts'
import { fileDocOf } from './docs.ts'
import { type CallCounts, EdgeMaker, type Guess } from './edges.ts'
import type { Definition, FileFacts } from './facts.ts'
import { fileExports } from './file-exports.ts'
import { importEdges } from './import-edges.ts'
import type { Program } from './program.ts'
import { readsOfTree } from './reads-of-tree.ts'
import { usePlaces } from './use-places.ts'
import { offeredBy } from './visibility.ts'

export interface Product {
  /** Components whose `exported` considers only this file. */
  readonly components: readonly Component[]
  readonly edges: readonly Edge[]
  /** The positions of the uses from which edges are made, in the form of `UseRows`. */
  readonly uses: ArrayLike<number>
  readonly blocks: FileBlocks
  readonly bindings: readonly Binding[]
  readonly guesses: readonly Guess[]
  readonly counts: CallCounts
  readonly doc: string | null
  /** For the `__init__` of a public package: the ids that it exports, wherever they are defined; else none. */
  readonly offered: readonly string[]
  /** The names that can be imported from this file. */
  readonly exports: readonly FileExport[]
  readonly hasError: boolean
  /** The variables and keys that it reads; `null` for none. */
  readonly reads: FileReads | null
}

/**
 * @param definitions - One for each component of the file.
 * @param reads - What the file reads, if a thread has found it.
 */
export function productOf(
  program: Program,
  file: FileFacts,
  definitions: readonly Definition[],
  reads: FileReads | null = readsOfTree(file.tree),
): Product {
  program.evaluator.startFor(file.parts.rest, file.useNodes.length)
  const places = usePlaces(file)
  const maker = new EdgeMaker(program, file, places)
  const imports = importEdges(program, file, maker.uses)
  const { guesses, counts } = maker.make()
  const edges = [...imports.edges, ...maker.edges]
  return {
    components: definitions.map((definition) => componentOf(program, definition)),
    edges,
    uses: maker.uses.done(edges),
    blocks: places.blocks,
    bindings: imports.bindings,
    guesses,
    counts,
    doc: fileDocOf(file),
    offered: offeredBy(program, file),
    exports: fileExports(program, file),
    hasError: file.tree.hasError,
    reads,
  }
}
