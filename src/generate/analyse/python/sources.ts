/** Prepares the source of each file's facts: its text, parsed now, or its cached tree. */

import type { AnalyseContext } from '#generate/analyse/analyser.ts'
import type { SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { SourceFile } from '#generate/model.ts'
import type { KeptFile, KeptFiles } from './kept-files.ts'
import { unpackTree } from './packed-tree.ts'
import { readTrees, withoutByteOrderMark } from './trees.ts'

/** The data of a file that is available before its facts. */
export interface Source {
  readonly blob: string
  /** Its cache entry, if it did not change. */
  readonly kept: KeptFile | undefined
  /** The cached tree. */
  readonly bytes: Uint8Array | undefined
  tree(): SyntaxTree | undefined
}

/**
 * @returns Sources keyed by path, in the order of the files, without files that cannot be read.
 * @throws {Aborted} The signal fired.
 */
export async function readSources(
  files: readonly SourceFile[],
  kept: KeptFiles,
  context: AnalyseContext,
): Promise<Map<string, Source>> {
  await kept.readTrees()
  const trees = await readTrees(
    files.filter((file) => kept.treeOf(file) === undefined),
    context,
  )
  const sources = new Map<string, Source>()
  for (const file of files) {
    const { blob, path, text } = file
    const bytes = kept.treeOf(file)
    const tree = trees.get(path)
    if (bytes !== undefined) {
      const read = (): SyntaxTree | undefined => unpackTree(bytes, withoutByteOrderMark(text ?? ''))
      sources.set(path, { blob, kept: kept.fileOf(file), bytes, tree: read })
    } else if (tree !== undefined) sources.set(path, { blob, kept: undefined, bytes, tree: () => tree })
  }
  return sources
}
