/**
 * Cuts the files of a set into pieces. A pack is cut at each gzip header, so the bytes alone determine the pieces: sets with the
 * same base pack, or with an identical page, share those pieces. Longer runs are cut at a fixed length.
 */

import { createHash } from 'node:crypto'
import { type FileHandle, readdir } from 'node:fs/promises'
import path from 'node:path'
import { openPlain, readFully } from '#base/files.ts'
import { isBasePack } from '#store/packs.ts'

const MAX_PIECE_BYTES = 1_048_576

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
 */
export async function listSpans(folder: string): Promise<Span[]> {
  const spans: Span[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    spans.push(
      ...(await withFile(path.join(folder, name), async (handle) => {
        const { size } = await handle.stat()
        return cut(name, name.endsWith('.pack') ? await findStarts(handle, size) : [0], size)
      })),
    )
  }
  return spans
}

/** The size of a set in bytes, excluding its base packs. */
export const ownBytes = (spans: readonly Span[]): number =>
  spans.reduce((sum, { file, length }) => sum + (isBasePack(file) ? 0 : length), 0)

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

/** The offsets of gzip headers in a file, in ascending order and always including 0. */
async function findStarts(handle: FileHandle, size: number): Promise<number[]> {
  const starts = [0]
  // Windows overlap, so that a header across the boundary of two is found in the first one.
  const window = Buffer.allocUnsafe(WINDOW_BYTES + GZIP_HEADER.length - 1)
  for (let from = 0; from < size; from += WINDOW_BYTES) {
    const bytes = window.subarray(0, await readFully(handle, window, from))
    for (let at = bytes.indexOf(GZIP_HEADER); at >= 0; at = bytes.indexOf(GZIP_HEADER, at + 1))
      if (from + at > 0) starts.push(from + at)
  }
  return starts
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
