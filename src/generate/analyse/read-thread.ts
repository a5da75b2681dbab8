/** The thread that reads: batches of texts come in, their facts go out. Started by `read-pool.ts` only. */

import { parentPort, workerData } from 'node:worker_threads'
import type { FileFacts } from './engine/facts.ts'
import { loadReader, type Reader } from './engine/reader.ts'
import { specOf } from './languages/table.ts'
import type { ParseFailure } from './tree-sitter.ts'

export interface ReadRequest {
  readonly files: readonly { readonly path: string; readonly language: string; readonly text: string }[]
}

/** In the order of the request; a message in place of facts says why there are none. */
export type ReadAnswer = readonly (FileFacts | ParseFailure)[]

const readers = new Map<string, Reader>()
for (const language of workerData as readonly string[]) {
  const spec = specOf(language)
  if (spec !== undefined) readers.set(language, await loadReader(spec))
}

parentPort?.on('message', (request: ReadRequest) => {
  void answer(request)
})
parentPort?.postMessage('ready')

async function answer({ files }: ReadRequest): Promise<void> {
  const facts: (FileFacts | ParseFailure)[] = []
  const buffers: ArrayBuffer[] = []
  for (const { path, language, text } of files) {
    const read = await readers.get(language)?.read(path, text)
    facts.push(read ?? 'aborted')
    if (read === undefined || typeof read === 'string') continue
    for (const { buffer } of [read.decls, read.scopes, read.exprs, read.lists]) {
      if (buffer instanceof ArrayBuffer) buffers.push(buffer)
    }
  }
  parentPort?.postMessage(facts, buffers)
}
