/** The thread that writes archives to disk. */

import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import { workerData } from 'node:worker_threads'
import { openNewFile, syncFolder } from '#base/files.ts'
import { archiveOf } from '#export/archive.ts'
import type { DerivedFile } from '#http/derived-files.ts'
import { createSetStore } from '#store/sets.ts'
import { DIGEST_BYTES, type MakeTask } from './derived-file-store.ts'
import { answerTasks } from './task-loop.ts'

export interface MakeThreadData {
  /** The folder of all sets. */
  docs: string
  /** The assets that pages load, keyed by name. */
  assets: ReadonlyMap<string, { body: Uint8Array<ArrayBuffer>; hash: string }>
}

const { docs, assets: files } = workerData as MakeThreadData
const sets = createSetStore(docs)
const assets = {
  read: (name: string) => files.get(name),
  version: (name: string) => files.get(name)?.hash ?? '',
}

answerTasks(async ({ wanted, temporary, file }: MakeTask) => {
  await write(temporary, await bytesOf(wanted))
  await rename(temporary, file)
  await syncFolder(path.dirname(file))
  return null
})

async function bytesOf(wanted: DerivedFile): Promise<AsyncIterable<Uint8Array>> {
  const manifest = await sets.readManifest(wanted.key)
  if (manifest === undefined) throw new Error('The set has been removed.')
  return iterate(await archiveOf(manifest, wanted.archive, { sets, assets, versions: wanted.versions }))
}

async function* iterate(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}

/** Writes the SHA-256 of the bytes, then the bytes. */
async function write(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await openNewFile(file)
  try {
    const hash = createHash('sha256')
    let at = DIGEST_BYTES
    for await (const piece of pieces) {
      hash.update(piece)
      for (let from = 0; from < piece.length; ) {
        const { bytesWritten } = await handle.write(piece, from, piece.length - from, at)
        from += bytesWritten
        at += bytesWritten
      }
    }
    await handle.write(hash.digest(), 0, DIGEST_BYTES, 0)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
