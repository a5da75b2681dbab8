/**
 * Writes `set.pack`, which contains the files of a set one after the other, each compressed with gzip if that is shorter. A
 * part can therefore be sent without recompression to clients that accept gzip. One file instead of thousands needs a single sync, wastes
 * no blocks and is quickly removed. The manifest contains the position of each part.
 */

import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip, gzip, constants as zlib } from 'node:zlib'
import { openNewFile } from '#base/files.ts'
import { GZIP_LEVEL, PackedText } from '#base/packed-text.ts'
import { PiecedText, piecesOf } from '#base/pieced-text.ts'
import { sha256Of } from '#base/sha256.ts'
import type { BaseParts } from './base-set.ts'
import { packBeside } from './pack-beside.ts'
import type { Content, Packed } from './packs.ts'

/** Texts up to this length are compressed as a whole, several at once; longer ones are streamed. */
const SMALL_CHARS = 1_048_576
/** Number of texts compressed at once: the size of Node's thread pool. */
const AT_ONCE = 4
const CHUNK_BYTES = 262_144

const compress = promisify(gzip)

export class SetPack {
  readonly #file: FileHandle
  readonly #commit: string
  #at = 0

  private constructor(file: FileHandle, commit: string) {
    this.#file = file
    this.#commit = commit
  }

  /** @param file - Must not exist. @param commit - The commit that the parts belong to. */
  static async create(file: string, commit: string): Promise<SetPack> {
    return new SetPack(await openNewFile(file), commit)
  }

  /** The current size of the pack. */
  get bytes(): number {
    return this.#at
  }

  /**
   * Append the parts in order. A text object that occurs twice is written once.
   *
   * @param baseOf - The same part of another version, by the index of the part. Equal parts are not written again.
   * @returns One result per part, in the same order.
   */
  async add(parts: readonly Content[], baseOf: (index: number) => BaseParts | undefined = () => undefined) {
    const done = new Map<Content, Packed>()
    for (const [index, part] of parts.entries()) {
      const base = done.has(part) ? undefined : baseOf(index)
      const beside = base && (await packBeside(part, base, this.#commit))
      if (beside === undefined) continue
      const { delta, ...packed } = beside
      done.set(part, packed)
      if (delta === undefined) continue
      packed.stored.at = this.#at
      await this.#write(delta)
    }
    await this.#addWhole(parts, done)
    return parts.map((part) => done.get(part) as Packed)
  }

  /** Append the parts that are not in `done`. */
  async #addWhole(parts: readonly Content[], done: Map<Content, Packed>): Promise<void> {
    let small: Exclude<Content, PiecedText>[] = []
    const flush = async (): Promise<void> => {
      const compressed = await Promise.all(small.map(compressPart))
      for (const [index, part] of small.entries())
        done.set(part, await this.#append(compressed[index] as CompressedPart))
      small = []
    }
    for (const part of new Set(parts)) {
      if (done.has(part)) continue
      const pieces = longPieces(part)
      if (pieces !== undefined) {
        await flush()
        done.set(part, await this.#stream(pieces))
      } else if (small.push(part as Exclude<Content, PiecedText>) === AT_ONCE) await flush()
    }
    await flush()
  }

  /** Make it durable and close it. */
  async close(): Promise<void> {
    try {
      await this.#file.sync()
    } finally {
      await this.#file.close()
    }
  }

  async #append({ bytes, sha256, body, isGzip }: CompressedPart): Promise<Packed> {
    const at = this.#at
    await this.#write(body)
    return { bytes, sha256, stored: { at, length: body.length, ...(isGzip && { inflated: bytes }) } }
  }

  async #stream(text: Iterable<string>): Promise<Packed> {
    const at = this.#at
    const hash = createHash('sha256')
    let bytes = 0
    function* encoded(): Generator<Buffer> {
      for (const piece of text) {
        const buffer = Buffer.from(piece)
        hash.update(buffer)
        bytes += buffer.length
        yield buffer
      }
    }
    await pipeline(
      encoded,
      createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK_BYTES, memLevel: zlib.Z_MAX_MEMLEVEL }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) await this.#write(chunk)
      },
    )
    return { bytes, sha256: hash.digest('hex'), stored: { at, length: this.#at - at, inflated: bytes } }
  }

  async #write(body: Uint8Array): Promise<void> {
    for (let from = 0; from < body.length; ) {
      const { bytesWritten } = await this.#file.write(body, from, body.length - from, this.#at)
      from += bytesWritten
      this.#at += bytesWritten
    }
  }
}

interface CompressedPart {
  bytes: number
  sha256: string
  body: Uint8Array
  isGzip: boolean
}

/** The pieces of a long text; `undefined` for a part that is compressed as a whole. */
function longPieces(part: Content): Iterable<string> | undefined {
  if (typeof part === 'string') return part.length > SMALL_CHARS ? piecesOf(part) : undefined
  return part instanceof PiecedText ? part : undefined
}

async function compressPart(part: Exclude<Content, PiecedText>): Promise<CompressedPart> {
  if (part instanceof PackedText) {
    const { gzip: body, bytes, sha256 } = part
    return { bytes, sha256, body, isGzip: true }
  }
  const plain = typeof part === 'string' ? Buffer.from(part) : part
  const packed = typeof part === 'string' ? await compress(plain, { level: GZIP_LEVEL }) : plain
  const isGzip = packed.length < plain.length
  return {
    bytes: plain.length,
    sha256: sha256Of(plain),
    body: isGzip ? packed : plain,
    isGzip,
  }
}
