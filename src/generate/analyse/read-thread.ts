/**
 * The thread that reads: batches of texts come in, what they say goes out. Started by `read-pool.ts` only. Of Python it
 * gives the syntax tree, of the languages of the engine their facts.
 */

import { parentPort } from 'node:worker_threads'
import type { FileFacts } from './engine/facts.ts'
import { loadReader } from './engine/reader.ts'
import { loadSpec } from './languages/table.ts'
import { loadSyntax } from './load-syntax.ts'
import { PARSE_DEADLINE_MS, python } from './python/syntax.ts'
import { failureOf, type ReadFailure } from './read-failure.ts'
import { type TreeColumns, toColumns } from './syntax-tree.ts'
import { isWornOut } from './tree-sitter.ts'

export interface ReadRequest {
  readonly files: readonly { readonly path: string; readonly language: string; readonly text: string }[]
}

/** What a thread makes of a file. */
export type ReadResult = FileFacts | TreeColumns

/**
 * In the order of the request; a word in place of a result says why there is none. It is shorter than the request when
 * this thread can read no more: the rest is to be given to another one. A text instead of an answer says that a language
 * could not be loaded.
 */
export type ReadAnswer = readonly (ReadResult | ReadFailure)[]

type Read = (path: string, text: string) => Promise<ReadResult | ReadFailure>

/** Made when the first file of a language comes: compiling a query can take a second. */
const readers = new Map<string, Promise<Read>>()

/** Requests are answered in their order: loading a language must not let a later one pass. */
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
      return typeof tree === 'string' ? tree : toColumns(tree)
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
    if (isWornOut()) break
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

/** What fails in one file is that file's loss. */
async function readOne(read: Read, path: string, text: string): Promise<ReadResult | ReadFailure> {
  try {
    return await read(path, text)
  } catch (error) {
    return failureOf(error)
  }
}
