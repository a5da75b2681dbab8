/** Creates a ZIP archive while it is read. The same files and date result in the same bytes on any machine. */

import { Zip, ZipDeflate } from 'fflate'
import type { ExportedFile } from './file.ts'

/** Number of bytes compressed at once; other requests can run in between. */
const PIECE_BYTES = 65_536
const SAFE = /^(?!\/)(?!.*\/\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[A-Za-z0-9_.~@+/-]+$/

/**
 * @param folder - The top folder of all files in the archive.
 * @param date - ISO 8601. Files get noon of this day as their time; ZIP has no time zones.
 */
export function zipOf(files: AsyncIterable<ExportedFile>, folder: string, date: string): ReadableStream<Uint8Array> {
  return new ReadableStream(pulled(piecesOf(files, folder, date)), { highWaterMark: 0 })
}

function pulled(pieces: AsyncGenerator<Uint8Array>): UnderlyingDefaultSource<Uint8Array> {
  return {
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  }
}

async function* piecesOf(
  files: AsyncIterable<ExportedFile>,
  folder: string,
  date: string,
): AsyncGenerator<Uint8Array, void> {
  let out: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error
    if (piece.length > 0) out.push(piece)
  })
  const take = (): Uint8Array[] => {
    const taken = out
    out = []
    return taken
  }
  const mtime = noonOf(date)
  for await (const { name, body } of files) {
    const path = `${folder}/${name}`
    if (!SAFE.test(path)) throw new Error(`Not a name for a file of an archive: ${path}`)
    const entry = new ZipDeflate(path, { level: 6 })
    entry.mtime = mtime
    zip.add(entry)
    let last: Uint8Array = new Uint8Array()
    for await (const piece of inPieces(body)) {
      if (last.length > 0) entry.push(last)
      last = piece
      yield* take()
    }
    entry.push(last, true)
    yield* take()
  }
  zip.end()
  yield* take()
}

/** Regroup the bytes into pieces of equal size, except the last, because the bytes of the archive depend on them. */
async function* inPieces(body: ExportedFile['body']): AsyncGenerator<Uint8Array, void> {
  if (body instanceof Uint8Array) {
    for (let from = 0; from < body.length; from += PIECE_BYTES) yield body.subarray(from, from + PIECE_BYTES)
    return
  }
  let piece = new Uint8Array(PIECE_BYTES)
  let filled = 0
  const reader = body.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      for (let from = 0; from < next.value.length; ) {
        const some = next.value.subarray(from, from + PIECE_BYTES - filled)
        piece.set(some, filled)
        filled += some.length
        from += some.length
        if (filled < PIECE_BYTES) continue
        yield piece
        piece = new Uint8Array(PIECE_BYTES)
        filled = 0
      }
    }
    yield piece.subarray(0, filled)
  } finally {
    await reader.cancel()
  }
}

/** In local time, which fflate uses. ZIP allows 1980 to 2099. */
function noonOf(date: string): Date {
  const [, year = '1980', month = '01', day = '01'] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? []
  const bounded = Math.min(Math.max(Number(year), 1980), 2099)
  return new Date(bounded, Number(month) - 1, Number(day), 12)
}
