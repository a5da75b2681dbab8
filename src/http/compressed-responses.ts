/**
 * Responses whose bytes never change for one ETag: pages, files of sets, assets. Clients that accept gzip get it from a cache.
 * Not for responses generated for each request.
 */

import { parseAccept } from 'hono/utils/accept'
import { createByteCache } from './byte-cache.ts'
import { isKnown, tagged } from './conditional.ts'
import type { AppContext } from './deps.ts'
import { inPieces, sendStored } from './large-responses.ts'
import { countSent, LARGE_BYTES } from './sent-bytes.ts'

/** The body of a 304. */
const NOTHING = new Uint8Array()

export interface CacheableBody {
  /** ETag of the uncompressed bytes, with quotes: a SHA-256 of them, or of all their inputs. */
  etag: string
  /** Content-Type. */
  type: string
  cacheControl: string
  /** Roughly how many bytes `read` returns, if known; while they are read, they count as being sent. */
  expectedBytes?: number | undefined
  /** @returns `undefined` when they no longer exist. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The same bytes as gzip, if they are stored compressed. */
  readPacked?(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Called instead of `read` on a cache hit. */
  isThere(): Promise<boolean>
}

/** @returns `undefined` when the bytes no longer exist. */
export type SendCompressed = (c: AppContext, body: CacheableBody) => Promise<Response | undefined>

/** Compressed bytes in the cache: about 10,000 pages. */
const MAX_BYTES = 64 * 1_048_576

export function createSendCompressed(maxBytes = MAX_BYTES): SendCompressed {
  const kept = createByteCache<Uint8Array<ArrayBuffer>>(maxBytes, ({ length }) => length)
  /** Compressions in progress, shared by concurrent requests. */
  const making = new Map<string, Promise<Uint8Array<ArrayBuffer> | undefined>>()

  async function make(key: string, { read, readPacked }: CacheableBody): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const stored = await readPacked?.()
      const bytes = stored ?? (await read())
      if (bytes === undefined) return undefined
      const packed = stored ?? (await compress(bytes))
      kept.set(key, packed)
      return packed
    } finally {
      making.delete(key)
    }
  }

  async function pack(body: CacheableBody): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const key = `${body.type} ${body.etag}`
    const packed = kept.get(key)
    if (packed !== undefined) return (await body.isThere()) ? packed : undefined
    const begun = making.get(key) ?? make(key, body)
    making.set(key, begun)
    return begun
  }

  return async function sendCompressed(c, body) {
    const isPacked = acceptsGzip(c)
    const etag = isPacked ? gzipTag(body.etag) : body.etag
    const isRead = !isPacked && !isKnown(c, etag)
    const releaseRead = countSent(c, isRead ? (body.expectedBytes ?? 0) : 0)
    const read = (): Promise<Uint8Array<ArrayBuffer> | undefined> => (isPacked ? pack(body) : body.read())
    const bytes = isKnown(c, etag) ? NOTHING : await read().finally(releaseRead)
    releaseRead()
    if (bytes === undefined) return undefined
    c.header('Vary', 'Accept-Encoding', { append: true })
    if (isPacked && bytes !== NOTHING) c.header('Content-Encoding', 'gzip')
    if (bytes.length <= LARGE_BYTES) return tagged(c, etag, bytes, body.type, body.cacheControl)
    const release = countSent(c, bytes.length)
    const headers = { ETag: etag, 'Cache-Control': body.cacheControl, 'Content-Type': body.type }
    return sendStored(c, inPieces(bytes), headers, release)
  }
}

/** Compressed bytes need another strong ETag (RFC 9110, section 8.8.3.3). */
export const gzipTag = (etag: string): string => `${etag.slice(0, -1)}-gzip"`

/** Whether the client accepts gzip (RFC 9110, section 12.5.3). */
export function acceptsGzip(c: AppContext): boolean {
  const header = c.req.header('accept-encoding')?.slice(0, 1_000) ?? ''
  const accepted = parseAccept(header)
  const named = accepted.find(({ type }) => /^(?:x-)?gzip$/i.test(type)) ?? accepted.find(({ type }) => type === '*')
  return named !== undefined && named.q > 0
}

async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
