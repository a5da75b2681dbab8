/** Reads the source files of published sets. Names are looked up in the set's table and never used in a path. */

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { readFully } from '#base/files.ts'
import { createLoadCache } from '#base/load-cache.ts'
import type { SourceRow, StoredSource } from './model.ts'
import { inflate, readTable, type SourceTable, unpackSource } from './source-pack.ts'

export const PACK_FILE = 'sources.pack'
export const TABLE_FILE = 'sources.table'

/** Limit of the cache of tables, in bytes of JSON; in memory, each takes a few times as much. */
const MAX_TABLE_BYTES = 16 * 1_048_576

type Row = SourceTable['files'][number]

interface Loaded {
  pieces: SourceTable['pieces']
  rows: readonly Row[]
  byName: ReadonlyMap<string, Row>
  byPath: ReadonlyMap<string, Row>
}

export interface SourceReader {
  /** All source files, sorted by path; empty when the set has none or does not exist. */
  list(key: string): Promise<SourceRow[]>
  /** A file by its name or, if none has that name, by its path. */
  find(key: string, name: string): Promise<SourceRow | undefined>
  /** @param name - The name of a `SourceRow`. */
  read(key: string, name: string): Promise<StoredSource | undefined>
}

/**
 * @param folder - The folder of all sets.
 */
export function createSourceReader(folder: string): SourceReader {
  const tables = createLoadCache<Loaded>(MAX_TABLE_BYTES, async (key) => {
    const bytes = await withFile(path.join(folder, key, TABLE_FILE), (file) => file.readFile())
    const read = bytes === undefined ? undefined : await readTable(bytes)
    if (read === undefined) return undefined
    const { files, pieces } = read.table
    const byName = new Map(files.map((row) => [row[0], row]))
    const byPath = new Map(files.map((row) => [row[1], row]))
    return { value: { pieces, rows: files, byName, byPath }, bytes: read.bytes }
  })
  /** The piece read last: consecutive requests are often for files in the same piece. */
  let last: { id: string; piece: Promise<Buffer> } | undefined

  async function readPiece(key: string, { pieces }: Loaded, index: number): Promise<Buffer | undefined> {
    const [at, length] = pieces[index] ?? [0, 0]
    const bytes = await withFile(path.join(folder, key, PACK_FILE), async (file) => {
      const buffer = Buffer.alloc(length)
      return (await readFully(file, buffer, at)) === length ? buffer : undefined
    })
    if (bytes === undefined) return undefined
    const id = `${key} ${index}`
    if (last?.id !== id) last = { id, piece: inflate(bytes) }
    return last.piece
  }

  return {
    list: async (key) => (await tables.read(key))?.rows.map(rowOf) ?? [],

    async find(key, name) {
      const loaded = await tables.read(key)
      const row = loaded?.byName.get(name) ?? loaded?.byPath.get(name)
      return row === undefined ? undefined : rowOf(row)
    },

    async read(key, name) {
      const loaded = await tables.read(key)
      const row = loaded?.byName.get(name)
      const piece = loaded === undefined || row === undefined ? undefined : await readPiece(key, loaded, row[3])
      return piece === undefined || row === undefined ? undefined : unpackSource(piece, row)
    },
  }
}

const rowOf = ([name, path, language]: Row): SourceRow => ({ name, path, language })

/** @returns `undefined` when there is no such file, or only a link. */
async function withFile<T>(file: string, use: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  let handle: FileHandle
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return undefined
    throw error
  }
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}
