/**
 * Cuts the files of a set into pieces. A pack is cut where gzip begins in it: so its pieces follow from its bytes, the pack of a
 * base is the same pieces in each set that has it, and so is a page that is equal in two sets. What is long is cut by length.
 */

import { createHash } from 'node:crypto'
import { type FileHandle, readdir } from 'node:fs/promises'
import path from 'node:path'
import { openPlain } from '#base/files.ts'
import { isBasePack } from '#store/packs.ts'

const MAX_PIECE_BYTES = 1_048_576

/** Where a piece lies in a file. */
export interface Span {
  file: string
  /** From 0, within the file. */
  n: number
  at: number
  length: number
}

export interface Piece extends Span {
  /** SHA-256. */
  hash: Buffer
  body: Buffer
}

/**
 * Where the pieces of a published set lie.
 *
 * @param folder - Of the set. It has no folders in it.
 */
export async function listSpans(folder: string): Promise<Span[]> {
  const spans: Span[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    spans.push(
      ...(await withFile(path.join(folder, name), async (handle) => {
        const { size } = await handle.stat()
        return cut(name, name.endsWith('.pack') ? await startsIn(handle, size) : [0], size)
      })),
    )
  }
  return spans
}

/** The size of a set without what it has in common with its bases. */
export const ownBytes = (spans: readonly Span[]): number =>
  spans.reduce((sum, { file, length }) => sum + (isBasePack(file) ? 0 : length), 0)

/** Read these spans, one file after the other. */
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
  for (let read = 0; read < span.length; ) {
    const { bytesRead } = await handle.read(body, read, span.length - read, span.at + read)
    if (bytesRead === 0) throw new Error(`The file ${span.file} of a set is shorter than it was.`)
    read += bytesRead
  }
  return { ...span, body, hash: hashOf(body) }
}

export const hashOf = (body: Uint8Array): Buffer => createHash('sha256').update(body).digest()

/** How gzip of Node begins: no name, no time. */
const GZIP_HEAD = Buffer.from('1f8b080000000000', 'hex')
const WINDOW_BYTES = 1_048_576

/** Where gzip begins in a file, sorted; always with 0. */
async function startsIn(handle: FileHandle, size: number): Promise<number[]> {
  const starts = [0]
  const window = Buffer.allocUnsafe(WINDOW_BYTES + GZIP_HEAD.length - 1)
  for (let from = 0; from < size; from += WINDOW_BYTES) {
    const { bytesRead } = await handle.read(window, 0, window.length, from)
    const read = window.subarray(0, bytesRead)
    for (let at = read.indexOf(GZIP_HEAD); at >= 0; at = read.indexOf(GZIP_HEAD, at + 1))
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
