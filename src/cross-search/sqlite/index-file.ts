/**
 * The file of the index: `<generation>.db` in its folder, and `current`, which names it. A file is never changed to
 * another version and never repaired: the writer creates a new generation beside it, and readers switch to it with
 * their next query. Several processes may read and write.
 */

import { randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { makeFolders, syncFolder, temporaryName, writeNewFile } from '#base/files.ts'
import { INDEX_VERSION } from '#cross-search/plan.ts'
import { CURRENT, currentOf } from './generation.ts'
import { APPLICATION_ID, SCHEMA } from './schema.ts'

const BUSY_MS = 10_000
/** Cache size for pages of the file, KiB. */
const CACHE_KIB = 16_384
const WAL_BYTES = 67_108_864

/** Primary result codes of SQLite: damaged, not a database. */
const DAMAGED = new Set([11, 26])

export interface IndexFile {
  /** The generation that readers use; `undefined` when there is none of this version. */
  open(): DatabaseSyncInstance | undefined
  /** Like `open`, but creates a generation if there is none. */
  openOrCreate(): Promise<DatabaseSyncInstance>
  /**
   * Run a step. If it finds the file damaged, discard that generation.
   *
   * @returns `undefined` if it was discarded, or if there is none.
   */
  read<T>(step: (database: DatabaseSyncInstance) => T | Promise<T>): Promise<T | undefined>
  close(): void
}

/** @param folder - Created when the index is written. */
export function createIndexFile(folder: string): IndexFile {
  let opened: { name: string; database: DatabaseSyncInstance } | undefined

  function close(): void {
    opened?.database.close()
    opened = undefined
  }

  function open(): DatabaseSyncInstance | undefined {
    const name = currentOf(folder)
    if (opened !== undefined && opened.name === name) return opened.database
    close()
    if (name === undefined) return undefined
    const database = openGeneration(path.join(folder, `${name}.db`))
    if (database === undefined) return undefined
    opened = { name, database }
    return database
  }

  async function openOrCreate(): Promise<DatabaseSyncInstance> {
    const there = open()
    if (there !== undefined) return there
    const name = `v${INDEX_VERSION}-${randomBytes(8).toString('hex')}`
    makeFolders(folder)
    const made = new DatabaseSync(path.join(folder, `${name}.db`), { timeout: BUSY_MS })
    try {
      // Before SQLite creates the files beside it, which get the same mode.
      chmodSync(path.join(folder, `${name}.db`), 0o600)
      made.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; BEGIN; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID};
        PRAGMA user_version = ${INDEX_VERSION}; COMMIT`)
    } finally {
      made.close()
    }
    const temporary = path.join(folder, temporaryName())
    await writeNewFile(temporary, name)
    renameSync(temporary, path.join(folder, CURRENT))
    await syncFolder(folder)
    const database = open()
    if (database === undefined) throw new Error('The index over all repositories cannot be opened.')
    sweep(folder)
    return database
  }

  return {
    open,
    openOrCreate,
    close,
    async read(step) {
      try {
        const database = open()
        return database === undefined ? undefined : await step(database)
      } catch (error) {
        if (!isDamaged(error)) throw error
        const name = opened?.name
        close()
        if (name !== undefined && currentOf(folder) === name) rmSync(path.join(folder, CURRENT), { force: true })
        return undefined
      }
    },
  }
}

/** @returns `undefined` if the file is not a complete index of this version. */
function openGeneration(file: string): DatabaseSyncInstance | undefined {
  let database: DatabaseSyncInstance | undefined
  try {
    // A missing file is not created.
    database = new DatabaseSync(`file:${encodeURI(file).replace(/[?#]/g, encodeURIComponent)}?mode=rw`, {
      timeout: BUSY_MS,
    })
    database.exec(
      `PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KIB}; PRAGMA journal_size_limit = ${WAL_BYTES}`,
    )
    const { application_id: application } = database.prepare('PRAGMA application_id').get() as {
      application_id: number
    }
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
    if (application === APPLICATION_ID && version === INDEX_VERSION) return database
  } catch (error) {
    if (!isDamaged(error) && !isMissing(error)) {
      database?.close()
      throw error
    }
  }
  database?.close()
  return undefined
}

/** Remove generations that are not current; a reader that has one open keeps it until its next query. */
function sweep(folder: string): void {
  const current = currentOf(folder)
  for (const name of readdirSync(folder)) {
    const generation = /^(v\d{1,6}-[0-9a-f]{16})\.db(?:-wal|-shm)?$/.exec(name)?.[1]
    if (generation !== undefined && generation !== current) rmSync(path.join(folder, name), { force: true })
  }
}

const primaryOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined

const isDamaged = (error: unknown): boolean => DAMAGED.has(primaryOf(error) ?? 0)
/** `SQLITE_CANTOPEN` */
const isMissing = (error: unknown): boolean => primaryOf(error) === 14
