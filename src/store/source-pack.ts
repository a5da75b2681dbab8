/**
 * Stores the source files of a set in two files: `sources.pack` contains compressed pieces of about a quarter of a megabyte, each
 * with several source files, and `sources.table` their positions. Thousands of separate files would take more blocks, syncs and
 * time, and files compress better together.
 */

import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { z } from 'zod'
import { checkEach } from '#base/check-each.ts'
import { append } from '#base/long-arrays.ts'
import { parseJson } from '#base/parse-json.ts'
import { sha256Of } from '#base/sha256.ts'
import { inSlices, type Steps } from '#base/slices.ts'
import { type Source, SourceMarks, type StoredSource } from './model.ts'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

/** Size of a piece before compression; a larger file has its own piece. */
const PIECE_BYTES = 262_144
/** Limit on the decompressed size of a piece or table. */
const MAX_INFLATED = 256 * 1_048_576
const AT_ONCE = 4
/** Brotli quality, 0 to 11. Twice as fast as gzip by default, and smaller. */
const QUALITY = 5

/**
 * Name, path, language, index of the piece; then offsets in the decompressed piece: the start of the text, the colours and the
 * marks, and the end of the marks.
 */
const SourceTableRow = z.tuple([
  z.string(),
  z.string(),
  z.string().nullable(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
])

const SourceTable = z.object({
  version: z.literal(1),
  /** Offset and length of each piece in `sources.pack`. */
  pieces: z.array(z.tuple([z.number(), z.number()])),
  /** The SHA-256 of each piece as it is stored, in lower-case hex; absent in tables of older versions. */
  hashes: z.array(z.string()).optional(),
  files: z.array(SourceTableRow),
})
export type SourceTable = z.infer<typeof SourceTable>

/**
 * Pack files in the given order.
 *
 * @returns The bytes of both files. Compressed bytes depend on the version of the compressor, their content does not.
 */
export async function packSources(sources: readonly Source[]): Promise<{ pack: Uint8Array; table: Uint8Array }> {
  const files: SourceTable['files'] = []
  const plain: Buffer[] = []
  let parts: Buffer[] = []
  let bytes = 0
  const close = (): void => {
    if (bytes > 0) plain.push(Buffer.concat(parts))
    parts = []
    bytes = 0
  }
  for (const { name, path, language, text, colours, marks } of sources) {
    const own = [Buffer.from(text), Buffer.from(colours), Buffer.from(JSON.stringify(marks))]
    const size = own.reduce((sum, part) => sum + part.length, 0)
    if (bytes + size > PIECE_BYTES) close()
    const ends = own.map((_, index) => own.slice(0, index + 1).reduce((sum, part) => sum + part.length, bytes))
    files.push([name, path, language, plain.length, bytes, ends[0] ?? 0, ends[1] ?? 0, ends[2] ?? 0])
    append(parts, own)
    bytes += size
  }
  close()
  const packed: Buffer[] = []
  for (let from = 0; from < plain.length; from += AT_ONCE) {
    append(packed, await Promise.all(plain.slice(from, from + AT_ONCE).map(squeeze)))
  }
  let at = 0
  const pieces = packed.map(({ length }): [number, number] => {
    at += length
    return [at - length, length]
  })
  const table: SourceTable = { version: 1, pieces, hashes: packed.map(sha256Of), files }
  return { pack: Buffer.concat(packed), table: await squeeze(Buffer.from(JSON.stringify(table))) }
}

const squeeze = (bytes: Buffer): Promise<Buffer> =>
  compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })

/** The rows are checked one by one: there may be tens of thousands. */
const TableOutline = SourceTable.extend({ files: z.array(z.unknown()) })

function* parseTable(json: Uint8Array): Steps<SourceTable> {
  const { files, ...outline } = TableOutline.parse(yield* parseJson(json))
  return { ...outline, files: yield* checkEach(files, SourceTableRow) }
}

/** @returns The table and the size of its JSON; `undefined` if the bytes are not a valid table. */
export async function readTable(bytes: Uint8Array): Promise<{ table: SourceTable; bytes: number } | undefined> {
  try {
    const json = await inflate(bytes)
    return { table: await inSlices(parseTable(json)), bytes: json.length }
  } catch {
    return undefined
  }
}

/** Decompress a piece or a table. */
export const inflate = (bytes: Uint8Array): Promise<Buffer> => decompress(bytes, { maxOutputLength: MAX_INFLATED })

/** Extract a file from its decompressed piece. */
export function unpackSource(piece: Buffer, row: SourceTable['files'][number]): StoredSource {
  const [name, path, language, , text, colours, marks, end] = row
  return {
    name,
    path,
    language,
    textBytes: new Uint8Array(piece.buffer as ArrayBuffer, piece.byteOffset + text, colours - text),
    get text() {
      return piece.toString('utf8', text, colours)
    },
    colours: piece.subarray(colours, marks),
    get marks() {
      return SourceMarks.parse(JSON.parse(piece.toString('utf8', marks, end)))
    },
  }
}
