/**
 * Responses whose bytes never change for one ETag: pages, files of sets, assets. Clients that accept gzip get it from a cache.
 * `sendPage` compresses a page that is made for one request.
 */

import { parseAccept } from 'hono/utils/accept'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { createShareRuns } from '#base/share-runs.ts'
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
  /** Approximate size of the result of `read`, if known. While it is read, it counts as being sent. */
  expectedBytes?: number | undefined
  /**
   * Concurrent requests share a call, so it must not use its request's signal, client or limits, except with `isMade`.
   *
   * @returns `undefined` when the bytes no longer exist.
   */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /**
   * True if `read` does expensive work, which is charged to the client and may be queued. Each request then calls it until
   * the cache has the bytes; the implementation shares concurrent work. Clients without gzip also get the bytes from the cache.
   */
  isMade?: true
  /** The same bytes as gzip, if they are stored compressed. */
  readPacked?(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Called instead of `read` on a cache hit. */
  isThere(): Promise<boolean>
}

/** @returns `undefined` when the bytes no longer exist. */
export type SendCompressed = (c: AppContext, body: CacheableBody) => Promise<Response | undefined>

type Packed = Uint8Array<ArrayBuffer>

/** Compressed bytes in the cache: about 10,000 pages. */
const MAX_BYTES = 64 * 1_048_576

export function createSendCompressed(maxBytes = MAX_BYTES): SendCompressed {
  const kept = createByteCache<Packed>(maxBytes, ({ length }) => length)
  const share = createShareRuns<Packed | undefined>()

  function keep(key: string, pack: () => Promise<Packed | undefined>): Promise<Packed | undefined> {
    return share(key, async () => {
      const packed = kept.get(key) ?? (await pack())
      if (packed !== undefined) kept.set(key, packed)
      return packed
    })
  }

  async function packStored({ read, readPacked }: CacheableBody): Promise<Packed | undefined> {
    const stored = await readPacked?.()
    if (stored !== undefined) return stored
    const bytes = await read()
    return bytes && compress(bytes)
  }

  async function readPacked(body: CacheableBody): Promise<Packed | undefined> {
    const key = keyOf(body)
    const packed = kept.get(key)
    if (packed !== undefined) return (await body.isThere()) ? packed : undefined
    if (!body.isMade) return keep(key, () => packStored(body))
    const bytes = await body.read()
    return bytes && keep(key, () => compress(bytes))
  }

  async function readPlain(body: CacheableBody): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!body.isMade) return body.read()
    const key = keyOf(body)
    const packed = kept.get(key)
    if (packed !== undefined) return (await body.isThere()) ? unpack(packed) : undefined
    const bytes = await body.read()
    if (bytes !== undefined) await keep(key, () => compress(bytes))
    return bytes
  }

  return async function sendCompressed(c, body) {
    const isPacked = acceptsGzip(c)
    const etag = isPacked ? gzipTag(body.etag) : body.etag
    const isRead = !isPacked && !isKnown(c, etag)
    const releaseRead = countSent(c, isRead ? (body.expectedBytes ?? unpackedBytes(kept.get(keyOf(body)))) : 0)
    const read = isPacked ? readPacked : readPlain
    const bytes = isKnown(c, etag) ? NOTHING : await read(body).finally(releaseRead)
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

/** A page that is made for one request, compressed for clients that accept gzip. */
export async function sendPage(c: AppContext, html: string, status: ContentfulStatusCode = 200): Promise<Response> {
  c.header('Vary', 'Accept-Encoding', { append: true })
  if (!acceptsGzip(c)) return c.html(html, status)
  c.header('Content-Encoding', 'gzip')
  c.header('Content-Type', 'text/html; charset=UTF-8')
  return c.body(await compress(new TextEncoder().encode(html)), status)
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

const keyOf = ({ type, etag }: CacheableBody): string => `${type} ${etag}`

const compress = (bytes: Uint8Array<ArrayBuffer>): Promise<Packed> => through(bytes, new CompressionStream('gzip'))
const unpack = (packed: Packed): Promise<Uint8Array<ArrayBuffer>> => through(packed, new DecompressionStream('gzip'))

/** The last four bytes of gzip are the uncompressed length modulo 2^32 (RFC 1952, section 2.3.1). */
function unpackedBytes(packed: Packed | undefined): number {
  if (packed === undefined || packed.length < 18) return 0
  return new DataView(packed.buffer, packed.byteOffset, packed.length).getUint32(packed.length - 4, true)
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  step: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(step)).arrayBuffer())
}
