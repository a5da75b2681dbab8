/**
 * Generates a document set from a repository. Nothing is published here: the caller passes the set to a `SetStore` or
 * writes it to a folder.
 */

import { Releasers } from '#base/releasers.ts'
import { PageRenderer } from '#markdown/render-pages.ts'
import type { PublicApi } from '#store/public-api.ts'
import { clone } from './clone/clone.ts'
import { document } from './document.ts'
import { Incidents } from './incidents.ts'
import type { CommitTree } from './model.ts'
import type { Estimate, GenerateContext, Generated, GenerateOptions } from './options.ts'
import { type Step, stepper } from './progress.ts'
import { Stages } from './stages.ts'
import { type Studied, study } from './study.ts'
import { publicApiOf } from './surface/public-api.ts'

const JOB_TIMEOUT_MS = 1_800_000
/** Time limit for one file in one step. */
const FILE_MS = 5_000
/** Shares of the job's time that one file may take in a step, and that a stage may take. */
const FILE_SHARE = 1 / 20
const STAGE_SHARE = 1 / 3

/**
 * Generate the document set of one commit. The same commit, limits and version give the same bytes.
 *
 * @param deps - `fileMs`: time for one file in one step. `renderer`: one whose threads are loaded; it is closed.
 * @throws {AppError} With the code of the stage that failed; only the contents of `workDir` are left behind.
 */
export async function generate(
  options: GenerateOptions,
  context: GenerateContext,
  // The threads load while the host responds.
  { fileMs = FILE_MS, renderer = new PageRenderer() }: { fileMs?: number; renderer?: PageRenderer | undefined } = {},
): Promise<Generated> {
  const { signal, log } = context
  const step = stepper(context)
  const releasers = new Releasers()
  const close = (): Promise<void> => renderer.close()
  releasers.push(close)
  signal.addEventListener('abort', close, { once: true })
  releasers.push(() => signal.removeEventListener('abort', close))
  try {
    const tree = await open(options, context, step)
    releasers.push(() => tree.close())
    const stages = stagesFor(options, context, fileMs)
    return await document(tree, renderer, options, {
      signal,
      step,
      stages,
      warn: (text) => log?.('warn', text),
      releaseThreads: () => renderer.close(),
    })
  } finally {
    await releasers.releaseAll()
  }
}

/**
 * Estimates the questions that `generate` would ask the model with these options, without retries and lookups in the
 * code. No model is called.
 */
export async function estimate(options: GenerateOptions, context: GenerateContext): Promise<Estimate> {
  const { model } = options
  if (model === undefined) return { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }
  return await withStudied(options, context, async (studied) => {
    const { estimateProse } = await import('./add-prose.ts')
    return await estimateProse(studied, { ...options, model }, context.signal)
  })
}

/** The public API of one commit, without any document. */
export async function outline(options: GenerateOptions, context: GenerateContext): Promise<PublicApi> {
  return await withStudied(options, context, async (studied) => publicApiOf(studied))
}

/** Everything before the pages; the commit can be read until `use` resolves. */
async function withStudied<T>(
  options: GenerateOptions,
  context: GenerateContext,
  use: (studied: Studied) => Promise<T>,
): Promise<T> {
  const step = stepper(context)
  const tree = await open(options, context, step)
  try {
    const stages = stagesFor(options, context)
    const warn = (text: string): void => context.log?.('warn', text)
    return await use(await study(tree, options, { signal: context.signal, step, stages, warn }))
  } finally {
    await tree.close()
  }
}

/** Divides the time of the job, so that a job that is stopped reports where it was. */
function stagesFor({ limits }: GenerateOptions, { log, trouble }: GenerateContext, fileMs = FILE_MS): Stages {
  const { jobTimeoutMs = JOB_TIMEOUT_MS } = limits
  const incidents = new Incidents({
    fileMs: Math.min(fileMs, jobTimeoutMs * FILE_SHARE),
    log: (text) => log?.('warn', text),
    ...(trouble && { trouble }),
  })
  return new Stages(incidents, jobTimeoutMs * STAGE_SHARE)
}

/** The tree of the commit. The caller closes it. */
async function open(options: GenerateOptions, context: GenerateContext, step: Step): Promise<CommitTree> {
  const { repository, limits } = options
  step('clone', 0, `Fetching ${repository.fullName}`)
  return clone({
    repository,
    commitId: options.commitId,
    credentials: options.credentials,
    ssh: options.ssh,
    depth: limits.cloneDepth,
    maxBytes: limits.maxRepoBytes,
    maxFileBytes: limits.maxFileBytes,
    timeoutMs: limits.cloneTimeoutMs,
    allowPrivateNetworks: options.allowPrivateNetworks,
    workDir: options.workDir,
    kept: options.kept,
    signal: context.signal,
    onReceived: (bytes) => context.received?.(bytes),
    onProgress: (percent, text) => step('clone', percent / 100, text),
  })
}
