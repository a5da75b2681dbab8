/**
 * Connects the queue, which knows what is followed, with the processes that ask hosts for refs and with the wishes in
 * repositories' `docspool.json`.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import type { Config } from '#base/config.ts'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import { completeWish } from '#base/follow-wish.ts'
import { forLog, type Log } from '#base/log.ts'
import { OFFLINE } from '#base/offline.ts'
import { killGroup } from '#base/process.ts'
import { parseRepository } from '#base/repository.ts'
import { PASSING_CODES } from '#generate/clone/errors.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { findJobId } from '#queue/find-job-id.ts'
import type { RepositoryWish } from '#queue/follows/follow-record.ts'
import type { Look, LookRequest, LookResult } from '#queue/follows/look.ts'
import { LOOK_MS } from '#queue/follows/look-at-follows.ts'
import { CHANNEL_ENV, ProcessChannel } from '#queue/process-channel.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { temporaryPath } from '#queue/spool/temporary-files.ts'
import type { SetReader } from '#store/sets.ts'
import { type LookOrder, LookReport } from './look-messages.ts'
import type { Sandbox } from './sandbox.ts'

/** From 0 (first) to 9 (last); lower than that of jobs that people submit. */
const PRIORITY = 6
/** The process is killed after this time; looks that it has not reported by then count as failed. */
const DEADLINE_MS = LOOK_MS - 10_000
const KILL_WAIT_MS = 5_000

export interface LookProcessOptions {
  config: Config
  log: Log
  sandbox: Sandbox
  env: Record<string, string>
  /** The setting `DOCSPOOL_GIT_TOKENS`, which is kept out of the environment. */
  gitTokens: string | undefined
  sets: Pick<SetReader, 'readManifest'>
}

/** Creates a function that asks hosts for refs, in a new child process for each batch of requests. */
export function createLook({ config, log, sandbox, env, gitTokens, sets }: LookProcessOptions): Look {
  /**
   * Reads the wish of a repository's `docspool.json` from the set that was documented last. If that set is gone or cannot be
   * read, returns the previous wish.
   */
  async function readWish({ docsKey, repositoryWish, repoUrl }: LookRequest): Promise<RepositoryWish | undefined> {
    if (docsKey === null || docsKey === repositoryWish?.docs_key) return repositoryWish
    try {
      const manifest = await sets.readManifest(docsKey)
      return manifest === undefined ? repositoryWish : { docs_key: docsKey, wish: manifest.follow ?? {} }
    } catch (error) {
      log.warn({ ...forLog(error), repo_url: repoUrl }, 'the documents of a followed repository could not be read')
      return repositoryWish
    }
  }

  return async (requests, signal) => {
    const results = new Map<string, LookResult>()
    const wishes = new Map<string, RepositoryWish | undefined>()
    const workDir = temporaryPath(new SpoolPaths(config.spoolDir))
    try {
      const settings = gitTokens === undefined ? {} : { DOCSPOOL_GIT_TOKENS: gitTokens }
      for (const request of requests) wishes.set(request.id, await readWish(request))
      const looks = requests.map(({ id, repoUrl, wish, documented, counted }) => ({
        ...{ id, repoUrl, documented, counted },
        selection: completeWish(wish, wishes.get(id)?.wish ?? {}),
      }))
      const order = { settings, looks }
      await mkdir(workDir, { mode: 0o700 })
      const { before, env: more } = await sandbox.enclose({ workDir })
      const [first = process.execPath, ...rest] = [...before, process.execPath, ENTRY_SCRIPT, 'look']
      const child = spawn(first, rest, {
        env: { ...env, ...more, ...CHANNEL_ENV },
        detached: true,
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      })
      await converse(child, order, signal, (report) => results.set(report.id, toResult(report, wishes.get(report.id))))
    } catch (error) {
      log.warn(forLog(error), 'the process that asks hosts for refs failed')
    } finally {
      await rm(workDir, { recursive: true, force: true }).catch(() => undefined)
    }
    return results
  }
}

/** Resolves when the process has exited. */
async function converse(
  child: ChildProcess,
  order: LookOrder,
  signal: AbortSignal,
  onReport: (report: LookReport) => void,
): Promise<void> {
  const stop = (): void => void child.kill('SIGKILL')
  const timer = setTimeout(stop, DEADLINE_MS)
  signal.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', () => resolve())
      child.once('spawn', () => {
        const channel = new ProcessChannel(child)
        channel.listen({
          onMessage(message) {
            const parsed = LookReport.safeParse(message)
            if (parsed.success && order.looks.some(({ id }) => id === parsed.data.id)) onReport(parsed.data)
          },
          onFlood(error) {
            stop()
            reject(error)
          },
        })
        channel.send(order)
      })
      if (signal.aborted) stop()
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    if (child.pid !== undefined) await killGroup(child.pid, KILL_WAIT_MS)
  }
}

function toResult(report: LookReport, repositoryWish: RepositoryWish | undefined): LookResult {
  if (report.is === 'seen') return { is: 'seen', refs: report.refs, counted: report.counted, repositoryWish }
  const { error, retryAfterSeconds = 0 } = report
  return {
    is: 'failed',
    error,
    isLimited: error.code === 'RATE_LIMITED',
    isPassing: PASSING_CODES.has(error.code) || error.code === 'CLONE_TIMED_OUT',
    retryAfterMs: retryAfterSeconds * 1_000,
  }
}

/**
 * The submission of a branch or tag, as a caller would make it without options.
 *
 * @param name - The name of the branch or tag; `null` for the default branch.
 */
export async function toSubmitRequest(
  config: Config,
  readJob: Parameters<typeof findJobId>[0],
  repoUrl: string,
  name: string | null,
): Promise<SubmitRequest> {
  const repository = parseRepository(repoUrl, config)
  return {
    jobId: await findJobId(readJob, repository, { commitId: name, options: {}, secret: null }),
    repoUrl: repository.url,
    commitId: name,
    options: {},
    priority: PRIORITY,
    force: false,
    mainModel: config.llm?.mainModel ?? OFFLINE,
    idempotencyKey: null,
  }
}
