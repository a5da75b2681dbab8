/**
 * The worker: a child process that runs one job and exits. It talks to its supervisor over the IPC channel. A `kill -9` leaves
 * only its work folder behind, which is swept.
 */

import path from 'node:path'
import { folderNotAllowed } from '#base/bad-repository-url.ts'
import { linkFormOf } from '#base/code-host-links.ts'
import type { Config } from '#base/config.ts'
import { readConfig } from '#base/config.ts'
import { isDiskFull, noSpaceError } from '#base/disk-space.ts'
import { AppError, toErrorRecord } from '#base/errors.ts'
import { makeFolders } from '#base/files.ts'
import { type GitCredentials, toCredentials } from '#base/git-tokens.ts'
import { inspectFolder } from '#base/local-folder.ts'
import { createLog, forLog } from '#base/log.ts'
import { OFFLINE } from '#base/offline.ts'
import { secretOfJob } from '#base/private-jobs.ts'
import { parseRepository, type Repository } from '#base/repository.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { resolveCommit } from '#generate/clone/clone.ts'
import { GitTokenGone } from '#generate/clone/errors.ts'
import type { GenerateContext } from '#generate/options.ts'
import { generate } from '#generate/pipeline.ts'
import { askSharedSpend } from '#generate/prose/budget/shared-spend.ts'
import type { ModelOptions } from '#generate/prose/open-model.ts'
import { warmUp } from '#generate/warm-up.ts'
import type { PageRenderer } from '#markdown/render-pages.ts'
import { followIdOf } from '#queue/follows/follow-record.ts'
import { holdSpool } from '#queue/hold-spool.ts'
import type { ClaimedJob, RunResult } from '#queue/runner.ts'
import { type ChildSide, connectToSupervisor } from '#queue/supervisor-channel.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import { optionsDigest } from '#store/options-digest.ts'
import { unlessDamaged } from '#store/set-damaged.ts'
import { createSetStore, type SetStore } from '#store/sets.ts'
import { createStepCache } from '#store/step-cache.ts'
import { KEPT_OBJECTS } from './tidy-sets.ts'
import { toJobSpend } from './to-job-spend.ts'

type Side = ChildSide<Config> & Pick<GenerateContext, 'trouble'>

/** Run one job. @returns The exit code. */
export async function work(): Promise<number> {
  process.umask(0o077)
  let renderer: PageRenderer | undefined
  const side = await connectToSupervisor(prepare, async (signal) => {
    renderer = await warmUp(signal)
  })
  const config = side.prepared
  const log = createLog('worker', config.logLevel)
  const trouble: GenerateContext['trouble'] = (error, about) =>
    log.error({ ...forLog(error), ...about, job_id: side.job.jobId }, 'an error while processing one file')
  try {
    const result = await runJob(side.job, { ...side, trouble }, inThisSpool(config), renderer)
    await side.done(result)
    return 0
  } catch (thrown) {
    // Errors that explain themselves are kept; others, such as those thrown by native code, may be caused by a full disk.
    const isFull = !(thrown instanceof AppError) && (await isDiskFull(thrown, config.spoolDir))
    const error = isFull ? toSpoolError(noSpaceError(thrown)) : thrown
    if (!(error instanceof AppError)) log.error({ ...forLog(error), job_id: side.job.jobId }, 'the job failed')
    await side.failed(toErrorRecord(error), error instanceof AppError ? error.retryAfterSeconds : undefined)
    return 1
  }
}

/**
 * Before it accepts the job, a process that has waited makes sure that it can still write: its sandbox was made for the file
 * system that was mounted then.
 */
function prepare(
  settings: Record<string, string>,
  { job, hasWaited }: { job: ClaimedJob; hasWaited: boolean },
): Config {
  const config = readConfig(settings)
  if (hasWaited) makeFolders(path.join(workDirOf(job, inThisSpool(config)), 'accepted'))
  return config
}

/** The work folder below the spool that is held open. */
const workDirOf = (job: ClaimedJob, { spoolDir }: Config): string =>
  path.join(spoolDir, ...job.workDir.split(path.sep).slice(-2))

/** If the supervisor has named the spool, hold it open, so that writes never go to another file system mounted in its place. */
function inThisSpool(config: Config): Config {
  const { spoolDir, expectSpool } = config
  return typeof expectSpool === 'string' ? { ...config, spoolDir: holdSpool(spoolDir, expectSpool) } : config
}

