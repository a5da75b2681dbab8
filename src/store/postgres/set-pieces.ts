/**
 * Cuts the files of a set into pieces of one length, so that the pack of a base is the same pieces in each set that has it.
 * What a set shares with other versions is in those packs (`../base-set.ts`).
 */

import { createHash } from 'node:crypto'
import { type FileHandle, readdir } from 'node:fs/promises'
import path from 'node:path'
import { openPlain } from '#base/files.ts'

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
    const size = await withFile(path.join(folder, name), async (handle) => (await handle.stat()).size)
    spans.push(...cut(name, size))
  }
  return spans
}

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

function cut(file: string, size: number): Span[] {
  // An empty file is one empty piece.
  const count = Math.max(1, Math.ceil(size / MAX_PIECE_BYTES))
  return Array.from({ length: count }, (_, n) => {
    const at = n * MAX_PIECE_BYTES
    return { file, n, at, length: Math.min(MAX_PIECE_BYTES, size - at) }
  })
}

async function withFile<T>(file: string, step: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await openPlain(file)
  try {
    return await step(handle)
  } finally {
    await handle.close()
  }
}
