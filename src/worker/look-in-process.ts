/**
 * Starts the process that lists the refs of followed repositories (`look-process.ts`), and converts its reports for the queue.
 */

import { mkdir, rm } from 'node:fs/promises'
import type { Config } from '#base/config.ts'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import { completeWish } from '#base/followed-refs.ts'
import { forLog, type Log } from '#base/log.ts'
import { killGroup, signal as signalProcess } from '#base/process.ts'
import { PROGRAM } from '#base/program.ts'
import { PASSING_CODES } from '#generate/clone/errors.ts'
import type { RepositoryWish } from '#queue/follows/follow-record.ts'
import type { Look, LookRequest, LookResult } from '#queue/follows/look.ts'
import { LOOK_MS } from '#queue/follows/look-at-follows.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { temporaryPath } from '#queue/spool/temporary-files.ts'
import { endOf, type ProcessEnd, type Started, startProcess } from '#queue/start-process.ts'
import type { SetReader } from '#store/sets.ts'
import { type LookBatch, LookReport } from './look-messages.ts'
import type { Sandbox } from './sandbox.ts'

/** The process is killed after this time. Checks that it has not reported by then get no result: the host did not answer in time. */
const DEADLINE_MS = LOOK_MS - 10_000
const KILL_WAIT_MS = 5_000

export interface LookProcessOptions {
  config: Pick<Config, 'spoolDir'>
  log: Log
  sandbox: Pick<Sandbox, 'enclose'>
  env: Record<string, string>
  /** The setting `DOCSPOOL_GIT_TOKENS`, which is kept out of the environment. */
  gitTokens: string | undefined
  sets: Pick<SetReader, 'readManifest'>
}

/** Why this process has killed the child; `null` if it ended by itself. */
type Killed = 'deadline' | 'aborted' | null

/** Creates a function that asks hosts for refs, in a new child process for each batch of requests. */
export function createLook({ config, log, sandbox, env, gitTokens, sets }: LookProcessOptions): Look {
  /**
   * Reads what a repository's `docspool.json` asks for from the set that was documented last. If that set is gone or
   * cannot be read, returns the previous wish.
   */
  async function readWish({ docsKey, repositoryWish, repoUrl }: LookRequest): Promise<RepositoryWish | undefined> {
    if (docsKey === null || docsKey === repositoryWish?.docs_key) return repositoryWish
    try {
      const manifest = await sets.readManifest(docsKey)
      return manifest === undefined ? repositoryWish : { docs_key: docsKey, wish: manifest.follow ?? {} }
    } catch (error) {
      log.warn({ ...forLog(error), repo_url: repoUrl }, 'the manifest of a followed repository could not be read')
      return repositoryWish
    }
  }

  return async (requests, signal) => {
    const results = new Map<string, LookResult>()
    const wishes = new Map<string, RepositoryWish | undefined>()
    const workDir = temporaryPath(new SpoolPaths(config.spoolDir))
    const failLooks = (missing: readonly LookRequest[]): void => {
      for (const { id } of missing) results.set(id, PROCESS_FAILED)
    }
    try {
      const settings = gitTokens === undefined ? {} : { DOCSPOOL_GIT_TOKENS: gitTokens }
      for (const request of requests) wishes.set(request.id, await readWish(request))
      const looks = requests.map(({ id, repoUrl, wish, documented, counted }) => ({
        id,
        repoUrl,
        documented,
        counted,
        selection: completeWish(wish, wishes.get(id)?.wish ?? {}),
      }))
      await mkdir(workDir, { mode: 0o700 })
      const command = { command: process.execPath, args: [ENTRY_SCRIPT, 'look'], env }
      const started = await startProcess({ ...command, enclose: (job) => sandbox.enclose(job) }, { workDir })
      const { end, killed } = await exchange(started, { settings, looks }, signal, (report) => {
        logBug(log, report, requests)
        results.set(report.id, toResult(report, wishes.get(report.id)))
      })
      const missing = requests.filter(({ id }) => !results.has(id))
      if (killed === 'aborted' || missing.length === 0) return results
      const about = { ...end, killed, stderr: started.stderr(), missing: missing.length }
      log.error(about, 'the process that asks hosts for refs ended before it had reported all of them')
      if (killed === null) failLooks(missing)
    } catch (error) {
      log.error(forLog(error), 'the process that asks hosts for refs failed')
      failLooks(requests.filter(({ id }) => !results.has(id)))
    } finally {
      await rm(workDir, { recursive: true, force: true }).catch(() => undefined)
    }
    return results
  }
}

/** Send the batch and pass on the reports. Resolves when the process and all that it has started have exited. */
async function exchange(
  { child, channel }: Started,
  batch: LookBatch,
  signal: AbortSignal,
  onReport: (report: LookReport) => void,
): Promise<{ end: ProcessEnd; killed: Killed }> {
  let killed: Killed = null
  const kill = (): boolean => signalProcess(-child.pid, 'SIGKILL')
  const stop = (why: 'deadline' | 'aborted'): void => {
    killed ??= why
    kill()
  }
  const abort = (): void => stop('aborted')
  const timer = setTimeout(stop, DEADLINE_MS, 'deadline')
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await new Promise((resolve, reject) => {
      void endOf(child).then((end) => resolve({ end, killed }))
      channel.listen({
        onMessage(message) {
          const parsed = LookReport.safeParse(message)
          if (parsed.success && batch.looks.some(({ id }) => id === parsed.data.id)) onReport(parsed.data)
        },
        onFault(error) {
          kill()
          reject(error)
        },
      })
      channel.send(batch)
      if (signal.aborted) abort()
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    channel.close()
    await killGroup(child.pid, KILL_WAIT_MS)
  }
}

/** Logs an unexpected error with its stack; the follow's record only refers to the log. */
export function logBug(log: Log, report: LookReport, requests: readonly Pick<LookRequest, 'id' | 'repoUrl'>[]): void {
  if (report.is !== 'failed' || report.stack === undefined) return
  const repo_url = requests.find(({ id }) => id === report.id)?.repoUrl
  const message = 'the check of a followed repository failed because of a bug'
  log.error({ code: report.error.code, stack: report.stack, repo_url }, message)
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

/** The result of a check whose process crashed or could not be started. */
const PROCESS_FAILED: LookResult = {
  is: 'failed',
  error: {
    code: 'LOOK_PROCESS_FAILED',
    message: 'The process that asks hosts for refs failed; see the log of the supervisor.',
    hint: `Run \`${PROGRAM} doctor\` on the machine of the supervisor.`,
  },
  isLimited: false,
  isPassing: true,
  retryAfterMs: 0,
}
