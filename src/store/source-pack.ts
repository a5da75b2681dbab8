/**
 * The kept files of a set as two files on the disk: `sources.pack`, compressed pieces of about a quarter of a megabyte
 * that each hold several files, and `sources.table`, which says where each lies. One file each would take blocks, syncs
 * and time for thousands; and files beside each other compress better than alone.
 */

import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { z } from 'zod'
import { type Source, SourceMarks } from './model.ts'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

/** Of text; a larger file has a piece of its own. */
const PIECE_BYTES = 262_144
/** No piece and no table that is larger was written here. */
const MAX_INFLATED = 256 * 1_048_576
const AT_ONCE = 4
/** Of 11: twice as fast as the default of gzip, and smaller. */
const QUALITY = 5

const SourceTable = z.object({
  version: z.literal(1),
  /** Where each piece begins and how long it is. */
  pieces: z.array(z.tuple([z.number(), z.number()])),
  /** Name, path, language, piece; where in it the text, the colours and the marks begin, and the end of the marks. */
  files: z.array(
    z.tuple([
      z.string(),
      z.string(),
      z.string().nullable(),
      z.number(),
      z.number(),
      z.number(),
      z.number(),
      z.number(),
    ]),
  ),
})
export type SourceTable = z.infer<typeof SourceTable>

/**
 * Pack files in their order.
 *
 * @returns The bytes of both files. They depend on the version of the compressor; what they hold does not.
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
    parts.push(...own)
    bytes += size
  }
  close()
  const packed: Buffer[] = []
  for (let from = 0; from < plain.length; from += AT_ONCE) {
    packed.push(...(await Promise.all(plain.slice(from, from + AT_ONCE).map(squeeze))))
  }
  let at = 0
  const pieces = packed.map(({ length }): [number, number] => {
    at += length
    return [at - length, length]
  })
  const table: SourceTable = { version: 1, pieces, files }
  return { pack: Buffer.concat(packed), table: await squeeze(Buffer.from(JSON.stringify(table))) }
}

const squeeze = (bytes: Buffer): Promise<Buffer> =>
  compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })

/** `undefined` for bytes that are no table. */
export async function readTable(bytes: Uint8Array): Promise<{ table: SourceTable; bytes: number } | undefined> {
  try {
    const json = await inflate(bytes)
    return { table: SourceTable.parse(JSON.parse(json.toString())), bytes: json.length }
  } catch {
    return undefined
  }
}

export const inflate = (bytes: Uint8Array): Promise<Buffer> => decompress(bytes, { maxOutputLength: MAX_INFLATED })

/** One file out of its piece. */
export function unpackSource(piece: Buffer, row: SourceTable['files'][number]): Source {
  const [name, path, language, , text, colours, marks, end] = row
  return {
    name,
    path,
    language,
    text: piece.toString('utf8', text, colours),
    colours: piece.subarray(colours, marks),
    marks: SourceMarks.parse(JSON.parse(piece.toString('utf8', marks, end))),
  }
}
