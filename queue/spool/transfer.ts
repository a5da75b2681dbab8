/**
 * Reads and writes everything in a spool for `docspool move`. Complete files are renamed into place; `sync` makes them durable.
 */

import { lstat, readdir, rename, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { readPlain, syncFolder, writeNewFile } from '#base/files.ts'
import type { KeyRecord } from '#queue/backend.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { Transfer } from '#queue/transfer.ts'
import { listEntries } from './check-names.ts'
import { isJobId, isShard, parseKeyPath, parseOutboxName } from './file-names.ts'
import type { FollowRecords } from './follow-records.ts'
import { DENIED, isDenied } from './foreign-files.ts'
import { keyText, parseKey } from './idempotency-keys.ts'
import { makeFolder } from './make-folder.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { toText } from './record-file.ts'
import type { SpoolStore } from './record-store.ts'
import { syncFileSystem } from './sync-records.ts'
import { temporaryPath } from './temporary-files.ts'

const Move = z.object({ source: z.string(), isFinished: z.boolean() })

export interface SpoolTransferDeps {
  /** The id of the spool. */
  id: string
  jobs: SpoolStore
  follows: FollowRecords
  quarantine: Quarantine
  /** Called with skipped files. */
  reportSkipped(file: string, why: string): void
}

export function createTransfer(
  paths: SpoolPaths,
  { id, jobs, follows, quarantine, reportSkipped }: SpoolTransferDeps,
): Transfer {
  const moveFile = path.join(paths.control, 'move')

  /** Paths of the entries in the shard folders of a folder. */
  async function* listShards(folder: string): AsyncGenerator<string> {
    for (const shard of await listEntries(folder)) {
      if (!shard.isDirectory() || !isShard(shard.name)) continue
      for (const { name } of await listEntries(path.join(folder, shard.name))) yield path.join(folder, shard.name, name)
    }
  }

  async function put(file: string, text: string, ms?: number): Promise<void> {
    await makeFolder(path.dirname(file))
    const temporary = temporaryPath(paths)
    await writeFile(temporary, text, { flag: 'wx', mode: 0o600 })
    if (ms !== undefined) await utimes(temporary, ms / 1_000, ms / 1_000)
    await rename(temporary, file)
  }

  async function readKey(file: string): Promise<KeyRecord | undefined> {
    const record = parseKey((await readPlain(file)).text)
    if (record === undefined) await quarantine(file, 'an idempotency key that cannot be read')
    return record
  }

  return {
    id: `spool ${id}`,

    async *listJobs() {
      for await (const folder of listShards(paths.jobs)) {
        const jobId = path.basename(folder)
        const job = isJobId(jobId) ? await jobs.read(jobId) : undefined
        if (job !== undefined) yield job
      }
    },

    async restoreJob(job) {
      await jobs.restore({ text: toText(job).trimEnd(), begunMs: Date.now() })
    },

    async restoreFollow(follow) {
      await follows.append(follow)
    },

    async *listKeys() {
      for await (const file of listShards(paths.keys)) {
        const hash = parseKeyPath(path.relative(paths.root, file))
        const record = hash === undefined ? undefined : await readKey(file)
        if (hash !== undefined && record !== undefined) {
          yield { hash, record, takenMs: Math.round((await lstat(file)).mtimeMs) }
        }
      }
    },

    async restoreKey({ hash, record, takenMs }) {
      await put(paths.keyOfHash(hash), keyText(record), takenMs)
    },

    async *listExpired() {
      for await (const file of listShards(paths.expired)) {
        const jobId = path.basename(file)
        if (isJobId(jobId)) yield { jobId, atMs: Math.round((await lstat(file)).mtimeMs) }
      }
    },

    async restoreExpired({ jobId, atMs }) {
      await put(paths.expiredMark(jobId), '', atMs)
    },

    async *listOutbox() {
      for (const name of await readdir(paths.outbox)) {
        const item = parseOutboxName(name)
        if (item !== undefined) yield item
      }
    },

    async restorePause({ since, by }) {
      await put(paths.pausedMark, by === null ? '' : `${JSON.stringify({ since, by })}\n`, Date.parse(since))
    },

    async sync() {
      await syncFileSystem(paths.root).catch((error: Error) => {
        throw new SpoolUnavailable(`The spool cannot be synced: ${error.message}.`, { cause: error })
      })
    },

    async readMove() {
      try {
        return Move.parse(JSON.parse((await readPlain(moveFile)).text))
      } catch (error) {
        if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
        if (!isDenied(error))
          throw new SpoolUnavailable('The file control/move of the spool cannot be read.', { cause: error })
        reportSkipped(paths.control, DENIED)
        return undefined
      }
    },

    async writeMove(move) {
      const temporary = temporaryPath(paths)
      await writeNewFile(temporary, `${JSON.stringify(move)}\n`)
      await rename(temporary, moveFile)
      await syncFolder(paths.control)
    },
  }
}
