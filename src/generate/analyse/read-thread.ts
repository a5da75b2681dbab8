/**
 * The worker thread that reads: receives batches of texts and answers with their facts, for Python with the syntax
 * trees. Started only by `read-pool.ts`.
 */

import { parentPort } from 'node:worker_threads'
import type { FileFacts } from './engine/facts.ts'
import { loadReader } from './engine/reader.ts'
import { loadSpec } from './languages/table.ts'
import { loadSyntax } from './load-syntax.ts'
import { readsOfTree } from './python/reads-of-tree.ts'
import { PARSE_DEADLINE_MS, python } from './python/syntax.ts'
import { failureOf, type ReadFailure } from './read-failure.ts'
import type { FileReads } from './reads/file-reads.ts'
import { type TreeColumns, toColumns } from './syntax-tree.ts'
import { hasNoInstancesLeft } from './tree-sitter.ts'

export interface ReadRequest {
  readonly files: readonly { readonly path: string; readonly language: string; readonly text: string }[]
}

/** A tree of Python, and what the file reads; `null` for nothing. */
export type ReadTree = TreeColumns & { readonly reads: FileReads | null }

/** The result of reading a file. */
export type ReadResult = FileFacts | ReadTree

/**
 * Results in the order of the request; a string instead of a result is the reason for a failure. The list is shorter
 * than the request if this thread cannot read any more: the rest must go to another thread. A string instead of the
 * list means that a language could not be loaded.
 */
export type ReadAnswer = readonly (ReadResult | ReadFailure)[]

type Read = (path: string, text: string) => Promise<ReadResult | ReadFailure>

/** Readers keyed by language, made for the first file of each: compiling a query can take a second. */
const readers = new Map<string, Promise<Read>>()

/** The end of the previous request. Requests are answered in order, even if one has to load a language. */
let last: Promise<void> = Promise.resolve()

parentPort?.on('message', (request: ReadRequest) => {
  last = last.then(() => answer(request)).catch((error: unknown) => parentPort?.postMessage(String(error)))
})
parentPort?.postMessage('ready')

async function readerOf(language: string): Promise<Read> {
  if (language === 'python') {
    const parse = await loadSyntax(python)
    return async (_, text) => {
      const tree = await parse(text, PARSE_DEADLINE_MS)
      return typeof tree === 'string' ? tree : { ...toColumns(tree), reads: readsOfTree(tree) }
    }
  }
  const spec = await loadSpec(language)
  if (spec === undefined) throw new Error(`no language ${language}`)
  const reader = await loadReader(spec)
  return (path, text) => reader.read(path, text)
}

async function answer({ files }: ReadRequest): Promise<void> {
  const results: (ReadResult | ReadFailure)[] = []
  const buffers: ArrayBuffer[] = []
  for (const { path, language, text } of files) {
    if (hasNoInstancesLeft()) break
    const reader = readers.get(language) ?? readerOf(language)
    readers.set(language, reader)
    const read = await readOne(await reader, path, text)
    results.push(read)
    if (typeof read === 'string') continue
    for (const value of Object.values(read)) {
      if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) buffers.push(value.buffer)
    }
  }
  parentPort?.postMessage(results, buffers)
}

/** An exception in a file affects only that file. */
async function readOne(read: Read, path: string, text: string): Promise<ReadResult | ReadFailure> {
  try {
    return await read(path, text)
  } catch (error) {
    return failureOf(error)
  }
}
