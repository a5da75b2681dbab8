/** Reads a part of a file on disk, decompressing it if it is stored as gzip. A missing or damaged part is `undefined`. */

import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { pipeline as runPipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGunzip, gunzip, gunzipSync } from 'node:zlib'
import { isErrno } from '#base/errors.ts'
import { openPlain, readFully } from '#base/files.ts'
import { sha256Of } from '#base/sha256.ts'
import { createStepLimit } from '#base/step-limit.ts'
import { streamFile } from './file-stream.ts'
import type { Stored, StoredBytes } from './model.ts'

const CHUNK_BYTES = 131_072
/** Up to this size, handing the work to a thread takes longer than the work itself. */
const SYNCHRONOUS_BYTES = 16_384

const inflate = promisify(gunzip)

/** The bytes of a part as they are stored. */
export async function readStored(file: string, { at, length }: Stored): Promise<Buffer | undefined> {
  const handle = await openPlain(file).catch(unlessNotPlain)
  if (handle === undefined) return undefined
  try {
    const buffer = Buffer.allocUnsafeSlow(length)
    return (await readFully(handle, buffer, at)) === length ? buffer : undefined
  } catch (error) {
    return unlessUnreadable(error)
  } finally {
    await handle.close()
  }
}

/** The decompressed bytes of a part: those that were stored, by their hash or the checksum of gzip, or `undefined`. */
export async function readPart(file: string, stored: Stored): Promise<Buffer | undefined> {
  const bytes = await readStored(file, stored)
  const { inflated, sha256 } = stored
  if (bytes === undefined) return undefined
  if (inflated === undefined) return sha256 === undefined || sha256Of(bytes) === sha256 ? bytes : undefined
  const limit = { maxOutputLength: Math.max(1, inflated) }
  try {
    const plain = bytes.length <= SYNCHRONOUS_BYTES ? gunzipSync(bytes, limit) : await inflate(bytes, limit)
    return plain.length === inflated ? plain : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether a part is as it was stored: by its hash if it has one, otherwise by the checksum of gzip. Reads all of it in bounded
 * memory.
 */
export async function isPartIntact(file: string, stored: Stored): Promise<boolean> {
  const { at, length, inflated, sha256 } = stored
  const wanted = inflated ?? length
  if (wanted <= CHUNK_BYTES && length <= CHUNK_BYTES) {
    const bytes = await readPart(file, stored)
    return bytes !== undefined && (sha256 === undefined || inflated === undefined || sha256Of(bytes) === sha256)
  }
  const handle = await openPlain(file).catch(unlessNotPlain)
  if (handle === undefined) return false
  const hash = createHash('sha256')
  let bytes = 0
  async function consume(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > wanted) return
      hash.update(chunk)
    }
  }
  const source = handle.createReadStream({ start: at, end: at + length - 1, highWaterMark: CHUNK_BYTES })
  try {
    if (inflated === undefined) await runPipeline(source, consume)
    else await runPipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), consume)
  } catch (error) {
    return isGzipError(error) ? false : unlessUnreadable(error) !== undefined
  }
  return bytes === wanted && (sha256 === undefined || hash.digest('hex') === sha256)
}

/** Errors of zlib: `Z_DATA_ERROR` for bytes that are not gzip, `Z_BUF_ERROR` for too few. */
const isGzipError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

/**
 * The bytes of a part from `from` (inclusive) to `to` (exclusive), fewer at its end. Quick for an uncompressed part; a
 * compressed one is decompressed completely.
 */
export async function readRange(file: string, stored: Stored, from: number, to: number): Promise<Buffer | undefined> {
  const { at, length, inflated } = stored
  if (inflated !== undefined) return (await readPart(file, stored))?.subarray(from, to)
  const start = Math.min(from, length)
  return readStored(file, { at: at + start, length: Math.max(0, Math.min(to, length) - start) })
}

/** A stream of a part as it is stored. */
export const openStored = (file: string, { at, length }: Stored): StoredBytes => ({
  bytes: length,
  read: (from, to) => streamFile(file, at + from, at + to),
})

/** A stream of the decompressed part. Everything before the first requested byte is decompressed, too. */
export function openPart(file: string, stored: Stored): StoredBytes {
  const { inflated } = stored
  if (inflated === undefined) return openStored(file, stored)
  return { bytes: inflated, skips: true, read: (from, to) => pulled(inflateFrom(file, stored, from, to)) }
}

async function* inflateFrom(
  file: string,
  { at, length }: Stored,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  if (from >= to) return
  const handle = await openPlain(file)
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  // The pipeline closes the handle in any case; its errors are thrown by the loop.
  pipeline(handle.createReadStream({ start: at, end: at + length - 1, highWaterMark: CHUNK_BYTES }), gunzip, () => {})
  let position = 0
  for await (const chunk of gunzip as AsyncIterable<Buffer<ArrayBuffer>>) {
    const part = chunk.subarray(Math.max(0, from - position), Math.max(0, to - position))
    position += chunk.length
    if (part.length > 0) yield new Uint8Array(part.buffer, part.byteOffset, part.length)
    if (position >= to) return
  }
  throw new Error('The file is shorter than it was.')
}

/** Decompresses few chunks at a time, however many clients are waiting, so that the event loop is not blocked for long. */
const limited = createStepLimit(2)

const pulled = (pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, void>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await limited(() => pieces.next())
        if (done) controller.close()
        else controller.enqueue(value as Uint8Array<ArrayBuffer>)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )

/** Where the disk cannot read a block, the part is damaged. */
function unlessUnreadable(error: unknown): undefined {
  if (!isErrno(error, 'EIO')) throw error
}

function unlessNotPlain(error: unknown): undefined {
  if (!isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR')) throw error
}
