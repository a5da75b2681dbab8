/**
 * `job.json`: the newest revision as people and scripts read it. Refreshed soon after each change, one job at a time,
 * under `job.json.lock`, while nobody waits for a record to be written; no decision ever rests on it.
 */

import { rename, rm, writeFile } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { Job } from '#queue/job.ts'
import { BLIND, toView } from '#queue/view.ts'
import { withLock } from './lock.ts'
import type { SpoolPaths } from './paths.ts'
import { temporaryPath } from './temporary.ts'

export interface Copies {
  /** Returns at once. */
  refresh(jobId: string): void
  /** Resolves when all are fresh. */
  flush(): Promise<void>
}

export interface CopyDeps {
  read(jobId: string): Promise<Job | undefined>
  /** Resolves when there is nothing better to do. */
  idle(): Promise<void>
  log: Log
}

export function createCopies(paths: SpoolPaths, { read, idle, log }: CopyDeps): Copies {
  const waiting = new Set<string>()
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    for (const jobId of waiting) {
      await idle()
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

  async function write(jobId: string): Promise<void> {
    await withLock(paths.copy(jobId), async (isOurs) => {
      const job = await read(jobId)
      if (job === undefined) return
      const temporary = temporaryPath(paths)
      try {
        await writeFile(temporary, `${JSON.stringify(toView(job, BLIND), null, 2)}\n`, { flag: 'wx', mode: 0o600 })
        if (isOurs()) await rename(temporary, paths.copy(jobId))
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
      while (working !== undefined) await working
    },
  }
}
