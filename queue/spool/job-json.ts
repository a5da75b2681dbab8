/**
 * `job.json`: a copy of the newest revision for people and scripts; docspool itself never reads it. Refreshed soon after each
 * change, one job at a time, under `job.json.lock`, with pauses while records are being written.
 */

import { rename, rm, writeFile } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { Job } from '#queue/job.ts'
import { NO_CONTEXT, toView } from '#queue/job-view.ts'
import { withLock } from './lock.ts'
import { SpoolPaths } from './paths.ts'
import { withFolder } from './root.ts'
import { temporaryPath } from './temporary-files.ts'

/** `flush` skips the remaining copies after this time: an outdated one does no harm, and the next change refreshes it. */
const FLUSH_TIMEOUT_MS = 2_000

export interface Copies {
  /** Refresh the copy of a job in the background. */
  refresh(jobId: string): void
  /** Resolves when all copies are current. After two seconds, only the copy that is being written is finished. */
  flush(): Promise<void>
}

export interface CopyDeps {
  read(jobId: string): Promise<Job | undefined>
  /** @throws {SpoolUnavailable} Another folder has taken the place of the spool. */
  locate(): unknown
  /** Resolves when no records are being written; see `Journal.rest`. */
  rest(): Promise<void>
  log: Log
}

export function createCopies(paths: SpoolPaths, { read, locate, rest, log }: CopyDeps): Copies {
  const waiting = new Set<string>()
  let working: Promise<void> | undefined
  let isEnding = false

  async function work(): Promise<void> {
    for (const jobId of waiting) {
      if (!isEnding) await rest()
      waiting.delete(jobId)
      try {
        await write(jobId)
      } catch (error) {
        // If the job was removed or the spool is unavailable, nothing is lost: the next change writes the copy again.
        if (!isErrno(error, 'ENOENT') && !(error instanceof SpoolUnavailable)) {
          log.warn({ ...forLog(error), job_id: jobId }, 'job.json could not be refreshed')
        }
      }
    }
  }

  /** Write the copy through a path that refers to this spool even if something is mounted over it in the meantime. */
  async function write(jobId: string): Promise<void> {
    await withFolder(paths.root, async (root) => {
      locate()
      await writeIn(new SpoolPaths(root), jobId)
    })
  }

  async function writeIn(own: SpoolPaths, jobId: string): Promise<void> {
    // Locking in a removed folder would retry until it times out.
    if ((await read(jobId)) === undefined) return
    await withLock(own.copy(jobId), async (isOurs) => {
      const job = await read(jobId)
      if (job === undefined) return
      const temporary = temporaryPath(own)
      try {
        await writeFile(temporary, `${JSON.stringify(toView(job, NO_CONTEXT), null, 2)}\n`, { flag: 'wx', mode: 0o600 })
        locate()
        if (isOurs()) await rename(temporary, own.copy(jobId))
      } finally {
        await rm(temporary, { force: true })
      }
    })
  }

  function run(): void {
    working ??= work().finally(() => {
      working = undefined
      if (waiting.size > 0) run()
    })
  }

  return {
    refresh(jobId) {
      waiting.add(jobId)
      run()
    },
    async flush() {
      isEnding = true
      const end = setTimeout(() => waiting.clear(), FLUSH_TIMEOUT_MS)
      while (working !== undefined) await working
      clearTimeout(end)
    },
  }
}
