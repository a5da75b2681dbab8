/**
 * Reads parts of sets, whole or delta. Parts reconstructed from deltas are cached. A part that is missing or damaged is `undefined`:
 * a part read as a whole is checked each time, a part read in pieces once, before its first piece is returned.
 */

import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { unlessGone } from '#base/errors.ts'
import { GZIP_LEVEL } from '#base/packed-text.ts'
import { createShareRuns } from '#base/share-runs.ts'
import { type Packs, packFile, readAnyPart } from './delta-part.ts'
import type { Manifest, Stored, StoredBytes } from './model.ts'
import { isPartIntact, openPart, openStored, readPart, readRange } from './stored-part.ts'

/** Limit on the cache of reconstructed parts. */
const MAX_CACHE_BYTES = 16 * 1_048_576

const CHUNK_BYTES = 65_536
/** The maximum number of parts that are remembered as intact. */
const MAX_INTACT = 20_000

const compress = promisify(gzip)

export interface PartReader {
  read(manifest: Manifest, stored: Stored): Promise<Buffer | undefined>
  /** The bytes from `from` (inclusive) to `to` (exclusive), fewer at the end of the part. */
  readRange(manifest: Manifest, stored: Stored, from: number, to: number): Promise<Buffer | undefined>
  open(manifest: Manifest, stored: Stored): Promise<StoredBytes | undefined>
  /** The part as gzip; `undefined` also if it would not be stored as gzip without a base. */
  openPacked(manifest: Manifest, stored: Stored): Promise<StoredBytes | undefined>
}

/** @param folder - The folder of all sets. */
export function createPartReader(folder: string): PartReader {
  const cache = new LRUCache<string, Buffer>({ maxSize: MAX_CACHE_BYTES, sizeCalculation: ({ length }) => length + 1 })
  const packsOf = ({ key, commit, bases }: Manifest): Packs => ({ folder: path.join(folder, key), commit, bases })

  const shareMaking = createShareRuns<Buffer | undefined>()
  /** The state of the pack when a part of it was found intact, keyed by pack and offset. */
  const intact = new LRUCache<string, string>({ max: MAX_INTACT })
  const shareCheck = createShareRuns<boolean>()

  /** Whether a part is intact, which is checked once in this process, and again when the pack has changed. */
  async function isIntact(file: string, stored: Stored): Promise<boolean> {
    const found = await lstat(file).catch(unlessGone)
    if (found?.isFile() !== true) return false
    const id = `${file} ${stored.at} ${stored.length}`
    const state = `${found.ino} ${found.size} ${found.mtimeMs}`
    if (intact.get(id) === state) return true
    const isWhole = await shareCheck(id, () => isPartIntact(file, stored))
    if (isWhole) intact.set(id, state)
    return isWhole
  }

  /** Return the cached bytes of a key, or make and cache them; concurrent calls share one `make`. */
  async function keep(key: string, make: () => Promise<Buffer | undefined>): Promise<Buffer | undefined> {
    const bytes = cache.get(key) ?? (await shareMaking(key, make))
    if (bytes !== undefined) cache.set(key, bytes)
    return bytes
  }

  /** The bytes of a delta part, cached by their hash, so that sets share them. */
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
      if (stored.delta === undefined) {
        const file = packFile(packsOf(manifest), stored)
        // A compressed part is decompressed, and so checked, as a whole.
        if (stored.inflated === undefined && !(await isIntact(file, stored))) return undefined
        return readRange(file, stored, from, to)
      }
      return (await readDelta(manifest, stored))?.subarray(from, to)
    },

    async open(manifest, stored) {
      if (stored.delta !== undefined) return inMemory(await readDelta(manifest, stored))
      const file = packFile(packsOf(manifest), stored)
      return (await isIntact(file, stored)) ? openPart(file, stored) : undefined
    },

    async openPacked(manifest, stored) {
      if (stored.delta !== undefined) {
        if (!stored.delta.is_text) return undefined
        return inMemory(await keep(`gzip ${stored.delta.sha256}`, () => packDelta(manifest, stored)))
      }
      const file = packFile(packsOf(manifest), stored)
      return stored.inflated !== undefined && (await isIntact(file, stored)) ? openStored(file, stored) : undefined
    },
  }
}

/** Bytes in memory; concurrent readers share them. */
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
          const end = Math.min(at + CHUNK_BYTES, to)
          if (end > at) controller.enqueue(shared.subarray(at, end))
          at = end
          if (at >= to) controller.close()
        },
      })
    },
  }
}
