/** Reads the source files of published sets. Names are looked up in the set's table and never used in a path. */

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { readFully } from '#base/files.ts'
import { createLoadCache } from '#base/load-cache.ts'
import { sha256Of } from '#base/sha256.ts'
import type { SourceRow, StoredSource } from './model.ts'
import { inflate, readTable, type SourceTable, unpackSource } from './source-pack.ts'

export const PACK_FILE = 'sources.pack'
export const TABLE_FILE = 'sources.table'

/** Limit on the cache of tables, in bytes of JSON; in memory, each takes a few times as much. */
const MAX_TABLE_BYTES = 16 * 1_048_576

type Row = SourceTable['files'][number]

interface Loaded {
  pieces: SourceTable['pieces']
  hashes: SourceTable['hashes']
  rows: readonly Row[]
  byName: ReadonlyMap<string, Row>
  byPath: ReadonlyMap<string, Row>
}

export interface SourceReader {
  /** Whether the set has a table that can be read. */
  has(key: string): Promise<boolean>
  /** All source files, sorted by path; empty when the set has none or does not exist. */
  list(key: string): Promise<SourceRow[]>
  /** A file by its name or, if none has that name, by its path. */
  find(key: string, name: string): Promise<SourceRow | undefined>
  /** @param name - The name of a `SourceRow`. */
  read(key: string, name: string): Promise<StoredSource | undefined>
  /** Forget what is cached of a set. */
  forget(key: string): void
}

/** @param folder - The folder of all sets. */
export function createSourceReader(folder: string): SourceReader {
  const tables = createLoadCache<Loaded>(MAX_TABLE_BYTES, async (key) => {
    const bytes = await withFile(path.join(folder, key, TABLE_FILE), (file) => file.readFile())
    const read = bytes === undefined ? undefined : await readTable(bytes)
    if (read === undefined) return undefined
    const { files, pieces, hashes } = read.table
    const byName = new Map(files.map((row) => [row[0], row]))
    const byPath = new Map(files.map((row) => [row[1], row]))
    return { value: { pieces, hashes, rows: files, byName, byPath }, bytes: read.bytes }
  })
  /** The piece read last: consecutive requests are often for files in the same piece. */
  let last: { id: string; piece: Promise<Buffer | undefined> } | undefined

  /** @returns `undefined` if the piece is missing or damaged. */
  async function readPiece(key: string, { pieces, hashes }: Loaded, index: number): Promise<Buffer | undefined> {
    const id = `${key} ${index}`
    if (last?.id === id) return last.piece
    const bytes = await readPacked(path.join(folder, key), pieces[index] ?? [0, 0])
    if (bytes === undefined || (hashes !== undefined && sha256Of(bytes) !== hashes[index])) return undefined
    const piece = inflate(bytes).catch(() => undefined)
    last = { id, piece }
    if ((await piece) === undefined) last = undefined
    return piece
  }

  return {
    has: async (key) => (await tables.read(key)) !== undefined,

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

    forget(key) {
      tables.forget(key)
      last = undefined
    },
  }
}

/**
 * Whether the source files of a set are intact.
 *
 * @param folder - The folder of the set.
 * @param sha256 - The hash of the table, if the manifest has it.
 */
export async function areSourcesIntact(folder: string, sha256: string | undefined): Promise<boolean> {
  const bytes = await withFile(path.join(folder, TABLE_FILE), (file) => file.readFile())
  if (bytes === undefined || (sha256 !== undefined && sha256Of(bytes) !== sha256)) return false
  const { pieces, hashes } = (await readTable(bytes))?.table ?? {}
  for (const [index, piece] of (pieces ?? []).entries()) {
    const packed = await readPacked(folder, piece)
    if (packed === undefined) return false
    const isIntact =
      hashes === undefined ? inflate(packed).then(Boolean, () => false) : sha256Of(packed) === hashes[index]
    if (!(await isIntact)) return false
  }
  return pieces !== undefined
}

/** The bytes of a piece as they are stored; `undefined` if the pack is missing or too short. */
const readPacked = (folder: string, [at, length]: SourceTable['pieces'][number]): Promise<Buffer | undefined> =>
  withFile(path.join(folder, PACK_FILE), async (file) => {
    const buffer = Buffer.alloc(length)
    return (await readFully(file, buffer, at)) === length ? buffer : undefined
  })

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
