/**
 * Cuts the files of a set into pieces. A pack is cut at gzip headers that are some distance apart, so the bytes alone determine the
 * pieces: sets with the same base pack, or with the same pages in a row, share those pieces. Longer runs are cut at a fixed length.
 */

import { createHash } from 'node:crypto'
import { type FileHandle, readdir } from 'node:fs/promises'
import path from 'node:path'
import { openPlain, readFully } from '#base/files.ts'
import { push } from '#base/multimap.ts'
import { isBasePack } from '#store/packs.ts'

const MAX_PIECE_BYTES = 1_048_576
/**
 * The distance of two cuts at gzip headers. Bytes of a repository, such as a picture, may contain such a header every few bytes, and
 * the row of a piece occupies as much as some hundred bytes.
 */
const MIN_PIECE_BYTES = 4_096
/** What the rows of a piece and their indexes occupy in the database, in addition to its bytes. */
const ROW_BYTES = 420

/** The position of a piece in a file of a set. */
export interface Span {
  file: string
  /** The number of the piece within the file, from 0. */
  n: number
  /** Offset in the file, in bytes. */
  at: number
  length: number
}

export interface Piece extends Span {
  /** The SHA-256 of `body`. */
  hash: Buffer
  body: Buffer
}

/**
 * The positions of the pieces of a published set, by file name and offset.
 *
 * @param folder - The folder of the set. It contains no subfolders.
 * @param stored - The pieces of the set in the database, in order. Another version may have cut them differently, so a file of the
 *   same size is cut as they are.
 */
export async function listSpans(
  folder: string,
  stored: readonly { file: string; length: number }[] = [],
): Promise<Span[]> {
  const lengths = new Map<string, number[]>()
  for (const { file, length } of stored) push(lengths, file, length)
  const spans: Span[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const cuts = await withFile(path.join(folder, name), async (handle) => {
      const { size } = await handle.stat()
      const known = lengths.get(name) ?? []
      if (known.length > 0 && known.reduce((sum, length) => sum + length, 0) === size) return cutInto(name, known)
      return cut(name, name.endsWith('.pack') ? await findStarts(handle, size) : [0], size)
    })
    for (const span of cuts) spans.push(span)
  }
  return spans
}

/** The bytes that a set occupies in the database, without the content of its base packs, which it shares. */
export const ownBytes = (spans: readonly Span[]): number =>
  spans.reduce((sum, { file, length }) => sum + ROW_BYTES + (isBasePack(file) ? 0 : length), 0)

/** Read the pieces at these positions, one file after the other. */
export async function* readPieces(folder: string, spans: readonly Span[]): AsyncGenerator<Piece, void> {
  const files = new Set(spans.map(({ file }) => file))
  for (const file of files) {
    const handle = await openPlain(path.join(folder, file))
    try {
      for (const span of spans) if (span.file === file) yield await readPiece(handle, span)
    } finally {
      await handle.close()
    }
  }
}

async function readPiece(handle: FileHandle, span: Span): Promise<Piece> {
  const body = Buffer.allocUnsafeSlow(span.length)
  const bytesRead = await readFully(handle, body, span.at)
  if (bytesRead < span.length) throw new Error(`The file ${span.file} of a set has become shorter.`)
  return { ...span, body, hash: hashOf(body) }
}

export const hashOf = (body: Uint8Array): Buffer => createHash('sha256').update(body).digest()

/** The gzip header that Node writes, without a file name or a time. */
const GZIP_HEADER = Buffer.from('1f8b080000000000', 'hex')
const WINDOW_BYTES = 1_048_576

/** The offsets of gzip headers in a file that are at least `MIN_PIECE_BYTES` apart, in ascending order and always including 0. */
async function findStarts(handle: FileHandle, size: number): Promise<number[]> {
  const starts = [0]
  let next = MIN_PIECE_BYTES
  // Windows overlap, so that a header across the boundary of two is found in the first one.
  const window = Buffer.allocUnsafe(WINDOW_BYTES + GZIP_HEADER.length - 1)
  for (let from = 0; from < size; from += WINDOW_BYTES) {
    const bytes = window.subarray(0, await readFully(handle, window, from))
    for (;;) {
      if (next - from >= bytes.length) break
      const at = bytes.indexOf(GZIP_HEADER, Math.max(0, next - from))
      if (at < 0) break
      starts.push(from + at)
      next = from + at + MIN_PIECE_BYTES
    }
  }
  return starts
}

/** Consecutive pieces of these lengths. */
function cutInto(file: string, lengths: readonly number[]): Span[] {
  let at = 0
  return lengths.map((length, n) => {
    at += length
    return { file, n, at: at - length, length }
  })
}

function cut(file: string, starts: readonly number[], size: number): Span[] {
  const spans: Span[] = []
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? size
    for (let at = start; at < end; at += MAX_PIECE_BYTES) {
      spans.push({ file, n: spans.length, at, length: Math.min(MAX_PIECE_BYTES, end - at) })
    }
  }
  // An empty file is one empty piece.
  return spans.length > 0 ? spans : [{ file, n: 0, at: 0, length: 0 }]
}

async function withFile<T>(file: string, step: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await openPlain(file)
  try {
    return await step(handle)
  } finally {
    await handle.close()
  }
}
