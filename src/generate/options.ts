/** The options, callbacks and result of a generation. */

import type { SourceLinks } from '#base/code-host-links.ts'
import type { SshSettings } from '#base/git-settings.ts'
import type { GitCredentials } from '#base/git-tokens.ts'
import type { Repository } from '#base/repository.ts'
import type { NewSet } from '#store/publish-set.ts'
import type { StepCache } from '#store/step-cache.ts'
import type { KeptChoice } from './clone/fetch.ts'
import type { Spend } from './prose/ask.ts'
import type { ModelOptions } from './prose/open-model.ts'

export interface GenerateOptions {
  repository: Repository
  commitId: string | null
  /** Sent only to a host that requires them. */
  credentials?: GitCredentials | undefined
  /** Settings for ssh URLs. */
  ssh?: SshSettings | null | undefined
  /** Absolute path of an existing, empty folder; the clone is put here. */
  workDir: string
  /** Git objects of earlier jobs of a followed repository. */
  kept?: KeptChoice | undefined
  limits: GenerateLimits
  allowPrivateNetworks: boolean
  sourceLinks: SourceLinks
  /** Caches the results of individual steps for the next generation. */
  cache?: StepCache | undefined
  /** Language of the documents, one of `#base/language.ts`; English by default. */
  language?: string | undefined
  /** Notes for the model on what matters to readers. At most 4,000 characters. */
  notes?: string | undefined
  /** The model that adds prose; without it, the documents are generated offline. */
  model?: ModelOptions | undefined
}

export interface GenerateLimits {
  cloneDepth: number
  cloneTimeoutMs: number
  maxRepoBytes: number
  maxFiles: number
  maxFileBytes: number
  /** Time limit of the whole job, half an hour by default; each stage gets a third. */
  jobTimeoutMs?: number
  /** Memory limit of the whole job; `undefined` if nothing limits it. */
  jobMemoryBytes?: number
}

export interface GenerateContext {
  signal: AbortSignal
  report(progress: { stage: string; percent: number; text: string }): void
  /** Reports a warning that does not stop the generation. */
  log?(level: 'warn', text: string): void
  /** Reports an error of docspool that affects only part of one file. */
  trouble?(error: unknown, about: { stage: string; file: string }): void
  /** Reports the bytes received from the host. */
  received?(bytes: number): void
}

export interface Generated {
  set: NewSet
  resolvedCommit: string
  /** See `CommitTree`. */
  isOnRef: boolean
  /** A summary in one sentence for the log and for people. */
  summary: string
  /** The cost of the model; absent if none was used. */
  spend?: Spend | undefined
  /** The reason why some pages have no prose; absent or `null` if nothing is missing. */
  degraded?: 'budget' | 'model' | null | undefined
}

/** The estimated cost of asking a model during a generation. */
export interface Estimate {
  calls: number
  inputTokens: number
  outputTokens: number
  /** US dollars; `null` when the price of the model is not known. */
  costUsd: number | null
}
