/** What a generation takes, what it reports while it runs, and what it returns. */

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
  /** Sent only to a host that asks for them. */
  credentials?: GitCredentials | undefined
  /** For ssh URLs. */
  ssh?: SshSettings | null | undefined
  /** Absolute path of an existing, empty folder; the clone is put here. */
  workDir: string
  /** Git objects of earlier jobs of a followed repository. */
  kept?: KeptChoice | undefined
  limits: GenerateLimits
  allowPrivateNetworks: boolean
  sourceLinks: SourceLinks
  /** Keeps the results of single steps for the next generation. */
  cache?: StepCache | undefined
  /** Language of the documents, one of `#base/language.ts`; English by default. */
  language?: string | undefined
  /** For the model: what matters to the readers. At most 4,000 characters. */
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
  /** For the whole job, half an hour by default; each stage gets a third. */
  jobTimeoutMs?: number
  /** Of the whole job; not known where nothing limits it. */
  jobMemoryBytes?: number
}

export interface GenerateContext {
  signal: AbortSignal
  report(progress: { stage: string; percent: number; text: string }): void
  /** Reports something worth knowing that does not stop the generation. */
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
  /** One sentence for the log and for people. */
  summary: string
  /** What the model cost; absent when none was used. */
  spend?: Spend | undefined
  /** Why some pages have no prose; absent or `null` when nothing is missing. */
  degraded?: 'budget' | 'model' | null | undefined
}

/** Roughly what a generation would ask of a model. */
export interface Estimate {
  calls: number
  inputTokens: number
  outputTokens: number
  /** US dollars; `null` when the price of the model is not known. */
  costUsd: number | null
}
