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

  /** By its hash, which a part of any set has. */
  async function readDelta(manifest: Manifest, stored: Stored): Promise<Buffer | undefined> {
    const hash = stored.delta?.sha256 ?? ''
    const known = kept.get(hash)
    if (known !== undefined) return known
    const bytes = await readAnyPart(packsOf(manifest), stored)
    if (bytes !== undefined) kept.set(hash, bytes)
    return bytes
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
        const plain = stored.delta.is_text ? await readDelta(manifest, stored) : undefined
        return inMemory(plain && (await compress(plain, { level: GZIP_LEVEL })))
      }
      const file = packFile(packsOf(manifest), stored)
      return stored.inflated !== undefined && (await isPlainFile(file)) ? openStored(file, stored) : undefined
    },
  }
}

const inMemory = (bytes: Buffer | undefined): StoredBytes | undefined =>
  bytes && {
    bytes: bytes.length,
    read: (from, to) =>
      new Blob([new Uint8Array(bytes.subarray(from, to))]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>,
  }
