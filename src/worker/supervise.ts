/** `docspool supervise`: connects `queue/supervisor.ts`, which claims jobs, with the worker processes that run them. */

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Config, workerEnvironment } from '#base/config.ts'
import { freeBytesOf } from '#base/disk-space.ts'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import { hostOfJob } from '#base/job-id.ts'
import { forLog, type Log } from '#base/log.ts'
import { type Swept, sweepRegularly } from '#cluster/sweep-regularly.ts'
import { PASSING_CODES } from '#generate/clone/errors.ts'
import { writeDocumentsSize } from '#metrics/documents-size.ts'
import { createJobMetrics } from '#metrics/job-metrics.ts'
import { keepSharedCounts } from '#metrics/shared-counts.ts'
import { createStoredCounts } from '#metrics/stored-counts.ts'
import { tellKeeper } from '#processes/keeper-channel.ts'
import { LIMIT_ARENAS } from '#processes/memory-options.ts'
import type { ServiceManager } from '#processes/service-manager.ts'
import { type Shutdown, untilAborted } from '#processes/shutdown-signals.ts'
import { createChildRun } from '#queue/job-process.ts'
import { pinFolder, pinSpool } from '#queue/pin-spool.ts'
import type { Run } from '#queue/runner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { temporaryPath } from '#queue/spool/temporary-files.ts'
import { supervise } from '#queue/supervisor.ts'
import { createSetStore } from '#store/sets.ts'
import { createNotify } from '#webhooks/notify.ts'
import { type DatabaseSets, openDatabaseSets } from './configured-sets.ts'
import { toSubmitRequest } from './follow-request.ts'
import { tokensOfDatabase, tokensOfServers, withGitTokens } from './git-token-source.ts'
import { keepIndex } from './keep-index.ts'
import { createLook } from './look-in-process.ts'
import { storeLimits } from './retention-limits.ts'
import { createSandbox } from './sandbox.ts'
import { createTidyCaches, createTidySets } from './tidy-sets.ts'
import { withSharedSets, withSharedSpend } from './with-database.ts'

/** Maximum time between asking a job to stop and SIGKILL. */
const MAX_GRACE_MS = 5_000
/** With less free disk space, no job is claimed: not even a small repository could be cloned. */
const MIN_FREE_BYTES = 16 * 1_048_576
/** Heap limit of the process that lists refs; a list is at most 64 MB. */
const LOOK_HEAP_BYTES = 768 * 1_048_576

/**
 * Run until asked to stop (see `queue/supervisor.ts`, `drain`).
 *
 * @param overrides - Settings given as flags, by variable name; passed to workers as their environment.
 */