async function runJob(
  job: ClaimedJob,
  side: Side,
  config: Config,
  renderer: PageRenderer | undefined,
): Promise<RunResult> {
  const repository = parseRepository(job.repoUrl, config)
  const { folder } = repository
  if (folder !== null && (await inspectFolder(folder, config.localRepos)) === 'outside') throw folderNotAllowed()
  const sets = createSetStore(path.join(config.spoolDir, 'docs'))
  const model = modelOf(job, config, side)
  const isModelMissing = model === undefined && job.mainModel !== OFFLINE
  const credentials = credentialsFor(job, repository, config)
  const unchanged = await findUnchanged(job, { repository, credentials, model, sets, side, config })
  if (unchanged !== undefined) return unchanged
  const workDir = workDirOf(job, config)
  makeFolders(workDir)
  if (isModelMissing) side.log('warn', `No model is configured here, so ${job.mainModel} was not used.`)
  const { set, resolvedCommit, isOnRef, summary, spend, degraded } = await generate(
    {
      repository,
      commitId: job.commitId,
      credentials,
      ssh: config.ssh,
      workDir,
      kept: keptObjectsOf(job, config),
      limits: config,
      allowPrivateNetworks: config.allowPrivateNetworks,
      sourceLinks: config.sourceLinks,
      cache: job.force ? undefined : createStepCache(path.join(config.spoolDir, 'cache'), { scope: repository.url }),
      language: job.options.language,
      notes: job.options.notes,
      model,
    },
    side,
    { renderer },
  )
  return {
    docsKey: await sets.publish(set, job.neighbours),
    resolvedCommit,
    isOnRef,
    summary,
    ...(spend !== undefined && { spend: toJobSpend(spend) }),
    degraded: degraded ?? (isModelMissing ? 'model' : null),
  }
}

/**
 * The credentials for the host: the token submitted with the job, or else the operator's.
 *
 * @throws {GitTokenGone} The job needs its token, but no server has it any more.
 */
function credentialsFor(job: ClaimedJob, repository: Repository, config: Config): GitCredentials | undefined {
  if (job.gitToken === undefined && secretOfJob(job.jobId) !== undefined) {
    throw new GitTokenGone('The token submitted with this job is no longer available.')
  }
  const token = job.gitToken ?? config.gitTokens.for(repository)
  return token === undefined ? undefined : toCredentials(token, linkFormOf(repository, config.sourceLinks))
}

/** Where to keep the git objects of a followed repository. A job that has its own token neither reads nor adds objects. */
function keptObjectsOf({ jobId, repoUrl, isFollowed, gitToken }: ClaimedJob, { spoolDir, keptObjectBytes }: Config) {
  if (isFollowed !== true || keptObjectBytes === 0) return undefined
  if (gitToken !== undefined || secretOfJob(jobId) !== undefined) return undefined
  return { folder: path.join(spoolDir, KEPT_OBJECTS, followIdOf(repoUrl)), maxBytes: keptObjectBytes }
}

/**
 * The model to use; `undefined` for static analysis only. Cached answers are keyed by prompt and model, so forced jobs also use
 * them.
 */
function modelOf(
  { jobId, submittedAt, mainModel, options, isSpendShared }: ClaimedJob,
  { llm, spoolDir }: Config,
  { ask }: Pick<Side, 'ask'>,
): ModelOptions | undefined {
  if (llm === null || mainModel === OFFLINE) return undefined
  const answersDir = path.join(spoolDir, 'answers')
  const maxCostUsd = options.max_cost_usd ?? null
  return {
    settings: llm,
    mainModel,
    spendDir: spoolDir,
    answersDir,
    maxCostUsd,
    job: `${jobId} ${submittedAt}`,
    ...(isSpendShared === true && { sharedSpend: askSharedSpend(ask) }),
  }
}

/** The published set, if it is up to date: same commit, version, model and options. */
async function findUnchanged(
  job: ClaimedJob,
  context: {
    repository: Repository
    credentials: GitCredentials | undefined
    model: ModelOptions | undefined
    sets: SetStore
    side: Side
    config: Config
  },
): Promise<RunResult | undefined> {
  const { repository, credentials, model, sets, side, config } = context
  if (job.previous === null || job.force) return undefined
  const { docsKey, resolvedCommit } = job.previous
  const manifest = await sets.readManifest(docsKey).catch(unlessDamaged)
  if (manifest?.generator_version !== GENERATOR_VERSION) return undefined
  // Incomplete prose is tried again, because a budget or a model may be available now; existing answers are cached.
  if (manifest.degraded !== undefined) return undefined
  const { language, notes } = job.options
  const mainModel = model?.mainModel
  if (manifest.options_digest !== optionsDigest({ mainModel, language, notes })) return undefined
  side.report({ stage: 'clone', percent: 0, text: `Asking for the newest commit of ${repository.fullName}` })
  const current = await resolveCommit({
    repository,
    commitId: job.commitId,
    credentials,
    ssh: config.ssh,
    timeoutMs: config.cloneTimeoutMs,
    allowPrivateNetworks: config.allowPrivateNetworks,
    signal: side.signal,
  })
  if (current !== resolvedCommit) return undefined
  // The set may be so old that it is being deleted.
  if (!(await sets.renew(docsKey))) return undefined
  const damaged = await sets.check(docsKey)
  if (damaged !== undefined) {
    side.log('warn', damaged.message)
    return undefined
  }
  return { docsKey, resolvedCommit, summary: `Nothing has changed since commit ${current.slice(0, 7)}` }
}
