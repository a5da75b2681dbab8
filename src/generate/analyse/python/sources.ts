/** Prepares the source of each file's facts: its text, parsed now, or its cached tree. */

import { Aborted } from '#base/errors.ts'
import type { AnalyseContext } from '#generate/analyse/analyser.ts'
import { loadSyntax } from '#generate/analyse/load-syntax.ts'
import { FEW_CHARACTERS } from '#generate/analyse/read-facts.ts'
import { noteFailure, type ReadFailure } from '#generate/analyse/read-failure.ts'
import { readInThreads } from '#generate/analyse/read-pool.ts'
import type { ReadTree } from '#generate/analyse/read-thread.ts'
import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import { fromColumns, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { hasNoInstancesLeft } from '#generate/analyse/tree-sitter.ts'
import { Incidents } from '#generate/incidents.ts'
import type { SourceFile } from '#generate/model.ts'
import type { KeptFile, KeptFiles } from './kept-files.ts'
import { unpackTree } from './packed-tree.ts'
import { PARSE_DEADLINE_MS, python } from './syntax.ts'

/** The data of a file that is available before its facts. */
export interface Source {
  readonly blob: string
  /** Its cache entry, if it did not change. */
  readonly kept: KeptFile | undefined
  /** The cached tree. */
  readonly bytes: Uint8Array | undefined
  tree(): SyntaxTree | undefined
  /** The variables and keys that it reads, if a thread has found them; `null` for none. */
  readonly reads?: FileReads | null
}

/**
 * @returns Sources keyed by path, in the order of the files, without files that cannot be read.
 * @throws {Aborted} The signal was aborted.
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
    const found = trees.get(path)
    if (bytes !== undefined) {
      const read = (): SyntaxTree | undefined => unpackTree(bytes, withoutByteOrderMark(text ?? ''))
      sources.set(path, { blob, kept: kept.fileOf(file), bytes, tree: read })
    } else if (found !== undefined) {
      const { tree, ...reads } = found
      sources.set(path, { blob, kept: undefined, bytes, tree: () => tree, ...reads })
    }
  }
  return sources
}

type Tree = { readonly tree: SyntaxTree } & Pick<Source, 'reads'>

/** Loaded once per process: a grammar is never unloaded. */
let syntax: ReturnType<typeof loadSyntax> | undefined

/**
 * Parses files: few of them in this thread, many in worker threads.
 *
 * @returns Trees keyed by path, without files that could not be read.
 * @throws {Aborted} The signal was aborted.
 */
async function readTrees(
  files: readonly SourceFile[],
  { signal, pool, incidents = new Incidents() }: AnalyseContext,
): Promise<Map<string, Tree>> {
  const given = files.map((file) => ({ ...file, language: 'python', text: withoutByteOrderMark(file.text ?? '') }))
  const characters = given.reduce((sum, file) => sum + file.text.length, 0)
  const trees = new Map<string, Tree>()
  if (files.length === 0) return trees
  if (characters > FEW_CHARACTERS || pool?.isStarted === true || hasNoInstancesLeft()) {
    const onFailure = (path: string, why: ReadFailure): void => noteFailure(incidents, path, why)
    const columns = await (pool === undefined
      ? readInThreads<ReadTree>(given, { signal, onProgress() {}, onFailure })
      : pool.read<ReadTree>(given, () => {}, onFailure))
    for (const { path, text } of given) {
      const found = columns.get(path)
      if (found !== undefined) trees.set(path, { tree: fromColumns(text, found), reads: found.reads })
    }
    return trees
  }
  syntax ??= loadSyntax(python).catch((error: unknown) => {
    syntax = undefined
    throw error
  })
  const parse = await syntax
  for (const { path, text } of given) {
    if (signal.aborted) throw new Aborted('The analysis was aborted.')
    const tree = await parse(text, PARSE_DEADLINE_MS)
    if (typeof tree === 'string') noteFailure(incidents, path, tree)
    else trees.set(path, { tree })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return trees
}

const withoutByteOrderMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)
