/** Reads parts of sets, however they are stored. What was put together from deltas is kept for a while. */

import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { GZIP_LEVEL } from '#base/packed-text.ts'
import { type Packs, packFile, readAnyPart } from './delta-part.ts'
import type { Manifest, Stored, StoredBytes } from './model.ts'
import { isPlainFile } from './plain-file.ts'
import { openPart, openStored, readPart, readRange } from './stored-part.ts'

/** Of parts that are stored as deltas. */
const KEPT_BYTES = 16 * 1_048_576

const PIECE_BYTES = 65_536

const compress = promisify(gzip)

export interface PartReader {
  read(manifest: Manifest, stored: Stored): Promise<Buffer | undefined>
  /** From `from` up to `to`, fewer bytes at the end of the part. */
  readRange(manifest: Manifest, stored: Stored, from: number, to: number): Promise<Buffer | undefined>
  open(manifest: Manifest, stored: Stored): Promise<StoredBytes | undefined>
  /** As gzip; `undefined` also for a part that is not stored so, and would not be without a base. */
  openPacked(manifest: Manifest, stored: Stored): Promise<StoredBytes | undefined>
}

/** @param folder - Of all sets. */
export function createPartReader(folder: string): PartReader {
  const kept = new LRUCache<string, Buffer>({ maxSize: KEPT_BYTES, sizeCalculation: ({ length }) => length + 1 })
  const packsOf = ({ key, commit, bases }: Manifest): Packs => ({ folder: path.join(folder, key), commit, bases })

  const making = new Map<string, Promise<Buffer | undefined>>()

  /** Kept under a key; made once for all who ask meanwhile. */
  function keep(key: string, make: () => Promise<Buffer | undefined>): Promise<Buffer | undefined> {
    const known = kept.get(key)
    if (known !== undefined) return Promise.resolve(known)
    const begun = making.get(key) ?? make().finally(() => making.delete(key))
    making.set(key, begun)
    return begun.then((bytes) => {
      if (bytes !== undefined) kept.set(key, bytes)
      return bytes
    })
  }

  /** By its hash, which a part of any set has. */
  const readDelta = (manifest: Manifest, stored: Stored): Promise<Buffer | undefined> =>
    keep(stored.delta?.sha256 ?? '', () => readAnyPart(packsOf(manifest), stored))

  async function packDelta(manifest: Manifest, stored: Stored): Promise<Buffer | undefined> {
    const plain = await readDelta(manifest, stored)
    return plain && (await compress(plain, { level: GZIP_LEVEL }))
  }

  return {
    read: (manifest, stored) =>
      stored.delta === undefined ? readPart(packFile(packsOf(manifest), stored), stored) : readDelta(manifest, stored),

    async readRange(manifest, stored, from, to) {
      if (stored.delta === undefined) return readRange(packFile(packsOf(manifest), stored), stored, from, to)
      return (await readDelta(manifest, stored))?.subarray(from, to)
    },

    async open(manifest, stored) {
      if (stored.delta !== undefined) return inMemory(await readDelta(manifest, stored))
      const file = packFile(packsOf(manifest), stored)
      return (await isPlainFile(file)) ? openPart(file, stored) : undefined
    },

    async openPacked(manifest, stored) {
      if (stored.delta !== undefined) {
        if (!stored.delta.is_text) return undefined
        return inMemory(await keep(`gzip ${stored.delta.sha256}`, () => packDelta(manifest, stored)))
      }
      const file = packFile(packsOf(manifest), stored)
      return stored.inflated !== undefined && (await isPlainFile(file)) ? openStored(file, stored) : undefined
    },
  }
}

/** All who read it at the same time share the bytes. */
function inMemory(bytes: Buffer | undefined): StoredBytes | undefined {
  if (bytes === undefined) return undefined
  const shared = new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length)
  return {
    bytes: shared.length,
    isInMemory: true,
    read(from, to) {
      let at = from
      return new ReadableStream({
        pull(controller) {
          const end = Math.min(at + PIECE_BYTES, to)
          if (end > at) controller.enqueue(shared.subarray(at, end))
          at = end
          if (at >= to) controller.close()
        },
      })
    },
  }
}
