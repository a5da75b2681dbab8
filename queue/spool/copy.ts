/**
 * `job.json`: the newest revision as people and scripts read it. Refreshed soon after each change, one job at a time,
 * under `job.json.lock`, and slowly while records are written; no decision ever rests on it.
 */

import { rename, rm, writeFile } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { Job } from '#queue/job.ts'
import { NO_CONTEXT, toView } from '#queue/view.ts'
import { withLock } from './lock.ts'
import { SpoolPaths } from './paths.ts'
import { withFolder } from './root.ts'
import { temporaryPath } from './temporary.ts'

/** What is older than the record costs nothing but a glance: the next change writes it. */
const FLUSH_MS = 2_000

export interface Copies {
  /** Returns at once. */
  refresh(jobId: string): void
  /** Resolves when all are fresh; with many to do, after two seconds. */
  flush(): Promise<void>
}

export interface CopyDeps {
  read(jobId: string): Promise<Job | undefined>
  /** @throws {SpoolUnavailable} Another folder is in the place of the spool. */
  locate(): unknown
  /** Waits while there is better to do. */
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
        // The job was removed, or the spool is away: the next change writes it again.
        if (!isErrno(error, 'ENOENT') && !(error instanceof SpoolUnavailable)) {
          log.warn({ ...forLog(error), job_id: jobId }, 'job.json could not be refreshed')
        }
      }
    }
  }

  /** By a name of the spool that leads to it whatever is mounted over it meanwhile. */
  async function write(jobId: string): Promise<void> {
    await withFolder(paths.root, async (root) => {
      locate()
      await writeIn(new SpoolPaths(root), jobId)
    })
  }

  async function writeIn(own: SpoolPaths, jobId: string): Promise<void> {
    // A lock in a folder that is gone would be waited for.
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
      const end = setTimeout(() => waiting.clear(), FLUSH_MS)
      while (working !== undefined) await working
      clearTimeout(end)
    },
  }
}