export async function runSupervisor(
  config: Config,
  log: Log,
  shutdown: Shutdown,
  overrides: Record<string, string | undefined>,
  manager: ServiceManager | undefined,
): Promise<void> {
  void untilAborted(shutdown.drain).then(() => manager?.tellStopping(config.drainMs))
  const spool = await pinFolder(config)
  await storeLimits(config).catch((error) => log.warn(forLog(error), 'the retention limits could not be stored for gc'))
  const sandbox = await createSandbox(config, {
    prepare: () => pinSpool(config.spoolDir, spool),
    makeTestFolder: () => makeTemporary(config.spoolDir),
    onLeftover: (error) => log.warn(forLog(error), 'the folder in which the sandbox was tested cannot be removed'),
  })
  if (sandbox.untested !== undefined)
    log.warn(
      { folder: sandbox.untested },
      'the sandbox cannot be tested in this folder; jobs can write wherever this user can',
    )
  log.info({ parts: sandbox.parts }, 'jobs run in a sandbox')
  const { env, secrets } = workerEnvironment({ ...overrides, DOCSPOOL_EXPECT_SPOOL: spool })
  const inChild = createChildRun({
    command: process.execPath,
    args: [ENTRY_SCRIPT, 'worker'],
    env: withHeap(env, config.jobMemoryBytes),
    settings: secrets,
    enclose: sandbox.enclose,
    ...(config.keepsWorkerReady && {
      waiting: {
        makeFolder: () => makeTemporary(config.spoolDir),
        until: shutdown.drain,
        onFault: (error) => log.warn(forLog(error), 'no standby worker could be started; the next job starts its own'),
      },
    }),
    deadlineMs: config.jobTimeoutMs,
    // Longer than the time limit of a stage (a third of the job's), so that the stage can report the timeout itself.
    silenceMs: config.jobTimeoutMs / 2,
    memoryBytes: config.jobMemoryBytes,
    // A short drain must not be prolonged by a busy worker.
    graceMs: Math.min(MAX_GRACE_MS, Math.max(1_000, config.drainMs)),
  })
  const inDatabase = await openDatabaseSets(config, log)
  const metrics = createJobMetrics()
  let endCounts = async (): Promise<void> => undefined
  const endSweeping = inDatabase === undefined ? undefined : sweepRegularly(sweptIn(inDatabase), log)
  let indexing: Promise<void> | undefined
  const { webhookSecrets } = config
  const mayHaveToken = config.privateDocs === 'shared' ? () => true : undefined
  const runWithTokens = (run: Run, { gitTokens }: DatabaseSets): Run =>
    gitTokens === undefined ? run : withGitTokens(run, tokensOfDatabase(gitTokens, log), mayHaveToken)
  await supervise({
    spoolDir: config.spoolDir,
    databaseUrl: config.databaseUrl,
    expect: spool,
    run:
      inDatabase === undefined
        ? withGitTokens(inChild, tokensOfServers(config.spoolDir), mayHaveToken)
        : withSharedSets(
            withSharedSpend(runWithTokens(inChild, inDatabase), inDatabase.spend),
            inDatabase.cached,
            inDatabase.steps,
          ),
    concurrency: config.concurrency,
    lanes: { laneOf: hostOfJob, isInLane: (stage) => stage === 'clone', width: config.clonesPerHost },
    isPassing: (code) => PASSING_CODES.has(code) || code === 'SPOOL_UNAVAILABLE',
    hasRoom: async () => ((await freeBytesOf(config.spoolDir)) ?? MIN_FREE_BYTES) >= MIN_FREE_BYTES,
    graceMs: config.drainMs,
    retention: {
      keepJobsMs: config.keepJobsMs,
      tidySets: createTidySets(config, inDatabase, log, async (report) => {
        for (const { reason } of report.removed) metrics.onMetricEvent({ type: 'documents removed', reason })
        if (report.isMeasured) await writeDocumentsSize(config.spoolDir, report)
      }),
      tidyCaches: createTidyCaches(config, ({ removedBytes: bytes }) => {
        if (bytes > 0) log.info({ bytes }, 'removed git objects that are no longer needed')
      }),
    },
    log,
    follows: {
      look: createLook({
        config,
        log,
        sandbox,
        env: withHeap(env, LOOK_HEAP_BYTES),
        gitTokens: secrets.DOCSPOOL_GIT_TOKENS,
        sets: inDatabase?.cached ?? createSetStore(path.join(config.spoolDir, 'docs')),
      }),
      toRequest: (readJob, repoUrl, name) => toSubmitRequest(config, readJob, repoUrl, name),
      admission: config,
    },
    ...(webhookSecrets.length > 0 && {
      notify: createNotify({ policy: config, secrets: webhookSecrets, clock: Date.now }),
    }),
    onOpen(locate) {
      const stored = inDatabase?.counts ?? createStoredCounts(config.spoolDir, locate)
      endCounts = keepSharedCounts(stored, metrics, { log })
    },
    onMetricEvent: metrics.onMetricEvent,
    onWork() {
      tellKeeper('ready')
      manager?.tellReady('the queue', async () => true)
      indexing ??= keepIndex(config, inDatabase, log, shutdown.drain)
    },
    signal: shutdown.drain,
    hardSignal: shutdown.now,
  }).finally(async () => {
    await endCounts()
    await endSweeping?.()
    await indexing
    await inDatabase?.close()
  })
}

const sweptIn = ({ spend, clientJobs, gitTokens }: DatabaseSets): Swept[] => [
  spend,
  clientJobs,
  ...(gitTokens === undefined ? [] : [gitTokens]),
]

/** A temporary folder in the spool, where it is swept if this process is killed. */
async function makeTemporary(spoolDir: string): Promise<string> {
  const folder = temporaryPath(new SpoolPaths(spoolDir))
  await mkdir(folder, { mode: 0o700 })
  return folder
}

/** Limits memory through the environment, because a single executable accepts no Node options on its command line. */
function withHeap(env: Record<string, string>, bytes: number): Record<string, string> {
  const heap = `--max-old-space-size=${Math.floor(bytes / 1_048_576)}`
  return { ...LIMIT_ARENAS, ...env, NODE_OPTIONS: env.NODE_OPTIONS ? `${env.NODE_OPTIONS} ${heap}` : heap }
}
