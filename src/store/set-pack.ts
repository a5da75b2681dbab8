/**
 * The files of a set in one file on the disk, `set.pack`, one after the other: each as gzip of its own where that is
 * shorter, so that it can be sent as it lies to those who take gzip. One file instead of thousands needs one sync, wastes
 * no blocks and is quickly removed. The manifest says where each part lies.
 */

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip, gzip, constants as zlib } from 'node:zlib'
import { GZIP_LEVEL, PackedText } from '#base/packed-text.ts'
import { PiecedText, piecesOf } from '#base/pieced-text.ts'
import type { BaseParts } from './base-set.ts'
import { packBeside } from './pack-beside.ts'
import type { Content, Packed } from './packs.ts'

/** Texts up to this many characters are compressed whole and several at once; longer ones piece by piece. */
const SMALL_CHARS = 1_048_576
/** As many as the threads of the platform that compress. */
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

  /** @param file - New. @param commit - That the parts are of. */
  static async create(file: string, commit: string): Promise<SetPack> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
    return new SetPack(await open(file, flags, 0o600), commit)
  }

  /** How many bytes it has. */
  get bytes(): number {
    return this.#at
  }

  /**
   * Append the parts in their order. The same text object, given twice, is written once.
   *
   * @param baseOf - The same part of another version, by the number of the part: what is equal is not written again.
   * @returns One result a part.
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

  /** Those that are not done yet. */
  async #addWhole(parts: readonly Content[], done: Map<Content, Packed>): Promise<void> {
    let small: Exclude<Content, PiecedText>[] = []
    const flush = async (): Promise<void> => {
      const squeezed = await Promise.all(small.map(squeeze))
      for (const [index, part] of small.entries()) done.set(part, await this.#append(squeezed[index] as Squeezed))
      small = []
    }
    for (const part of new Set(parts)) {
      if (done.has(part)) continue
      const long = longOf(part)
      if (long !== undefined) {
        await flush()
        done.set(part, await this.#stream(long))
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

  async #append({ bytes, sha256, body, isGzip }: Squeezed): Promise<Packed> {
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

interface Squeezed {
  bytes: number
  sha256: string
  body: Uint8Array
  isGzip: boolean
}

function longOf(part: Content): Iterable<string> | undefined {
  if (typeof part === 'string') return part.length > SMALL_CHARS ? piecesOf(part) : undefined
  return part instanceof PiecedText ? part : undefined
}

async function squeeze(part: Exclude<Content, PiecedText>): Promise<Squeezed> {
  if (part instanceof PackedText) {
    const { gzip: body, bytes, sha256 } = part
    return { bytes, sha256, body, isGzip: true }
  }
  const plain = typeof part === 'string' ? Buffer.from(part) : part
  const packed = typeof part === 'string' ? await compress(plain, { level: GZIP_LEVEL }) : plain
  const isGzip = packed.length < plain.length
  return {
    bytes: plain.length,
    sha256: createHash('sha256').update(plain).digest('hex'),
    body: isGzip ? packed : plain,
    isGzip,
  }
}
